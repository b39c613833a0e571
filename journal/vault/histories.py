"""The history of every entry in a form that can be held against another copy's: one fingerprint for each revision."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass

from journal.vault.contents import content_of, rest_of
from journal.vault.database import Database

_AT_ONCE = 200
_REVISIONS = """
SELECT e.place, e.id, e.written, r.at, r.rest, r.text FROM entries e JOIN revisions r USING (place)
WHERE e.place > ? AND e.place IN (SELECT place FROM entries WHERE place > ? ORDER BY place LIMIT ?)
ORDER BY e.place, r.number
"""

Prints = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry's line of revisions. Entries that grew out of one entry, each on its own side, share its `first` id."""

    entry_id: str
    first: str
    written: str
    binned: bool
    prints: Prints

    def begins(self, other: Branch) -> bool:
        """Whether the other is this one continued, or the same."""
        return other.prints[: len(self.prints)] == self.prints


@dataclass(frozen=True, slots=True)
class Histories:
    """All of one copy: its branches, oldest entry first, and the ids that were deleted for good in it."""

    branches: tuple[Branch, ...]
    deleted: dict[str, str]
    """The id of each, and the first id of its kin."""

    def by_first(self) -> dict[str, list[Branch]]:
        """Branches that share a first id, together."""
        found = defaultdict(list)
        for branch in self.branches:
            found[branch.first].append(branch)
        return found


def histories(database: Database) -> Histories:
    """Read them, in small portions."""
    kin = {row["entry_id"]: row["first"] for row in database.rows("SELECT entry_id, first FROM kin")}
    rows = database.rows("SELECT id, written, deleted FROM entries ORDER BY place")
    prints = _prints(database)
    branches = tuple(
        Branch(row["id"], kin.get(row["id"], row["id"]), row["written"], bool(row["deleted"]), prints[row["id"]])
        for row in rows
    )
    gone = database.rows("SELECT DISTINCT entry_id FROM links WHERE kind = 'delete'")
    ids = {row["entry_id"] for row in gone} - {branch.entry_id for branch in branches}
    return Histories(branches, {entry_id: kin.get(entry_id, entry_id) for entry_id in ids})


def _prints(database: Database) -> dict[str, Prints]:
    found: dict[str, list[bytes]] = defaultdict(list)
    last = -1
    while rows := database.rows(_REVISIONS, (last, last, _AT_ONCE)):
        for _, entry_id, written, at, rest, text in rows:
            found[entry_id].append(_print(written, at, rest_of(content_of(text, rest)), text))
        last = rows[-1]["place"]
    return {entry_id: tuple(prints) for entry_id, prints in found.items()}


def _print(written: str, at: str, rest: str, text: str) -> bytes:
    """SHA-256 of all that a revision keeps, without the salt and the id, which differ between copies."""
    whole = json.dumps([written, at, rest, text], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).digest()
