"""Where things go on the shift chart: round ticks, spans of placements, entries binned to cells.

Free of Textual, so that every choice can be tested with plain values. Columns count from the left and rows
from the bottom of the plot, both from 0; heights within the plot are in eighths of a row.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from rich.cells import cell_len, set_cell_size

from journal.domain import Counts, ShiftEntry

Measure = Literal["system", "team", "task"]
Cell = tuple[int, int]
"""Column and row of the plot."""

_GAP = 2
_MOST_TICKS = 13
_MIXED = "mixed"


def share_of(counts: Counts, measure: Measure) -> float | None:
    """The share, 0 to 1, of classifiable sentences at this level; None where there are none."""
    total = counts.classifiable
    return float(getattr(counts, measure)) / total if total > 0 else None


# --------------------------------------------------------------------------- the upright axis


@dataclass(frozen=True, slots=True)
class ShareScale:
    """Shares to heights. A share of 0 and, where that wastes few rows, every tick falls on the middle of a row."""

    step: float
    rows_per_step: float
    rows: int

    @property
    def top(self) -> float:
        """The share at the middle of the uppermost row; may lie a little over 1."""
        return (self.rows - 1) * self.step / self.rows_per_step

    def eighths(self, share: float) -> float:
        """Height over the lower edge of the plot, in eighths of a row."""
        return 4 + 8 * share * self.rows_per_step / self.step

    def row(self, share: float) -> int:
        """The row whose middle is nearest."""
        return min(max(int((self.eighths(share) + 1e-9) // 8), 0), self.rows - 1)

    def ticks(self) -> tuple[tuple[int, str], ...]:
        """Rows and their labels, from 0 upwards: "0", "2 in 10", "4 in 10"."""
        highest = min(self.top, 1.0) + 1e-9
        shares = [n * self.step for n in range(int(highest / self.step) + 1)]
        return tuple((self.row(share), _in_ten(share, self.step > 0.0999)) for share in shares)


def share_scale(largest: float, rows: int) -> ShareScale:
    """The scale from 0 whose round ticks best fill the rows; `largest` is the greatest share to show."""
    largest = min(max(largest, 0.04), 1.0)
    steps: tuple[float, ...] = (0.1, 0.2, 0.5, 1.0) if largest > 0.15 else (0.01, 0.02, 0.05, 0.1)
    steps = tuple(step for step in steps if step <= largest)
    step = next((step for step in steps if _is_calm(largest / step, (rows - 1) * step / largest)), steps[-1])
    exact = (rows - 1) * step / largest
    whole = math.floor(exact + 1e-9)
    return ShareScale(step, whole if whole / exact >= 0.75 else exact, rows)


def _is_calm(ticks: float, apart: float) -> bool:
    """Whether this many ticks, this many rows apart, read without crowding."""
    return ticks <= 7 and apart >= (2 if ticks <= 5 else 3)


def _in_ten(share: float, tenths: bool) -> str:
    if not share:
        return "0"
    return f"{round(share * 10)} in 10" if tenths else f"{round(share * 100)} in 100"


# --------------------------------------------------------------------------- the level axis


@dataclass(frozen=True, slots=True)
class DateScale:
    """Days to columns; a single day stands in the middle."""

    first: date
    last: date
    width: int

    def place(self, ordinal: float) -> float:
        """Columns from the left edge to the middle of the day, as a fraction of a column."""
        span = self.last.toordinal() - self.first.toordinal()
        if not span:
            return self.width / 2
        return 0.5 + (ordinal - self.first.toordinal()) / span * (self.width - 1)

    def column(self, day: date) -> int:
        return min(max(int(self.place(day.toordinal())), 0), self.width - 1)

    def ordinal(self, place: float) -> float:
        """The day, as a fractional ordinal, at this many columns from the left edge."""
        span = self.last.toordinal() - self.first.toordinal()
        return self.first.toordinal() + (place - 0.5) / max(self.width - 1, 1) * span


@dataclass(frozen=True, slots=True)
class DateTick:
    """A mark on the axis and where its label begins; the label may reach into the margins."""

    column: int
    start: int
    label: str


def date_ticks(scale: DateScale, left: int = 0, right: int = 0) -> tuple[DateTick, ...]:
    """Round dates with labels that neither touch nor run off; `left` and `right` are columns free beside the plot."""
    for days, unit in _candidates(scale.first, scale.last):
        labels = [_date_label(day, unit) for day in days]
        ticks = _lay(scale, days, labels, left, right)
        if len(days) > 1 and ticks:
            dated = [_with_year(days[0], labels[0]), *labels[1:]]
            return _lay(scale, days, dated, left, right) or ticks
    ends = [scale.first] if scale.first == scale.last else [scale.first, scale.last]
    for days in (ends, ends[:1]):
        for write in (_full_date, _short_date):
            if ticks := _lay(scale, days, [write(day) for day in days], left, right):
                return ticks
    return ()


def _candidates(first: date, last: date) -> Iterator[tuple[list[date], str]]:
    """Sets of round dates in the span, the densest first."""
    span = (last - first).days
    if span <= _MOST_TICKS:
        yield [first + timedelta(days=n) for n in range(span + 1)], "day"
    if span <= 7 * 26:
        monday = first + timedelta(days=-first.weekday() % 7)
        for weeks in (1, 2):
            yield [monday + timedelta(weeks=n) for n in range(0, (last - monday).days // 7 + 1, weeks)], "day"
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    for step in (1, 2, 3, 6):
        yield [day for day in months if (day.month - 1) % step == 0], "month"
    for step in (1, 2, 5, 10, 20, 50):
        yield [day for day in months if day.month == 1 and day.year % step == 0], "year"


def _lay(scale: DateScale, days: Sequence[date], labels: Sequence[str], left: int, right: int) -> tuple[DateTick, ...]:
    """The ticks, labels under their marks; empty where they are too many or would touch."""
    if len(days) > _MOST_TICKS:
        return ()
    ticks: list[DateTick] = []
    free_from = -left
    for day, label in zip(days, labels, strict=True):
        column = scale.column(day)
        start = min(max(column - (len(label) - 1) // 2, -left), scale.width + right - len(label))
        if start < free_from:
            return ()
        ticks.append(DateTick(column, start, label))
        free_from = start + len(label) + _GAP
    return tuple(ticks)


def _date_label(day: date, unit: str) -> str:
    if unit == "day":
        return _short_date(day)
    return str(day.year) if unit == "year" or day.month == 1 else f"{day:%b}"


def _with_year(day: date, label: str) -> str:
    return label if label == str(day.year) else f"{label} {day.year}"


def _short_date(day: date) -> str:
    return f"{day.day} {day:%b}"


def _full_date(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


# --------------------------------------------------------------------------- placements


@dataclass(frozen=True, slots=True)
class PlacementSpan:
    """A placement over columns `start` to `end`, end exclusive."""

    name: str
    start: int
    end: int

    def label(self, room: int | None = None) -> str:
        """The name, cut with … to leave a column free before the next; empty where not even a few letters fit."""
        room = self.end - self.start - 1 if room is None else room
        if cell_len(self.name) <= room:
            return self.name
        return set_cell_size(self.name, room - 1).rstrip() + "…" if room >= 3 else ""


def placement_spans(points: Iterable[ShiftEntry], scale: DateScale) -> tuple[PlacementSpan, ...]:
    """The placements in order of time; entries without one leave a gap, quick alternation reads "mixed"."""
    spans: list[PlacementSpan] = []
    for point in sorted(points, key=lambda point: point.day):
        column, name = scale.column(point.day), one_line(point.placement or "")
        if spans and spans[-1].name == name:
            continue
        if spans:
            spans[-1] = PlacementSpan(spans[-1].name, spans[-1].start, column)
        spans.append(PlacementSpan(name, column, scale.width))
    return tuple(span for span in _merge_narrow(spans) if span.name and span.end > span.start)


def _merge_narrow(spans: Iterable[PlacementSpan]) -> list[PlacementSpan]:
    merged: list[PlacementSpan] = []
    narrow_before = False
    for span in (span for span in spans if span.end > span.start):
        narrow = span.end - span.start < 4
        if narrow and narrow_before and {span.name, merged[-1].name} != {span.name}:
            merged[-1] = PlacementSpan(_MIXED, merged[-1].start, span.end)
        elif merged and merged[-1].name == span.name:
            merged[-1] = PlacementSpan(span.name, merged[-1].start, span.end)
        else:
            merged.append(span)
        narrow_before = narrow
    return merged


def one_line(text: str) -> str:
    """Text fit for a row of cells: no control characters, single spaces."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


