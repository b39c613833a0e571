"""Earlier versions of an entry, newest first."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from journal.domain import Entry
from journal.service import Journal
from journal.tui.display import plain
from journal.tui.help import help_text
from journal.tui.widgets.top_line import TopLine


class VersionsScreen(Screen[None]):
    """Reads what an entry said before; writes nothing unless a version is taken back."""

    HELP = help_text("entry")
    DEFAULT_CSS = """
    VersionsScreen OptionList { height: auto; max-height: 8; margin: 1 0; }
    VersionsScreen VerticalScroll { height: 1fr; border-top: solid $border; padding: 1 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="versions.back", tooltip="Back to the entry"),
        Binding("enter", "take_back", "Edit from this one", id="versions.take", tooltip="Open this version to edit"),
    ]

    def __init__(self, journal: Journal, entry: Entry) -> None:
        super().__init__()
        self.journal = journal
        self._entry = entry
        self._revisions = sorted(journal.revisions(entry.id), key=lambda revision: -revision.number)

    def compose(self) -> ComposeResult:
        yield TopLine("Earlier versions")
        rows = [f"version {r.number}   {r.at[:16].replace('T', ' ')}" for r in self._revisions]
        yield OptionList(*(Option(plain(row)) for row in rows), classes="column")
        with VerticalScroll(classes="column", can_focus=False):
            yield Static(id="text")
        yield Footer(show_command_palette=False)

    @on(OptionList.OptionHighlighted)
    def show(self, message: OptionList.OptionHighlighted) -> None:
        self.query_one("#text", Static).update(plain(self._revisions[message.option_index].content.text))

    @on(OptionList.OptionSelected)
    def action_take_back(self) -> None:
        from journal.tui.screens.write import WriteScreen

        chosen = self._revisions[self.query_one(OptionList).highlighted or 0]
        self.app.pop_screen()
        self.app.switch_screen(WriteScreen(self.journal, chosen.content, entry_id=self._entry.id))
