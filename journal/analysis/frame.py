"""How a sentence treats clinical work: production, problem solving, learning; most sentences say nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal.analysis.encoder import Encoded
from journal.analysis.evidence import GENERAL, evidence
from journal.analysis.reading import FOREIGN, Reading
from journal.analysis.rules import Rule, hits, score
from journal.domain import FRAMES, Evidence, Frame


@dataclass(frozen=True, slots=True)
class FrameOf:
    """The frame of one sentence, if any, and the words that show it."""

    frame: Frame | None
    evidence: tuple[Evidence, ...]


class Frames:
    """The likeliest frame, where its log-odds against none, encoder + rules_weight · Σ rules, reach the threshold."""

    def __init__(self, rules: Sequence[Rule], threshold: float, rules_weight: float) -> None:
        self.rules = rules
        self.threshold = threshold
        self.rules_weight = rules_weight

    def read(self, readings: Sequence[Reading], encoded: Sequence[Encoded]) -> list[FrameOf]:
        """One answer for each sentence of a text, in order."""
        return [self._one(reading, of) for reading, of in zip(readings, encoded, strict=True)]

    def _one(self, reading: Reading, encoded: Encoded) -> FrameOf:
        if FOREIGN in reading.traits:
            return FrameOf(None, ())
        found = hits(self.rules, reading)
        none, *some = encoded.frame
        odds = {
            frame: some[place] - none + self.rules_weight * score(found, frame) for place, frame in enumerate(FRAMES)
        }
        best = max(FRAMES, key=lambda frame: odds[frame])
        if odds[best] < self.threshold:
            return FrameOf(None, ())
        return FrameOf(best, evidence(reading, found, best)[:1] or (Evidence(reading.start, reading.end, GENERAL),))
