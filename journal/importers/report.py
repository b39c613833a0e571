"""What an import comes to: what is new, what is here already, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journal.domain import Entry, LearningPoint
from journal.errors import BadInput
from journal.importers import learning
from journal.importers.gathering import Found, Problem
from journal.importers.jsonl import Record
from journal.importers.plan import planned

SHOWN = 50
"""Duplicates, and problems, that a person is shown."""


@dataclass(frozen=True, slots=True)
class Report:
    """An import before anything is kept."""

    new: tuple[Record, ...]
    duplicates: tuple[Record, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    """Names of fields this journal has no place for."""
    notes: tuple[str, ...]
    points: tuple[LearningPoint, ...] = ()
    """Learning points that are new."""
    points_here: int = 0

    @property
    def entries(self) -> int:
        """How many can be read, duplicates included."""
        return len(self.new) + len(self.duplicates)

    @property
    def first(self) -> str | None:
        """The earliest day of writing."""
        return min((record.written[:10] for record in self.new + self.duplicates), default=None)

    @property
    def last(self) -> str | None:
        """The latest day of writing."""
        return max((record.written[:10] for record in self.new + self.duplicates), default=None)

    def lines(self) -> Iterator[str]:
        """How much there is, then each duplicate and each problem by its place, without any of their text."""
        if self.first:
            yield f"{self.entries:,} {'entry' if self.entries == 1 else 'entries'} from {self.first} to {self.last}."
        if number := len(self.points) + self.points_here:
            yield f"{number:,} learning {'point' if number == 1 else 'points'}."
        for kind in (
            [f"{record.place}: here already, written {record.written}" for record in self.duplicates],
            [str(problem) for problem in self.problems],
        ):
            yield from kind[:SHOWN]
            if len(kind) > SHOWN:
                yield f"and {len(kind) - SHOWN:,} more of these; all of them with --dry-run --json"

    def fields(self) -> dict[str, Any]:
        """The same as one object of JSON."""
        return {
            "new": len(self.new),
            "already_here": len(self.duplicates),
            "learning": len(self.points),
            "first": self.first,
            "last": self.last,
            "duplicates": [{"place": record.place, "date": record.written} for record in self.duplicates],
            "problems": [{"place": p.place, "problem": p.title, "advice": p.advice} for p in self.problems],
            "left_out": list(self.left_out),
            "notes": list(self.notes),
        }

    def refusal(self) -> BadInput:
        """The end of an import that is all or nothing and has problems."""
        first, others = self.problems[0], len(self.problems) - 1
        more = f"There {'is one' if others == 1 else f'are {others:,}'} more like this. " if others else ""
        advice = f"{first.advice} {more}Nothing was imported. Keep the rest with --skip-bad.".lstrip()
        return BadInput(str(first), advice)


def reported(
    found: Found,
    entries: Iterable[Entry],
    kept: Callable[[str], Entry | None],
    points: Mapping[str, LearningPoint] | None = None,
) -> Report:
    """What was read beside the entries that are here; `kept` finds an entry by its id, in the bin as well.

    `points` are the learning points that are here, by their ids.
    """
    plan = planned(found.records, entries, kept)
    new, here, differing = learning.sorted_out(found.points, points or {})
    others = tuple(
        Problem(f"Learning point {point_id[:8]}", "It is already here and differs.", "Take it out, or change it here.")
        for point_id in differing
    )
    problems = found.problems + plan.problems + others
    return Report(plan.new, plan.duplicates, problems, found.left_out, found.notes, new, here)
