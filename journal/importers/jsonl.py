"""Entries as JSON Lines: the open form a whole journal is exported to, and imported from unchanged.

One object a line, UTF-8. `text` and `date` are required; `id`, `event_date`, `prompt`, `prompt_id`,
`prompt_family`, `placement`, `setting`, `role`, `tags`, `steps` ([{"name", "text"}]) and `analyse` (false:
never analysed) are optional, and left out where they hold nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from journal.domain import Entry, EntryContent, Step, join_steps
from journal.errors import BadInput
from journal.limits import checked_length, checked_moment, parsed_day

_WORDS = ("prompt", "prompt_id", "prompt_family", "placement", "setting", "role")
KNOWN = {"id", "text", "date", "event_date", "tags", "steps", "analyse", *_WORDS}


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as it came from outside, not yet kept."""

    id: str | None
    written: str
    content: EntryContent
    line: int = field(default=0, compare=False)
    """Its number in the file; 0 where it comes from none."""
    place: str = field(default="", compare=False)
    """Where it was found, as a person is told it, such as "Line 3" or the name of a file."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """All records of a file, and the names of fields this journal has no place for."""

    records: tuple[Record, ...]
    left_out: tuple[str, ...]


def read(lines: Iterable[bytes], *, today: date) -> Parsed:
    """All records of a file, blank lines passed over; BadInput names the first line that cannot be used."""
    records: list[Record] = []
    unknown: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        fields = _object(line, number)
        unknown |= fields.keys() - KNOWN
        try:
            records.append(record_of(fields, today, number))
        except BadInput as error:
            title = error.title if f"line {number}" in error.title else f"Line {number}: {error.title}"
            raise BadInput(title, f"{error.advice} Nothing was imported.") from None
    return Parsed(tuple(records), tuple(sorted(unknown)))


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """One line, without its newline, for each entry."""
    for entry in entries:
        yield json.dumps(fields_of(entry), ensure_ascii=False)


def fields_of(entry: Entry) -> dict[str, Any]:
    """An entry as the object that `read` takes."""
    content = entry.content
    fields: dict[str, Any] = {"id": entry.id, "date": entry.written, "text": content.text}
    if content.event_date:
        fields["event_date"] = content.event_date.isoformat()
    fields |= {name: value for name in _WORDS if (value := getattr(content, name)) is not None}
    if content.tags:
        fields["tags"] = list(content.tags)
    if content.steps:
        fields["steps"] = [{"name": step.name, "text": step.text} for step in content.steps]
    if not content.analyse:
        fields["analyse"] = False
    return fields


def _object(line: bytes, number: int) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        raise BadInput(
            f"Line {number} is not JSON.",
            "Each line must hold one JSON object in UTF-8. Nothing was imported.",
        ) from None
    if not isinstance(fields, dict):
        raise BadInput(f"Line {number} holds no JSON object.", "Nothing was imported.")
    return fields


def record_of(fields: Mapping[str, Any], today: date, number: int = 0, place: str = "") -> Record:
    """The record of an object with this form's fields, whatever it was read from.

    Raises BadInput, which holds none of the text.
    """
    text, written = _string(fields, "text"), _string(fields, "date")
    if text is None or not text.strip():
        raise BadInput("“text” is missing or empty.", "Give the entry's text.")
    if written is None:
        raise BadInput("“date” is missing.", "Give the day of writing, such as 2026-03-09.")
    checked_moment(written, today)
    content = EntryContent(
        text=checked_length(text, place or f"line {number}"),
        steps=_steps(fields, text),
        event_date=_event_date(fields, written),
        tags=_tags(fields),
        analyse=_flag(fields, "analyse"),
        **{name: _string(fields, name) for name in _WORDS},
    )
    return Record(_id(fields), written, content, number, place)


def _event_date(fields: Mapping[str, Any], written: str) -> date | None:
    happened = _string(fields, "event_date")
    if happened is None:
        return None
    day = parsed_day(happened, "event_date")
    if day > parsed_day(written):
        raise BadInput("“event_date” lies after “date”.", "What happened comes before its writing.")
    return day


def _string(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, str):
        raise BadInput(f"“{name}” is not text.", f"Give “{name}” as text in double quotes.")
    return value if value is None else checked_length(value, f"“{name}”")


def _flag(fields: Mapping[str, Any], name: str) -> bool:
    value = fields.get(name, True)
    if not isinstance(value, bool):
        raise BadInput(f"“{name}” is neither true nor false.", "Write true or false.")
    return value


def _id(fields: Mapping[str, Any]) -> str | None:
    """The id if it is one of ours; another program's is left aside and a new one given."""
    value = fields.get("id")
    return value if isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value) else None


def _tags(fields: Mapping[str, Any]) -> tuple[str, ...]:
    tags = fields.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise BadInput("“tags” is not a list of texts.", 'Write tags as ["handover", "nights"].')
    return tuple(checked_length(tag, "“tags”") for tag in tags)


def _steps(fields: Mapping[str, Any], text: str) -> tuple[Step, ...]:
    given = fields.get("steps") or []
    try:
        steps = tuple(Step(name=checked_length(str(step["name"]), "“steps”"), text=str(step["text"])) for step in given)
    except (TypeError, KeyError):
        raise BadInput("“steps” is not a list of names and texts.", "Leave it out, or give both.") from None
    if steps and join_steps(steps) != text:
        raise BadInput("“steps” do not add up to “text”.", "Leave “steps” out to keep the text alone.")
    return steps
