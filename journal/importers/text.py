"""A plain text file: one entry after another, each begun by a line that begins with its date; or one entry whole.

Dates are read as 2026-03-01, 1 March 2026 or March 1, 2026, with a time behind them or without, and may stand in a
heading (`## 2026-03-01`) or in brackets. What follows on the same line belongs to the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from journal.importers.gathering import Found, Gathering
from journal.importers.given import Given, decoded, plain_lines
from journal.importers.moments import at_start

_BEFORE = re.compile(r"#{1,6} +|[\[(*_]{1,3}|")
_BETWEEN = re.compile(r"[\s\])*_:.,;–—-]*")
_NUMBERS = re.compile(r"[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})(?![\w/])")


def read(given: Given, today: date) -> Found:
    """An entry for each date; what stands before the first date is a problem, since it would be lost."""
    gathering = Gathering(today)
    for number, at, lines in _entries(plain_lines(decoded(given.data, given.where)), gathering):
        text = "\n".join(lines).strip()
        if at:
            gathering.take({"text": text, "date": at}, f"Line {number}", number)
        elif text:
            gathering.refuse(
                f"Line {number}",
                "There is text before the first date.",
                "Begin each entry with a line such as 2026-03-09, or take the file as one entry with --whole.",
            )
    return gathering.found()


def read_whole(given: Given, today: date, changed: datetime | None) -> Found:
    """The file as one entry, dated by the day its name begins with, else by when it was last changed."""
    gathering = Gathering(today)
    text = "\n".join(plain_lines(decoded(given.data, given.where))).strip()
    named = at_start(given.path.stem) if given.path else None
    if named or changed:
        at = named[0] if named else changed.isoformat(timespec="seconds") if changed else ""
        gathering.take({"text": text, "date": at}, _name(given.path, given.where))
    else:
        gathering.refuse(given.where, "It has no date.", "Give a file rather than standard input.")
    return gathering.found()


def begins_entry(line: str) -> tuple[str, str] | None:
    """The moment and the rest of a line that begins with a date."""
    before = _BEFORE.match(line)
    if not (found := at_start(line[before.end() if before else 0 :])):
        return None
    between = _BETWEEN.match(found[1])
    return found[0], found[1][between.end() if between else 0 :]


def _entries(lines: list[str], gathering: Gathering) -> Iterator[tuple[int, str | None, list[str]]]:
    start, at, found = 1, None, list[str]()
    for number, line in enumerate(lines, 1):
        if begun := begins_entry(line):
            yield start, at, found
            start, at, found = number, begun[0], [begun[1]]
            continue
        if _NUMBERS.match(line):
            gathering.refuse(
                f"Line {number}", "It begins with a date that can be read two ways.", "Write it as 2026-03-09."
            )
        found.append(line)
    yield start, at, found


def _name(path: Path | None, where: str) -> str:
    return path.name[:80] if path else where
