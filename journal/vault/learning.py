"""Learning points: short texts that stay when the story they came from goes."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from journal.domain import LearningPoint
from journal.errors import BadInput, NotFound
from journal.vault.chain import LEARNING_KINDS, Chain, LearningKind
from journal.vault.contents import storable
from journal.vault.database import Database
from journal.vault.keeping import refuse_held

_ID = re.compile(r"[0-9a-f]{32}")
_SALT_BYTES = 16
_POINT = """
SELECT p.turn, p.id, r.text, p.day, p.noted, p.entry_id, p.placement, p.tags, p.revision, r.at, p.put_away
FROM learning p JOIN learning_revisions r ON r.turn = p.turn AND r.number = p.revision
"""
_ADD = """
INSERT INTO learning (id, entry_id, day, noted, placement, tags, revision) VALUES (?, ?, ?, ?, ?, ?, 0)
"""
_ALL = """
SELECT r.salt, p.id, p.entry_id, p.day, p.noted, p.placement, p.tags, r.number, r.at, r.text, p.put_away, p.revision
FROM learning p LEFT JOIN learning_revisions r USING (turn) ORDER BY p.turn, r.number
"""


class Learning:
    """The learning points of a vault; every change is one transaction that also adds to the history."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._chain = Chain(database)

    def add(self, point: LearningPoint) -> None:
        """Keep a new one, durable when this returns. Raises BadInput for an id in use or that is none."""
        with self._database.atomic():
            if not _ID.fullmatch(point.id) or self._turn(point.id) is not None:
                raise BadInput("This learning point is here already.", "Nothing was changed.")
            words = None if point.placement is None else storable(point.placement)
            tags = storable(json.dumps(point.tags, ensure_ascii=False))
            self._database.run(_ADD, (point.id, point.entry_id, point.day, point.noted, words, tags))
            self._keep_revision(point.id, 1, point.noted, point.text)

    def reword(self, point_id: str, text: str, at: str) -> LearningPoint:
        """Keep other words as a new revision; the same words again make none. Raises NotFound, BadInput."""
        with self._database.atomic():
            point = self.get(point_id)
            if point.put_away:
                raise BadInput("This learning point was put away.", "Bring it back before you change it.")
            if point.text != text:
                self._keep_revision(point.id, point.revision + 1, at, text)
            return self.get(point.id)

    def revisions(self, point_id: str) -> tuple[tuple[int, str, str], ...]:
        """Number, time and text of every kept state, oldest first. Raises NotFound."""
        query = """SELECT number, at, text FROM learning_revisions JOIN learning USING (turn)
                   WHERE id = ? ORDER BY number"""
        return tuple(map(tuple, self._database.rows(query, (self.get(point_id).id,))))

    def put_away(self, point_id: str, at: str) -> None:
        """Take one out of sight; it is deleted with the bin. Raises NotFound."""
        self._move(point_id, at, "put away")

    def bring_back(self, point_id: str) -> None:
        """Undo `put_away`. Raises NotFound."""
        self._move(point_id, None, "bring back")

    def forget_put_away(self, before: str) -> int:
        """Delete for good what was put away before a moment; how many. Raises OnHold."""
        with self._database.atomic():
            rows = self._database.rows("SELECT id, put_away FROM learning WHERE put_away IS NOT NULL")
            due = [row["id"] for row in rows if _moment(row["put_away"]) < _moment(before)]
            for point_id in due:
                refuse_held(self._database)
                self._database.run("DELETE FROM learning WHERE id = ?", (point_id,))
                self._chain.append(point_id, "forget", _digest(point_id, "forget"))
        return len(due)

    def get(self, point_id: str) -> LearningPoint:
        """One, put away or not, by its id or as many first digits as name it alone. Raises NotFound."""
        wanted = point_id.strip().lower()
        query = f"{_POINT} WHERE p.id >= ? AND p.id < ? LIMIT 2"
        rows = self._database.rows(query, (wanted, wanted + "g")) if re.fullmatch(r"[0-9a-f]{1,32}", wanted) else []
        if len(rows) != 1:
            which = "More than one learning point begins so." if rows else "There is no such learning point."
            raise NotFound(which, "See journal learning for their ids.")
        return _point(rows[0])

    def of(self, entry_id: str) -> list[LearningPoint]:
        """Those taken from an entry, in the order they were noted, without what was put away."""
        query = f"{_POINT} WHERE p.entry_id = ? AND p.put_away IS NULL ORDER BY p.turn"
        return [_point(row) for row in self._database.rows(query, (entry_id,))]

    def all(self, *, put_away: bool = False) -> list[LearningPoint]:
        """Every one, the newest day first; those put away instead with `put_away`."""
        query = f"{_POINT} WHERE (p.put_away IS NOT NULL) = ? ORDER BY p.day DESC, p.turn DESC"
        return [_point(row) for row in self._database.rows(query, (int(put_away),))]

    # ----------------------------------------------------------------- within a transaction

    def _turn(self, point_id: str) -> int | None:
        found = self._database.value("SELECT turn FROM learning WHERE id = ?", (point_id,))
        return None if found is None else int(found)

    def _keep_revision(self, point_id: str, number: int, at: str, text: str) -> None:
        salt, turn = secrets.token_bytes(_SALT_BYTES), self._turn(point_id)
        self._database.run(
            "INSERT INTO learning_revisions VALUES (?, ?, ?, ?, ?)", (turn, number, at, salt, storable(text))
        )
        self._database.run("UPDATE learning SET revision = ? WHERE turn = ?", (number, turn))
        row = self._database.row(_ALL.replace("ORDER BY", "WHERE p.turn = ? AND r.number = ? ORDER BY"), (turn, number))
        self._chain.append(point_id, "learn", _payload(row))

    def _move(self, point_id: str, at: str | None, kind: LearningKind) -> None:
        with self._database.atomic():
            point = self.get(point_id)
            if bool(point.put_away) != bool(at):
                self._database.run("UPDATE learning SET put_away = ? WHERE id = ?", (at, point.id))
                self._chain.append(point.id, kind, _digest(point.id, at))


