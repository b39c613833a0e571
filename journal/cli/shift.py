"""`shift`: how the language of a journal moves, said in one of three honest states."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from journal.cli.given import Source, lines_of, opened
from journal.cli.opening import Where, json_option, over_a_journal, read_all, unlocked
from journal.cli.saying import say, say_json, tell, tell_progress
from journal.errors import BadInput
from journal.lines import line_object

if TYPE_CHECKING:
    from journal.domain import Counts, Shift, ShiftEntry

BATCH = 64
"""Texts read between two reports of progress."""


@click.command()
@click.option("--entries", "file", metavar="FILE|-", help="Read entries from JSON Lines instead of the journal.")
@json_option
@over_a_journal
def shift(where: Where, file: str | None, as_json: bool) -> None:
    """Say how your language has moved over the months.

    It is the share of sentences about what the work is for or how it is arranged, in one of three states: too early
    to say, no clear change, shifted. With --entries, each line is {"id", "date", "text" or "counts": {"task",
    "team", "system", "other"}, "event_date", "prompt_family", "placement"}, and no journal is opened. With --json:
    {"state", "entries", "sentences", "first", "last", "detectable", "statement", "look", "next_look", "neutral",
    "notes"}, where "first" and "last" are {"date", "share", "low", "high"} or null, and "neutral" {"first", "last"}
    or null.
    """
    if file is None:
        points, found = _of_journal(where)
    else:
        from journal.service.texts import shift_of

        with opened(file) as source:
            points = _of_lines(source)
        found = shift_of(points)
    if as_json:
        from journal.service.texts import shift_fields

        say_json(shift_fields(found))
    else:
        _say(found, points)


def _of_journal(where: Where) -> tuple[list[ShiftEntry], Shift]:
    with unlocked(where) as journal:
        read_all(journal)
        return list(journal.readings.points()), journal.readings.shift()


# --------------------------------------------------------------------------- lines in


def _of_lines(source: Source) -> list[ShiftEntry]:
    """The entries of a file; texts are read, counts are taken as they are."""
    points: list[ShiftEntry] = []
    waiting: list[tuple[int, str]] = []
    for number, line in enumerate(lines_of(source), 1):
        if not line.strip():
            continue
        try:
            point, text = _point(line_object(line, number), number)
        except BadInput as error:
            named = error.title if f"ine {number}" in error.title else f"Line {number}: {error.title}"
            raise BadInput(named, error.advice) from None
        if text is not None:
            waiting.append((len(points), text))
        points.append(point)
        if len(waiting) == BATCH:
            _count(points, waiting)
    _count(points, waiting)
    tell_progress("")
    return points


def _count(points: list[ShiftEntry], waiting: list[tuple[int, str]]) -> None:
    """Read the texts that wait, and put their counts where they belong."""
    from dataclasses import replace

    from journal.service.texts import read_texts

    if not waiting:
        return
    analyses = read_texts([text for _, text in waiting])
    for (index, _), analysis in zip(waiting, analyses, strict=True):
        points[index] = replace(points[index], counts=analysis.expected())
    waiting.clear()
    tell_progress(f"Reading the entries: {len(points):,}")


def _point(fields: dict[str, Any], number: int) -> tuple[ShiftEntry, str | None]:
    """An entry, and its text where that has still to be counted."""
    from journal.domain import Counts, ShiftEntry
    from journal.service.outside import checked_length

    day = _day(fields, "date")
    if day is None:
        raise BadInput("“date” is missing.", "Give the day of writing, such as 2026-03-09.")
    happened = _day(fields, "event_date")
    text, counts = fields.get("text"), fields.get("counts")
    if (text is None) == (counts is None):
        raise BadInput("Either “text” or “counts” must be given.", "Give one of the two.")
    if text is not None and not isinstance(text, str):
        raise BadInput("“text” is no text.", "Give it in double quotes.")
    point = ShiftEntry(
        id=_id(fields.get("id"), number),
        day=day,
        counts=Counts() if counts is None else _counts(counts),
        prompt_family=_words(fields, "prompt_family"),
        placement=_words(fields, "placement"),
        delay=max(0, (day - happened).days) if happened else None,
    )
    return point, None if text is None else checked_length(text, f"line {number}")


def _id(value: object, number: int) -> str:
    """The id as text; lines without one are told apart by their order."""
    return str(value) if isinstance(value, str | int) else f"line {number:09}"


def _day(fields: dict[str, Any], name: str) -> date | None:
    from journal.service.outside import parsed_day

    value = fields.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f"“{name}” is no text.", "Write it as 2026-03-09.")
    return parsed_day(value, f"“{name}”")


def _counts(given: object) -> Counts:
    from journal.domain import LEVELS, Counts

    fault = BadInput(
        "“counts” does not hold numbers of sentences.", 'Give {"task": 3, "team": 1, "system": 2, "other": 4}.'
    )
    if not isinstance(given, dict) or set(given) - set(LEVELS):
        raise fault
    numbers = [given.get(level, 0) for level in LEVELS]
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1e6:
            raise fault
    return Counts(*(float(number) for number in numbers))


def _words(fields: dict[str, Any], name: str) -> str | None:
    from journal.service.outside import checked_words

    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"“{name}” is no text.", "Give it in double quotes.")
    return checked_words(value, f"“{name}”") or None if value else None


# --------------------------------------------------------------------------- out


def _say(found: Shift, points: Iterable[ShiftEntry]) -> None:
    from journal.service.texts import months

    say(found.statement)
    for note in found.notes:
        say()
        say(note)
    if rows := months(points):
        say()
        say("month    entries  what it is for, how it is arranged")
        for month, entries, system, sentences in rows:
            say(f"{month}  {entries:>7}  {system:.0f} of {sentences:.0f} sentences")
    else:
        tell("There are no entries to show by month.")
