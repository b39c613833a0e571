"""The model's error rates as data, for the shift to reckon with."""

from __future__ import annotations

from evaluation.labels import Part
from journal.domain import LEVELS

HEAD = """\
# How the model reads sentences of each level, measured on {sentences} sentences by {writers} writers that set its
# weights (not on the test writers): [level as labelled], then the mean probability the model gives each level.
# Written by models/evaluate.py.
"""


def rates(part: Part) -> dict[str, dict[str, float]]:
    """`rates[true][read]`: the mean probability of each level over the sentences of a true level.

    Mean probabilities, not winners, because the shift sums probabilities; each row adds to 1.
    """
    found = {}
    for place, level in enumerate(LEVELS):
        row = part.model.p[part.truth.level == place].mean(axis=0)
        found[level] = dict(zip(LEVELS, (row / row.sum()).tolist(), strict=True))
    return found


def as_toml(part: Part) -> str:
    """The same as TOML, in the shape that `shift(confusion=…)` takes."""
    blocks = [HEAD.format(sentences=len(part.said), writers=len(set(part.writers)))]
    for level, row in rates(part).items():
        blocks.append("\n".join([f"[{level}]", *(f"{name} = {rate:.4f}" for name, rate in row.items())]) + "\n")
    return "\n".join(blocks)
