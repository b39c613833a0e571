"""Readings of entries, kept so that a journal is not read again each time it is opened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from journal.domain import LEVELS, Analysis, Counts, Evidence, Sentence, ShiftEntry
from journal.errors import NotFound
from journal.vault.contents import storable
from journal.vault.database import Database
from journal.vault.finding import EntryReading

_POINTS = """
SELECT e.id, substr(e.written, 1, 10), a.task, a.team, a.system, a.other, e.prompt_family, e.placement, e.event_date
FROM entries e CROSS JOIN analyses a ON a.model = ? AND a.place = e.place AND a.revision = e.revision
WHERE e.deleted IS NULL AND e.analyse ORDER BY e.place
"""
_MISSING = """
SELECT e.id FROM entries e WHERE e.deleted IS NULL AND e.analyse AND NOT EXISTS (
  SELECT 1 FROM analyses a WHERE a.model = ? AND a.place = e.place AND a.revision = e.revision
) ORDER BY e.place
"""
_KEPT = """
SELECT e.place, e.id, a.revision, a.payload
FROM entries e CROSS JOIN analyses a ON a.model = ? AND a.place = e.place AND a.revision = e.revision
WHERE e.place > ? ORDER BY e.place LIMIT ?
"""
_AT_ONCE = 100

Recount = tuple[str, int, Counts]
"""An entry's id, its revision, and what is to count of it."""


class Analyses:
    """One reading for each entry, revision and model; all of it can be made again, so any of it can be wiped."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries = EntryReading(database)

    def put(
        self, entry_id: str, revision: int, analysis: Analysis, *, counts: Counts | None = None, calibration: int = 0
    ) -> None:
        """Keep a reading in place of an earlier one by the same model. Raises NotFound where the revision is gone.

        `analysis` is the model's own. `counts` is what the shift is to reckon with, where the writer's answers make it
        other than what the model expects; `calibration` the number of what was learnt of them, 0 for nothing.
        """
        with self._database.atomic():
            place = self._entries.place(entry_id)
            if not self._database.value("SELECT 1 FROM revisions WHERE place = ? AND number = ?", (place, revision)):
                raise NotFound("That revision of the entry is not there.", "Nothing was changed.")
            counted = _columns(counts or analysis.expected())
            values = (place, revision, analysis.model, *counted, storable(_packed(analysis)), calibration)
            self._database.run("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def get(self, entry_id: str, revision: int, model: str) -> Analysis | None:
        """The reading of that revision by that model. Raises NotFound where there is no such entry."""
        query = "SELECT payload FROM analyses WHERE place = ? AND revision = ? AND model = ?"
        payload = self._database.value(query, (self._entries.place(entry_id), revision, model))
        return None if payload is None else _unpacked(model, payload)

    def missing(self, model: str) -> list[str]:
        """Ids of entries, oldest first, whose newest revision this model has still to read.

        Entries in the bin and those that are never to be analysed are not among them.
        """
        return [row["id"] for row in self._database.rows(_MISSING, (model,))]

    def points(self, model: str) -> list[ShiftEntry]:
        """The expected counts of every entry read, oldest first, for the shift."""
        return [_point(*row) for row in self._database.rows(_POINTS, (model,))]

    # ----------------------------------------------------------------- what counts of a reading

    def kept(self, model: str) -> Iterator[tuple[str, int, Analysis]]:
        """Every entry's id, newest revision and kept reading, oldest first, read in small portions."""
        last = -1
        while rows := self._database.rows(_KEPT, (model, last, _AT_ONCE)):
            for _, entry_id, revision, payload in rows:
                yield entry_id, revision, _unpacked(model, payload)
            last = rows[-1]["place"]

    def recount(self, model: str, counts: Iterable[Recount], calibration: int) -> None:
        """Let other counts stand beside readings that are kept; those that are no longer there are passed over."""
        query = """UPDATE analyses SET task = ?, team = ?, system = ?, other = ?, calibration = ?
                   WHERE model = ? AND revision = ? AND place = (SELECT place FROM entries WHERE id = ?)"""
        with self._database.atomic():
            values = ((*_columns(c), calibration, model, revision, entry_id) for entry_id, revision, c in counts)
            self._database.run_many(query, values)

    def counted_otherwise(self, model: str, calibration: int) -> list[str]:
        """Ids of entries whose newest reading was counted under another calibration."""
        query = """SELECT e.id FROM entries e
                   CROSS JOIN analyses a ON a.model = ? AND a.place = e.place AND a.revision = e.revision
                   WHERE a.calibration <> ? ORDER BY e.place"""
        return [row["id"] for row in self._database.rows(query, (model, calibration))]

    # ----------------------------------------------------------------- away with them

    def wipe(self) -> None:
        """Delete every reading."""
        with self._database.atomic():
            self._database.run("DELETE FROM analyses")

    def drop_other_models(self, model: str) -> None:
        """Delete every reading by another model."""
        with self._database.atomic():
            self._database.run("DELETE FROM analyses WHERE model <> ?", (model,))


def _columns(counts: Counts) -> tuple[float, ...]:
    return tuple(getattr(counts, level) for level in LEVELS)


def _point(
    entry_id: str,
    day: str,
    task: float,
    team: float,
    system: float,
    other: float,
    family: str | None,
    placement: str | None,
    happened: str | None,
) -> ShiftEntry:
    written = date.fromisoformat(day)
    delay = (written - date.fromisoformat(happened)).days if happened else None
    return ShiftEntry(entry_id, written, Counts(task, team, system, other), family, placement, delay)


def _packed(analysis: Analysis) -> str:
    """The sentences as JSON: start, end, level, probabilities in the order of LEVELS, acts, frame, evidence, sure."""
    sentences = [
        [s.start, s.end, s.level, [s.p[level] for level in LEVELS], s.acts, s.frame, _evidence(s), s.sure]
        for s in analysis.sentences
    ]
    return json.dumps(sentences, separators=(",", ":"), ensure_ascii=False)


def _evidence(sentence: Sentence) -> list[Any]:
    return [[e.start, e.end, e.why] for e in sentence.evidence]


def _unpacked(model: str, payload: str) -> Analysis:
    sentences = (
        Sentence(
            start,
            end,
            level,
            dict(zip(LEVELS, p, strict=True)),
            tuple(acts),
            frame,
            tuple(Evidence(*each) for each in evidence),
            sure,
        )
        for start, end, level, p, acts, frame, evidence, sure in json.loads(payload)
    )
    return Analysis(model, tuple(sentences))
