"""Learning points as they stand in an export, among the entries: objects with `"kind": "learning point"`.

`id`, `date` (the day of the entry they came from) and `text` are required; `noted`, `entry` (its id), `placement` and
`tags` are left out where they hold nothing. A program that knows no learning points takes them for short entries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from journal.domain import LearningPoint
from journal.errors import BadInput
from journal.limits import LONGEST_WORDS, checked_length, checked_moment

KIND = "learning point"
KNOWN = {"kind", "id", "date", "text", "noted", "entry", "placement", "tags"}
_ID = re.compile(r"[0-9a-f]{32}")


def is_point(fields: Mapping[str, Any]) -> bool:
    """Whether an object is a learning point of ours; anything else is an entry."""
    return fields.get("kind") == KIND and isinstance(fields.get("id"), str) and bool(_ID.fullmatch(fields["id"]))


def fields_of(point: LearningPoint) -> dict[str, Any]:
    """A point as the object that `point_of` takes."""
    fields: dict[str, Any] = {"kind": KIND, "id": point.id, "date": point.day, "text": point.text, "noted": point.noted}
    if point.entry_id:
        fields["entry"] = point.entry_id
    if point.placement is not None:
        fields["placement"] = point.placement
    if point.tags:
        fields["tags"] = list(point.tags)
    return fields


def point_of(fields: Mapping[str, Any], today: date) -> LearningPoint:
    """The point of an object; raises BadInput, which holds none of its text."""
    text, day = _text(fields, "text"), _text(fields, "date")
    if not text or not text.strip():
        raise BadInput("“text” is missing or empty.", "Give the words of the learning point.")
    if len(text) > LONGEST_WORDS:
        raise BadInput(f"A learning point may have {LONGEST_WORDS:,} characters.", "Split it into two.")
    if day is None or len(day) != 10:
        raise BadInput("“date” is missing, or no day.", "Give the day, such as 2026-03-09.")
    noted = _text(fields, "noted") or day
    entry, tags = _text(fields, "entry"), fields.get("tags") or []
    if entry is not None and not _ID.fullmatch(entry):
        raise BadInput("“entry” is no entry's id.", "Leave it out.")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BadInput("“tags” is not a list of texts.", 'Write tags as ["handover", "nights"].')
    checked_moment(day, today)
    checked_moment(noted, today, "time")
    words = tuple(checked_length(tag, "“tags”") for tag in tags)
    return LearningPoint(fields["id"], text, day, noted, entry, _text(fields, "placement"), words)


def sorted_out(
    points: Iterable[LearningPoint], known: Mapping[str, LearningPoint]
) -> tuple[tuple[LearningPoint, ...], int, tuple[str, ...]]:
    """Those that are new, how many are here already, and the ids of those that are here with other words."""
    new, seen = dict[str, LearningPoint](), 0
    differing = list[str]()
    for point in points:
        here = known.get(point.id) or new.get(point.id)
        if here is None:
            new[point.id] = point
        elif here.same_words == point.same_words:
            seen += 1
        else:
            differing.append(point.id)
    return tuple(new.values()), seen, tuple(differing)


def _text(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"“{name}” is not text.", f"Give “{name}” as text in double quotes.")
    return value if value is None else checked_length(value, f"“{name}”")
