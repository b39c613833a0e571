"""What crosses the border of a journal: texts and days from outside, and whole journals as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from journal.domain import Entry, LearningPoint
from journal.importers import jsonl, learning
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
    "point_fields",
    "too_long",
]


def export_lines(journal: Journal) -> Iterator[str]:
    """Every entry outside the bin, oldest first, then every learning point, as lines of JSON `journal import` takes."""
    yield from jsonl.write(journal.all_entries())
    for point in journal.learning.every():
        yield json.dumps(learning.fields_of(point), ensure_ascii=False)


def point_fields(point: LearningPoint) -> dict[str, Any]:
    """One learning point as the object it is exported as."""
    return learning.fields_of(point)


def entry_fields(entry: Entry) -> dict[str, Any]:
    """One entry as the object it is exported as."""
    return jsonl.fields_of(entry)
