"""A share of sentences with its range, where sentences come in entries and those of one entry are alike.

Plain Python: it is reckoned for every placement while somebody waits, and numpy alone would take longer to load.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

COVER = 0.9
"""How often such a range is to hold the share."""
FALSELY = 0.05
"""How often groups that do not differ may be told apart."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0 to 1) with its 90 % range."""

    share: float
    low: float
    high: float


def share(counts: Iterable[tuple[float, float]]) -> Share | None:
    """The share of k among n from pairs (k, n), one an entry; None where fewer than two entries have sentences.

    Wilson's interval (1927) for so many sentences as these are worth: n over the dispersion max(1, Pearson χ²/df) of a
    quasi-binomial with one share for all entries, as the shift has it (McCullagh & Nelder 1989, 4.5), and Student's t
    with entries − 1 degrees of freedom in place of the normal, since the dispersion is estimated from few entries.
    """
    found = _pooled(counts)
    if found is None:
        return None
    middle, worth, df = found
    q = t_quantile((1 + COVER) / 2, df)
    centre = (middle + q * q / (2 * worth)) / (1 + q * q / worth)
    half = q / (1 + q * q / worth) * math.sqrt(middle * (1 - middle) / worth + q * q / (4 * worth * worth))
    return Share(middle, max(0.0, min(centre - half, middle)), min(1.0, max(centre + half, middle)))


def differ(one: Iterable[tuple[float, float]], other: Iterable[tuple[float, float]], of: int = 1) -> bool:
    """Whether two shares lie further apart than chance would bring about once in twenty.

    `of` is the number of groups of which these two were picked as the furthest apart: Bonferroni's correction over all
    pairs of them. Shares on the arcsine scale, degrees of freedom of the smaller group.
    """
    first, second = _pooled(one), _pooled(other)
    if first is None or second is None:
        return False
    pairs = max(1, of * (of - 1) // 2)
    gap = abs(math.asin(math.sqrt(first[0])) - math.asin(math.sqrt(second[0])))
    error = math.sqrt(1 / (4 * first[1]) + 1 / (4 * second[1]))
    return gap > error * t_quantile(1 - FALSELY / 2 / pairs, min(first[2], second[2]))


def _pooled(counts: Iterable[tuple[float, float]]) -> tuple[float, float, int] | None:
    """The share of all together, how many independent sentences it is worth, and its degrees of freedom."""
    pairs: Sequence[tuple[float, float]] = [(k, n) for k, n in counts if n > 0]
    if len(pairs) < 2:
        return None
    total = math.fsum(n for _, n in pairs)
    middle = min(1.0, math.fsum(k for k, _ in pairs) / total)
    df, even = len(pairs) - 1, middle * (1 - middle)
    spread = math.fsum((k - n * middle) ** 2 / n for k, n in pairs) / (even * df) if even > 0 else 1.0
    return middle, total / max(1.0, spread), df


def t_quantile(p: float, df: int) -> float:
    """Student's t by the Cornish-Fisher expansion (Abramowitz & Stegun 26.7.5): within .3 % for p to .95, df from 4."""
    z = NormalDist().inv_cdf(p)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + math.fsum(term / df**power for power, term in enumerate(terms, 1))
