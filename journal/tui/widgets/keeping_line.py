"""One quiet line: old entries that wait for a look, or the legal hold."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from journal.service import Journal

MANY = 20
"""Entries beyond which the line stops counting."""


class KeepingLine(Static):
    """Empty, and without a row, where there is nothing to say."""

    DEFAULT_CSS = """
    KeepingLine { height: auto; padding: 0 1; color: $quiet; }
    """

    def show(self, journal: Journal) -> bool:
        """Say how it stands; whether there is anything to say."""
        keeping = journal.keeping
        words = "Legal hold is on: nothing is deleted." if keeping.held else ""
        if not words and (waiting := len(keeping.due(MANY + 1))):
            number = f"More than {MANY} entries are" if waiting > MANY else f"{waiting} entries are"
            words = (
                f"{'One entry is' if waiting == 1 else number} over {years_words(keeping.years)} old: keep or let go?"
            )
        self.update(Content.assemble(words, "   ", ("k", "bold $accent"), " look") if words else Content(""))
        self.set_class(not words, "hidden")
        return bool(words)


def years_words(years: int) -> str:
    """A number of years as people say it."""
    names = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return f"{names[years] if years < len(names) else years} {'year' if years == 1 else 'years'}"
