"""An entry by its sentences: marked in words, explained on a key, corrected by nobody's colour alone."""

from textual.widgets import OptionList, Static

from journal.domain import Analysis, Evidence, Sentence
from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.messages import EntryRead
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.today import TodayScreen
from journal.tui.widgets.afterwards import Afterwards
from journal.tui.widgets.sentence_list import SentenceList
from journal.tui.widgets.why import WhyPanel

TEXT = (
    "Spent an hour rewriting the drug charts for the weekend.\n"
    "The night team had not heard about bay four.\n"
    "Obs get missed whenever the HCA is pulled to the other bay.\n"
    "Exhausted."
)


def screen_text(app: SmallL) -> str:
    """All that stands on the screen."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def opened(pilot, journal: Journal, entry_id: str, *, fresh: bool = False) -> EntryScreen:
    await pilot.pause()
    screen = EntryScreen(journal, entry_id, fresh=fresh)
    await pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


def read(journal: Journal, entry_id: str, analysis: Analysis) -> None:
    journal.readings.keep(journal.entry(entry_id), analysis)


async def test_each_sentence_is_marked_in_words(app: SmallL, journal: Journal, wrote, read_as) -> None:
    entry_id = wrote(TEXT)
    read(journal, entry_id, read_as(TEXT, "task", "team", "system", "other"))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, journal, entry_id)
        shown = screen_text(app)
    for mark in ("▪ task", "◆ team", "▲ system"):
        assert mark in shown
    assert "1 task" in shown
    assert "Exhausted." in shown


async def test_why_shows_the_words_that_moved_the_label(app: SmallL, journal: Journal, wrote) -> None:
    text = "Obs get missed whenever the HCA is pulled."
    entry_id = wrote(text)
    evidence = Evidence(text.index("whenever"), len(text) - 1, "a pattern, not one occasion")
    p = {"task": 0.05, "team": 0.05, "system": 0.85, "other": 0.05}
    read(journal, entry_id, Analysis("m", (Sentence(0, len(text), "system", p, ("barrier",), None, (evidence,)),)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, entry_id)
        assert not screen.query_one(WhyPanel).display
        await pilot.press("w")
        await pilot.pause()
        shown = screen_text(app)
    assert "whenever the HCA is pulled” a pattern, not one occasion" in shown
    assert "something in the way" in shown


async def test_a_doubtful_reading_says_it_is_not_sure(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote("Which was true.")
    p = {"task": 0.3, "team": 0.3, "system": 0.2, "other": 0.2}
    read(journal, entry_id, Analysis("m", (Sentence(0, 15, "task", p, sure=False),)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, journal, entry_id)
        await pilot.press("w")
        await pilot.pause()
        assert "Not sure" in screen_text(app)


async def test_after_saving_one_task_sentence_is_offered_back_and_the_answer_stands_beside_it(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    entry_id = wrote(TEXT)
    analysis = read_as(TEXT, "task", "team", "system", "other")
    read(journal, entry_id, analysis)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, entry_id, fresh=True)
        assert screen.query_one(Afterwards).about == "lift"
        assert "What was it for?" in screen_text(app)
        await pilot.press(*"Sleep", "enter")
        await pilot.pause()
        assert screen.query_one(Afterwards).about == "act"
        await pilot.press("escape")
        await pilot.pause()
        assert "it was for: Sleep" in screen_text(app)
    assert journal.lift(entry_id).sentence == TEXT.split("\n")[0]
    assert journal.readings.liftable(journal.entry(entry_id), analysis) is None


async def test_both_questions_can_be_passed_over(app: SmallL, journal: Journal, wrote, read_as) -> None:
    entry_id = wrote(TEXT)
    read(journal, entry_id, read_as(TEXT, "task", "team", "system", "other"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, entry_id, fresh=True)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not screen.query_one(Afterwards).display
        assert screen.query_one(SentenceList).has_focus
    assert journal.lift(entry_id) is None
    assert journal.current_act() is None


async def test_a_number_chooses_an_offered_small_act(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote("Too tired.", analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, entry_id, fresh=True)
        offered = screen.query_one(Afterwards)._offers[1]
        await pilot.press("2", "enter")
        await pilot.pause()
    assert journal.current_act().text == offered


async def test_without_the_model_writing_works_and_the_app_says_so(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote(TEXT)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, entry_id)
        app.reader.trouble = "The analysis stopped. Writing still works."
        screen.post_message(EntryRead(entry_id, 1, None))
        await pilot.pause()
        shown = screen_text(app)
    assert "Writing still works" in shown
    assert "Exhausted." in shown


async def test_an_entry_of_which_no_analysis_is_wanted_is_never_read(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    entry_id = wrote("Mine alone.", analyse=False)
    read(journal, entry_id, read_as("Mine alone.", "task"))
    assert journal.readings.of(journal.entry(entry_id)) is None
    assert entry_id not in journal.readings.missing("any")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, journal, entry_id)
        assert "not analysed" in screen_text(app)


async def test_the_bin_gives_back(app: SmallL, journal: Journal, wrote) -> None:
    wrote("Keep me.")
    gone = wrote("Throw me.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("down")
        await pilot.pause()
        assert app.screen._chosen().id == gone
        await pilot.press("delete")
        await pilot.pause()
        assert journal.count() == 1
        await pilot.press("u")
        await pilot.pause()
        assert journal.count() == 2
        await pilot.press("delete", "f4")
        await pilot.pause()
        assert app.screen.query_one("#list", OptionList).option_count == 1
        await pilot.press("r")
        await pilot.pause()
    assert journal.count() == 2


async def test_search_narrows_as_one_types(app: SmallL, journal: Journal, wrote) -> None:
    wrote("The handover board was wiped again.")
    wrote("Two cannulas and a sandwich.")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*"hando")
        await pilot.pause()
        assert [row.opening for row in app.screen._rows] == ["The handover board was wiped again."]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen._rows) == 2


async def test_what_looks_like_markup_or_a_query_does_no_harm(app: SmallL, journal: Journal, wrote) -> None:
    wrote("[/] [b [red]bold[/] \x1b[31m \"quoted' NEAR( *")
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.pause()
        await pilot.press("e")
        await pilot.pause()
        for query in ('"', "NEAR(", "*", "red OR", "[/]"):
            app.screen.query_one("#query").value = query
            await pilot.pause()
        app.screen.query_one("#query").value = ""
        await pilot.pause()
        shown = screen_text(app)
        assert "[red]bold[/]" in shown
        assert "\x1b" not in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        assert app.screen.query_one("#counts", Static) is not None
