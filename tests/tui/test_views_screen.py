"""The views on screen: four sides, and every row opens its sentences."""

from dataclasses import replace

import pytest
from textual.widgets import OptionList, Static, Tabs

from journal.domain import Analysis, EntryContent
from journal.service import Journal
from journal.service import views_words as words
from journal.tui.app import SmallL
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.found import FoundScreen
from journal.tui.screens.views import ViewsScreen
from journal.tui.widgets.sentence_list import SentenceList

LINES = [f"Sentence number {number} about the ward and the work in it." for number in range(10)]
TEXT = "\n".join(LINES)


def fill(journal: Journal, clock, read_as, placement: str, entries: int, system: int) -> None:
    """Entries of ten sentences, so many about the system; the first shows voice, the second is not sure."""
    for _ in range(entries):
        kept = journal.write(EntryContent(TEXT, placement=placement, setting="ward"))
        read = read_as(TEXT, *(["system"] * system + ["task"] * (10 - system)))
        first, second, *rest = read.sentences
        first, second = replace(first, acts=("voice",)), replace(second, sure=False)
        journal.readings.keep(kept, Analysis(read.model, (first, second, *rest)))
        clock.forward(days=2)


async def settled(pilot) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def opened(pilot) -> ViewsScreen:
    await pilot.pause()
    await pilot.press("v")
    await settled(pilot)
    assert isinstance(pilot.app.screen, ViewsScreen)
    return pilot.app.screen


def seen(screen) -> str:
    """All that stands on the screen, a line a row, without spaces at the ends."""
    lines = screen._compositor.render_strips()
    return "\n".join(strip.text.strip() for strip in lines)


async def test_a_place_is_shown_with_its_range_and_never_told_too_much(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "ED", 6, 1)
    fill(journal, clock, read_as, "Renal", 6, 6)
    fill(journal, clock, read_as, "Theatre", 2, 5)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = seen(await opened(pilot))
        assert "Your writing in Renal had more of this (system) than in ED" in shown
        assert "not you." in shown
        assert any("Theatre" in line and words.TOO_FEW in line for line in shown.splitlines())


async def test_a_row_opens_its_sentences_and_a_sentence_its_entry(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "Renal", 3, 4)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("3", "enter")
        await settled(pilot)
        found = pilot.app.screen
        assert isinstance(found, FoundScreen)
        assert [each.text for each in found._found] == [LINES[0]] * 3
        await pilot.press("down", "enter")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, EntryScreen)
        assert screen.entry.id == journal.viewing.views().acts["voice"].ids[1]
        assert screen.query_one(SentenceList).sentence.start == 0


async def test_a_place_can_be_narrowed_to_one_level_and_doubt_is_marked(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "Renal", 2, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        found = pilot.app.screen
        assert len(found._found) == 20
        await pilot.press("m")
        await settled(pilot)
        assert [each.text for each in found._found] == LINES[:3] * 2
        assert "? system" in seen(found)
        assert "? the analysis is not sure" in seen(found)


async def test_an_entry_opens_at_the_sentence_that_was_chosen(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "Renal", 1, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press(*["down"] * 7, "enter")
        await settled(pilot)
        assert pilot.app.screen.query_one(SentenceList).sentence.start == TEXT.index(LINES[7])


async def test_leading_and_managing_stand_side_by_side(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "Renal", 3, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("4")
        await settled(pilot)
        rows = seen(screen).splitlines()
        assert any("framing" in row and "measure" in row for row in rows)
        assert screen.query_one("#left").has_focus
        await pilot.press("right", "down", "down", "enter")
        await settled(pilot)
        assert "barrier" in seen(pilot.app.screen)
        assert "No sentence of yours is marked so." in seen(pilot.app.screen)


async def test_the_arrows_go_through_all_sides_and_come_back(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "Renal", 3, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        tabs = (await opened(pilot)).query_one(Tabs)
        sides = []
        for _ in range(5):
            await pilot.press("right")
            await pilot.pause()
            sides.append(tabs.active)
        assert sides == ["frames", "acts", "leading", "leading", "where"]
        await pilot.press("left")
        await pilot.pause()
        assert tabs.active == "leading"


@pytest.mark.parametrize("side", ["1", "2", "3", "4"])
async def test_nothing_is_cut_at_80_columns(app: SmallL, journal, clock, read_as, side: str) -> None:
    fill(journal, clock, read_as, "General surgery", 6, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press(side)
        await settled(pilot)
        assert "…" not in seen(screen)
        assert screen.query_one("#doubt", Static).size.height > 0


async def test_while_entries_are_still_read_nothing_is_said_of_all_of_them(
    app: SmallL, journal, clock, read_as
) -> None:
    fill(journal, clock, read_as, "ED", 6, 1)
    fill(journal, clock, read_as, "Renal", 6, 6)
    journal.write(EntryContent("Not read yet.", placement="Renal"))
    async with app.run_test(size=(80, 24)) as pilot:
        shown = seen(await opened(pilot))
        assert "reading, 1 entry to go" in shown
        assert "Renal" in shown
        assert "can be the ward" not in shown


async def test_figures_find_room_in_the_smallest_window(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "The emergency department", 6, 3)
    async with app.run_test(size=(60, 18)) as pilot:
        rows = seen(await opened(pilot)).splitlines()
        place = next(at for at, row in enumerate(rows) if row.startswith("The emergency department"))
        assert rows[place + 1].count("(") == 3


async def test_an_empty_journal_says_how_the_views_fill(app: SmallL) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert "Nothing here yet" in seen(screen)


async def test_with_the_analysis_off_nothing_is_counted_and_the_way_back_is_said(
    app: SmallL, journal, clock, read_as
) -> None:
    fill(journal, clock, read_as, "Renal", 6, 3)
    journal.readings.switch(False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert "The analysis is off" in seen(screen)
        assert "Settings" in seen(screen)
        assert screen.query_one("#left", OptionList).option_count == 0
        await pilot.press("2", "4", "enter")
        await settled(pilot)
        assert pilot.app.screen is screen


async def test_a_placement_with_the_signs_of_markup_is_shown_as_it_stands(app: SmallL, journal, clock, read_as) -> None:
    fill(journal, clock, read_as, "[red]Bay [/] 4", 6, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "[red]Bay [/] 4" in seen(await opened(pilot))
        await pilot.press("enter")
        await settled(pilot)
        assert "Views · [red]Bay [/] 4" in seen(pilot.app.screen)


async def test_a_correction_made_from_a_view_is_in_the_view_when_one_comes_back(
    app: SmallL, journal, clock, read_as
) -> None:
    fill(journal, clock, read_as, "Renal", 1, 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("enter")
        await settled(pilot)
        kept = journal.entry(pilot.app.screen._found[0].entry_id)
        journal.corrections.say(kept, (0, len(LINES[0])), "team")
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert "◆ team ✓" in seen(pilot.app.screen)
