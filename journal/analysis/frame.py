"""How a sentence treats clinical work: production, problem solving, learning; most sentences say nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journal.analysis.evidence import evidence
from journal.analysis.reading import Reading
from journal.analysis.rules import Rule, hits, score
from journal.domain import FRAMES, Evidence, Frame


@dataclass(frozen=True, slots=True)
class FrameOf:
    """The frame of one sentence, if any, and the words that show it."""

    frame: Frame | None
    evidence: tuple[Evidence, ...]


class Frames:
    """The frame whose rules weigh most, where they reach the threshold."""

    def __init__(self, rules: Sequence[Rule], threshold: float) -> None:
        self.rules = rules
        self.threshold = threshold

    def read(self, readings: Sequence[Reading]) -> list[FrameOf]:
        """One answer for each reading of a text, in order."""
        return [self._one(reading) for reading in readings]

    def _one(self, reading: Reading) -> FrameOf:
        found = hits(self.rules, reading)
        best = max(FRAMES, key=lambda frame: score(found, frame))
        if score(found, best) < self.threshold:
            return FrameOf(None, ())
        return FrameOf(best, evidence(reading, found, best)[:1])
