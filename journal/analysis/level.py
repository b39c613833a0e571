"""The level of each sentence: what the encoder and the constructions in it speak for, weighed together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.analysis.encoder import Encoded
from journal.analysis.evidence import GENERAL, evidence
from journal.analysis.reading import FOREIGN, Reading
from journal.analysis.rules import Hit, Rule, hits, score
from journal.domain import LEVELS, Evidence, Level

CONTEXT = "read together with the sentences beside it"


@dataclass(frozen=True, slots=True)
class LevelOf:
    """The level of one sentence, its probabilities, and what spoke for it."""

    level: Level
    p: Mapping[Level, float]
    evidence: tuple[Evidence, ...]
    sure: bool


class Levels:
    """A log-linear ensemble: softmax(bias + encoder_weight · encoder + rules_weight · Σ rules)."""

    def __init__(
        self,
        rules: Sequence[Rule],
        bias: Mapping[str, float],
        encoder_weight: float,
        rules_weight: float,
        sure_from: float,
    ) -> None:
        self.rules = rules
        self.bias = bias
        self.encoder_weight = encoder_weight
        self.rules_weight = rules_weight
        self.sure_from = sure_from
        """Top probability below which the analysis would rather not say."""

    def read(self, readings: Sequence[Reading], encoded: Sequence[Encoded]) -> list[LevelOf]:
        """One answer for each sentence of a text, in order."""
        return [self._one(reading, of) for reading, of in zip(readings, encoded, strict=True)]

    def _one(self, reading: Reading, encoded: Encoded) -> LevelOf:
        if FOREIGN in reading.traits:
            return LevelOf("other", {level: float(level == "other") for level in LEVELS}, (), sure=False)
        found = hits(self.rules, reading)
        scores = {}
        for place, level in enumerate(LEVELS):
            weighed = self.encoder_weight * encoded.level[place] + self.rules_weight * score(found, level)
            scores[level] = self.bias[level] + weighed
        top = max(scores.values())
        raised = {level: math.exp(scores[level] - top) for level in LEVELS}
        total = sum(raised.values())
        p = {level: raised[level] / total for level in LEVELS}
        best: Level = max(LEVELS, key=lambda level: p[level])
        return LevelOf(best, p, self._reasons(reading, found, best), p[best] >= self.sure_from)

    @staticmethod
    def _reasons(reading: Reading, found: list[Hit], best: Level) -> tuple[Evidence, ...]:
        if best == "other":
            return ()
        if reasons := evidence(reading, found, best):
            return reasons
        why = CONTEXT if "fragment" in reading.traits else GENERAL
        return (Evidence(reading.start, reading.end, why),)
