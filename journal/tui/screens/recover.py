"""Opening a journal by its recovery words when the passphrase is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from journal.errors import JournalError
from journal.service import opening
from journal.tui.help import help_text
from journal.tui.messages import Unlocked
from journal.tui.widgets.strength import StrengthLine


class RecoverScreen(Screen[None]):
    """Takes the words and a new passphrase; the old passphrase stops working."""

    CSS_PATH = "unlock.tcss"
    HELP = help_text("recover")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="recover.back", tooltip="Back to the passphrase"),
    ]

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home

    def compose(self) -> ComposeResult:
        with Vertical(id="door"):
            yield Static("Open with recovery words", id="name")
            yield Static("The 24 words you kept when you began, in order.", id="state", classes="muted")
            yield Input(placeholder="word word word …", id="words")
            yield Input(password=True, placeholder="a new passphrase", id="passphrase")
            yield StrengthLine()
            yield Static("", id="answer", markup=False)
        yield Footer(show_command_palette=False)

    @on(Input.Changed, "#passphrase")
    def show_strength(self, message: Input.Changed) -> None:
        self.query_one(StrengthLine).passphrase = message.value

    @on(Input.Submitted)
    def go_on(self, message: Input.Submitted) -> None:
        words, phrase = self.query_one("#words", Input).value, self.query_one("#passphrase", Input).value
        if not words.strip():
            self.query_one("#words").focus()
        elif not phrase:
            self.query_one("#passphrase").focus()
        else:
            self._say("Opening…")
            self._recover(words, phrase)

    @work(thread=True, exclusive=True, exit_on_error=False, group="unlock")
    def _recover(self, words: str, passphrase: str) -> None:
        try:
            journal = opening.recover(self._home, words, passphrase)
        except JournalError as error:
            self.app.call_from_thread(self._say, f"{error.title}\n{error.advice}")
        else:
            self.app.call_from_thread(self._recovered, journal)

    def _recovered(self, journal: object) -> None:
        self.app.pop_screen()
        self.app.post_message(Unlocked(journal))  # type: ignore[arg-type]

    def _say(self, words: str) -> None:
        self.query_one("#answer", Static).update(words)
