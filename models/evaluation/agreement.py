"""Measures of agreement, and how far chance in the choice of writers could move them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.labels import Marks, Places, Rates
from journal.domain import LEVELS, Counts

RESAMPLES, SEED = 1000, 20100304


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


def estimate(groups: Sequence[Any] | NDArray[Any], statistic: Callable[[Places], float]) -> Estimate:
    """A statistic of rows with its percentile interval, resampling whole groups of rows (Efron 1979).

    `groups` names the group of each row: the sentences of one writer are not independent of each other, so writers are
    drawn, not sentences. The draws are seeded and the same for every statistic over the same groups.
    """
    names, place = np.unique(np.asarray(groups), return_inverse=True)
    rows = [np.flatnonzero(place == at) for at in range(len(names))]
    lot = np.random.default_rng(SEED)
    found = []
    for _ in range(RESAMPLES):
        drawn = lot.integers(len(rows), size=len(rows))
        found.append(statistic(np.concatenate([rows[at] for at in drawn])))
    low, high = np.nanpercentile(found, [2.5, 97.5]).tolist()
    return Estimate(float(statistic(np.arange(len(place)))), low, high)


def confusion(true: Places, read: Places, kinds: int = len(LEVELS)) -> NDArray[np.int64]:
    """(true × read) counts."""
    return np.bincount(true * kinds + read, minlength=kinds**2).reshape(kinds, kinds)


def kappa(counts: NDArray[Any]) -> float:
    """Cohen's κ (1960) of a (true × read) table: agreement beyond what its two margins give by chance."""
    n = counts.sum()
    if not n:
        return float("nan")
    chance = float((counts.sum(axis=0) / n) @ (counts.sum(axis=1) / n))
    return (float(np.trace(counts)) / float(n) - chance) / (1 - chance) if chance < 1 else float("nan")


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F1 of each of m labels, (m) each; NaN where there is nothing to score."""

    n: NDArray[Any]
    precision: Rates
    recall: Rates
    f1: Rates


def scores(hit: NDArray[Any], given: NDArray[Any], labelled: NDArray[Any]) -> Scores:
    """From counts of (m) labels: given rightly, given at all, and truly there."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return Scores(labelled, hit / given, hit / labelled, 2 * hit / (given + labelled))


def scores_of_table(counts: NDArray[Any]) -> Scores:
    """The same from a (true × read) table."""
    return scores(np.diag(counts), counts.sum(axis=0), counts.sum(axis=1))


def scores_of_marks(true: Marks, read: Marks) -> Scores:
    """The same from (n × m) marks, any number a row."""
    return scores((true & read).sum(axis=0), read.sum(axis=0), true.sum(axis=0))


def macro_f1(found: Scores) -> float:
    """The mean F1 of the labels that occur."""
    known = found.f1[~np.isnan(found.f1)]
    return float(known.mean()) if len(known) else float("nan")


def micro_f1(true: Marks, read: Marks) -> float:
    """F1 of all marks together; the same whichever of two readers is called the true one."""
    of = int(true.sum() + read.sum())
    return 2 * int((true & read).sum()) / of if of else float("nan")


def pearson(a: Rates, b: Rates) -> float:
    """Pearson's r; NaN where one side does not vary."""
    if len(a) < 2 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    return float(np.corrcoef(a, b)[0, 1])


def system_share(counts: Sequence[Counts]) -> Rates:
    """System sentences of those at task, team or system, for each text; NaN where there are none of these."""
    return np.array([c.system / c.classifiable if c.classifiable else np.nan for c in counts])


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers given with about the same probability, and how many of them were right."""

    low: float
    high: float
    n: int
    said: float
    came_true: float


def reliability(p: Rates, came_true: Marks, width: float = 0.1) -> list[Bin]:
    """Bins of equal width over 0 to 1, empty ones left out."""
    last = round(1 / width) - 1
    place = np.minimum((p / width + 1e-9).astype(int), last)
    return [
        Bin(at * width, (at + 1) * width, int(of.sum()), float(p[of].mean()), float(came_true[of].mean()))
        for at in range(last + 1)
        if (of := place == at).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between said and come true, weighted by answers."""
    return sum(b.n * abs(b.said - b.came_true) for b in bins) / sum(b.n for b in bins)


def brier(p: Rates, true: Places) -> float:
    """Brier's score (1950) over four levels: 0 is perfect, 2 the worst."""
    return float(((p - np.eye(p.shape[1])[true]) ** 2).sum(axis=1).mean())


def wilson(hits: int, of: int) -> Estimate:
    """A share with Wilson's 95 % interval (1927), for cases that are independent of each other."""
    from statsmodels.stats.proportion import proportion_confint  # seconds to import

    low, high = proportion_confint(hits, of, method="wilson")
    return Estimate(hits / of, float(low), float(high))
