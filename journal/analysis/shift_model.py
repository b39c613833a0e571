"""The quasi-binomial model of a share over time.

Imports numpy, scipy and statsmodels (1 to 6 s): import this module late, inside the function that needs it.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM

from journal.domain import Estimate, Level, ShiftEntry

Array = NDArray[np.float64]

RANGE = 0.90
POWER = 0.80
SMALLEST_FAMILY = 4
DELAY_FROM = 24
FEWEST_SENTENCES = 5
_WILDEST = 10.0
"""A standard error on the logit scale, over the whole span, beyond which nothing was learned."""
_NEUTRAL, _OTHER = "neutral", "other prompts"


@dataclass(frozen=True, slots=True)
class Flat:
    """One share for the whole span, where a slope would rest on fewer than five sentences of one kind."""

    share: float
    low: float
    high: float
    slope: float = 0.0
    p: float = 1.0

    def at(self, day: date) -> Estimate:
        return Estimate(day, self.share, self.low, self.high)

    def detectable(self, alpha: float) -> float | None:
        """Unknown: a share of next to nothing says little about its own spread."""
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A share that may move in time: logit-linear, on the person's own mix of prompts and mean length."""

    first: date
    last: date
    slope: float
    """Change in log odds from `first` to `last`."""
    se: float
    df: int
    p: float
    """Two-sided, from t on `df`."""
    beta: Array
    cov: Array
    rows: Array
    """One design row a prompt family, at the first day, all else at its mean: (families, terms)."""
    weights: Array
    """Each family's part of the sentences; sums to 1."""
    design: Array
    """(entries, terms)."""
    sizes: Array
    """Sentences an entry."""
    dispersion: float

    def at(self, day: date) -> Estimate:
        """The share on a day with its 90 % range (delta method on the logit of the averaged share)."""
        rows = self.rows.copy()
        rows[:, 1] = (day - self.first).days / (self.last - self.first).days
        means = _expit(rows @ self.beta)
        share = float(self.weights @ means)
        spread = share * (1 - share)
        if spread <= 0:
            return Estimate(day, share, share, share)
        gradient = (self.weights * means * (1 - means)) @ rows / spread
        se = math.sqrt(max(0.0, float(gradient @ self.cov @ gradient)))
        reach = _t(0.5 + RANGE / 2, self.df) * se
        logit = math.log(share / (1 - share))
        low, high = _expit(np.array([logit - reach, logit + reach]))
        return Estimate(day, share, float(low), float(high))

    def detectable(self, alpha: float) -> float | None:
        """The share on the last day that 80 in 100 such diaries would have shown as a rise from the same start.

        The smallest rise δ in log odds with δ = (t(1 − α/2) + t(.8)) · se(δ), se being the fitted model's with
        its slope set to δ; that of a flat fit at a low share would ask for far too large a rise. Simulated,
        the power at this share was .72 to .82 (.60 at 24 entries of 7 %); with the flat one, .86 to .99.
        `None` where no share short of 99 % would do.
        """
        quantiles = _t(1 - alpha / 2, self.df) + _t(POWER, self.df)

        def short(rise: float) -> bool:
            return rise < quantiles * self._se_at(rise)

        high = 0.25
        while short(high):
            high += 0.25
            if high > _WILDEST:
                return None
        low = high - 0.25
        for _ in range(12):
            middle = (low + high) / 2
            low, high = (middle, high) if short(middle) else (low, middle)
        share = float(self.weights @ _expit(self.rows @ self.beta + high))
        return share if share < 0.99 else None

    def _se_at(self, slope: float) -> float:
        """The standard error this slope would have, at the fitted dispersion and other terms."""
        beta = self.beta.copy()
        beta[1] = slope
        means = _expit(self.design @ beta)
        weighted = self.design * (self.sizes * means * (1 - means))[:, None]
        try:
            return math.sqrt(self.dispersion * float(np.linalg.inv(weighted.T @ self.design)[1, 1]))
        except (np.linalg.LinAlgError, ValueError):
            return math.inf


def fit_share(entries: Sequence[ShiftEntry], level: Level = "system") -> Line | Flat | None:
    """The share of `level` in time, from entries in order; `None` where time cannot be told from the rest.

    Quasi-binomial GLM with logit link: [k, n − k] ~ time + prompt family + centred log length (+ centred log
    delay from 24 entries on, unknown delays at the mean), dispersion max(1, Pearson χ²/df), t reference. Terms
    that do not vary or that others already determine are dropped, time and prompt family never: where those
    two cannot be separated, there is no honest slope.

    So that a family with no such sentence cannot send its term to infinity, as many pseudo-sentences as the
    model has terms are spread evenly over the entries at the overall share (Clogg, Rubin, Schenker, Schultz &
    Weidman 1991, JASA 86:68–78). That pulls every slope a little towards none.
    """
    k = np.array([getattr(entry.counts, level) for entry in entries], dtype=float)
    n = np.array([entry.counts.classifiable for entry in entries], dtype=float)
    if min(k.sum(), (n - k).sum()) < FEWEST_SENTENCES:
        return _flat(k, n)
    if entries[0].day == entries[-1].day:
        return None
    grouped = _families(entries)
    names = sorted(set(grouped))
    design = _design(entries, grouped, names)
    if design is None or len(entries) - design.shape[1] < 3:
        return None
    return _fit(entries, design, k, n, grouped, names)


