"""The place to write never fails under undo."""

import random

import pytest
from textual.app import App, ComposeResult

from journal.tui.widgets.journal_area import JournalArea


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield JournalArea()


async def test_undoing_a_paste_of_many_lines_leaves_the_page_standing() -> None:
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        area = app.query_one(JournalArea)
        area.insert("line\n" * 40)
        await pilot.pause()
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert area.text == ""
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert area.text == "line\n" * 40


@pytest.mark.parametrize("seed", range(5))
async def test_random_edits_undone_and_redone_never_end_the_app(seed: int) -> None:
    chance = random.Random(seed)
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        area = app.query_one(JournalArea)
        for _ in range(30):
            act = chance.choice(["insert", "lines", "delete", "undo", "undo", "redo", "end"])
            if act == "insert":
                area.insert("a few words ")
            elif act == "lines":
                area.insert("x\n" * chance.randint(1, 40))
            elif act == "delete":
                area.select_all()
                area.action_delete_left()
            elif act == "end":
                area.move_cursor(area.document.end)
            else:
                area.action_undo() if act == "undo" else area.action_redo()
            await pilot.pause()
        assert app.is_running


async def test_a_paste_of_a_hundred_kilobytes_is_whole_and_comes_away_in_one_undo() -> None:
    text = ("The night team had not heard about bay four. " * 23 + "\n") * 100
    assert len(text) > 100_000
    app = Page()
    async with app.run_test(size=(80, 24)) as pilot:
        area = app.query_one(JournalArea)
        area.insert(text)
        await pilot.pause()
        assert area.text == text
        area.action_undo()
        await pilot.pause()
        assert area.text == ""
