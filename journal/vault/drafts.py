"""Unfinished writing."""

from __future__ import annotations

from typing import Any

from journal.domain import Draft
from journal.vault.contents import content_of, rest_of, storable
from journal.vault.database import Database

_SELECT = "SELECT id, entry_id, saved, rest, text FROM drafts ORDER BY turn DESC"


class Drafts:
    """Drafts in the order they were last saved, which a clock that jumps back does not change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, draft: Draft) -> None:
        """Keep a draft, durable when this returns; one of the same id is replaced."""
        values = (draft.id, draft.entry_id, draft.saved, rest_of(draft.content), storable(draft.content.text))
        query = """INSERT INTO drafts (id, entry_id, saved, rest, text, turn)
                   VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM drafts))
                   ON CONFLICT (id) DO UPDATE SET entry_id = excluded.entry_id, saved = excluded.saved,
                   rest = excluded.rest, text = excluded.text, turn = excluded.turn"""
        with self._database.atomic():
            self._database.run(query, values)

    def latest(self) -> Draft | None:
        """The draft that was saved last."""
        row = self._database.row(f"{_SELECT} LIMIT 1")
        return _draft(row) if row else None

    def all(self) -> list[Draft]:
        """Every draft, the latest first."""
        return [_draft(row) for row in self._database.rows(_SELECT)]

    def discard(self, draft_id: str) -> None:
        """Delete a draft; one that is not there is no error."""
        with self._database.atomic():
            self._database.run("DELETE FROM drafts WHERE id = ?", (draft_id,))


def _draft(row: Any) -> Draft:
    return Draft(row["id"], content_of(row["text"], row["rest"]), row["saved"], row["entry_id"])
