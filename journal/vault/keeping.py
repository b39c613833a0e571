"""How long entries are kept: looks at old ones, and the legal hold, which stops all deletion."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from journal.domain import HoldChange
from journal.errors import OnHold
from journal.vault.chain import Chain
from journal.vault.contents import first_place, storable
from journal.vault.database import Database

SUBJECT = "hold"
"""What stands in the history in the place of an entry's id."""

_HOLDS = "SELECT number, at, switched, reason FROM holds ORDER BY number"
_DUE = """
FROM entries e LEFT JOIN reviews r ON r.entry_id = e.id
WHERE e.place < ? AND e.deleted IS NULL AND (r.at IS NULL OR substr(r.at, 1, 10) <= ?)
"""


class Retention:
    """The legal hold, every change of it dated and kept; and when an old entry was last looked at and kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self) -> HoldChange | None:
        """The latest change of the hold; None where it was never on."""
        return next(iter(reversed(self.changes())), None)

    def changes(self) -> list[HoldChange]:
        """Every change of the hold, oldest first."""
        return [HoldChange(at, bool(on), reason) for _, at, on, reason in self._database.rows(_HOLDS)]

    def switch(self, change: HoldChange) -> bool:
        """Switch the hold; whether that changed anything."""
        with self._database.atomic():
            if held(self._database) == change.on:
                return False
            number = (self._database.value("SELECT max(number) FROM holds") or 0) + 1
            values = (number, change.at, int(change.on), storable(change.reason))
            self._database.run("INSERT INTO holds VALUES (?, ?, ?, ?)", values)
            Chain(self._database).append(SUBJECT, "hold", _payload(values))
            return True

    def refuse_held(self) -> None:
        """Raises OnHold while the hold is on."""
        refuse_held(self._database)

    def due(self, written_before: date, reviewed_before: date, limit: int) -> list[tuple[str, str, str | None]]:
        """Id, time of writing and last look of entries to look at, oldest first."""
        values = (first_place(written_before.isoformat()), reviewed_before.isoformat(), limit)
        query = f"SELECT e.id, e.written, r.at {_DUE} ORDER BY e.place LIMIT ?"
        return [(entry_id, written, at) for entry_id, written, at in self._database.rows(query, values)]

    def looked_at(self, entry_id: str, at: str) -> None:
        """Keep when an entry was last looked at and kept."""
        with self._database.atomic():
            self._database.run("INSERT OR REPLACE INTO reviews VALUES (?, ?)", (entry_id, at))


def held(database: Database) -> bool:
    """Whether the legal hold is on."""
    return bool(database.value("SELECT switched FROM holds ORDER BY number DESC LIMIT 1"))


def refuse_held(database: Database) -> None:
    """Raises OnHold while the legal hold is on."""
    if held(database):
        raise OnHold(
            "A legal hold is on, so nothing is deleted.",
            "To destroy a note once a claim, a complaint or a request for records is on foot can be an offence. Take "
            "advice from your defence body or union first. If the matter is over, switch the hold off.",
        )


def hold_problems(database: Database) -> Iterator[str]:
    """What is wrong with the record of the hold against the history."""
    links = [bytes(link["digest"]) for link in Chain(database).of(["hold"])]
    rows = [_payload(tuple(row)) for row in database.rows(_HOLDS)]
    if links != rows:
        yield "the record of the legal hold is not as it was kept"


def a_year_before(day: date, years: int = 1) -> date:
    """The same day some years earlier; 28 February for 29 February."""
    try:
        return day.replace(year=max(day.year - years, 1))
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year - years)


def _payload(values: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(json.dumps(list(values), ensure_ascii=False).encode()).digest()
