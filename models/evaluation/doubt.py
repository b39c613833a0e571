"""Section: whether the model knows when it does not know."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation import markdown as md
from evaluation.agreement import Bin, brier, calibration_error, confusion, estimate, kappa, reliability
from evaluation.labels import Labels, Marks, Part
from evaluation.level import SYSTEM
from journal.domain import LEVELS


def section(part: Part, train: Labels) -> str:
    """The section of the test writers; the training labels give the scores of someone who knows only how common
    each level is."""
    model, true = part.model, part.truth.level
    right = model.level == true
    common = np.tile(np.bincount(train.level, minlength=len(LEVELS)) / len(train.level), (len(true), 1))
    top = reliability(model.p.max(axis=1), right)
    system = reliability(model.p[:, SYSTEM], true == SYSTEM)
    known = md.number(brier(common, true), 3)
    return "\n\n".join(
        [
            "### Not sure, and calibration",
            md.table(["the model says", "sentences", "share", "agreement", "κ"], _said_so(part, right)),
            "The answer given, by its probability. Expected calibration error "
            f"{md.number(calibration_error(top), 3)}. Brier score over the four levels "
            f"{md.number(brier(model.p, true), 3)}; from knowing only how common each level is, {known}.",
            _bins(top, "right"),
            "The probability of `system`, which is what the journal sums. Expected calibration error "
            f"{md.number(calibration_error(system), 3)}.",
            _bins(system, "labelled system"),
        ]
    )


def _said_so(part: Part, right: Marks) -> list[list[str]]:
    rows = []
    for name, of in (("it is sure", part.model.sure), ("not sure", ~part.model.sure)):
        if not of.any():
            rows.append([name, "0", md.percent(0.0), "–", "–"])
            continue
        agreed = estimate(part.writers[of], lambda rows, of=of: float(right[of][rows].mean()))
        beyond = kappa(confusion(part.truth.level[of], part.model.level[of]))
        rows.append(
            [name, str(int(of.sum())), md.percent(float(of.mean())), md.numbers(agreed), md.number(beyond)],
        )
    return rows


def _bins(bins: Sequence[Bin], outcome: str) -> str:
    return md.table(
        ["probability", "sentences", "mean probability", f"share {outcome}"],
        [[f"{b.low:.1f} to {b.high:.1f}", str(b.n), md.number(b.said, 2), md.number(b.came_true, 2)] for b in bins],
    )
