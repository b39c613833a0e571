"""Acts of small-l leadership in each sentence, any number, each from a construction that shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal.analysis.evidence import evidence
from journal.analysis.reading import Reading
from journal.analysis.rules import Rule, hits, score
from journal.domain import ACTS, Act, Evidence


@dataclass(frozen=True, slots=True)
class ActsOf:
    """The acts of one sentence and the words that show them."""

    acts: tuple[Act, ...]
    evidence: tuple[Evidence, ...]


class Acts:
    """An act counts where the weights of the rules for it reach the threshold."""

    def __init__(self, rules: Sequence[Rule], threshold: float) -> None:
        self.rules = rules
        self.threshold = threshold

    def read(self, readings: Sequence[Reading]) -> list[ActsOf]:
        """One answer for each reading of a text, in order."""
        return [self._one(reading) for reading in readings]

    def _one(self, reading: Reading) -> ActsOf:
        found = hits(self.rules, reading)
        acts = tuple(act for act in ACTS if score(found, act) >= self.threshold)
        return ActsOf(acts, tuple(item for act in acts for item in evidence(reading, found, act)[:1]))
