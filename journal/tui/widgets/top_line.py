"""The quiet line above every screen: where one is, and the day."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from journal.tui.display import plain


class TopLine(Horizontal):
    """The screen's name on the left, a word of state on the right."""

    DEFAULT_CSS = """
    TopLine > .where { width: 1fr; height: 1; }
    TopLine > .state { width: auto; height: 1; }
    """

    def __init__(self, where: str, state: str = "") -> None:
        super().__init__()
        self._where = where
        self._state = state

    def compose(self) -> ComposeResult:
        yield Static(plain(self._where), classes="where")
        yield Static(plain(self._state), classes="state")

    def say(self, where: str | None = None, state: str | None = None) -> None:
        """Change either side."""
        if where is not None:
            self.query_one(".where", Static).update(plain(where))
        if state is not None:
            self.query_one(".state", Static).update(plain(state))
