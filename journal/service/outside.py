"""What crosses the border of a journal: texts and days from outside, and whole journals as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journal.domain import Entry
from journal.importers import jsonl
from journal.limits import (
    LONGEST_LINE,
    LONGEST_TEXT,
    checked_length,
    checked_moment,
    checked_text,
    checked_words,
    parsed_day,
    too_long,
)
from journal.service.journal import Journal

__all__ = [
    "LONGEST_LINE",
    "LONGEST_TEXT",
    "checked_length",
    "checked_moment",
    "checked_text",
    "checked_words",
    "entry_fields",
    "export_lines",
    "parsed_day",
    "too_long",
]


def export_lines(journal: Journal) -> Iterator[str]:
    """Every entry outside the bin, oldest first, each as a line of JSON that `journal import` takes."""
    return jsonl.write(journal.all_entries())


def entry_fields(entry: Entry) -> dict[str, Any]:
    """One entry as the object it is exported as."""
    return jsonl.fields_of(entry)
