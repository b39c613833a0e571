"""What a file from another program came to: entries that can be kept, and what stands in the way of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from journal.domain import LearningPoint
from journal.errors import BadInput
from journal.importers import learning
from journal.importers.jsonl import Record, record_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be imported: where it stands, what is so, and what to do; never any of its text."""

    place: str
    title: str
    advice: str = ""

    def __str__(self) -> str:
        """In one line; a place the title names already is not named twice."""
        return self.title if self.place.lower() in self.title.lower() else f"{self.place}: {self.title}"


@dataclass(frozen=True, slots=True)
class Found:
    """All that was read, in the order it stood."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    """Names of fields this journal has no place for."""
    notes: tuple[str, ...] = ()
    """What else was left out and is no fault, counted, each a sentence."""
    points: tuple[LearningPoint, ...] = ()


class Gathering:
    """Takes entries one by one, and what is wrong with them, until all is read."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.left_out: set[str] = set()
        self.counts: Counter[tuple[str, str]] = Counter()
        self._records: list[Record] = []
        self._points: list[LearningPoint] = []
        self._problems: list[Problem] = []

    def take(self, fields: Mapping[str, Any], place: str, line: int = 0) -> None:
        """An entry, or a learning point, as the fields of JSON Lines; a problem where it cannot be kept."""
        try:
            if learning.is_point(fields):
                self._points.append(learning.point_of(fields, self.today))
                return
            self._records.append(record_of(fields, self.today, line, place))
        except BadInput as error:
            self.refuse(place, error.title, error.advice)

    def refuse(self, place: str, title: str, advice: str = "") -> None:
        """Something that cannot be imported."""
        self._problems.append(Problem(place, title, advice))

    def count(self, one: str, many: str, number: int = 1) -> None:
        """Something left out that is no fault, told as "1 image was left out." or "2 images were left out."."""
        self.counts[one, many] += number

    def found(self) -> Found:
        """All that was taken."""
        notes = tuple(f"{n:,} {one if n == 1 else many}" for (one, many), n in sorted(self.counts.items()) if n)
        left_out = tuple(sorted(self.left_out))
        return Found(tuple(self._records), tuple(self._problems), left_out, notes, tuple(self._points))
