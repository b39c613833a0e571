"""What a person said their sentences are about; kept apart from the readings, which can be made again."""

from __future__ import annotations

import json
from typing import Any

from journal.domain import LEVELS, Correction
from journal.errors import NotFound
from journal.vault.database import Database
from journal.vault.finding import EntryReading
from journal.vault.keeping import refuse_held

_CORRECTION = """
SELECT e.id, c.revision, c.start, c."end", c.level, c.shown, c.model, c.p, c.at, c.acts, c.frame
FROM corrections c JOIN entries e USING (place)
"""
_PUT = "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NEAR = 24
"""Characters on each side that must stand unchanged where a sentence has no clear border."""
_ENDS = ".!?…"
_CLOSERS = "\"'”’)]»"


class Corrections:
    """At most one answer for each sentence of a revision."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries = EntryReading(database)

    def put(self, said: Correction) -> None:
        """Keep an answer in place of an earlier one of the same sentence. Raises NotFound."""
        with self._database.atomic():
            place = self._entries.place(said.entry_id)
            query = "SELECT 1 FROM revisions WHERE place = ? AND number = ?"
            if not self._database.value(query, (place, said.revision)):
                raise NotFound("That revision of the entry is not there.", "Nothing was changed.")
            acts = None if said.acts is None else json.dumps(said.acts)
            p = json.dumps([said.p[level] for level in LEVELS])
            span = (place, said.revision, said.start, said.end)
            values = (*span, said.level, said.shown, said.model, p, said.at, acts, said.frame)
            self._database.run(_PUT, values)

    def take_back(self, entry_id: str, revision: int, start: int, end: int) -> bool:
        """Forget what was said of a sentence; whether anything had been. Raises NotFound."""
        with self._database.atomic():
            query = 'DELETE FROM corrections WHERE place = ? AND revision = ? AND start = ? AND "end" = ?'
            return self._database.run(query, (self._entries.place(entry_id), revision, start, end)) > 0

    def of(self, entry_id: str, revision: int) -> tuple[Correction, ...]:
        """What was said of the sentences of a revision, in their order. Raises NotFound."""
        query = f'{_CORRECTION} WHERE c.place = ? AND c.revision = ? ORDER BY c.start, c."end"'
        return tuple(map(_correction, self._database.rows(query, (self._entries.place(entry_id), revision))))

    def standing(self) -> tuple[Correction, ...]:
        """Every answer about entries as they now stand, oldest entry first.

        Left out is what is in the bin, and what is not to be analysed.
        """
        query = f"""{_CORRECTION} WHERE c.revision = e.revision AND e.deleted IS NULL AND e.analyse
                    ORDER BY c.place, c.start, c."end" """
        return tuple(map(_correction, self._database.rows(query)))

    def answered(self) -> set[str]:
        """Ids of entries of whose newest revision anything was said, those in the bin among them."""
        query = "SELECT DISTINCT e.id FROM corrections c JOIN entries e USING (place) WHERE c.revision = e.revision"
        return {row["id"] for row in self._database.rows(query)}

    def any(self) -> bool:
        """Whether there is an answer of any entry and revision."""
        return self._database.value("SELECT 1 FROM corrections LIMIT 1") is not None

    def wipe(self) -> int:
        """Delete every answer; how many there were. Raises OnHold."""
        with self._database.atomic():
            refuse_held(self._database)
            return self._database.run("DELETE FROM corrections")


def carry_over(database: Database, place: int, revision: int, before: str, after: str) -> None:
    """Let what was said of a revision hold for the next, where the sentence stands there unchanged.

    Within the transaction that keeps the new revision. The answers about the earlier one stay with it.
    """
    query = """SELECT start, "end", level, shown, model, p, at, acts, frame FROM corrections
               WHERE place = ? AND revision = ?"""
    for start, end, *rest in database.rows(query, (place, revision)):
        if found := stands_at(before, after, start, end):
            database.run(_PUT, (place, revision + 1, *found, *rest))


def stands_at(before: str, after: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the sentence `before[start:end]` stands in the text after a change; None where it does not, or may not.

    A sentence before or behind all that changed moves with its surroundings. One amid the changes is looked for by
    its words: it is the same one where both texts hold them equally often.
    """
    head = _alike(before, after)
    tail = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - head)
    if end <= head:
        place = start
    elif start >= len(before) - tail:
        place = start + len(after) - len(before)
    else:
        sentence = before[start:end]
        old, new = _occurrences(before, sentence), _occurrences(after, sentence)
        if start not in old or len(old) != len(new):
            return None
        place = new[old.index(start)]
    found = (place, place + end - start)
    return found if _same_borders(before, after, (start, end), found) else None


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common from the start."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low


def _occurrences(text: str, sentence: str) -> list[int]:
    found, at = [], text.find(sentence)
    while at >= 0:
        found.append(at)
        at = text.find(sentence, at + len(sentence))
    return found


def _same_borders(before: str, after: str, old: tuple[int, int], new: tuple[int, int]) -> bool:
    """Whether the words still make a sentence by themselves, and have not become part of a longer one."""
    left = before[max(0, old[0] - _NEAR) : old[0]] == after[max(0, new[0] - _NEAR) : new[0]]
    right = before[old[1] : old[1] + _NEAR] == after[new[1] : new[1] + _NEAR]
    return (left or _closed(after[: new[0]])) and (
        right or _closed(after[: new[1]]) or not (rest := after[new[1] :].lstrip(" \t")) or rest[0] in "\r\n"
    )


def _closed(text: str) -> bool:
    """Whether a sentence ends where this text does."""
    bare = text.rstrip(" \t")
    return not bare or bare[-1] in "\r\n" or bare.rstrip(_CLOSERS)[-1:] in tuple(_ENDS)


def _correction(row: Any) -> Correction:
    entry_id, revision, start, end, level, shown, model, p, at, acts, frame = row
    probabilities = dict(zip(LEVELS, json.loads(p), strict=True))
    said = None if acts is None else tuple(json.loads(acts))
    return Correction(entry_id, revision, start, end, level, shown, model, probabilities, at, said, frame)
