"""What each look found, and whether two plainer ways of counting point the same way.

Imports numpy, scipy and statsmodels through the model: import this module late.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scipy import stats

from journal.analysis.shift_looks import looks, spend
from journal.analysis.shift_model import Flat, Line, fit_share
from journal.domain import ShiftEntry

BINS = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """The one verdict of one look, from the entries up to that look and no later ones."""

    look: int
    first: date
    last: date
    trend: Line | Flat | None
    """`None` where a change in time cannot be told from the way days and prompts are spread."""
    agreed: bool = True
    """Whether 8 equal bins of time and Kendall's τ have the sign of the model."""

    @property
    def alpha(self) -> float:
        return spend(self.look)

    @property
    def shifted(self) -> bool:
        return self.trend is not None and self.trend.p < self.alpha

    @property
    def rose(self) -> bool:
        return self.trend is not None and self.trend.slope > 0


def readings(entries: Sequence[ShiftEntry]) -> tuple[Reading, ...]:
    """One reading a look, earliest first, of entries in order."""
    return tuple(_read(entries[:look], look) for look in looks(entries))


def _read(entries: Sequence[ShiftEntry], look: int) -> Reading:
    trend = fit_share(entries)
    reading = Reading(look, entries[0].day, entries[-1].day, trend)
    if trend is None or not reading.shifted:
        return reading
    sign = math.copysign(1, trend.slope)
    agreed = bin_direction(entries) == sign == kendall_direction(entries)
    return Reading(look, reading.first, reading.last, trend, agreed)


def bin_direction(entries: Sequence[ShiftEntry]) -> float:
    """Sign of the straight line through the shares of 8 equal bins of time, empty bins left out."""
    start, span = entries[0].day, (entries[-1].day - entries[0].day).days
    if span == 0:
        return 0.0
    system, every = [0.0] * BINS, [0.0] * BINS
    for entry in entries:
        at = min(BINS - 1, (entry.day - start).days * BINS // span)
        system[at] += entry.counts.system
        every[at] += entry.counts.classifiable
    points = [(at, system[at] / every[at]) for at in range(BINS) if every[at]]
    middle = math.fsum(at for at, _ in points) / len(points)
    return _sign(math.fsum((at - middle) * share for at, share in points))


def kendall_direction(entries: Sequence[ShiftEntry]) -> float:
    """Sign of Kendall's τ-b between the day and the share of each entry."""
    if entries[0].day == entries[-1].day:
        return 0.0
    shares = [entry.counts.system / entry.counts.classifiable for entry in entries]
    if max(shares) - min(shares) < 1e-12:
        return 0.0
    return _sign(float(stats.kendalltau([entry.day.toordinal() for entry in entries], shares).statistic))


def _sign(value: float) -> float:
    return 0.0 if math.isnan(value) or abs(value) < 1e-12 else math.copysign(1, value)
