"""What crosses the border of a journal: texts and days from outside, and whole journals as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from journal.domain import Entry
from journal.errors import BadInput
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
    "Imported",
    "checked_length",
    "checked_moment",
    "checked_text",
    "checked_words",
    "entry_fields",
    "export_lines",
    "import_lines",
    "parsed_day",
    "too_long",
]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    new: int
    already_here: int
    left_out: tuple[str, ...]
    """Names of fields this journal has no place for."""


def import_lines(journal: Journal, lines: Iterable[bytes]) -> Imported:
    """Keep the entries of a file of JSON Lines, all or none; raises BadInput naming the faulty line."""
    parsed = jsonl.read(lines, today=journal.now().date())
    at = 0

    def followed() -> Iterator[jsonl.Record]:
        nonlocal at
        for record in parsed.records:
            at = record.line
            yield record

    try:
        new = len(journal.keep_records(followed()))
    except BadInput as error:
        raise BadInput(f"Line {at}: {error.title}", f"{error.advice} Nothing was imported.".lstrip()) from None
    return Imported(new, len(parsed.records) - new, parsed.left_out)


def export_lines(journal: Journal) -> Iterator[str]:
    """Every entry outside the bin, oldest first, each as a line of JSON that `import_lines` takes."""
    return jsonl.write(journal.all_entries())


def entry_fields(entry: Entry) -> dict[str, Any]:
    """One entry as the object it is exported as."""
    return jsonl.fields_of(entry)