def learning_problems(database: Database) -> Iterator[str]:
    """What is wrong with the learning points against their history, without their text; nothing where all is well."""
    expected, away = dict[str, list[bytes]](), set[str]()
    for link in Chain(database).of(LEARNING_KINDS):
        point_id, kind = link["id"], link["kind"]
        (away.add if kind == "put away" else away.discard)(point_id)
        if kind == "learn":
            expected.setdefault(point_id, []).append(bytes(link["digest"]))
        elif kind == "forget":
            expected.pop(point_id, None)
    found = dict[str, list[bytes]]()
    for row in database.rows(_ALL):
        found.setdefault(row["id"], []).append(_payload(row))
        if row["number"] == row["revision"] and bool(row["put_away"]) != (row["id"] in away):
            yield f"learning point {row['id'][:8]} is put away or not against its history"
    for point_id in expected.keys() | found.keys():
        if found.get(point_id) != expected.get(point_id):
            yield f"learning point {point_id[:8]} is missing, or not as it was noted"


def _payload(row: Any) -> bytes:
    """SHA-256 of one revision and all that stands with it, behind its salt, which goes with it."""
    salt, *fields, _, _ = tuple(row)
    whole = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(bytes(salt or b"") + whole.encode()).digest()


def _digest(*values: Any) -> bytes:
    return hashlib.sha256(json.dumps(values).encode()).digest()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _point(row: Any) -> LearningPoint:
    _, point_id, text, day, noted, entry_id, placement, tags, revision, at, put_away = tuple(row)
    changed = at if revision > 1 else None
    words = tuple(json.loads(tags))
    return LearningPoint(point_id, text, day, noted, entry_id, placement, words, revision, changed, put_away)
