"""How often `shift` is wrong, and how often it sees: simulated diaries, a Markdown table.

Run: python tests/benchmarks/shift_simulation.py [--runs 1000] [--only noise]

Each diary has 8 to 12 classifiable sentences an entry, beta-binomial (intra-entry correlation .08, dispersion
about 1.7), 1 to 10 days between entries, and one of a neutral prompt, none, or five other families an entry.
"Ever" is the part of diaries that were told of a shift at any look; "last" the part whose last look said so
(the rule in use); "kept" what a rule that never takes a verdict back would show at the end, which is "ever".
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from journal.analysis.shift_looks import in_order
from journal.analysis.shift_readings import readings
from journal.domain import Counts, ShiftEntry

FAMILIES = ("neutral", None, "framing", "barriers", "culture", "measures", "interdependence")
Shares = Callable[[np.random.Generator, NDArray[np.float64], Sequence[str | None]], NDArray[np.float64]]

HEAD = (
    "| diary | ever told (= kept) | last look says shifted | told, then taken back | of last: fell "
    "| of last: softer words | mean end share when told |"
)


@dataclass(frozen=True)
class Cell:
    """One kind of diary: its length, and the true share of each entry given time (0 to 1) and prompt."""

    name: str
    entries: int
    shares: Shares
    correlation: float = 0.08
    prompts: Callable[[np.random.Generator, int], list[str | None]] | None = None
    every_look: bool = False
    """Long entries a week apart, so that the gate is open at every look: the worst case for false verdicts."""


def diary(cell: Cell, random: np.random.Generator) -> tuple[ShiftEntry, ...]:
    """One simulated diary, in order."""
    count = cell.entries
    days = np.cumsum(np.full(count, 7) if cell.every_look else random.integers(1, 11, count))
    time = (days - days[0]) / (days[-1] - days[0])
    prompts = (
        cell.prompts(random, count)
        if cell.prompts
        else [FAMILIES[at] for at in random.integers(0, len(FAMILIES), count)]
    )
    size = random.integers(11, 15, count) if cell.every_look else random.integers(8, 13, count)
    mean, spread = cell.shares(random, time, prompts), (1 - cell.correlation) / cell.correlation
    system = random.binomial(size, random.beta(mean * spread, (1 - mean) * spread))
    team = random.binomial(size - system, 0.3)
    other = random.integers(0, 5, count)
    start = date(2023, 9, 4)
    return in_order(
        [
            ShiftEntry(
                id=f"{at:032x}",
                day=start + timedelta(days=int(days[at])),
                counts=Counts(int(size[at] - system[at] - team[at]), int(team[at]), int(system[at]), int(other[at])),
                prompt_family=prompts[at],
            )
            for at in range(count)
        ]
    )


def steady(share: float) -> Shares:
    return lambda _random, time, _prompts: np.full(len(time), share)


def change(start: float, end: float) -> Shares:
    """Straight on the logit scale from the first day to the last."""
    low, high = np.log(start / (1 - start)), np.log(end / (1 - end))
    return lambda _random, time, _prompts: 1 / (1 + np.exp(-(low + (high - low) * time)))


def back_again(low: float, high: float) -> Shares:
    """Up to the middle of the diary, down again after it."""
    return lambda _random, time, _prompts: low + (high - low) * (1 - np.abs(2 * time - 1))


def drift(share: float, spread: float) -> Shares:
    """A slow wander with no direction: a random walk on the logit scale, of this spread by the end."""

    def shares(random: np.random.Generator, time: NDArray[np.float64], _prompts: object) -> NDArray[np.float64]:
        walk = np.cumsum(random.normal(0, spread / np.sqrt(len(time)), len(time)))
        return np.asarray(1 / (1 + np.exp(-(np.log(share / (1 - share)) + walk))))

    return shares


def steps(share: float, spread: float, placements: int) -> Shares:
    """Each placement in turn has its own share; the person does not change."""

    def shares(random: np.random.Generator, time: NDArray[np.float64], _prompts: object) -> NDArray[np.float64]:
        wards = random.normal(0, spread, placements)
        at = np.minimum(placements - 1, (time * placements).astype(int))
        return np.asarray(1 / (1 + np.exp(-(np.log(share / (1 - share)) + wards[at]))))

    return shares


def by_prompt(_random: object, _time: object, prompts: Sequence[str | None]) -> NDArray[np.float64]:
    """Neutral prompts and none draw 8 % system sentences, the others 30 %."""
    return np.array([0.08 if prompt in (None, "neutral") else 0.30 for prompt in prompts])


def more_prompted(random: np.random.Generator, count: int) -> list[str | None]:
    """One prompted entry in ten at the start, nine in ten at the end."""
    chosen: list[str | None] = []
    for at in range(count):
        prompted = random.random() < 0.1 + 0.8 * at / (count - 1)
        chosen.append(FAMILIES[int(random.integers(2, 7) if prompted else random.integers(0, 2))])
    return chosen


CELLS = (
    *(Cell(f"noise, {share:.0%} throughout", 96, steady(share)) for share in (0.03, 0.07, 0.20, 0.40)),
    Cell("noise, 20%, every look held", 96, steady(0.20), every_look=True),
    Cell("noise, 20%, every look held, strongly uneven (.20)", 96, steady(0.20), 0.20, every_look=True),
    Cell("noise, 20%, every look held, to 192", 192, steady(0.20), every_look=True),
    Cell("slow drift, no direction, spread .5", 96, drift(0.15, 0.5)),
    Cell("slow drift, no direction, spread 1", 96, drift(0.15, 1.0)),
    Cell("4 placements in turn, spread .5", 96, steps(0.15, 0.5, 4)),
    Cell("4 placements in turn, spread 1", 96, steps(0.15, 1.0, 4)),
    Cell("prompts change, person does not", 96, by_prompt, prompts=more_prompted),
    Cell("up and back again, 10 to 35 to 10%", 96, back_again(0.10, 0.35)),
    *(
        Cell(f"{start:.0%} to {end:.0%} over {count} entries", count, change(start, end))
        for start, end in ((0.07, 0.14), (0.07, 0.21), (0.07, 0.28), (0.20, 0.30), (0.20, 0.40), (0.28, 0.07))
        for count in (24, 48, 96)
    ),
)


def measure(cell: Cell, runs: int, seed: int) -> str:
    """One row: told ever, told at the last look, told then and taken back, wrong way, softened, mean end share."""
    random = np.random.default_rng(seed)
    ever = last = taken_back = fell = softened = 0
    ends: list[float] = []
    for _ in range(runs):
        given = readings(diary(cell, random))
        told = [reading for reading in given if reading.shifted]
        ever += bool(told)
        if given and given[-1].shifted:
            last += 1
            fell += not given[-1].rose
            softened += not given[-1].agreed
            if given[-1].trend:
                ends.append(given[-1].trend.at(given[-1].last).share)
        elif told:
            taken_back += 1
    shown = f"{np.mean(ends):.0%}" if len(ends) >= 20 else "–"
    parts = (ever, last, taken_back, fell, softened)
    return f"| {cell.name} | {' | '.join(f'{part / runs:.3f}' for part in parts)} | {shown} |"


def main() -> None:
    parser = argparse.ArgumentParser(description="Error rates and power of the shift")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=20240301)
    parser.add_argument("--only", default="", help="cells whose name holds this")
    asked = parser.parse_args()
    print(f"{asked.runs} diaries a cell, seed {asked.seed}\n")
    print(HEAD)
    print("|---" * 7 + "|")
    for cell in CELLS:
        if asked.only in cell.name:
            print(measure(cell, asked.runs, asked.seed), flush=True)


if __name__ == "__main__":
    main()
