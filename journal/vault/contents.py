"""Entry contents as rows, their place in time, and the bytes the history vouches for."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any

from journal.domain import EntryContent, Step
from journal.errors import BadInput
from journal.vault.database import half_a_character

OPENING = 160
"""Characters of an entry shown in a list."""

_WORDS = ("prompt_id", "prompt", "prompt_family", "placement", "setting", "role")
_SLOT_BITS = 20
"""Entries that share a second: about a million."""


def rest_of(content: EntryContent) -> str:
    """All of a content but its text, as JSON with what is empty left out; raises BadInput for half a character."""
    rest: dict[str, Any] = {name: value for name in _WORDS if (value := getattr(content, name)) is not None}
    if content.steps:
        rest["steps"] = [[step.name, step.text] for step in content.steps]
    if content.event_date:
        rest["event_date"] = content.event_date.isoformat()
    if content.tags:
        rest["tags"] = list(content.tags)
    if not content.analyse:
        rest["analyse"] = False
    return storable(json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def content_of(text: str, rest: str) -> EntryContent:
    """The content that was kept as `text` and `rest`."""
    fields = json.loads(rest)
    happened = fields.get("event_date")
    return EntryContent(
        text=text,
        steps=tuple(Step(name, part) for name, part in fields.get("steps", ())),
        event_date=date.fromisoformat(happened) if happened else None,
        tags=tuple(fields.get("tags", ())),
        analyse=fields.get("analyse", True),
        **{name: fields.get(name) for name in _WORDS},
    )


def storable(text: str) -> str:
    """The text itself; raises BadInput where no UTF-8 can hold it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise half_a_character() from None
    return text


def summary_of(content: EntryContent) -> dict[str, Any]:
    """The columns that lists and filters read in place of the text."""
    return {
        "opening": " ".join(content.text[: 8 * OPENING].split())[:OPENING],
        "words": len(content.text.split()),
        "event_date": content.event_date.isoformat() if content.event_date else None,
        "prompt_id": content.prompt_id,
        "prompt_family": content.prompt_family,
        "placement": content.placement,
        "setting": content.setting,
        "role": content.role,
        "tags": json.dumps(content.tags, ensure_ascii=False),
        "analyse": int(content.analyse),
    }


def digest(salt: bytes, entry_id: str, number: int, at: str, written: str, text: str, rest: str) -> bytes:
    """SHA-256 of one revision behind its salt; once the salt is deleted with the text, no guess can be confirmed."""
    payload = json.dumps([entry_id, number, at, written, rest, text], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(salt + payload.encode()).digest()


# --------------------------------------------------------------------------- place in time


def first_place(written: str) -> int:
    """The least place of an entry written then: seconds of the writer's own clock since year 1, times 2^20.

    Rows lie in the order of their places, so that lists and searches come newest first without sorting. The clock on
    the wall counts, not the zone, since it is what a list shows. Raises BadInput for what is no ISO 8601 time.
    """
    try:
        moment = datetime.fromisoformat(written).replace(tzinfo=None)
        if moment.date().isoformat() != written[:10]:
            raise ValueError
    except ValueError:
        raise BadInput("The day of writing is not a date.", "Write it as 2026-03-09 or 2026-03-09T20:40.") from None
    since = moment - datetime.min
    return (since.days * 86_400 + since.seconds) << _SLOT_BITS


def last_place(first: int) -> int:
    """The greatest place within the same second."""
    return first | ((1 << _SLOT_BITS) - 1)


def day_places(day: date) -> tuple[int, int]:
    """The least and the greatest place of a day."""
    first = first_place(day.isoformat())
    return first, last_place(first + (86_399 << _SLOT_BITS))
