"""Section: how far two people agree who label the same sentences without knowing of each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evaluation import markdown as md
from evaluation.agreement import (
    confusion,
    estimate,
    kappa,
    macro_f1,
    micro_f1,
    scores_of_marks,
    scores_of_table,
)
from evaluation.corpus import Labelled, Text
from evaluation.labels import Labels, Part, of_readers
from evaluation.level import crossed
from evaluation.shares import FEWEST, Shares, r_of
from journal.domain import ACTS, FRAMES, LEVELS


def section(read_twice: Sequence[tuple[Text, tuple[Labelled, ...]]]) -> str:
    """The section; each text comes with what the second reader said of its sentences."""
    part = Part(tuple(text for text, _ in read_twice), ())
    second = of_readers([sentence for _, sentences in read_twice for sentence in sentences])
    first, writers = part.truth, part.writers
    level = confusion(first.level, second.level)
    shares = Shares(part, part.counts(second.p))
    rows = [
        ["level, κ", estimate(writers, lambda i: kappa(confusion(first.level[i], second.level[i])))],
        ["level, agreement", estimate(writers, lambda i: float((first.level[i] == second.level[i]).mean()))],
        [
            "level, macro-F1",
            estimate(writers, lambda i: macro_f1(scores_of_table(confusion(first.level[i], second.level[i])))),
        ],
        ["acts, micro-F1", estimate(writers, lambda i: micro_f1(first.acts[i], second.acts[i]))],
        ["frames, micro-F1", estimate(writers, lambda i: micro_f1(first.frames[i], second.frames[i]))],
        [f"system share of an entry, r ({len(shares.true)} entries)", r_of(shares)],
    ]
    return "\n\n".join(
        [
            "### How far two readers agree",
            f"{len(part.said)} sentences in {len(part.texts)} entries by {len(set(writers))} writers were labelled "
            "a second time from the codebook by a reader who had not seen the first labels. What the model reaches is "
            f"to be read beside this. Entries with at least {FEWEST} classifiable sentences count for r.",
            md.table(["two readers", "(95 % interval)"], [[name, md.numbers(found)] for name, found in rows]),
            "Rows: the first reader; columns: the second.",
            crossed(level, "first"),
            "F1 of the second reader against the first, which is the same the other way round:",
            md.table(["label", "n first", "n second", "F1"], _each(first, second)),
        ]
    )


def _each(first: Labels, second: Labels) -> list[list[str]]:
    of = np.eye(len(LEVELS), dtype=bool)
    rows = []
    for names, one, two in (
        (LEVELS, of[first.level], of[second.level]),
        (ACTS, first.acts, second.acts),
        (FRAMES, first.frames, second.frames),
    ):
        found = scores_of_marks(one, two)
        rows += [
            [name, str(found.n[at]), str(two[:, at].sum()), md.number(found.f1[at])] for at, name in enumerate(names)
        ]
    return rows
