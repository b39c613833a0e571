"""Old entries looked at one by one, learning points, the bin's last step, and the legal hold."""

from textual.widgets import Input, Static

from journal.domain import EntryContent, Filters
from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.delete_for_good import DeleteForGoodScreen
from journal.tui.screens.entries import EntriesScreen
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.learning import LearningScreen, NotePointsScreen
from journal.tui.screens.review import HoldScreen, ReviewScreen
from journal.tui.widgets.keeping_line import KeepingLine

OLD = "2023-11-20T21:00:00+00:00"
SIZE = (80, 24)


def old_entry(journal: Journal, text: str = "A long story.", written: str = OLD) -> str:
    return journal.write(journal.with_profile(EntryContent(text)), written=written).id


def words_of(screen: object, selector: str) -> str:
    return str(screen.query_one(selector, Static).content)  # type: ignore[attr-defined]


async def test_today_says_nothing_of_keeping_while_nothing_is_old(app: SmallL, wrote) -> None:
    wrote("New.")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not app.screen.query_one(KeepingLine).display


async def test_an_old_entry_is_offered_and_kept_with_one_key_and_asked_again_next_year(
    app: SmallL, journal: Journal, clock
) -> None:
    entry_id = old_entry(journal)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert "One entry is over two years old" in words_of(app.screen, "KeepingLine")
        await pilot.press("k")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "two years old" in words_of(app.screen, "#asked")
        assert "A long story." in words_of(app.screen, "#text")
        await pilot.press("k")
        await pilot.pause()
        assert "Nothing to look at" in words_of(app.screen, "#text")
        await pilot.press("escape")
        await pilot.pause()
        assert not app.screen.query_one(KeepingLine).display
    clock.forward(days=366)
    assert [one.entry_id for one in journal.keeping.due()] == [entry_id]
    assert journal.entry(entry_id).deleted is None


async def test_distilling_keeps_the_learning_and_sends_the_story_to_the_bin(app: SmallL, journal: Journal) -> None:
    entry_id = old_entry(journal)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("k", "d")
        await pilot.pause()
        assert isinstance(app.screen, NotePointsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert journal.entry(entry_id).deleted is None, "no learning point, no letting go"
        await pilot.press("d", *"Ask", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert journal.entry(entry_id).deleted
        assert [point.text for point in journal.learning.of(entry_id)] == ["Ask"]
        await pilot.press("u")
        await pilot.pause()
        assert journal.entry(entry_id).deleted is None


async def test_letting_go_of_one_shows_the_next_and_later_skips(app: SmallL, journal: Journal) -> None:
    first, second = old_entry(journal, "First."), old_entry(journal, "Second.", "2023-11-21T08:00:00+00:00")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("k", "n")
        await pilot.pause()
        assert "Second." in words_of(app.screen, "#text")
        await pilot.press("delete")
        await pilot.pause()
        assert "That is all for now" in words_of(app.screen, "#text")
    assert journal.entry(first).deleted is None
    assert journal.entry(second).deleted


async def test_the_hold_is_switched_on_with_its_guidance_and_then_nothing_is_deleted(
    app: SmallL, journal: Journal
) -> None:
    entry_id = old_entry(journal)
    gone = old_entry(journal, "In the bin.")
    journal.put_in_bin(gone)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("k", "h")
        await pilot.pause()
        assert isinstance(app.screen, HoldScreen)
        guidance = words_of(app.screen, "#guidance")
        assert "can be an offence" in guidance
        assert "defence body or union" in guidance
        await pilot.press(*"claim", "enter")
        await pilot.pause()
        assert journal.keeping.held
        assert "claim" in words_of(app.screen, "#hold")
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen), "distilling is refused"
        await pilot.press("delete")
        await pilot.pause()
        assert journal.entry(entry_id).deleted, "the bin still hides"
        await pilot.press("escape", "e", "f4", "delete")
        await pilot.pause()
        assert isinstance(app.screen, EntriesScreen)
        assert "Legal hold is on" in words_of(app.screen, "#narrowed")
        assert journal.count(Filters(bin=True)) == 2


async def test_an_entry_in_the_bin_is_deleted_for_good_only_after_asking(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote("Do not keep this.")
    journal.learning.note("Keep this.", entry_id)
    journal.put_in_bin(entry_id)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("e", "f4")
        await pilot.pause()
        row = str(app.screen.query_one("#list").get_option_at_index(0).prompt)  # type: ignore[attr-defined]
        assert "deleted on 8 April" in row
        await pilot.press("delete")
        await pilot.pause()
        assert isinstance(app.screen, DeleteForGoodScreen)
        said = " ".join(str(shown.content) for shown in app.screen.query(Static))
        assert "Every backup made since 9 March 2026 still holds it" in said
        assert "Its 1 learning point stays" in said
        await pilot.press("escape")
        await pilot.pause()
        assert journal.count(Filters(bin=True)) == 1
        await pilot.press("delete", "d")
        await pilot.pause()
        assert journal.count(Filters(bin=True)) == 0
    assert [point.text for point in journal.learning.find()] == ["Keep this."]


async def test_a_learning_point_is_noted_in_an_entry_and_found_among_all(app: SmallL, journal: Journal, wrote) -> None:
    entry_id = wrote("A shift.")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("e", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        await pilot.press("p", *"Handover", "enter", "escape")
        await pilot.pause()
        assert "Handover" in words_of(app.screen, "#points")
        app.go("learning")
        await pilot.pause()
        assert isinstance(app.screen, LearningScreen)
        await pilot.press(*"hand", "enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EntryScreen)
        assert app.screen.entry.id == entry_id
        await pilot.press("escape", "delete")
        await pilot.pause()
        assert journal.learning.of(entry_id) == []
        await pilot.press("ctrl+z")
        assert [point.text for point in journal.learning.of(entry_id)] == ["Handover"]


async def test_a_point_typed_and_not_entered_is_kept_when_the_journal_locks(
    app: SmallL, journal: Journal, wrote
) -> None:
    entry_id = wrote("A shift.")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.push_screen(NotePointsScreen(journal, entry_id))
        await pilot.pause()
        app.screen.query_one(Input).value = "half a thought"
        app.keep_writing()
        assert [point.text for point in journal.learning.of(entry_id)] == ["half a thought"]
