"""The history of a journal as a hash chain: every change adds a link, and none can be taken out unseen.

Entries, learning points, the legal hold and what left are links of the one chain, so that their order is kept, too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from typing import Any, Literal, get_args

from journal.errors import VaultDamaged
from journal.vault.contents import digest
from journal.vault.database import Database

EntryKind = Literal["revision", "bin", "restore", "delete"]
LearningKind = Literal["learn", "put away", "bring back", "forget"]
Kind = EntryKind | LearningKind | Literal["hold", "leave", "end"]
ENTRY_KINDS = frozenset(get_args(EntryKind))
LEARNING_KINDS = frozenset(get_args(LearningKind))

START = bytes(32)


class Chain:
    """Links in the order of the changes; the head row tells how many links, entries and revisions there should be."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry_id: str, kind: Kind, payload: bytes, *, entries: int = 0, revisions: int = 0) -> None:
        """Record a change, and by how much it moved the counts; within the transaction of the change itself."""
        links, head = self._database.row("SELECT links, chain FROM head") or (0, START)
        head = linked(bytes(head), links + 1, entry_id, kind, payload)
        self._database.run("INSERT INTO links VALUES (?, ?, ?, ?, ?)", (links + 1, entry_id, kind, payload, head))
        self._database.run(
            "UPDATE head SET links = ?, chain = ?, entries = entries + ?, revisions = revisions + ?",
            (links + 1, head, entries, revisions),
        )

    def of(self, kinds: Collection[str]) -> list[Any]:
        """Subject, kind and digest of every link of some kinds, in order."""
        query = """SELECT entry_id AS id, kind, digest FROM links
                   WHERE kind IN (SELECT value FROM json_each(?)) ORDER BY number"""
        return self._database.rows(query, (json.dumps(sorted(kinds)),))

    def check_head(self) -> None:
        """Compare the head with the last link and the counts, in time that hardly grows. Raises VaultDamaged."""
        head = self._database.row("SELECT links, chain, entries, revisions FROM head")
        last = self._database.row("SELECT number, chain FROM links ORDER BY number DESC LIMIT 1") or (0, START)
        if head is None or (head["links"], head["chain"]) != (last[0], last[1]) or self._counts() != tuple(head)[2:]:
            raise VaultDamaged(
                "Some of what was saved in this journal is missing.",
                "Leave everything as it is, copy the whole folder to a safe place, and put back an earlier copy of it.",
            )

    def _counts(self) -> tuple[int, int]:
        count = self._database.value
        return count("SELECT count(*) FROM entries"), count("SELECT count(*) FROM revisions")

    def problems(self) -> Iterator[str]:
        """What is wrong with the whole history, in words without journal text; nothing where all is well."""
        head, expected, binned = START, dict[tuple[str, int], bytes](), set[str]()
        rows = self._database.rows("SELECT number, entry_id, kind, digest, chain FROM links ORDER BY number")
        for number, row in enumerate(rows, 1):
            head = linked(head, number, row["entry_id"], row["kind"], bytes(row["digest"]))
            if row["number"] != number or bytes(row["chain"]) != head:
                yield f"link {number} does not follow from the one before"
                return
            if row["kind"] in ENTRY_KINDS:
                _follow(row["entry_id"], row["kind"], bytes(row["digest"]), expected, binned)
        kept = self._database.row("SELECT links, chain FROM head")
        if kept is None or (kept["links"], bytes(kept["chain"])) != (len(rows), head):
            yield "the head is not the last link"
        yield from self._revision_problems(expected)
        here = {row["id"] for row in self._database.rows("SELECT id FROM entries WHERE deleted IS NOT NULL")}
        yield from (
            f"entry {entry_id[:8]} is in the bin or out of it against its history" for entry_id in here ^ binned
        )

    def _revision_problems(self, expected: dict[tuple[str, int], bytes]) -> Iterator[str]:
        for (place,) in self._database.rows("SELECT place FROM entries ORDER BY place"):
            for row in self._database.rows(_REVISIONS, (place,)):
                wanted = expected.pop((row["id"], row["number"]), None)
                if wanted is None:
                    yield f"entry {row['id'][:8]} has a revision {row['number']} without a history"
                elif wanted != digest(*(bytes(row["salt"]), *tuple(row)[1:])):
                    yield f"entry {row['id'][:8]} is not as it was saved (revision {row['number']})"
        yield from (f"entry {entry_id[:8]} lacks its revision {number}" for entry_id, number in expected)


_REVISIONS = """
SELECT r.salt, e.id, r.number, r.at, e.written, r.text, r.rest FROM revisions r JOIN entries e USING (place)
WHERE r.place = ? ORDER BY r.number
"""


def linked(before: bytes, number: int, entry_id: str, kind: str, payload: bytes) -> bytes:
    """SHA-256(the chain before ‖ number, 8 bytes big-endian ‖ entry id ‖ 0 ‖ kind ‖ 0 ‖ digest of the payload)."""
    own = number.to_bytes(8, "big") + entry_id.encode() + b"\0" + kind.encode() + b"\0" + payload
    return hashlib.sha256(before + own).digest()


def _follow(entry_id: str, kind: str, payload: bytes, expected: dict[tuple[str, int], bytes], binned: set[str]) -> None:
    """What should be there after a link."""
    if kind == "revision":
        number = 1
        while (entry_id, number) in expected:
            number += 1
        expected[entry_id, number] = payload
    elif kind == "bin":
        binned.add(entry_id)
    else:
        binned.discard(entry_id)
        if kind == "delete":
            number = 1
            while expected.pop((entry_id, number), None) is not None:
                number += 1
