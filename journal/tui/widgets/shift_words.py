"""The shift chart in words: its text alternative, one entry's reading, and rows for a table. Free of Textual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.cells import cell_len, set_cell_size

from journal.domain import Estimate, Shift, ShiftEntry
from journal.tui.widgets.shift_scales import Measure, one_line


def describe(shift: Shift | None, points: Sequence[ShiftEntry], measure: Measure = "system", month: str = "%B") -> str:
    """The chart as one line of clauses, months written by their `strftime` code, such as

    "System share 1 in 10 in March, 3 in 10 in November; 90 % range 2 to 4 in 10; 61 entries".
    """
    entries = _count(len(points), "entry", "entries")
    if not points:
        return "No entries yet"
    ends = _ends(shift, measure)
    if ends is None:
        first, last = min(point.day for point in points), max(point.day for point in points)
        begin, end = _when(first, last, month)
        span = f"in {begin}" if begin == end else f"from {begin} to {end}"
        return f"{measure.title()} share: too early for a curve; {entries} {span}"
    first_end, last_end = ends
    base = _base(first_end, last_end)
    begin, end = _when(first_end.day, last_end.day, month)
    low, high = round(last_end.low * base), round(last_end.high * base)
    return (
        f"{measure.title()} share {round(first_end.share * base)} in {base} in {begin}, "
        f"{round(last_end.share * base)} in {base} in {end}; "
        f"90 % range {low} to {high} in {base}; {entries}"
    )


def rows(points: Sequence[ShiftEntry], measure: Measure = "system") -> tuple[tuple[str, str, str], ...]:
    """Date, placement and "k of n" for a table, in the order given.

    A placement is a person's own words: show it without markup.
    """
    return tuple((_day(point.day), one_line(point.placement or "–"), reading(point, measure)) for point in points)


def reading(point: ShiftEntry, measure: Measure = "system") -> str:
    """ "3 of 8", or "about 3 of 8" where probabilities were summed."""
    k, n = float(getattr(point.counts, measure)), float(point.counts.classifiable)
    if n <= 0:
        return "none to count"
    about = "" if k.is_integer() and n.is_integer() else "about "
    return f"{about}{round(k)} of {max(round(n), 1)}"


def point_line(point: ShiftEntry, measure: Measure, place: int, together: int) -> tuple[str, ...]:
    """One entry in clauses, the dearest first; `place` counts from 1 among the entries drawn `together`."""
    clauses = [_day(point.day), f"{measure}: {reading(point, measure)} sentences"]
    if name := one_line(point.placement or ""):
        clauses.append(name)
    if together > 1:
        clauses.append(f"{place} of {together} entries here")
    return tuple(clauses)


def fit_clauses(clauses: Sequence[str], width: int, joint: str) -> str:
    """As many whole clauses as the width holds; a first clause that is too long is cut with …"""
    for count in range(len(clauses), 0, -1):
        line = joint.join(clauses[:count])
        if cell_len(line) <= width:
            return line
    return set_cell_size(clauses[0], max(width - 1, 0)).rstrip() + "…" if clauses and width > 0 else ""


def _ends(shift: Shift | None, measure: Measure) -> tuple[Estimate, Estimate] | None:
    if shift is None:
        return None
    if measure == "system" and shift.first and shift.last:
        return shift.first, shift.last
    curve = shift.curves.get(measure, ())
    return (curve[0], curve[-1]) if curve else None


def _base(first: Estimate, last: Estimate) -> int:
    """Tenths, unless they would hide a difference the shares have."""
    tenths = [round(share * 10) for share in (first.share, last.share, last.low, last.high)]
    hidden = tenths[0] == tenths[1] and abs(first.share - last.share) >= 0.02
    return 100 if hidden or not min(tenths[:2]) or tenths[2] == tenths[3] else 10


def _when(first: date, last: date, month: str) -> tuple[str, str]:
    """Names of two dates, no longer than needed to tell them apart."""
    names = first.strftime(month), last.strftime(month)
    if first.year != last.year:
        return f"{names[0]} {first.year}", f"{names[1]} {last.year}"
    if first.month != last.month:
        return names
    return f"{first.day} {names[0]}", f"{last.day} {names[1]}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
