"""What a person's own answers teach about how they write: a small, cautious tilt of the model's probabilities.

For each level one number is added to the model's log-probability. The numbers are the maximum a posteriori estimate
under a Gaussian prior around zero, so that few answers barely move anything, and the model is never forgotten.

People answer what looks wrong to them more readily than what looks right. Taken at face value, such answers teach
that the model is wrong everywhere. So the chance of the answer y to a sentence with the model's probabilities q, of
which the screen said s, is taken as

    P(y | q, s) ∝ q_y · exp(bias_y + readiness · [y ≠ s])

where `readiness`, how much sooner a person speaks up to disagree, is fitted together with the biases and then thrown
away. (Conditioning on the response in this way is that of case-control studies: Prentice and Pyke, Biometrika 1979.)
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from journal.domain import LEVELS, Analysis, Evidence, Level, Sentence, likeliest
from journal.errors import AnalysisUnavailable
from journal.resources import bundled

FEWEST = 20
"""Answers before anything is learnt."""
PRECISION = 20.0
"""Of the prior on each bias. The gap between two biases cannot exceed 2n / PRECISION after n answers: 20 answers all of
one kind make it 2.0 at most, and leave a sentence where it is that the model gives .9 (a gap of 2.2)."""
READINESS_PRECISION = 0.1
"""Of the prior on the readiness to disagree: hardly any opinion."""
NOTICEABLE = 0.2
"""A change of a bias, in log-odds, worth counting the whole history anew for."""
FLOOR = 1e-4
"""The least probability taken of a level."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person said of one sentence, beside what the model by itself makes of it."""

    p: Mapping[Level, float]
    shown: Level
    """The level that stood beside the sentence when they said so."""
    said: Level


@dataclass(frozen=True, slots=True)
class WriterCalibration:
    """How one model's probabilities are tilted for one writer."""

    model: str
    sure_from: float
    """The model's own threshold: a likeliest level below it is not said with confidence."""
    answers: int = 0
    bias: Mapping[Level, float] = field(default_factory=lambda: dict.fromkeys(LEVELS, 0.0))
    """Added to the log-probability of each level; the four sum to zero."""
    number: int = 0
    """Rises with every one that is put to use; 0 for none."""

    def moved_from(self, other: WriterCalibration | None) -> bool:
        """Whether some level counts noticeably otherwise than under another one, or under none."""
        before = other.bias if other else dict.fromkeys(LEVELS, 0.0)
        return max(abs(self.bias[level] - before[level]) for level in LEVELS) >= NOTICEABLE


def fit(answers: Sequence[Answer], model: str, sure_from: float) -> WriterCalibration:
    """What these answers teach, by Newton's method on the penalised likelihood above, which has one maximum."""
    import numpy as np  # 0.1 s; only where somebody has answered often enough

    if not answers:
        return WriterCalibration(model, sure_from)
    offset = np.log(np.maximum([[answer.p[level] for level in LEVELS] for answer in answers], FLOOR))
    said = np.array([[level == answer.said for level in LEVELS] for answer in answers], dtype=float)
    against = np.array([[level != answer.shown for level in LEVELS] for answer in answers], dtype=float)
    each = np.broadcast_to(np.eye(len(LEVELS)), (len(answers), len(LEVELS), len(LEVELS)))
    traits = np.concatenate([each, against[:, :, None]], axis=2)  # answer × level × (four biases, readiness)
    precision = np.array([PRECISION] * len(LEVELS) + [READINESS_PRECISION])

    def chances(x: Any) -> Any:
        score = offset + traits @ x
        raised = np.exp(score - score.max(axis=1, keepdims=True))
        return raised / raised.sum(axis=1, keepdims=True)

    def gain(x: Any) -> float:
        return float((said * np.log(np.maximum(chances(x), 1e-300))).sum() - (precision * x * x).sum() / 2)

    x = np.zeros(len(precision))
    for _ in range(100):
        p = chances(x)
        mean = np.einsum("nk,nkf->nf", p, traits)
        slope = np.einsum("nk,nkf->f", said - p, traits) - precision * x
        curve = np.einsum("nk,nkf,nkg->fg", p, traits, traits) - mean.T @ mean + np.diag(precision)
        step = np.linalg.solve(curve, slope)
        while gain(x + step) < gain(x) and np.abs(step).max() > 1e-9:
            step = step / 2
        x = x + step
        if np.abs(step).max() < 1e-9:
            break
    bias = {level: float(value) for level, value in zip(LEVELS, x, strict=False)}
    return WriterCalibration(model, sure_from, len(answers), bias)


def apply(analysis: Analysis, calibration: WriterCalibration) -> Analysis:
    """The reading as tilted for the writer; its `model` says so. Untouched where it is another model's."""
    if analysis.model != calibration.model or not calibration.number:
        return analysis
    sentences = tuple(_tilted(sentence, calibration) for sentence in analysis.sentences)
    return Analysis(f"{analysis.model}+you-{calibration.number}", sentences)


def unread(p: Mapping[Level, float]) -> bool:
    """Whether nothing was said of a sentence, as of one in another language: there is nothing to tilt or learn from."""
    return p["other"] == 1


def _tilted(sentence: Sentence, calibration: WriterCalibration) -> Sentence:
    if unread(sentence.p):
        return sentence
    raised = {level: sentence.p[level] * math.exp(calibration.bias[level]) for level in LEVELS}
    total = sum(raised.values())
    p = {level: value / total for level, value in raised.items()}
    level = likeliest(p)
    evidence = sentence.evidence
    if level != sentence.level:  # the words that spoke for the one do not speak for the other
        evidence = (Evidence(sentence.start, sentence.end, f"{sentence.level} at first; your answers tipped it"),)
    return replace(sentence, level=level, p=p, evidence=evidence, sure=p[level] >= calibration.sure_from)


@functools.cache
def sure_from() -> float:
    """The threshold of the bundled model; raises AnalysisUnavailable where its settings cannot be read."""
    try:
        with (bundled("models") / "config" / "pipeline.toml").open("rb") as file:
            return float(tomllib.load(file)["small_l_level"]["sure_from"])
    except (OSError, KeyError, ValueError, TypeError):
        raise AnalysisUnavailable(
            "The settings of the language model cannot be read.",
            "Install the journal again: pip install --force-reinstall small-l",
        ) from None


def to_dict(calibration: WriterCalibration) -> dict[str, Any]:
    """A calibration as JSON can keep it."""
    return {name: getattr(calibration, name) for name in WriterCalibration.__slots__} | {"bias": dict(calibration.bias)}


def from_dict(raw: object) -> WriterCalibration | None:
    """The calibration that was kept; None where there is none, or none that this version understands."""
    try:
        return WriterCalibration(**raw) if isinstance(raw, dict) and set(raw["bias"]) == set(LEVELS) else None
    except (KeyError, TypeError):
        return None
