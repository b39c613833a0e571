"""A crash shows where, never what."""

from textual.app import App, ComposeResult

from journal.tui.app import SmallL
from journal.tui.crash import safe_report

CANARY = "the patient in the corner bed"


def fail(note: str) -> None:
    local = f"{note} again"
    raise ValueError(local)


def test_a_crash_report_names_the_place_and_holds_no_text() -> None:
    try:
        fail(CANARY)
    except ValueError as error:
        report = safe_report(error)
    assert "ValueError" in report
    assert "test_crash.py" in report
    assert CANARY not in report


class Failing(SmallL):
    def on_mount(self) -> None:
        note = CANARY
        raise RuntimeError(note)

    def compose(self) -> ComposeResult:
        yield from App.compose(self)


def test_the_app_replaces_the_report_that_prints_local_variables(tmp_path, capsys) -> None:
    app = Failing(tmp_path)
    app.run(headless=True, size=(80, 24))
    shown = "".join(capsys.readouterr())
    assert app.return_code == 1
    assert "RuntimeError" in shown
    assert CANARY not in shown
