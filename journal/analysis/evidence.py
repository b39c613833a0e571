"""Evidence: the words a rule used, and its reason in plain words; nothing a rule did not use is claimed."""

from __future__ import annotations

from collections.abc import Iterable

from journal.analysis.reading import Reading
from journal.analysis.rules import Hit
from journal.domain import Evidence

GENERAL = "no single phrase decided; read from the sentence as a whole"
MOST = 3
"""Reasons shown for one label."""


def evidence(reading: Reading, found: Iterable[Hit], label: str) -> tuple[Evidence, ...]:
    """The strongest reasons for a label, at most three, each reason and each span once."""
    ranked = sorted(
        (hit for hit in found if hit.rule.weights.get(label, 0) > 0), key=lambda hit: -hit.rule.weights[label]
    )
    kept: list[Evidence] = []
    for hit in ranked:
        start, end = reading.characters(hit.first, hit.last)
        if all(item.why != hit.rule.why and (item.start, item.end) != (start, end) for item in kept):
            kept.append(Evidence(start, end, hit.rule.why))
    return tuple(kept[:MOST])
