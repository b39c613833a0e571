"""What became of a small act, in a line or none."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from journal.domain import ActState, SmallAct
from journal.service import Journal
from journal.tui.display import plain

_ASKS: dict[ActState, str] = {
    "done": "Done. What happened?",
    "not_yet": "Not yet. What got in the way?",
    "dropped": "Let go. What made it the wrong thing, or the wrong time?",
}


class ActOutcomeScreen(ModalScreen[bool]):
    """One optional line; enter keeps it, escape leaves the act as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Back", id="outcome.back", tooltip="Leave the act as it is"),
    ]

    def __init__(self, journal: Journal, act: SmallAct, state: ActState) -> None:
        super().__init__()
        self._journal = journal
        self._act = act
        self._state: ActState = state

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self._act.text), classes="muted")
            yield Static(_ASKS[self._state], classes="heading")
            yield Input(placeholder="one line, or just enter")
            yield Static("[$accent]enter[/] keep   [$accent]escape[/] go back", classes="muted")

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        self._journal.close_act(self._act.id, self._state, message.value)
        said = {"done": "Kept as done.", "not_yet": "Kept: not yet.", "dropped": "Let go."}[self._state]
        self.app.notify(said, timeout=3)
        self.dismiss(True)
