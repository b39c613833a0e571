"""The door: right, wrong, and locked again."""

from pathlib import Path

from textual.widgets import Input, Static

from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.today import TodayScreen
from journal.tui.screens.unlock import UnlockScreen
from journal.tui.screens.write import WriteScreen
from journal.tui.widgets.journal_area import JournalArea

RIGHT = "wrong_horse"


def close_and_rename(journal: Journal) -> None:
    journal._vault.change_passphrase("wrong horse staple lamp", RIGHT)
    journal.close()


async def open_with(pilot, phrase: str) -> None:
    await pilot.press(*phrase, "enter")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_wrong_passphrase_says_so_and_costs_nothing(home: Path, journal: Journal) -> None:
    close_and_rename(journal)
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_with(pilot, "wrong")
        assert isinstance(app.screen, UnlockScreen)
        assert app.screen.query_one("#answer", Static).has_class("error")
        assert app.screen.query_one(Input).value == ""
        assert {path.name: path.read_bytes() for path in home.iterdir()} == before
        await open_with(pilot, RIGHT)
        assert isinstance(app.screen, TodayScreen)


async def test_locking_keeps_the_draft_and_shows_no_entry_text(home: Path, journal: Journal) -> None:
    close_and_rename(journal)
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_with(pilot, RIGHT)
        await pilot.press("f")
        await pilot.pause()
        app.screen.query_one(JournalArea).insert("the canary sings")
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)
        assert len(app.screen_stack) == 2
        assert "canary" not in "".join(str(s.content) for s in app.screen.query(Static))
        assert app.journal is None
        await open_with(pilot, RIGHT)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, WriteScreen)
        assert app.screen.query_one(JournalArea).text == "the canary sings"


async def test_a_passphrase_from_a_script_opens_without_asking(home: Path, journal: Journal) -> None:
    close_and_rename(journal)
    app = SmallL(home, RIGHT, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert RIGHT not in repr(vars(app))