# --------------------------------------------------------------------------- entries


@dataclass(frozen=True, slots=True)
class Bins:
    """Entries gathered to the cells of the plot, once for each size and set of data."""

    order: tuple[int, ...]
    """Indexes of the entries that can be shown, in order of time."""
    cell_of: dict[int, Cell]
    members: dict[Cell, tuple[int, ...]]
    sentences: dict[Cell, float]

    def nearest(self, column: float, row: float) -> int | None:
        """The newest entry in the cell nearest to a place; a row counts double, being about twice as tall as wide."""
        if not self.members:
            return None
        cell = min(self.members, key=lambda at: (at[0] - column) ** 2 + 4 * (at[1] - row) ** 2)
        return self.members[cell][-1]


def drawable(points: Sequence[ShiftEntry]) -> tuple[int, ...]:
    """Indexes of the entries with a share to show, in order of time."""
    shown = (n for n, point in enumerate(points) if point.counts.classifiable > 0)
    return tuple(sorted(shown, key=lambda n: (points[n].day, n)))


def bin_points(points: Sequence[ShiftEntry], measure: Measure, across: DateScale, up: ShareScale) -> Bins:
    """Each entry in its cell; those without classifiable sentences have no share and are left out."""
    order = drawable(points)
    cell_of: dict[int, Cell] = {}
    members: dict[Cell, list[int]] = {}
    sentences: dict[Cell, float] = {}
    for index in order:
        counts = points[index].counts
        cell = (across.column(points[index].day), up.row(share_of(counts, measure) or 0.0))
        cell_of[index] = cell
        members.setdefault(cell, []).append(index)
        sentences[cell] = sentences.get(cell, 0.0) + counts.classifiable
    return Bins(order, cell_of, {cell: tuple(found) for cell, found in members.items()}, sentences)
