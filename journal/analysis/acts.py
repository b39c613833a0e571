"""Acts of small-l leadership in each sentence, any number, by the encoder and the constructions that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.analysis.encoder import Encoded
from journal.analysis.evidence import GENERAL, evidence
from journal.analysis.reading import FOREIGN, Reading
from journal.analysis.rules import Rule, hits, score
from journal.domain import ACTS, Act, Evidence


@dataclass(frozen=True, slots=True)
class ActsOf:
    """The acts of one sentence and the words that show them."""

    acts: tuple[Act, ...]
    evidence: tuple[Evidence, ...]


class Acts:
    """An act counts where its log-odds, encoder + rules_weight · Σ rules, reach that act's threshold."""

    def __init__(self, rules: Sequence[Rule], threshold: Mapping[str, float], rules_weight: float) -> None:
        self.rules = rules
        self.threshold = threshold
        self.rules_weight = rules_weight

    def read(self, readings: Sequence[Reading], encoded: Sequence[Encoded]) -> list[ActsOf]:
        """One answer for each sentence of a text, in order."""
        return [self._one(reading, of) for reading, of in zip(readings, encoded, strict=True)]

    def _one(self, reading: Reading, encoded: Encoded) -> ActsOf:
        if FOREIGN in reading.traits:
            return ActsOf((), ())
        found = hits(self.rules, reading)
        acts = tuple(
            act
            for place, act in enumerate(ACTS)
            if encoded.acts[place] + self.rules_weight * score(found, act) >= self.threshold[act]
        )
        whole = (Evidence(reading.start, reading.end, GENERAL),)
        return ActsOf(acts, tuple(item for act in acts for item in evidence(reading, found, act)[:1] or whole))