def _fit(
    entries: Sequence[ShiftEntry], design: Array, k: Array, n: Array, grouped: Sequence[str], names: Sequence[str]
) -> Line | None:
    terms = design.shape[1]
    pseudo = terms / len(entries)
    k = k + pseudo * k.sum() / n.sum()
    n = n + pseudo
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # separation and the like are answered below, not printed over the screen
        try:
            result = GLM(np.column_stack([k, n - k]), design, family=families.Binomial()).fit()
        except (ValueError, np.linalg.LinAlgError):
            return None
        df = len(entries) - terms
        dispersion = max(1.0, float(result.pearson_chi2) / df)
        cov = np.asarray(result.normalized_cov_params, dtype=float) * dispersion
    beta = np.asarray(result.params, dtype=float)
    if not (result.converged and np.isfinite(beta).all() and np.isfinite(cov).all()):
        return None
    slope, se = float(beta[1]), math.sqrt(max(0.0, float(cov[1, 1])))
    if not 0 < se < _WILDEST or abs(slope) > 2 * _WILDEST:
        return None
    rows = np.zeros((len(names), terms))
    rows[:, 0] = 1
    for index in range(1, len(names)):
        rows[index, index + 1] = 1
    own = np.array(grouped)
    sentences = np.array([n[own == name].sum() for name in names])
    return Line(
        first=entries[0].day,
        last=entries[-1].day,
        slope=slope,
        se=se,
        df=df,
        p=float(2 * stats.t.sf(abs(slope / se), df)),
        beta=beta,
        cov=cov,
        rows=rows,
        weights=sentences / sentences.sum(),
        design=design,
        sizes=n,
        dispersion=dispersion,
    )


def _design(entries: Sequence[ShiftEntry], grouped: Sequence[str], names: Sequence[str]) -> Array | None:
    """Columns: 1, time (0 to 1), one a family but the first, then length and delay where they add something."""
    span = (entries[-1].day - entries[0].day).days
    own = np.array(grouped)
    days = np.array([entry.day.toordinal() for entry in entries], dtype=float)
    columns = [
        np.ones(len(entries)),
        (days - days[0]) / span,
        *((own == name).astype(float) for name in names[1:]),
    ]
    design = np.column_stack(columns)
    if not _full_rank(design):
        return None
    for column in (_length(entries), _delay(entries)):
        if column is not None and np.ptp(column) > 1e-9:
            wider = np.column_stack([design, column / column.std()])
            if _full_rank(wider):
                design = wider
    return design


def _length(entries: Sequence[ShiftEntry]) -> Array:
    length = np.log([entry.counts.classifiable + entry.counts.other for entry in entries])
    return np.asarray(length - length.mean(), dtype=float)


def _delay(entries: Sequence[ShiftEntry]) -> Array | None:
    """Centred log of 1 + days of delay, 0 where unknown; `None` where too little is known to say anything."""
    known = np.array([entry.delay is not None for entry in entries])
    if len(entries) < DELAY_FROM or known.mean() < 0.5:
        return None
    delay = np.log1p(np.array([max(0, entry.delay or 0) for entry in entries], dtype=float))
    return np.asarray(np.where(known, delay - delay[known].mean(), 0.0), dtype=float)


def _families(entries: Sequence[ShiftEntry]) -> list[str]:
    """Each entry's prompt family; none at all counts as neutral, families of fewer than four are pooled."""
    own = [entry.prompt_family or _NEUTRAL for entry in entries]
    sizes = Counter(own)
    own = [name if name == _NEUTRAL or sizes[name] >= SMALLEST_FAMILY else _OTHER for name in own]
    sizes = Counter(own)
    for tiny in (_OTHER, _NEUTRAL):
        if 0 < sizes[tiny] < SMALLEST_FAMILY and len(sizes) > 1:
            into = min((name for name in sizes if name != tiny), key=lambda name: (-sizes[name], name))
            own = [into if name == tiny else name for name in own]
            sizes = Counter(own)
    return own


def _flat(k: Array, n: Array) -> Flat:
    """The pooled share with its Clopper–Pearson 90 % range, on sentences worth less where entries vary more."""
    share = float(k.sum() / n.sum())
    variance = n * share * (1 - share)
    excess = float((((k - n * share) ** 2) / variance).sum() / max(1, len(n) - 1)) if 0 < share < 1 else 1.0
    worth = max(1.0, excess)
    yes, no = float(k.sum()) / worth, float((n - k).sum()) / worth
    tail = (1 - RANGE) / 2
    low = float(stats.beta.ppf(tail, yes, no + 1)) if yes > 0 else 0.0
    high = float(stats.beta.ppf(1 - tail, yes + 1, no)) if no > 0 else 1.0
    return Flat(share, low, high)


def _full_rank(design: Array) -> bool:
    """Whether no column is a mix of the others, from the columns' cosines (a few numbers, however many rows)."""
    unit = design / np.sqrt((design**2).sum(axis=0))
    return bool(np.linalg.eigvalsh(unit.T @ unit)[0] > 1e-9)


@cache
def _t(probability: float, df: int) -> float:
    return float(stats.t.ppf(probability, df))


def _expit(x: Array) -> Array:
    return np.asarray(0.5 * (1 + np.tanh(x / 2)), dtype=float)
