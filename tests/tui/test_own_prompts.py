"""A person's own questions in the app."""

from pathlib import Path

from textual.widgets import Static

from journal.tui.app import SmallL


async def test_a_malformed_question_of_ones_own_is_named_by_file_and_line(
    app: SmallL, journal, tmp_path: Path, monkeypatch
) -> None:
    folder = tmp_path / "config" / "prompts"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text(
        'family = "framing"\n\n[[prompt]]\nid = "mine"\nquestoin = "What for?"\n', "utf-8"
    )
    monkeypatch.setattr(journal, "_config", tmp_path / "config")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.screen.query_one("#problems", Static)
        assert shown.display
        assert "mine.toml, line 3" in str(shown.content)


async def test_without_questions_of_ones_own_nothing_is_said_of_them(app: SmallL) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.screen.query_one("#problems", Static).display
