"""One quiet line: how old the last backup is, or why there is none."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from journal.domain import BackupState
from journal.tui.display import count_words, plain

SOME_ENTRIES = 5
"""Entries from which on it is worth a line that no backup was made."""
_HOW = "settings make one each week"
OLD = 30
"""Days after which the line says how to make a new one, where none is made by itself."""


class BackupLine(Static):
    """Shows a `state`; empty, and without a row, where there is nothing to say."""

    DEFAULT_CSS = """
    BackupLine { height: auto; padding: 0 1; color: $quiet; }
    """

    state: reactive[BackupState | None] = reactive(None)
    entries: reactive[int] = reactive(0)

    def watch_state(self) -> None:
        self._show()

    def watch_entries(self) -> None:
        self._show()

    def _show(self) -> None:
        words = backup_words(self.state, self.entries) if self.state else ""
        self.set_class(not words, "hidden")
        self.update(plain(words) if words else Content(""))


def backup_words(state: BackupState, entries: int) -> str:
    """The line for a state; empty where nothing need be said yet."""
    if state.failure:
        before = f"Last backup {_ago(state.days)}. " if state.days is not None else ""
        return f"{before}A new one could not be made. {state.failure} {state.advice}"
    if state.days is None:
        return f"No backup yet · {_HOW}" if entries >= SOME_ENTRIES else ""
    again = f" · {_HOW}" if state.plan is None and state.days > OLD else ""
    return f"Last backup {_ago(state.days)}{again}"


def _ago(days: int) -> str:
    return ("today", "yesterday")[days] if days < 2 else f"{count_words(days, 'day')} ago"
