"""The level of each sentence: what the encoder and the constructions in it speak for, weighed together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.analysis.encoder import Encoded
from journal.analysis.evidence import GENERAL, evidence
from journal.analysis.reading import Reading
from journal.analysis.rules import Hit, Rule, hits, score
from journal.domain import LEVELS, Evidence, Level

CONTEXT = "read together with the sentences beside it"


ASSERTED = 1.6
"""Summed weight from which a sentence itself asserts a level."""


@dataclass(frozen=True, slots=True)
class LevelOf:
    """The level of one sentence, its probabilities, and what spoke for it."""

    level: Level
    p: Mapping[Level, float]
    evidence: tuple[Evidence, ...]
    sure: bool


class Levels:
    """A log-linear ensemble: softmax(bias + encoder_weight · encoder + rules_weight · (Σ rules + neighbours))."""

    def __init__(
        self,
        rules: Sequence[Rule],
        bias: Mapping[str, float],
        encoder_weight: float,
        rules_weight: float,
        sure_from: float,
        neighbour: float,
        fragment: float,
        highest_wins: float,
    ) -> None:
        self.rules = rules
        self.bias = bias
        self.encoder_weight = encoder_weight
        self.rules_weight = rules_weight
        self.sure_from = sure_from
        self.neighbour = neighbour
        """Weight of what the sentences before and after speak for."""
        self.fragment = fragment
        """The same for a fragment, which leans on what it completes."""
        self.highest_wins = highest_wins
        """Added to `system` where the sentence asserts it: the highest level asserted wins."""

    def read(self, readings: Sequence[Reading], encoded: Sequence[Encoded]) -> list[LevelOf]:
        """One answer for each sentence of a text, in order."""
        found = [hits(self.rules, reading) for reading in readings]
        alone = [{level: score(hit, level) for level in LEVELS} for hit in found]
        return [self._one(i, readings[i], found[i], alone, encoded[i]) for i in range(len(readings))]

    def _one(
        self, i: int, reading: Reading, found: list[Hit], alone: Sequence[Mapping[Level, float]], encoded: Encoded
    ) -> LevelOf:
        share = self.fragment if "fragment" in reading.traits else self.neighbour
        before = alone[i - 1] if i else None
        after = alone[i + 1] if i + 1 < len(alone) else None
        scores = {}
        for place, level in enumerate(LEVELS):
            beside = (0.65 * before[level] if before else 0) + (0.35 * after[level] if after else 0)
            lift = self.highest_wins if level == "system" and alone[i]["system"] >= ASSERTED else 0
            rules = alone[i][level] + lift + share * beside
            scores[level] = self.bias[level] + self.encoder_weight * encoded.level[place] + self.rules_weight * rules
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
