"""How often a verdict is wrong, and how often a change is seen: a small simulation of uneven diaries.

`tests/benchmarks/shift_simulation.py` is the full one.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from journal.analysis.shift_looks import in_order
from journal.analysis.shift_readings import Reading, readings
from journal.domain import Counts, ShiftEntry

FAMILIES = ("neutral", None, "framing", "barriers")
UNEVEN = 0.08
"""Correlation of the sentences of one entry: dispersion about 1.8 at ten sentences."""


def read(random: np.random.Generator, start: float, end: float, count: int) -> tuple[Reading, ...]:
    """The readings of a beta-binomial diary whose share moves from `start` to `end` on the logit scale."""
    low, high = np.log(start / (1 - start)), np.log(end / (1 - end))
    days = np.cumsum(random.integers(4, 9, count))
    share = 1 / (1 + np.exp(-(low + (high - low) * (days - days[0]) / (days[-1] - days[0]))))
    size = random.integers(9, 13, count)
    scale = (1 - UNEVEN) / UNEVEN
    system = random.binomial(size, random.beta(share * scale, (1 - share) * scale))
    return readings(
        in_order(
            [
                ShiftEntry(
                    id=f"{at:032x}",
                    day=date(2024, 1, 1) + timedelta(days=int(days[at])),
                    counts=Counts(task=int(size[at] - system[at]), system=int(system[at]), other=at % 3),
                    prompt_family=FAMILIES[int(random.integers(len(FAMILIES)))],
                )
                for at in range(count)
            ]
        )
    )


def test_writing_that_does_not_change_is_hardly_ever_told_that_it_did() -> None:
    random = np.random.default_rng(1)
    runs = [read(random, 0.2, 0.2, 96) for _ in range(200)]
    told = np.mean([any(reading.shifted for reading in run) for run in runs])
    unspent = np.mean([any(reading.trend and reading.trend.p < 0.05 for reading in run) for run in runs])
    tolerated = 0.06 + 2 * (0.06 * 0.94 / len(runs)) ** 0.5
    assert told <= tolerated
    assert unspent > tolerated  # p < .05 at each look, the rule that must never creep in, fails this test


def test_a_change_from_7_to_28_in_100_over_96_entries_is_seen_by_most() -> None:
    random = np.random.default_rng(2)
    runs = [read(random, 0.07, 0.28, 96)[-1] for _ in range(40)]
    assert np.mean([run.shifted and run.rose for run in runs]) >= 0.80


def test_nearly_all_ranges_hold_the_true_share() -> None:
    random = np.random.default_rng(3)
    ends = [run.trend.at(run.last) for run in (read(random, 0.1, 0.3, 24)[-1] for _ in range(80)) if run.trend]
    assert np.mean([end.low <= 0.3 <= end.high for end in ends]) == pytest.approx(0.9, abs=0.09)
