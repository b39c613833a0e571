"""`python -m journal.analysis.evaluate FILE`: how well the model agrees with a labelled corpus, as Markdown.

The corpus is JSON lines of {"text", "sentences": [{start, end, level, acts, frame}]}; each labelled sentence is
compared with the model's sentence that shares most characters with it.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.analysis.analyser import Analyser
from journal.domain import ACTS, FRAMES, LEVELS, Analysis, Sentence
from journal.errors import JournalError

RESAMPLES, SEED = 1000, 20100304


@dataclass(frozen=True, slots=True)
class Compared:
    """One labelled sentence and what the model said of it."""

    gold: dict[str, Any]
    read: Sentence


def compare(text: str, gold: Sequence[dict[str, Any]], analysis: Analysis) -> list[Compared]:
    """Each labelled sentence of one text with the model's sentence that overlaps it most."""
    if not analysis.sentences:
        return []

    def shared(item: dict[str, Any]) -> Callable[[Sentence], int]:
        return lambda s: min(s.end, item["end"]) - max(s.start, item["start"])

    return [Compared(item, max(analysis.sentences, key=shared(item))) for item in gold]


def kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's κ (1960): agreement beyond what the two margins give by chance; 0 where undefined."""
    n = len(pairs)
    chance = sum(sum(a == k for a, _ in pairs) * sum(b == k for _, b in pairs) for k in LEVELS) / n**2 if n else 1
    return 0.0 if chance == 1 else (sum(a == b for a, b in pairs) / n - chance) / (1 - chance)


def interval(entries: Sequence[Sequence[tuple[str, str]]]) -> tuple[float, float]:
    """95 % percentile interval of κ, resampling whole entries (sentences of one entry are not independent)."""
    chooser = random.Random(SEED)  # noqa: S311
    found = sorted(
        kappa([pair for entry in chooser.choices(entries, k=len(entries)) for pair in entry]) for _ in range(RESAMPLES)
    )
    return found[int(0.025 * RESAMPLES)], found[int(0.975 * RESAMPLES) - 1]


def table(entries: Sequence[Sequence[Compared]]) -> str:
    """The Markdown report: κ with its interval, then precision, recall and F1 of every class."""
    pairs = [[(item.gold["level"], item.read.level) for item in entry] for entry in entries]
    flat = [pair for entry in pairs for pair in entry]
    low, high = interval(pairs)
    every = [item for entry in entries for item in entry]
    right = sum(a == b for a, b in flat) / max(1, len(flat))
    lines = [
        f"{len(flat)} sentences in {len(entries)} entries; level κ {kappa(flat):.2f} ({low:.2f} to {high:.2f}), "
        f"agreement {right:.2f}",
        "",
        "| class | labelled | precision | recall | F1 |",
        "| --- | --- | --- | --- | --- |",
        *(_row(k, [(i.gold["level"] == k, i.read.level == k) for i in every]) for k in LEVELS),
        *(_row(k, [(k in i.gold.get("acts", ()), k in i.read.acts) for i in every]) for k in ACTS),
        *(_row(k, [(i.gold.get("frame") == k, i.read.frame == k) for i in every]) for k in FRAMES),
    ]
    return "\n".join(lines)


def _row(name: str, pairs: Sequence[tuple[bool, bool]]) -> str:
    both, labelled = sum(a and b for a, b in pairs), sum(a for a, _ in pairs)
    given = sum(b for _, b in pairs)
    precision, recall = both / given if given else 0.0, both / labelled if labelled else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return f"| {name} | {labelled} | {precision:.2f} | {recall:.2f} | {f1:.2f} |"


def main(arguments: Sequence[str]) -> int:
    """Print the report for one corpus file."""
    if len(arguments) != 1:
        print("usage: python -m journal.analysis.evaluate FILE", file=sys.stderr)
        return 2
    corpus = [json.loads(line) for line in Path(arguments[0]).read_text(encoding="utf-8").splitlines() if line]
    analyser = Analyser()
    try:
        analyses = list(analyser.analyse_many(entry["text"] for entry in corpus))
        print(f"Model `{analyser.model}`\n")
    except JournalError as problem:
        print(f"{problem.title} {problem.advice}", file=sys.stderr)
        return 1
    print(table([compare(e["text"], e["sentences"], a) for e, a in zip(corpus, analyses, strict=True)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
