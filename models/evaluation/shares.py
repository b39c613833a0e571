"""Section: the system share of a whole entry, which is what the journal shows over time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evaluation import markdown as md
from evaluation.agreement import Estimate, estimate, pearson, system_share
from evaluation.labels import Labels, Marks, Part, Rates
from evaluation.words import FIRST_PLURAL, WORD_LIST, holds
from journal.domain import LEVELS, Counts

FEWEST = 4
"""Classifiable sentences an entry needs here."""


class Shares:
    """True and read system share of the entries that have enough sentences and a share as read."""

    def __init__(self, part: Part, read: Sequence[Counts] | Rates) -> None:
        given = read if isinstance(read, np.ndarray) else system_share(read)
        counts = [text.counts() for text in part.texts]
        enough = np.array([count.classifiable >= FEWEST for count in counts]) & ~np.isnan(given)
        self.true: Rates = system_share(counts)[enough]
        self.read: Rates = given[enough]
        self.writers: NDArray[np.str_] = np.array([text.writer for text in part.texts])[enough]


def r_of(shares: Shares) -> Estimate:
    """Pearson's r of true and read share."""
    return estimate(shares.writers, lambda rows: pearson(shares.true[rows], shares.read[rows]))


def by_probabilities(part: Part) -> Shares:
    """The model's shares from summed probabilities, over all it read in an entry."""
    return Shares(part, [analysis.expected() for analysis in part.analyses])


def section(part: Part, words: Labels) -> str:
    """The section of the test writers."""
    counted = np.eye(len(LEVELS))[words.level]
    rows = {
        "this model, probabilities summed": by_probabilities(part),
        "this model, sentences counted": Shares(part, [analysis.counts() for analysis in part.analyses]),
        "TF-IDF, probabilities summed": Shares(part, part.counts(words.p)),
        "TF-IDF, sentences counted": Shares(part, part.counts(counted)),
        "sentences with a word of the list": Shares(part, _parts(part, holds(WORD_LIST, part.said))),
        "sentences with “we”": Shares(part, _parts(part, holds(FIRST_PLURAL, part.said))),
    }
    return "\n\n".join(
        [
            "### The system share of an entry",
            f"{len(rows['this model, probabilities summed'].true)} entries of the test writers with at least {FEWEST} "
            "classifiable sentences. Bias is the share as read less the share as labelled; error is its mean size.",
            md.table(
                ["share from", "Pearson r", "Spearman ρ", "bias", "error"],
                [[name, *_row(found, "sentences with" not in name)] for name, found in rows.items()],
            ),
        ]
    )


def _row(shares: Shares, same_scale: bool) -> list[str]:
    from scipy.stats import spearmanr  # a second to import

    ranks = float(spearmanr(shares.true, shares.read).statistic)
    gap = shares.read - shares.true
    bias = md.points(estimate(shares.writers, lambda rows: float(gap[rows].mean())))
    error = f"{md.number(100 * float(np.abs(gap).mean()), 1)} points"
    return [md.numbers(r_of(shares)), md.number(ranks), *((bias, error) if same_scale else ("–", "–"))]


def _parts(part: Part, marks: Marks) -> Rates:
    """The share of each entry's sentences that are marked."""
    return np.array([marks[part.owner == place].mean() for place in range(len(part.texts))])
