"""Correcting a mark: one key opens the question, one answers it, one takes it back."""

from journal.domain import Sentence
from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.entry import EntryScreen
from journal.tui.screens.settings import SettingsScreen
from journal.tui.widgets.correct_line import CorrectLine
from journal.tui.widgets.sentence_list import SentenceList

TEXT = "Rewrote the charts.\nObs get missed whenever she is pulled.\nExhausted."


def screen_text(app: SmallL) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def opened(pilot, journal: Journal, wrote, read_as) -> EntryScreen:
    entry = journal.entry(wrote(TEXT))
    journal.readings.keep(entry, read_as(TEXT, "task", "team", "other"))
    await pilot.pause()
    screen = EntryScreen(journal, entry.id)
    await pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


def kept(screen: EntryScreen) -> tuple[Sentence, ...]:
    return screen.journal.readings.of(screen.entry).sentences


async def press(pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_mark_is_corrected_with_one_key_and_the_counts_follow(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "down", "c")
        assert "What is it about?" in screen_text(app)
        await press(pilot, "s")
        shown = screen_text(app)
        assert "▲ system ✓" in shown
        assert "▲ 1 system" in shown
        assert "◆ 0 team" in shown
        assert "Now system: you said so" in shown
        assert screen.query_one(SentenceList).has_focus
        assert screen.query_one(SentenceList).highlighted == 1
    assert [s.level for s in kept(screen)] == ["task", "system", "other"]


async def test_enter_says_that_it_is_right_as_it_is(app: SmallL, journal: Journal, wrote, read_as) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "enter")
        assert "▪ task ✓" in screen_text(app)
        assert "task is right" in screen_text(app)
        await press(pilot, "w")
        assert "You said so; the analysis had said the same (97 %)" in screen_text(app)
    assert journal.corrections.of(screen.entry)[0, 19].level == "task"


async def test_why_says_who_said_so_and_what_the_analysis_had_said(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, journal, wrote, read_as)
        await press(pilot, "w", "c", "m")
        assert "You said so; the analysis had said ▪ task (97 %)" in screen_text(app)


async def test_an_answer_is_taken_back_with_one_key(app: SmallL, journal: Journal, wrote, read_as) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "o")
        assert "other ✓" in screen_text(app)
        await press(pilot, "backspace")
        assert "✓" not in screen_text(app)
        await press(pilot, "c", "o", "c")
        assert "take back" in screen_text(app)
        await press(pilot, "backspace")
        assert "✓" not in screen_text(app)
        await press(pilot, "backspace")
    assert [s.level for s in kept(screen)] == ["task", "team", "other"]
    assert journal.corrections.count() == 0


async def test_acts_and_frame_are_a_second_step_and_outlast_another_level(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "a", "2", "4", "4", "l", "enter")
        assert (kept(screen)[0].acts, kept(screen)[0].frame) == (("design",), "learning")
        await press(pilot, "c", "s")
    first = kept(screen)[0]
    assert (first.level, first.acts, first.frame) == ("system", ("design",), "learning")


async def test_leaving_changes_nothing_and_letters_are_answers_only_while_asked(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "e", "v", "l", "w", "delete")
        assert app.screen is screen
        assert screen.query_one(CorrectLine).asking
        await press(pilot, "a", "escape", "escape", "t", "s", "o")
        assert app.screen is screen
        assert not screen.query_one(CorrectLine).asking
    assert journal.corrections.count() == 0
    assert journal.count() == 1


async def test_the_question_follows_the_cursor(app: SmallL, journal: Journal, wrote, read_as) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "down", "down", "up", "s")
    assert [s.corrected for s in kept(screen)] == [False, True, False]


async def test_all_the_keys_of_an_entry_fit_the_narrow_screen(app: SmallL, journal: Journal, wrote, read_as) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, journal, wrote, read_as)
        await press(pilot, "down", "up")
        assert "c Correct" in screen_text(app)
        assert "f1 Help" in screen_text(app).splitlines()[-1]


async def test_the_sentence_asked_about_stays_in_sight(app: SmallL, journal: Journal, wrote, read_as) -> None:
    text = "\n".join(f"Sentence number {n}." for n in range(40))
    async with app.run_test(size=(80, 24)) as pilot:
        entry = journal.entry(wrote(text))
        journal.readings.keep(entry, read_as(text, *["task"] * 40))
        await pilot.pause()
        await app.push_screen(EntryScreen(journal, entry.id))
        await pilot.pause()
        await press(pilot, *["down"] * 18, "w", "c")
        assert screen_text(app).count("Sentence number 18.") >= 1
        await press(pilot, "s")
        assert "▲ system ✓  Sentence number 18." in screen_text(app)


async def test_with_the_analysis_off_one_may_delete_what_one_said_oneself(
    app: SmallL, journal: Journal, wrote, read_as
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, journal, wrote, read_as)
        await press(pilot, "c", "s")
        await app.push_screen(SettingsScreen(journal))
        await pilot.pause()
        app.screen.query_one("#analysis").focus()
        await press(pilot, "space")
        assert not journal.readings.on
        assert journal.corrections.count() == 1
        await press(pilot, "tab", "enter")
        assert "what you had said of 1 sentence" in screen_text(app)
    assert journal.corrections.count() == 0
