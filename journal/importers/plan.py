"""What an import would come to in a journal that holds entries already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from journal.domain import Entry
from journal.importers.gathering import Problem
from journal.importers.jsonl import Record


@dataclass(frozen=True, slots=True)
class Plan:
    """Records to keep, those passed over as duplicates, and those whose id another entry bears."""

    new: tuple[Record, ...]
    duplicates: tuple[Record, ...]
    problems: tuple[Problem, ...]


def planned(records: Iterable[Record], entries: Iterable[Entry], kept: Callable[[str], Entry | None]) -> Plan:
    """Tell new records from duplicates.

    A record with an id is the entry of that id; `kept` finds it in the bin, too. Else the same text at the same time by
    the writer's clock is a duplicate, be it of an entry here or of a record before it that has no id either: two
    entries of one journal may well say the same.
    """
    records = tuple(records)
    ids = {record.id for record in records if record.id}
    seen = {_same(entry.written, entry.content.text) for entry in entries if entry.id not in ids}
    new, duplicates, problems = list[Record](), list[Record](), list[Problem]()
    first = dict[str, Record]()
    for record in records:
        if record.id:
            here = first.get(record.id) or kept(record.id)
            first.setdefault(record.id, record)
            if here is None:
                (duplicates if _same(record.written, record.content.text) in seen else new).append(record)
            elif (here.written, here.content) == (record.written, record.content):
                duplicates.append(record)
            else:
                problems.append(_taken(record))
            continue
        key = _same(record.written, record.content.text)
        (duplicates if key in seen else new).append(record)
        seen.add(key)
    return Plan(tuple(new), tuple(duplicates), tuple(problems))


def _same(written: str, text: str) -> tuple[str, str]:
    """What two duplicates have in common: the clock on the wall to the minute, where some forms end, and the text."""
    at = datetime.fromisoformat(written).replace(tzinfo=None).isoformat(timespec="minutes")
    return at if len(written) > 10 else written, text


def _taken(record: Record) -> Problem:
    return Problem(
        record.place,
        f"Entry {(record.id or '')[:8]} is already here and differs.",
        "Take its id out to keep both.",
    )
