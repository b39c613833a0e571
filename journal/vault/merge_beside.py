"""What stands beside the entries of another copy, and comes along with them: drafts, lifts, small acts, corrections."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from journal.vault.database import Database

_CORRECTIONS = """
SELECT e.id, c.revision, c.start, c."end", c.level, c.shown, c.model, c.p, c.at, c.acts, c.frame
FROM corrections c JOIN entries e USING (place) WHERE e.id = ? AND c.revision >= ?
"""
_ACTS = """
SELECT a.id, e.id AS entry_id, a.chosen, a.state, a.closed, a.text, a.outcome
FROM small_acts a LEFT JOIN entries e USING (place) ORDER BY a.turn
"""
_LIFTS = """
SELECT e.id, l.revision, l.start, l."end", l.at, l.sentence, l.answer FROM lifts l JOIN entries e USING (place)
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """Takes over what is not here; what is here stays as it is."""

    ours: Database
    theirs: Database
    places: dict[str, str]
    """Their entry ids, and the entries here that hold the same."""
    since: dict[str, int]
    """Their entry ids, and the first of their revisions that was not here."""

    def corrections(self) -> int:
        """Answers about revisions that are new here; how many."""
        count = 0
        for entry_id, first in self.since.items():
            place = self._place(entry_id)
            for _, *rest in self.theirs.rows(_CORRECTIONS, (entry_id, first)):
                query = "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                count += self.ours.run(query, (place, *rest))
        return count

    def lifts(self) -> int:
        """Lifts of entries that have none here; how many."""
        count = 0
        for entry_id, *rest in self.theirs.rows(_LIFTS):
            if (place := self._place(entry_id)) is not None:
                count += self.ours.run("INSERT OR IGNORE INTO lifts VALUES (?, ?, ?, ?, ?, ?, ?)", (place, *rest))
        return count

    def acts(self) -> tuple[int, int]:
        """Small acts that are not here, and those answered for there and still open here; and how many differ."""
        here = {row["id"]: row for row in self.ours.rows(_ACTS)}
        count = differing = 0
        for act in self.theirs.rows(_ACTS):
            own = here.get(act["id"])
            said = (act["state"], act["closed"], act["outcome"])
            if own is None:
                values = (act["id"], self._place(act["entry_id"]), act["chosen"], *said[:2], act["text"], said[2])
                query = """INSERT INTO small_acts (id, place, chosen, state, closed, text, outcome)
                           VALUES (?, ?, ?, ?, ?, ?, ?)"""
                count += self.ours.run(query, values)
            elif (own["state"], own["closed"], own["outcome"]) == ("open", None, "") != said:
                query = "UPDATE small_acts SET state = ?, closed = ?, outcome = ? WHERE id = ?"
                count += self.ours.run(query, (*said, act["id"]))
            elif act["state"] != "open" and (own["state"], own["closed"], own["outcome"]) != said:
                differing += 1
        if count:
            self._order_acts()
        return count, differing

    def _order_acts(self) -> None:
        """Number them by when they were chosen, so that an old one from there is not taken for the newest."""
        rows = self.ours.rows("SELECT turn, chosen FROM small_acts ORDER BY turn")
        turns = [row["turn"] for row in rows]
        ordered = sorted(rows, key=lambda row: _moment(row["chosen"]))
        self.ours.run("UPDATE small_acts SET turn = -turn")
        moved = ((turn, -row["turn"]) for turn, row in zip(turns, ordered, strict=True))
        self.ours.run_many("UPDATE small_acts SET turn = ? WHERE turn = ?", moved)

    def drafts(self) -> int:
        """Drafts whose words are neither in a draft nor in an entry here; how many. Ours stay the latest."""
        count = 0
        for draft in self.theirs.rows("SELECT id, entry_id, saved, rest, text FROM drafts ORDER BY turn DESC"):
            if not draft["text"].strip() or self._holds(draft["text"]):
                continue
            query = """INSERT INTO drafts (id, entry_id, saved, rest, text, turn)
                       VALUES (?, ?, ?, ?, ?, (SELECT coalesce(min(turn), 1) - 1 FROM drafts))"""
            entry_id = self.places.get(draft["entry_id"], draft["entry_id"])
            self.ours.run(query, (self._draft_id(draft), entry_id, *tuple(draft)[2:]))
            count += 1
        return count

    def _holds(self, text: str) -> bool:
        query = "SELECT 1 FROM drafts WHERE text = ? UNION ALL SELECT 1 FROM revisions WHERE text = ? LIMIT 1"
        return self.ours.value(query, (text, text)) is not None

    def _draft_id(self, draft: Any) -> str:
        """Its own, or another where that is taken by what was written on here."""
        taken = self.ours.value("SELECT 1 FROM drafts WHERE id = ?", (draft["id"],))
        return hashlib.sha256(f"{draft['id']}\0{draft['text']}".encode()).hexdigest()[:32] if taken else draft["id"]

    def _place(self, entry_id: str | None) -> int | None:
        """The row here of an entry there."""
        query = "SELECT place FROM entries WHERE id = ?"
        found = self.ours.value(query, (self.places.get(entry_id or "", ""),))
        return None if found is None else int(found)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
