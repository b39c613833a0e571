"""How a person's language moves over months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from journal.domain.reading import Counts, Level

ShiftState = Literal["too_early", "no_clear_change", "shifted"]


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """What the shift needs of one entry; never its text."""

    id: str
    day: date
    counts: Counts
    prompt_family: str | None = None
    placement: str | None = None
    delay: int | None = None
    """Days from the event to the writing, where both are known."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (0 to 1) on a day with its 90 % range."""

    day: date
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shift:
    """How the share of system sentences moved, said in one of three honest states."""

    state: ShiftState
    entries: int
    sentences: float
    """Classifiable sentences, summed."""
    statement: str
    """The verdict in a sentence or two of plain words."""
    first: Estimate | None = None
    last: Estimate | None = None
    detectable: float | None = None
    """Smallest share at the end that would have shown as a change, given the start; None where unknown."""
    look: int = 0
    """The number of entries at the last look that gave a verdict; 0 before the first."""
    next_look: int = 12
    """The number of entries at which the next verdict is given."""
    curves: Mapping[str, tuple[Estimate, ...]] = field(default_factory=dict)
    """The share over time of "system", "team" and "task", adjusted, with its range; empty when too early."""
    neutral: tuple[Estimate, Estimate] | None = None
    """First and last from entries with a neutral prompt or none, where there are enough."""
    notes: tuple[str, ...] = ()
    """Caveats that hold for these entries: placements, few neutral prompts, doubt of the model."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the person's own sentences on a like matter, early and late."""

    then_entry: str
    then_day: date
    then: str = field(repr=False)
    then_level: Level
    now_entry: str
    now_day: date
    now: str = field(repr=False)
    now_level: Level
