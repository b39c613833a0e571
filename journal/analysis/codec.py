"""Analysis to a plain dict that JSON can carry, and back; the one shape every room and file uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from journal.domain import ACTS, FRAMES, LEVELS, Analysis, Evidence, Sentence
from journal.errors import BadInput


def to_dict(analysis: Analysis, id: str = "") -> dict[str, Any]:
    """{"id", "model", "sentences": [{start, end, level, p, acts, frame, evidence, sure}], "counts"}."""
    counts = analysis.counts()
    return {
        "id": id,
        "model": analysis.model,
        "sentences": [_sentence(sentence) for sentence in analysis.sentences],
        "counts": {level: int(getattr(counts, level)) for level in LEVELS},
    }


def from_dict(raw: Mapping[str, Any]) -> Analysis:
    """The Analysis of such a dict; raises BadInput where it has another shape."""
    try:
        return Analysis(str(raw["model"]), tuple(_read(item) for item in raw["sentences"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadInput("This analysis cannot be read.", "Let the entry be analysed again.") from None


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "level": sentence.level,
        "p": {level: round(sentence.p[level], 6) for level in LEVELS},
        "acts": list(sentence.acts),
        "frame": sentence.frame,
        "evidence": [{"start": e.start, "end": e.end, "why": e.why} for e in sentence.evidence],
        "sure": sentence.sure,
    }


def _read(raw: Mapping[str, Any]) -> Sentence:
    if raw["level"] not in LEVELS or raw["frame"] not in (*FRAMES, None) or not set(raw["acts"]) <= set(ACTS):
        raise ValueError
    return Sentence(
        int(raw["start"]),
        int(raw["end"]),
        raw["level"],
        {level: float(raw["p"][level]) for level in LEVELS},
        tuple(raw["acts"]),
        raw["frame"],
        tuple(Evidence(int(e["start"]), int(e["end"]), str(e["why"])) for e in raw["evidence"]),
        bool(raw["sure"]),
    )
