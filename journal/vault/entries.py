"""Writing entries: every change is one transaction that also adds to the history."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from journal.domain import Entry, EntryContent
from journal.errors import BadInput
from journal.vault.chain import Chain
from journal.vault.contents import digest, first_place, last_place, rest_of, storable, summary_of
from journal.vault.corrections import carry_over
from journal.vault.database import Database
from journal.vault.finding import EntryReading
from journal.vault.keeping import refuse_held

_ID = re.compile(r"[0-9a-f]{32}")
_SALT_BYTES = 16

_SUMMARISE = """
UPDATE entries SET opening = :opening, words = :words, event_date = :event_date, prompt_id = :prompt_id,
prompt_family = :prompt_family, placement = :placement, setting = :setting, role = :role, tags = :tags,
analyse = :analyse WHERE place = :place
"""


class Entries(EntryReading):
    """The entries of an open vault."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._chain = Chain(database)

    def add(
        self, content: EntryContent, *, written: str, at: str, id: str | None = None, draft_id: str | None = None
    ) -> Entry:
        """Keep a new entry, durable when this returns; the draft it came from goes in the same moment.

        `written` is its day, or day and time, `at` the moment of saving. Raises BadInput for an id in use.
        """
        with self._database.atomic():
            if id and self._kept(id):
                raise _taken(id)
            entry = self._insert(id, written, at, content)
            self._drop_draft(draft_id)
        return entry

    def add_many(self, records: Iterable[tuple[str | None, str, EntryContent]]) -> list[Entry]:
        """Keep many, given as id or None, time of writing and content: all of them, or none.

        Those that are here already, unchanged, are passed over; what comes back are the new ones, in the order given.
        Raises BadInput where an id is here with another content.
        """
        new = []
        with self._database.atomic():
            for entry_id, written, content in records:
                kept = self._kept(entry_id) if entry_id else None
                if kept is None:
                    new.append(self._insert(entry_id, written, written, content))
                elif (kept.written, kept.content) != (written, content):
                    raise _taken(kept.id)
        return new

    def revise(self, entry_id: str, content: EntryContent, at: str, *, draft_id: str | None = None) -> Entry:
        """Keep a changed entry as a new revision; the same content again makes none. Raises NotFound, BadInput.

        What the person said of a sentence goes over to the new revision where the sentence stands unchanged.
        """
        with self._database.atomic():
            entry, place = self.get(entry_id), self.place(entry_id)
            if entry.deleted:
                raise BadInput("This entry is in the bin.", "Restore it before you change it.")
            if entry.content != content:
                self._unindex(place)
                self._database.run(
                    "UPDATE entries SET revision = ?, revised = ? WHERE place = ?", (entry.revision + 1, at, place)
                )
                self._summarise(place, content)
                self._keep_revision(place, entry.id, entry.revision + 1, at, entry.written, content)
                carry_over(self._database, place, entry.revision, entry.content.text, content.text)
                entry = Entry(entry.id, entry.written, content, entry.revision + 1, at)
            self._drop_draft(draft_id)
        return entry

    def bin(self, entry_id: str, at: str) -> None:
        """Put an entry in the bin; one that is there stays with its date. Raises NotFound."""
        self._move(entry_id, at)

    def restore(self, entry_id: str) -> None:
        """Take an entry out of the bin. Raises NotFound."""
        self._move(entry_id, None)

    def delete_for_good(self, entry_id: str) -> None:
        """Delete an entry that is in the bin, its revisions, analyses, corrections and lift; small acts stay.

        Its learning points stay, too. Raises NotFound, OnHold, or BadInput where it is not in the bin.
        """
        with self._database.atomic():
            self._delete(self.place(entry_id))
            self._sweep_index()

    def empty_bin(self, before: str) -> int:
        """Delete for good what was put in the bin before a moment (ISO 8601); how many entries. Raises OnHold."""
        with self._database.atomic():
            binned = self._database.rows("SELECT place, deleted FROM entries WHERE deleted IS NOT NULL")
            due = [row["place"] for row in binned if _moment(row["deleted"]) < _moment(before)]
            for place in due:
                self._delete(place)
            if due:
                self._sweep_index()
        return len(due)

    # ----------------------------------------------------------------- within a transaction

    def _kept(self, entry_id: str) -> Entry | None:
        if not _ID.fullmatch(entry_id):
            raise BadInput("An entry's id is 32 digits of 0-9 and a-f.", "Leave the id out to be given a new one.")
        here = self._database.value("SELECT 1 FROM entries WHERE id = ?", (entry_id,))
        return self.get(entry_id) if here else None

    def _insert(self, entry_id: str | None, written: str, at: str, content: EntryContent) -> Entry:
        entry_id, first = entry_id or uuid.uuid4().hex, first_place(written)
        within = (first, last_place(first))
        latest = self._database.value("SELECT max(place) FROM entries WHERE place BETWEEN ? AND ?", within)
        place = first if latest is None else latest + 1
        if place > within[1]:
            raise BadInput("Too many entries bear the same time.", "Give some of them a time of day.")
        query = """INSERT INTO entries (place, id, written, revision, opening, words, tags, analyse)
                   VALUES (?, ?, ?, 1, '', 0, '[]', 1)"""
        self._database.run(query, (place, entry_id, written))
        self._summarise(place, content)
        self._keep_revision(place, entry_id, 1, at, written, content)
        return Entry(entry_id, written, content)

    def _summarise(self, place: int, content: EntryContent) -> None:
        columns = {name: storable(v) if isinstance(v, str) else v for name, v in summary_of(content).items()}
        self._database.run(_SUMMARISE, {**columns, "place": place})
        self._database.run("DELETE FROM entry_tags WHERE place = ?", (place,))
        self._database.run_many("INSERT INTO entry_tags VALUES (?, ?)", ((tag, place) for tag in set(content.tags)))

    def _keep_revision(
        self, place: int, entry_id: str, number: int, at: str, written: str, content: EntryContent
    ) -> None:
        salt, rest, text = secrets.token_bytes(_SALT_BYTES), rest_of(content), storable(content.text)
        query = "INSERT INTO revisions (place, number, at, salt, rest, text) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.run(query, (place, number, at, salt, rest, text))
        query = "INSERT INTO found (rowid, text, tags) SELECT place, text, tags FROM newest WHERE place = ?"
        self._database.run(query, (place,))
        payload = digest(salt, entry_id, number, at, written, text, rest)
        self._chain.append(entry_id, "revision", payload, entries=int(number == 1), revisions=1)

    def _unindex(self, place: int) -> None:
        """Take the newest text out of the index, which needs the text to know what to take out."""
        query = """INSERT INTO found (found, rowid, text, tags)
                   SELECT 'delete', place, text, tags FROM newest WHERE place = ?"""
        self._database.run(query, (place,))

    def _delete(self, place: int) -> None:
        kept = self._database.row("SELECT id, revision, deleted FROM entries WHERE place = ?", (place,))
        if kept is None or not kept["deleted"]:
            raise BadInput("This entry is not in the bin.", "Put it in the bin first.")
        refuse_held(self._database)
        self._unindex(place)
        self._database.run("DELETE FROM reviews WHERE entry_id = ?", (kept["id"],))
        self._database.run("DELETE FROM drafts WHERE entry_id = ?", (kept["id"],))
        self._database.run("DELETE FROM entries WHERE place = ?", (place,))
        payload = _digest_of(kept["id"], "delete")
        self._chain.append(kept["id"], "delete", payload, entries=-1, revisions=-kept["revision"])

    def _sweep_index(self) -> None:
        """Write the index anew: until then it keeps words taken out of it, only marked as gone."""
        self._database.run("INSERT INTO found (found) VALUES ('optimize')")

    def _move(self, entry_id: str, deleted: str | None) -> None:
        with self._database.atomic():
            place = self.place(entry_id)
            kept = self._database.row("SELECT id, deleted FROM entries WHERE place = ?", (place,))
            if kept is not None and bool(kept["deleted"]) != bool(deleted):
                self._database.run("UPDATE entries SET deleted = ? WHERE place = ?", (deleted, place))
                self._chain.append(kept["id"], "bin" if deleted else "restore", _digest_of(kept["id"], deleted))

    def _drop_draft(self, draft_id: str | None) -> None:
        if draft_id:
            self._database.run("DELETE FROM drafts WHERE id = ?", (draft_id,))


def _digest_of(*values: Any) -> bytes:
    return hashlib.sha256(json.dumps(values).encode()).digest()


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _taken(entry_id: str) -> BadInput:
    return BadInput(
        f"Entry {entry_id[:8]} is already here and differs.", "Take its id out to keep both. Nothing was changed."
    )
