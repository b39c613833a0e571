"""A journal left alone closes itself, loses nothing, and shows nothing."""

import os
import signal
from pathlib import Path

import pytest
from textual.widgets import Checkbox, Select, Static

from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.blank import BlankScreen
from journal.tui.screens.settings import SettingsScreen
from journal.tui.screens.today import TodayScreen
from journal.tui.screens.unlock import UnlockScreen
from journal.tui.screens.write import WriteScreen
from journal.tui.stillness import Stillness
from journal.tui.widgets.journal_area import JournalArea

PASSPHRASE = "wrong horse staple lamp"


class Hands:
    """Two clocks in seconds that the test moves."""

    steady = 1000.0
    wall = 5000.0

    def still(self) -> Stillness:
        return Stillness(lambda: self.steady, lambda: self.wall)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def app(home: Path, journal: Journal, hands: Hands) -> SmallL:
    return SmallL(home, journal=journal, analyse=False, stillness=hands.still())


def shown(app: SmallL) -> str:
    return "".join(str(static.content) for static in app.screen.query(Static))


async def write(pilot, text: str) -> None:
    await pilot.press("f")
    await pilot.pause()
    pilot.app.screen.query_one(JournalArea).insert(text)
    await pilot.pause()


async def test_five_minutes_without_a_key_lock_the_journal_and_keep_the_draft(app: SmallL, hands: Hands) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "the canary sings")
        hands.steady += 299
        await app.mind_stillness()
        assert isinstance(app.screen, WriteScreen)
        hands.steady += 1
        await app.mind_stillness()
        assert isinstance(app.screen, UnlockScreen)
        assert app.journal is None
        assert "canary" not in shown(app)
        await pilot.press(*"wrong", "space", *"horse", "space", *"staple", "space", *"lamp", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("c")
        await pilot.pause()
        assert app.screen.query_one(JournalArea).text == "the canary sings"


async def test_the_first_key_after_a_long_sleep_lands_in_no_open_journal(app: SmallL, hands: Hands) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "half a thought")
        hands.wall += 8 * 3600  # the lid was closed: only the clock on the wall went on
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, UnlockScreen)


async def test_a_key_puts_the_lock_off_and_a_clock_set_back_does_not_hurt(app: SmallL, hands: Hands) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hands.steady += 200
        hands.wall -= 7200
        await pilot.press("a")
        hands.steady += 299
        await app.mind_stillness()
        assert isinstance(app.screen, TodayScreen)
        hands.steady += 1
        await app.mind_stillness()
        assert isinstance(app.screen, UnlockScreen)


async def test_on_a_shared_computer_it_locks_after_two_minutes_from_the_moment_one_says_so(
    app: SmallL, hands: Hands
) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        app.screen.query_one("#lock", Select).value = 30
        await pilot.pause()
        assert app.lock_after == 30
        app.screen.query_one("#shared", Checkbox).value = True
        await pilot.pause()
        hands.steady += 120
        await app.mind_stillness()
        assert isinstance(app.screen, UnlockScreen)


async def test_the_blank_key_hides_everything_and_any_key_brings_it_back(app: SmallL) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "the canary sings")
        await pilot.press("ctrl+b")
        await pilot.pause()
        assert isinstance(app.screen, BlankScreen)
        assert "canary" not in shown(app)
        await pilot.press("x")
        await pilot.pause()
        assert app.screen.query_one(JournalArea).text == "the canary sings"


async def test_a_blank_page_locks_too_when_its_time_comes(app: SmallL, hands: Hands) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "the canary sings")
        await pilot.press("ctrl+b")
        hands.steady += 300
        await app.mind_stillness()
        assert isinstance(app.screen, UnlockScreen)
        assert len(app.screen_stack) == 2


async def test_what_cannot_be_kept_is_hidden_and_not_thrown_away(app: SmallL, hands: Hands) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "half a character \ud83d")  # the vault refuses a lone surrogate
        hands.steady += 300
        await app.mind_stillness()
        await pilot.pause()
        assert isinstance(app.screen, BlankScreen)
        assert app.journal is not None
        await pilot.press("x")
        await pilot.pause()
        assert app.screen.query_one(JournalArea).text == "half a character \ud83d"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no hang-up")
async def test_a_closed_terminal_keeps_the_draft_and_ends_the_app(app: SmallL, journal: Journal, home: Path) -> None:
    from journal.service import opening

    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "the canary sings")
        os.kill(os.getpid(), signal.SIGHUP)
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
    assert app.return_code == 0
    again = opening.unlock(home, PASSPHRASE)
    assert again.draft().content.text == "the canary sings"
    again.close()


async def test_what_was_copied_is_forgotten_on_lock(app: SmallL) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.copy_to_clipboard("the canary sings")
        assert app.clipboard == "the canary sings"
        await pilot.press("ctrl+l")
        await pilot.pause()
        assert app.clipboard == ""


async def test_a_notice_is_said_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STY", raising=False)
    monkeypatch.setenv("TMUX", "/somewhere")
    assert "multiplexer" in [notice.kind for notice in journal.safety.unread_notices()]
    assert journal.safety.unread_notices() == ()
    monkeypatch.delenv("TMUX")
    assert journal.safety.unread_notices() == ()
    monkeypatch.setenv("TMUX", "/somewhere")
    assert [notice.kind for notice in journal.safety.unread_notices()] == ["multiplexer"]
