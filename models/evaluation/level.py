"""Section: the level of each sentence, beside word statistics and counts of words."""

from __future__ import annotations

import numpy as np

from evaluation import markdown as md
from evaluation.agreement import Estimate, confusion, estimate, kappa, macro_f1, scores_of_marks, scores_of_table
from evaluation.labels import Labels, Marks, Part
from evaluation.words import FIRST_PLURAL, LIST, WORD_LIST, holds
from journal.domain import LEVELS

SYSTEM = LEVELS.index("system")


def kappa_of(part: Part, labels: Labels) -> Estimate:
    """κ of some labels with the truth."""
    true, read = part.truth.level, labels.level
    return estimate(part.writers, lambda rows: kappa(confusion(true[rows], read[rows])))


def macro_f1_of(part: Part, labels: Labels) -> Estimate:
    """Macro-F1 of some labels."""
    true, read = part.truth.level, labels.level
    return estimate(part.writers, lambda rows: macro_f1(scores_of_table(confusion(true[rows], read[rows]))))


def agreement_of(part: Part, labels: Labels) -> Estimate:
    """The share of sentences with the same level."""
    same = part.truth.level == labels.level
    return estimate(part.writers, lambda rows: float(same[rows].mean()))


def kappa_gained(part: Part, labels: Labels, over: Labels) -> Estimate:
    """How much higher κ is than that of other labels of the same sentences."""
    true, read, other = part.truth.level, labels.level, over.level
    return estimate(
        part.writers,
        lambda rows: kappa(confusion(true[rows], read[rows])) - kappa(confusion(true[rows], other[rows])),
    )


def section(part: Part, words: Labels) -> str:
    """The section of the test writers; `words` are the labels by word statistics."""
    return "\n\n".join(
        [
            "### Level, on writers it has never seen",
            f"{len(part.said):,} sentences in {len(part.texts)} entries by {len(set(part.writers))} writers. The model "
            f"finds the sentences itself: {md.percent(part.cut_alike)} of them begin and end where the reader's do. "
            "TF-IDF of words (1–2) and characters (3–5) with logistic regression is given the reader's sentences and "
            "learns from the same writers, its strength chosen on the dev writers. Intervals are 95 %, from drawing "
            "whole writers again 1,000 times.",
            _overall(part, words),
            _classes(part, words),
            "Rows: as labelled; columns: as read.",
            crossed(confusion(part.truth.level, part.model.level)),
            "`system` against the rest. The word list is "
            f"{LIST.replace('*', '…')}; “we” is any first-person plural pronoun.",
            _system(part, words),
        ]
    )


def crossed(counts: np.ndarray, rows: str = "labelled") -> str:
    """A (true × read) table with the share of each row."""
    body = []
    for level, row in zip(LEVELS, counts, strict=True):
        cells = [f"{n} ({100 * n / max(1, row.sum()):.0f} %)" for n in row]
        body.append([level, *cells])
    return md.table([f"{rows} ↓", *LEVELS], body)


def _overall(part: Part, words: Labels) -> str:
    rows = [
        [name, md.numbers(kappa_of(part, of)), md.numbers(macro_f1_of(part, of)), md.numbers(agreement_of(part, of))]
        for name, of in (("this model", part.model), ("TF-IDF + logistic regression", words))
    ]
    gained = ["the first less the second", md.numbers(kappa_gained(part, part.model, words)), "", ""]
    return md.table(["", "κ", "macro-F1", "agreement"], [*rows, gained])


def _classes(part: Part, words: Labels) -> str:
    found = scores_of_table(confusion(part.truth.level, part.model.level))
    other = scores_of_table(confusion(part.truth.level, words.level))
    rows = [
        [level, str(found.n[at]), *(md.number(of[at]) for of in (found.precision, found.recall, found.f1, other.f1))]
        for at, level in enumerate(LEVELS)
    ]
    return md.table(["level", "n", "precision", "recall", "F1", "F1 of TF-IDF"], rows)


def _system(part: Part, words: Labels) -> str:
    predictors = {
        "this model": part.model.level == SYSTEM,
        "TF-IDF + logistic regression": words.level == SYSTEM,
        "a word of the list": holds(WORD_LIST, part.said),
        "“we”": holds(FIRST_PLURAL, part.said),
    }
    return md.table(
        ["read as system by", "precision", "recall", "F1", "κ"],
        [[name, *_one(part, marks)] for name, marks in predictors.items()],
    )


def _one(part: Part, marks: Marks) -> list[str]:
    true = part.truth.level == SYSTEM
    found = scores_of_marks(true[:, None], marks[:, None])
    tables = true.astype(np.int64), marks.astype(np.int64)
    agreed = estimate(part.writers, lambda rows: kappa(confusion(tables[0][rows], tables[1][rows], 2)))
    return [*(md.number(float(of[0])) for of in (found.precision, found.recall, found.f1)), md.numbers(agreed)]
