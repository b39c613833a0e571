"""Section: sentences written to mislead a reader that goes by words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evaluation import markdown as md
from evaluation.agreement import Estimate, estimate, wilson
from evaluation.corpus import Case
from evaluation.labels import Labels, Marks, Part, Places
from evaluation.level import SYSTEM
from journal.domain import LEVELS

WORDS_ALONE = ("jargon", "trigger_words")
"""The kinds in which only the words speak for a higher level."""
EXAMPLES = 10


@dataclass(frozen=True)
class Tried:
    """The adversarial set as the model and the word statistics read it."""

    cases: tuple[Case, ...]
    part: Part
    words: Labels

    @cached_property
    def wrong(self) -> Marks:
        """(n) Where the model's level is not the one labelled."""
        return self.part.model.level != self.part.truth.level

    @cached_property
    def words_wrong(self) -> Marks:
        return self.words.level != self.part.truth.level

    @cached_property
    def kinds(self) -> Counter[str]:
        return Counter(case.kind for case in self.cases)

    def of(self, *kinds: str) -> Marks:
        """(n) Which cases are of these kinds."""
        return np.array([case.kind in kinds for case in self.cases])

    def pairs(self, kind: str) -> Places:
        """(pairs × 2) places of the cases of a kind that belong together, the fluent one first."""
        found: dict[str, list[int]] = {}
        for at, case in enumerate(self.cases):
            if case.kind == kind and case.pair:
                found.setdefault(case.pair, []).append(at)
        return np.array([sorted(two, key=lambda at: self.cases[at].variant or "") for _, two in sorted(found.items())])

    @cached_property
    def errors_by_words_alone(self) -> Estimate:
        """The share of jargon and trigger-word sentences with a wrong level."""
        wrong = self.wrong[self.of(*WORDS_ALONE)]
        return wilson(int(wrong.sum()), len(wrong))

    def gap(self, wrong: Marks) -> Estimate:
        """How much more often the fluent sentence of a pair is right than its second-language twin."""
        fluent, second = (~wrong[self.pairs("second_language")]).T.astype(float)
        return estimate(np.arange(len(fluent)), lambda rows: float((fluent - second)[rows].mean()))


def section(tried: Tried) -> str:
    """The section, without examples."""
    return "\n\n".join(
        [
            "### Adversarial sentences",
            f"{len(tried.cases)} sentences written apart from the corpus, {_accompanied(tried)} of them with a "
            "neighbour. An error is a wrong level. Intervals are Wilson's.",
            md.table(
                [
                    "kind",
                    "n",
                    "errors",
                    "wrong",
                    "read as system and is not",
                    "is system and missed",
                    "wrong by TF-IDF",
                ],
                [
                    *(_kind(tried, kind, kind) for kind in tried.kinds),
                    _kind(tried, "jargon and trigger words", *WORDS_ALONE),
                ],
            ),
            "Contrast pairs, one sentence at `task` and one at `system` on the same matter:",
            md.table(
                ["pairs", "n", "both right", "both right by TF-IDF"],
                [_both(tried, "blame_pattern"), _both(tried, "purpose")],
            ),
            "The same meaning in fluent and in second-language English (paired bootstrap):",
            _second_language(tried),
        ]
    )


def examples(tried: Tried) -> str:
    """Up to ten errors, the one the model was surest of in each kind first, then the next surest."""
    sure = tried.part.model.p.max(axis=1)
    rank: Counter[str] = Counter()
    order = []
    for at in sorted(np.flatnonzero(tried.wrong).tolist(), key=lambda at: (-sure[at], at)):
        kind = tried.cases[at].kind
        order.append((rank[kind], -sure[at], at))
        rank[kind] += 1
    items = [
        f"“{' '.join(tried.part.said[at].split())}” ({tried.cases[at].kind.replace('_', ' ')}) is "
        f"`{LEVELS[tried.part.truth.level[at]]}`, read as `{LEVELS[tried.part.model.level[at]]}` ({sure[at]:.2f})."
        for _, _, at in sorted(order)[:EXAMPLES]
    ]
    return f"### Some of these errors\n\n{md.listed(items)}"


def _accompanied(tried: Tried) -> int:
    return sum(case.text.text != case.text.said()[0] for case in tried.cases)


def _kind(tried: Tried, name: str, *kinds: str) -> list[str]:
    of = tried.of(*kinds)
    n, wrong = int(of.sum()), int(tried.wrong[of].sum())
    true, read = tried.part.truth.level[of] == SYSTEM, tried.part.model.level[of] == SYSTEM
    raised, missed = int((read & ~true).sum()), int((true & ~read).sum())
    words = md.percent(float(tried.words_wrong[of].mean()))
    label = name.replace("_", " ")
    return [label, str(n), str(wrong), md.percents(wilson(wrong, n)), str(raised), str(missed), words]


def _both(tried: Tried, kind: str) -> list[str]:
    pairs = tried.pairs(kind)
    right = [(~wrong[pairs]).all(axis=1) for wrong in (tried.wrong, tried.words_wrong)]
    shares = [md.percents(wilson(int(both.sum()), len(both))) for both in right]
    return [kind.replace("_", " "), str(len(pairs)), *shares]


def _second_language(tried: Tried) -> str:
    pairs = tried.pairs("second_language")
    rows = []
    for name, labels, wrong in (
        ("this model", tried.part.model, tried.wrong),
        ("TF-IDF + logistic regression", tried.words, tried.words_wrong),
    ):
        right = (~wrong[pairs]).mean(axis=0)
        same = float((labels.level[pairs[:, 0]] == labels.level[pairs[:, 1]]).mean())
        shares = [md.percent(float(share)) for share in right]
        rows.append([name, str(len(pairs)), *shares, md.points(tried.gap(wrong)), md.percent(same)])
    return md.table(["", "pairs", "fluent right", "second-language right", "gap", "same answer to both"], rows)
