"""Writing: nothing typed is ever lost, and saved means kept."""

from pathlib import Path

import pytest
from textual.widgets import Input

from journal.errors import BadInput
from journal.service import Journal, opening
from journal.tui.app import SmallL
from journal.tui.screens.details import DetailsScreen
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.today import TodayScreen
from journal.tui.screens.write import LONGEST_WAIT, PAUSE, WriteScreen
from journal.tui.widgets.afterwards import Afterwards
from journal.tui.widgets.journal_area import JournalArea

PASSPHRASE = "wrong horse staple lamp"


async def start_writing(pilot, key: str = "f") -> WriteScreen:
    await pilot.pause()
    await pilot.press(key)
    await pilot.pause()
    assert isinstance(pilot.app.screen, WriteScreen)
    return pilot.app.screen


async def test_answering_a_prompt_keeps_the_question_with_the_entry(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await start_writing(pilot, "enter")
        await pilot.press(*"Chased", "space", *"a", "space", *"scan.", "ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        entry = journal.entry(journal.entries()[0].id)
        assert entry.content.text == "Chased a scan."
        assert entry.content.prompt
        assert entry.content.prompt_family
        assert entry.content.placement == "Renal"


async def test_a_draft_is_kept_while_typing_without_being_asked(app: SmallL, journal: Journal) -> None:
    assert PAUSE < 1
    assert LONGEST_WAIT < 2
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("half a thought")
        await pilot.pause(PAUSE + 0.2)
        await app.workers.wait_for_complete()
        assert journal.draft().content.text == "half a thought"


async def test_leaving_and_coming_back_finds_the_draft_and_saving_ends_it(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("half a thought")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert journal.draft().content.text == "half a thought"
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert journal.draft() is None
        assert journal.count() == 1


async def test_quitting_in_the_middle_of_a_word_keeps_it(app: SmallL, home: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await start_writing(pilot)
        await pilot.press(*"unfin", "ctrl+q")
    again = opening.unlock(home, PASSPHRASE)
    assert again.draft().content.text == "unfin"
    again.close()


async def test_an_emptied_page_leaves_no_draft(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("never mind")
        screen.keep_draft()
        screen.query_one(JournalArea).clear()
        await pilot.press("escape")
        await pilot.pause()
    assert journal.draft() is None


async def test_an_empty_page_is_not_saved_and_says_why(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await start_writing(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, WriteScreen)
        assert journal.count() == 0
        assert len(app._notifications) == 1


async def test_steps_are_kept_as_steps_and_join_into_one_text(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("It happened.")
        await pilot.press("f3")
        await pilot.pause()
        first, second, third = screen.query(JournalArea)
        assert first.text == "It happened."
        second.insert("It matters.")
        third.insert("I will ask.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        content = journal.entry(journal.entries()[0].id).content
        assert content.text == "It happened.\n\nIt matters.\n\nI will ask."
        assert [step.name for step in content.steps] == ["What?", "So what?", "Now what?"]


async def test_steps_can_be_joined_again_without_losing_a_word(app: SmallL) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        await pilot.press("f3")
        await pilot.pause()
        for area, text in zip(screen.query(JournalArea), ("one", "two", "three"), strict=True):
            area.insert(text)
        await pilot.press("f3")
        await pilot.pause()
        assert screen.query_one(JournalArea).text == "one\n\ntwo\n\nthree"


async def test_the_particulars_are_kept_and_a_day_to_come_is_refused(app: SmallL, journal: Journal) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("On Friday.")
        await pilot.press("f2")
        await pilot.pause()
        details = app.screen
        assert isinstance(details, DetailsScreen)
        details.query_one("#event_date", Input).value = "2030-01-01"
        await pilot.press("escape")
        assert app.screen is details
        details.query_one("#event_date", Input).value = "2026-03-06"
        details.query_one("#tags", Input).value = "Nights, #handover, nights"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("ctrl+s")
        await pilot.pause()
        content = journal.entry(journal.entries()[0].id).content
        assert str(content.event_date) == "2026-03-06"
        assert content.tags == ("nights", "handover")


async def test_an_entry_of_ten_thousand_words_is_written_and_kept_whole(app: SmallL, journal: Journal) -> None:
    text = "\n\n".join("The bed manager rang again about the two discharges. " * 12 for _ in range(95))
    assert len(text.split()) > 10_000
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert(text)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert journal.entry(journal.entries()[0].id).content.text == text


async def test_editing_keeps_the_earlier_version(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote("First version.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(EntryScreen(journal, entry_id))
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        app.screen.query_one(JournalArea).insert(" And more.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        await pilot.press("escape", "v")
        await pilot.pause()
    assert [r.content.text for r in journal.revisions(entry_id)] == ["First version.", "First version. And more."]


async def test_a_small_act_is_chosen_after_saving_and_asked_after_next_day(
    app: SmallL, journal: Journal, clock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("Too tired to think.")
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.screen.query_one(Afterwards).about == "act"
        await pilot.press(*"Ask", "space", *"first", "enter", "escape")
        await pilot.pause()
        clock.forward(days=1)
        app.screen.refresh_all()
        assert app.screen._suggestion.prompt.id == "plan"
        await pilot.press("d", *"They", "space", *"knew", "enter")
        await pilot.pause()
    assert journal.current_act() is None
    assert journal.acts_of(journal.entries()[0].id)[0].outcome == "They knew"


def test_nothing_but_spaces_is_no_entry(journal: Journal, wrote) -> None:
    with pytest.raises(BadInput):
        wrote("  \n ")


async def test_a_window_too_small_says_so_and_keeps_the_page(app: SmallL, home: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await start_writing(pilot)
        screen.query_one(JournalArea).insert("still here")
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        await pilot.press("x")
        assert app.screen is not screen
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.screen is screen
        assert screen.query_one(JournalArea).text == "still here"
