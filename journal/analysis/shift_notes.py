"""The caveats that hold for these entries: placements, prompts, and the model's own error.

Imports numpy and statsmodels through the model: import this module late.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from journal.analysis.shift_looks import GATE_DAYS
from journal.analysis.shift_model import Flat, Line, fit_share
from journal.analysis.shift_words import denominator, listed, part
from journal.domain import LEVELS, Estimate, Level, ShiftEntry
from journal.errors import BadInput

FEWEST_NEUTRAL = 8
ENOUGH_PLACEMENTS = 5
SMALLEST_PLACEMENT = 3
CONFOUNDED = 0.5
"""Part of the variance of time that placements account for, from which on the two cannot be told apart."""
EARLY_LOOK = 48

Confusion = Mapping[Level, Mapping[Level, float]]


def is_neutral(entry: ShiftEntry) -> bool:
    """Whether no prompt, or only a neutral one, asked for this entry."""
    return entry.prompt_family in (None, "", "neutral")


def neutral_share(neutral: Sequence[ShiftEntry]) -> Line | Flat | None:
    """The system share of the neutral entries alone, where there are 8 over 8 weeks or more."""
    if len(neutral) < FEWEST_NEUTRAL or (neutral[-1].day - neutral[0].day).days < GATE_DAYS:
        return None
    return fit_share(neutral)


def neutral_notes(count: int, entries: int, neutral: Line | Flat | None, trend: Line | Flat | None) -> tuple[str, ...]:
    """Few neutral entries, or neutral entries that went another way than all together."""
    asked = "Prompts draw the language they ask for"
    if neutral is None:
        return (
            f"{asked}, and {count} of these {entries} entries had a neutral prompt or none: too few, or over too "
            "short a time, to show beside the rest.",
        )
    if trend is not None and trend.slope * neutral.slope < 0:
        return (
            f"{asked}, and your entries with a neutral prompt or none did not move in the same direction as all "
            "of them together.",
        )
    return ()


def placement_notes(entries: Sequence[ShiftEntry]) -> tuple[str, ...]:
    """That a change of ward can look like a change of person, where there were fewer than five wards in turn."""
    groups: dict[str, list[ShiftEntry]] = {}
    for entry in entries:
        if entry.placement:
            groups.setdefault(entry.placement, []).append(entry)
    kept = {name: group for name, group in groups.items() if len(group) >= SMALLEST_PLACEMENT}
    if not groups:
        return ("These entries name no placement, so a change of placement cannot be told from any other.",)
    if not 2 <= len(kept) < ENOUGH_PLACEMENTS or _explained(list(kept.values())) < CONFOUNDED:
        return ()
    shares = {
        name: math.fsum(e.counts.system for e in group) / math.fsum(e.counts.classifiable for e in group)
        for name, group in kept.items()
    }
    ranked = sorted(shares, key=lambda name: (shares[name], name))
    least, most = ranked[0], ranked[-1]
    if shares[most] - shares[least] >= 0.05:
        return (f"Your writing in {most} had more of this than in {least}; that can be the ward, not you.",)
    turns = listed(sorted(kept, key=lambda name: (kept[name][0].day, name)))
    return (f"Your placements ({turns}) came in turn, so the ward and the time cannot be told apart.",)


def _explained(groups: Sequence[Sequence[ShiftEntry]]) -> float:
    """η²: the part of the variance of the days that lies between the groups."""
    days = [[float(entry.day.toordinal()) for entry in group] for group in groups]
    flat = [day for group in days for day in group]
    mean = math.fsum(flat) / len(flat)
    total = math.fsum((day - mean) ** 2 for day in flat)
    within = math.fsum((day - math.fsum(group) / len(group)) ** 2 for group in days for day in group)
    return 1 - within / total if total else 0.0


def early_note(look: int, shifted: bool) -> tuple[str, ...]:
    """A change must look large to show in little writing, so early ones overstate themselves."""
    if shifted and look < EARLY_LOOK:
        return ("A shift that shows in so few entries tends to look larger than it is.",)
    return ()


def error_notes(
    curves: Mapping[str, Sequence[Estimate]], entries: Sequence[ShiftEntry], confusion: Confusion | None
) -> tuple[str, ...]:
    """How far the measured error rates could move the two ends, by inverting the confusion matrix.

    With P[i, j] the chance that a sentence of level i is read as j, and q the levels as read, the levels as
    they are solve Pᵀπ = q (Rogan & Gladen 1978, for more than two classes). Beside it stands what the errors
    alone could do: with the system share held, a swap of all team sentences for task sentences moves it by
    (1 − π) |P[team, system] − P[task, system]|.
    """
    if confusion is None:
        return (
            "The analysis misreads some sentences. How far that could move these shares has not been worked out "
            "here; the sentences themselves are the check.",
        )
    matrix = _rates(confusion)
    levels = ("task", "team", "system")
    ends: list[float | None] = [None]
    if all(level in curves for level in levels):
        ends = [_corrected(matrix, [curves[level][at].share for level in levels], entries) for at in (0, -1)]
    if any(end is None for end in ends):
        return ("The analysis misreads too many sentences to say how far that could move these shares.",)
    first, last = (end for end in ends if end is not None)
    of = denominator(first, last, apart=True)
    swing = (1 - (first + last) / 2) * abs(matrix[1][2] - matrix[0][2])
    return (
        f"The analysis misreads some sentences. If it erred here as it did when tested, the shares would come to "
        f"{part(first, of)} at the start and {part(last, of)} at the end. A different mix of task and team "
        f"sentences alone could move the share by {part(swing, 100)}, up or down.",
    )


def _rates(confusion: Confusion) -> list[list[float]]:
    """Rows by true level, each summing to 1; counts are as good as rates."""
    rows = []
    for level in LEVELS:
        row = [float(confusion.get(level, {}).get(read, 0.0)) for read in LEVELS]
        if not all(math.isfinite(rate) and rate >= 0 for rate in row) or sum(row) <= 0:
            raise BadInput(
                f"The error rates of the analysis lack usable numbers for {level}.",
                "Give, for each true level, how often it is read as each level.",
            )
        rows.append([rate / sum(row) for rate in row])
    return rows


def _corrected(
    matrix: Sequence[Sequence[float]], shares: Sequence[float], entries: Sequence[ShiftEntry]
) -> float | None:
    """The true system share behind shares as read (task, team, system); `None` where errors are too many."""
    rates = np.array(matrix, dtype=float)
    if np.linalg.cond(rates) > 50:
        return None
    other = math.fsum(entry.counts.other for entry in entries)
    known = math.fsum(entry.counts.classifiable for entry in entries)
    read = [share / sum(shares) * known / (known + other) for share in shares] + [other / (known + other)]
    true = np.clip(np.linalg.solve(rates.T, np.array(read)), 0, None)
    about_work = float(true[:3].sum())
    return float(true[2]) / about_work if about_work > 0 else None
