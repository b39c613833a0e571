"""The first thing a returning person sees: one line to open their journal."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Footer, Input, Static

from journal.errors import JournalError, WrongPassphrase
from journal.service import keys, opening
from journal.tui.help import help_text
from journal.tui.messages import Unlocked


class UnlockScreen(Screen[None]):
    """Asks for the passphrase; deriving the key never holds up the keyboard.

    `by_keyring`, when the app starts: the keyring of the computer opens the journal if the person switched that on. A
    journal that was locked asks for the passphrase.
    """

    CSS_PATH = "unlock.tcss"
    HELP = help_text("unlock")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+r",
            "recover",
            "Recovery words",
            id="unlock.recover",
            tooltip="Open with your recovery words",
        ),
        Binding("ctrl+q", "app.quit", "Quit", id="unlock.quit", tooltip="Leave"),
    ]

    def __init__(self, home: Path, passphrase: str | None = None, *, by_keyring: bool = False) -> None:
        super().__init__()
        self._home = home
        self._given = passphrase
        self._by_keyring = by_keyring

    def compose(self) -> ComposeResult:
        with Vertical(id="door"):
            yield Static("small [$accent]l[/]", id="name")
            yield Static("your journal is locked", id="state", classes="muted")
            yield Input(password=True, placeholder="passphrase", id="passphrase")
            yield Static("", id="answer", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        if self._given is not None:
            self._open(self._given)
            self._given = None
        elif self._by_keyring and keys.opens_by_keyring(self._home):
            self._open(None)

    @on(Input.Submitted, "#passphrase")
    def try_passphrase(self, message: Input.Submitted) -> None:
        if message.value:
            self._open(message.value)

    def _open(self, passphrase: str | None) -> None:
        field = self.query_one("#passphrase", Input)
        field.disabled = True
        self.answer("Opening…")
        self._unlock(passphrase)

    @work(thread=True, exclusive=True, exit_on_error=False, group="unlock")
    def _unlock(self, passphrase: str | None) -> None:
        try:
            if passphrase is None:
                journal = opening.unlock_by_keyring(self._home)
            else:
                journal = opening.unlock(self._home, passphrase)
        except JournalError as error:
            self.app.call_from_thread(self._refuse, error)
        else:
            self.app.post_message(Unlocked(journal))

    def _refuse(self, error: JournalError) -> None:
        field = self.query_one("#passphrase", Input)
        field.disabled = False
        if isinstance(error, WrongPassphrase):
            field.value = ""
        field.focus()
        self.answer(f"{error.title}\n{error.advice}", error=True)

    def answer(self, words: str, *, error: bool = False) -> None:
        shown = self.query_one("#answer", Static)
        shown.update(words)
        shown.set_class(error, "error")

    def action_recover(self) -> None:
        from journal.tui.screens.recover import RecoverScreen

        self.app.push_screen(RecoverScreen(self._home))
