"""The model's error rates as data, for the shift and the views to reckon with."""

from __future__ import annotations

from evaluation.agreement import scores_of_marks
from evaluation.labels import Part
from journal.domain import ACTS, FRAMES, LEVELS

HEAD = """\
# How often the model errs. Written by models/evaluate.py.
#
# confusion: [level as labelled], then the mean probability the model gives each level, on {dev} sentences by the dev
# writers. found: recall and precision of acts and frames, on {test} sentences by the test writers.
"""


def confusion(part: Part) -> dict[str, dict[str, float]]:
    """`[true][read]`: the mean probability of each level over the sentences of a true level.

    Mean probabilities, not winners, because the shift sums probabilities; each row adds to 1.
    """
    found = {}
    for place, level in enumerate(LEVELS):
        row = part.model.p[part.truth.level == place].mean(axis=0)
        found[level] = dict(zip(LEVELS, (row / row.sum()).tolist(), strict=True))
    return found


def marks(part: Part) -> dict[str, dict[str, float]]:
    """Recall and precision of each act and frame."""
    found = {}
    for names, true, read in (
        (ACTS, part.truth.acts, part.model.acts),
        (FRAMES, part.truth.frames, part.model.frames),
    ):
        scores = scores_of_marks(true, read)
        for at, name in enumerate(names):
            found[name] = {"recall": float(scores.recall[at]), "precision": float(scores.precision[at])}
    return found


def as_toml(dev: Part, test: Part) -> str:
    """Both as TOML, as `journal.analysis.rates` reads them."""
    blocks = [HEAD.format(dev=len(dev.said), test=len(test.said))]
    for table, rows in (("confusion", confusion(dev)), ("found", marks(test))):
        for name, row in rows.items():
            lines = (f"{key} = {rate:.4f}" for key, rate in row.items())
            blocks.append("\n".join([f"[{table}.{name}]", *lines]) + "\n")
    return "\n".join(blocks)
