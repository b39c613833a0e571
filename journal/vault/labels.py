"""How many acts and frames were read in each entry, taken from the kept readings in one pass."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from journal.domain import ACTS, FRAMES, Act, Counts, Frame
from journal.vault.database import Database

_ROWS = """
SELECT e.place, e.id, substr(e.written, 1, 10), e.placement, e.setting, a.task, a.team, a.system, a.other, a.payload
FROM entries e CROSS JOIN analyses a ON a.model = ? AND a.place = e.place AND a.revision = e.revision
WHERE e.place > ? AND e.deleted IS NULL AND e.analyse ORDER BY e.place LIMIT ?
"""
_AT_ONCE = 100
"""Entries read under one lock: the keyboard waits for no more than that."""
_ACTS, _FRAME = 4, 5
"""Where a packed sentence holds them."""


@dataclass(frozen=True, slots=True)
class LabelledEntry:
    """What the views need of one entry; never its text.

    Plain tuples of numbers, because the garbage collector passes them over: ten thousand entries of dictionaries make
    it hold up the keyboard for a tenth of a second.
    """

    id: str
    day: date
    placement: str | None
    setting: str | None
    counts: Counts
    """Expected sentences at each level, with the person's answers in them."""
    sentences: int
    acts: tuple[int, ...]
    """Sentences that show each act, in the order of ACTS."""
    frames: tuple[int, ...]
    """Sentences that have each frame, in the order of FRAMES."""


def labels_of(labels: Iterable[tuple[Iterable[Act], Frame | None]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many sentences show each act and have each frame, from the acts and the frame of every sentence."""
    acts, frames = [0] * len(ACTS), [0] * len(FRAMES)
    for shown, frame in labels:
        for act in shown:
            acts[ACTS.index(act)] += 1
        if frame:
            frames[FRAMES.index(frame)] += 1
    return tuple(acts), tuple(frames)


class Labels:
    """The labels beside the levels, which have columns of their own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, model: str) -> Iterator[LabelledEntry]:
        """Every entry outside the bin that this model has read, oldest first, as the model by itself reads it.

        Only the counts of the levels have the person's own answers in them. Read in small portions: off the event
        loop it holds up nobody.
        """
        last = -1
        while rows := self._database.rows(_ROWS, (model, last, _AT_ONCE)):
            yield from (_entry(*row) for row in rows)
            last = rows[-1]["place"]


def _entry(_: int, entry_id: str, day: str, placement: str | None, setting: str | None, *rest: Any) -> LabelledEntry:
    *levels, payload = rest
    packed = json.loads(payload)
    acts, frames = labels_of((sentence[_ACTS], sentence[_FRAME]) for sentence in packed)
    where = (placement or None, setting or None)
    return LabelledEntry(entry_id, date.fromisoformat(day), *where, Counts(*levels), len(packed), acts, frames)
