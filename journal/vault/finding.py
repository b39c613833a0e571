"""Reading entries: one of them, lists of them, and what they are sorted by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from journal.domain import Entry, EntrySummary, Filters, Revision
from journal.errors import BadInput, NotFound
from journal.vault.contents import content_of, day_places
from journal.vault.database import Database

MOST_WORDS = 50
"""Words of one search."""
_AT_ONCE = 100

_ENTRY = """
SELECT e.place, e.id, e.written, e.revision, e.revised, e.deleted, r.text, r.rest
FROM entries e JOIN revisions r ON r.place = e.place AND r.number = e.revision
"""
_SUMMARY = "e.id, e.written, e.opening, e.words, e.prompt_family, e.placement, e.setting, e.tags, e.deleted"
_IN_USE = """
SELECT {0} FROM entries WHERE deleted IS NULL AND {0} > '' GROUP BY {0} ORDER BY max(place) DESC
"""
_TAGS_IN_USE = """
SELECT tag FROM entry_tags JOIN entries USING (place) WHERE deleted IS NULL GROUP BY tag ORDER BY max(place) DESC, tag
"""

Facets = dict[str, list[str]]
Days = list[tuple[date, int]]
Answered = list[tuple[str, str, date]]

_FACETS = {"placements": "placement", "settings": "setting", "roles": "role", "prompt_families": "prompt_family"}


class EntryReading:
    """What can be asked of the entries without changing them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, entry_id: str) -> Entry:
        """An entry, in the bin or not, by its id or by as many first digits as name it alone. Raises NotFound."""
        return _entry(self._database.row(f"{_ENTRY} WHERE e.place = ?", (self.place(entry_id),)))

    def place(self, entry_id: str) -> int:
        """The row an id or its beginning stands for. Raises NotFound."""
        wanted = entry_id.strip().lower()
        if not re.fullmatch(r"[0-9a-f]{1,32}", wanted):
            raise NotFound("There is no such entry.", "An entry's name is made of the digits 0-9 and a-f.")
        query = "SELECT place FROM entries WHERE id >= ? AND id < ? LIMIT 2"
        found = self._database.rows(query, (wanted, wanted + "g"))
        if not found:
            raise NotFound(f"There is no entry {wanted}.", "See the list of entries for their names.")
        if len(found) > 1:
            raise NotFound(f"More than one entry begins with {wanted}.", "Give more of its digits.")
        return int(found[0]["place"])

    def revisions(self, entry_id: str) -> tuple[Revision, ...]:
        """Every kept state of an entry, oldest first."""
        query = "SELECT number, at, text, rest FROM revisions WHERE place = ? ORDER BY number"
        rows = self._database.rows(query, (self.place(entry_id),))
        return tuple(Revision(row["number"], row["at"], content_of(row["text"], row["rest"])) for row in rows)

    def all(self) -> Iterator[Entry]:
        """Every entry outside the bin, oldest first, read in small portions."""
        last = -1
        while True:
            query = f"{_ENTRY} WHERE e.place > ? AND e.deleted IS NULL ORDER BY e.place LIMIT {_AT_ONCE}"
            rows = self._database.rows(query, (last,))
            if not rows:
                return
            yield from map(_entry, rows)
            last = rows[-1]["place"]

    def list(self, filters: Filters, *, limit: int, offset: int = 0) -> list[EntrySummary]:
        """Entries that pass the filters, newest first."""
        if (narrowed := _narrowed(filters)) is None:
            return []
        source, order, values = narrowed
        query = f"SELECT {_SUMMARY} {source} ORDER BY {order} DESC LIMIT ? OFFSET ?"
        return [_summary(row) for row in self._database.rows(query, (*values, limit, offset))]

    def count(self, filters: Filters) -> int:
        """How many entries pass the filters."""
        if (narrowed := _narrowed(filters)) is None:
            return 0
        source, _, values = narrowed
        return int(self._database.value(f"SELECT count(*) {source}", values))

    def facets(self) -> Facets:
        """Placements, settings, roles, prompt families and tags in use outside the bin, latest first."""
        found = {
            name: [row[0] for row in self._database.rows(_IN_USE.format(column))] for name, column in _FACETS.items()
        }
        return {**found, "tags": [row["tag"] for row in self._database.rows(_TAGS_IN_USE)]}

    def written_days(self, since: date | None = None) -> Days:
        """The day and the number of words of each entry outside the bin, oldest first."""
        first = day_places(since)[0] if since else 0
        query = "SELECT substr(written, 1, 10), words FROM entries WHERE place >= ? AND deleted IS NULL ORDER BY place"
        return [(date.fromisoformat(day), words) for day, words in self._database.rows(query, (first,))]

    def prompt_history(self) -> Answered:
        """Prompt id, family and day of each prompted entry outside the bin, oldest first."""
        query = """SELECT prompt_id, coalesce(prompt_family, ''), substr(written, 1, 10) FROM entries
                   WHERE prompt_id IS NOT NULL AND deleted IS NULL ORDER BY place"""
        return [(prompt, family, date.fromisoformat(day)) for prompt, family, day in self._database.rows(query)]


def words_query(typed: str) -> str | None:
    """A full-text query for free words: each must occur, the last as a beginning; None where nothing was typed.

    Every word is quoted, so that no character of it is a command of the query language. A word such as
    "co-trimoxazole", which the index holds as two, is asked for as those two in a row.
    """
    words = list(dict.fromkeys(typed.replace("\0", " ").split()))
    if len(words) > MOST_WORDS:
        raise BadInput(f"A search may have {MOST_WORDS} words.", "Look for fewer words.")
    if not words:
        return None
    return " ".join('"' + word.replace('"', '""') + '"' for word in words) + " *"


def _narrowed(filters: Filters) -> tuple[str, str, list[Any]] | None:
    """FROM and WHERE for some filters, the column that is in order of time, and the values; None: nothing passes."""
    source, order, where, values = "FROM entries e", "e.place", ["e.deleted IS NULL"], list[Any]()
    if filters.bin:
        where = ["e.deleted IS NOT NULL"]
    if (query := words_query(filters.query)) is not None:
        # CROSS JOIN keeps the index in the lead, which yields its rows in order of time and so needs no sorting.
        source, order = "FROM found CROSS JOIN entries e ON e.place = found.rowid", "found.rowid"
        where.append("found MATCH ?")
        values.append(query)
    for day, end in ((filters.since, 0), (filters.until, 1)):
        if day:
            where.append(f"{order} {'<=' if end else '>='} ?")
            values.append(day_places(day)[end])
    for column, wanted in (("placement", filters.placement), ("prompt_family", filters.prompt_family)):
        if wanted is not None:
            where.append(f"e.{column} = ?")
            values.append(wanted)
    if filters.tag is not None:
        where.append("EXISTS (SELECT 1 FROM entry_tags t WHERE t.tag = ? AND t.place = e.place)")
        values.append(filters.tag)
    return f"{source} WHERE {' AND '.join(where)}", order, values


def _entry(row: Any) -> Entry:
    content = content_of(row["text"], row["rest"])
    return Entry(row["id"], row["written"], content, row["revision"], row["revised"], row["deleted"])


def _summary(row: Any) -> EntrySummary:
    entry_id, written, opening, words, family, placement, setting, tags, deleted = row
    return EntrySummary(entry_id, written, opening, words, family, placement, setting, tuple(json.loads(tags)), deleted)
