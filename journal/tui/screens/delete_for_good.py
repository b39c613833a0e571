"""The last question before an entry is deleted for good."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from journal.domain import Entry
from journal.service import Journal
from journal.tui.display import count_words, full_day, one_line, plain


class DeleteForGoodScreen(ModalScreen[bool]):
    """Says what goes, what stays and where copies are; True where it is to go."""

    DEFAULT_CSS = """
    DeleteForGoodScreen Static { height: auto; margin: 0 0 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Keep", id="gone.back", tooltip="Leave it in the bin"),
        Binding("d", "dismiss(True)", "Delete for good", id="gone.delete", tooltip="Delete it now, for good"),
    ]

    def __init__(self, journal: Journal, entry: Entry) -> None:
        super().__init__()
        self._journal = journal
        self._entry = entry

    def compose(self) -> ComposeResult:
        points = len(self._journal.learning.of(self._entry.id))
        stays = f" Its {count_words(points, 'learning point')} {'stays' if points == 1 else 'stay'}." if points else ""
        with VerticalScroll(classes="dialog"):
            yield Static("Delete this entry for good?", classes="heading")
            yield Static(plain(f"{full_day(self._entry.day)}: “{one_line(self._entry.content.text, 60)}”"))
            yield Static(f"It goes now, with all its versions, and cannot be brought back.{stays}", markup=False)
            yield Static(self._journal.keeping.copies(self._entry), classes="muted", markup=False)
            yield Static("[$accent]d[/] delete for good   [$accent]escape[/] leave it in the bin", classes="muted")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()
