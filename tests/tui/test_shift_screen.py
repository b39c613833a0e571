"""The shift on screen: the verdict, the points, and the sentences behind each."""

from datetime import timedelta

from textual.widgets import DataTable, Static

from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.settings import SettingsScreen
from journal.tui.screens.shift import ShiftScreen
from journal.tui.widgets.shift_chart import ShiftChart

LINES = [f"Sentence number {number} about the ward and the work in it." for number in range(12)]


def fill(journal: Journal, clock, wrote, read_as, entries: int) -> None:
    """Entries five days apart, the later ones with more system sentences."""
    for number in range(entries):
        entry_id = wrote("\n".join(LINES))
        system = 1 + 6 * number // entries
        levels = ["system"] * system + ["task"] * (12 - system)
        journal.readings.keep(journal.entry(entry_id), read_as("\n".join(LINES), *levels))
        clock.forward(days=5)


async def opened(pilot) -> ShiftScreen:
    await pilot.pause()
    await pilot.press("s")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert isinstance(pilot.app.screen, ShiftScreen)
    return pilot.app.screen


async def test_too_early_says_so_and_still_shows_the_points(app: SmallL, journal, clock, wrote, read_as) -> None:
    fill(journal, clock, wrote, read_as, 4)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert journal.readings.shift().state == "too_early"
        assert len(screen.query_one(ShiftChart).points) == 4


async def test_a_verdict_is_said_and_a_point_opens_its_entry(app: SmallL, journal, clock, wrote, read_as) -> None:
    fill(journal, clock, wrote, read_as, 26)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert journal.readings.shift().state == "shifted"
        said = str(screen.query_one("#statement", Static).content)
        assert said.replace(" ", "") == journal.readings.shift().statement.replace(" ", "")
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        assert app.screen.entry.id == journal.readings.points()[0].id


async def test_the_same_stands_in_a_table_and_for_each_level(app: SmallL, journal, clock, wrote, read_as) -> None:
    fill(journal, clock, wrote, read_as, 12)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("t")
        await pilot.pause()
        table = screen.query_one(DataTable)
        assert table.row_count == 12
        first = str(table.get_row_at(0)[2])
        await pilot.press("m")
        await pilot.press("m")
        await pilot.pause()
        assert screen.query_one(ShiftChart).measure == "task"
        assert str(table.get_row_at(0)[2]) != first


async def test_turning_the_analysis_off_wipes_every_label(app: SmallL, journal, clock, wrote, read_as) -> None:
    fill(journal, clock, wrote, read_as, 2)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("comma")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        app.screen.query_one("#analysis").toggle()
        await pilot.pause()
        assert journal.readings.points() == ()
        assert not journal.readings.on
        await pilot.press("escape")
        screen = await opened(pilot)
        assert "off" in str(screen.query_one("#statement", Static).content)


async def test_then_and_now_are_the_persons_own_sentences(app: SmallL, journal, clock, wrote, read_as) -> None:
    fill(journal, clock, wrote, read_as, 15)
    pairs = journal.readings.then_and_now()
    assert pairs
    for pair in pairs:
        assert pair.then in LINES
        assert pair.now in LINES
        assert pair.now_day - pair.then_day > timedelta(days=20)
