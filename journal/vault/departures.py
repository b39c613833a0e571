"""The record of everything that left: how, where to, which entries, how much, but never what it said."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

from journal.domain import Departure, DepartureState, Item, Parcel, Redaction
from journal.errors import NotFound
from journal.vault.chain import Chain
from journal.vault.contents import storable
from journal.vault.database import Database

_SELECT = """
SELECT id, at, way, form, recipient, description, items, digest, bytes, redactions, state, ended FROM departures
ORDER BY number
"""


class Departures:
    """Each departure is two links of the history: one before anything leaves, one when it has left or stayed.

    A crash between the two leaves the first alone, which is read as: it may have left.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chain = Chain(database)

    def begin(self, parcel: Parcel, at: str, departure_id: str | None = None) -> str:
        """Record what is about to leave, durable when this returns; the id of the record."""
        fields = _fields(departure_id or uuid.uuid4().hex, at, parcel)
        with self._database.atomic():
            number = (self._database.value("SELECT max(number) FROM departures") or 0) + 1
            query = "INSERT INTO departures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'begun', NULL)"
            self._database.run(query, (number, *fields))
            self._chain.append(fields[0], "leave", _digest(fields))
        return str(fields[0])

    def end(self, departure_id: str, state: DepartureState, at: str) -> None:
        """Record what became of it; what was said first stands. Raises NotFound."""
        with self._database.atomic():
            query = "UPDATE departures SET state = ?, ended = ? WHERE id = ? AND state = 'begun'"
            if self._database.run(query, (state, at, departure_id)):
                self._chain.append(departure_id, "end", _digest((departure_id, state, at)))
            elif not self._database.value("SELECT 1 FROM departures WHERE id = ?", (departure_id,)):
                raise NotFound("There is no record of that.", "Nothing was changed.")

    def all(self) -> list[Departure]:
        """Every departure, oldest first."""
        return [_departure(row) for row in self._database.rows(_SELECT)]


def departure_problems(database: Database) -> Iterator[str]:
    """What is wrong with the record against the history; nothing where all is well."""
    begun, ended = list[tuple[str, bytes]](), dict[str, bytes]()
    for link in Chain(database).of(["leave", "end"]):
        if link["kind"] == "leave":
            begun.append((link["id"], bytes(link["digest"])))
        else:
            ended[link["id"]] = bytes(link["digest"])
    rows = database.rows(_SELECT)
    if [row["id"] for row in rows] != [departure_id for departure_id, _ in begun]:
        yield "a departure is missing, or has no history"
    wanted = dict(begun)
    for row in rows:
        *fields, state, at = tuple(row)
        end = None if state == "begun" else _digest((row["id"], state, at))
        if wanted.get(row["id"]) != _digest(tuple(fields)) or ended.get(row["id"]) != end:
            yield f"departure {row['id'][:8]} is not as it was recorded"


def _fields(departure_id: str, at: str, parcel: Parcel) -> tuple[Any, ...]:
    """The columns in order, from `id` to `redactions`."""
    items = json.dumps([astuple(item) for item in parcel.items], separators=(",", ":"))
    redactions = json.dumps([astuple(redaction) for redaction in parcel.redactions], separators=(",", ":"))
    words = (parcel.way, parcel.form, storable(parcel.recipient), storable(parcel.description))
    return (departure_id, at, *words, items, parcel.digest, parcel.size, redactions)


def _digest(fields: tuple[Any, ...]) -> bytes:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def _departure(row: Any) -> Departure:
    parcel = Parcel(
        way=row["way"],
        form=row["form"],
        items=tuple(Item(*item) for item in json.loads(row["items"])),
        digest=row["digest"],
        size=row["bytes"],
        description=row["description"],
        recipient=row["recipient"],
        redactions=tuple(Redaction(*redaction) for redaction in json.loads(row["redactions"])),
    )
    return Departure(row["id"], row["at"], parcel, row["state"], row["ended"])
