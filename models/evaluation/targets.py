"""Section: what was asked of the model before it was trained, and whether it is met."""

from __future__ import annotations

from collections.abc import Callable

from evaluation import markdown as md
from evaluation.acts import micro_f1_of
from evaluation.adversarial import Tried
from evaluation.agreement import Estimate
from evaluation.labels import Labels, Part
from evaluation.level import kappa_gained, kappa_of, macro_f1_of
from evaluation.shares import by_probabilities, r_of


def section(part: Part, words: Labels, tried: Tried) -> str:
    """The section; a mark is met with certainty only where the whole interval lies on its side."""
    acts = micro_f1_of(part, part.truth.acts, part.model.acts)
    rows = [
        _least("level, macro-F1", 0.75, macro_f1_of(part, part.model)),
        _least("level, κ", 0.68, kappa_of(part, part.model)),
        _least("level, κ above that of TF-IDF", 0.15, kappa_gained(part, part.model, words)),
        _least("acts, micro-F1", 0.65, acts),
        _least("system share of an entry, r", 0.85, r_of(by_probabilities(part))),
        _most("errors on jargon and trigger words", "≤ 10 %", 0.10, md.percents, tried.errors_by_words_alone),
        _most("second-language gap", "≤ 5 points", 0.05, md.points, tried.gap(tried.wrong)),
    ]
    return "\n\n".join(
        [
            "### What was asked of it in advance",
            md.table(["on unseen writers", "asked", "reached (95 % interval)", "met"], rows),
            "Each letter of the corpus was written by one hand and labelled by another. Each test letter by itself:",
            md.table(["letter", "writers", "sentences", "κ", "macro-F1", "acts, micro-F1", "r"], _letters(part)),
        ]
    )


def _letters(part: Part) -> list[list[str]]:
    rows = []
    for letter in sorted({text.writer[:1] for text in part.texts}):
        own = part.of(letter)
        found = (
            kappa_of(own, own.model),
            macro_f1_of(own, own.model),
            micro_f1_of(own, own.truth.acts, own.model.acts),
            r_of(by_probabilities(own)),
        )
        rows.append([letter, str(len(set(own.writers))), str(len(own.said)), *map(md.numbers, found)])
    return rows


def verdict(met: bool, surely: bool) -> str:
    """Yes only where the interval agrees."""
    if met:
        return "yes" if surely else "yes, but chance is not ruled out"
    return "no"


def _least(name: str, mark: float, found: Estimate) -> list[str]:
    return [name, f"≥ {mark:.2f}", md.numbers(found), verdict(found.value >= mark, found.low >= mark)]


def _most(name: str, asked: str, mark: float, written: Callable[[Estimate], str], found: Estimate) -> list[str]:
    return [name, asked, written(found), verdict(found.value <= mark, found.high <= mark)]
