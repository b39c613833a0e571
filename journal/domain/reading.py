"""What sentences are about: the construct of level, act and frame is Richard Bohmer's
("Leadership with a small 'l'", BMJ 2010;340:c483)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Level = Literal["task", "team", "system", "other"]
Act = Literal["framing", "design", "measure", "voice", "mistake", "invite", "silence", "barrier"]
Frame = Literal["production", "problem_solving", "learning"]

LEVELS: tuple[Level, ...] = get_args(Level)
ACTS: tuple[Act, ...] = get_args(Act)
FRAMES: tuple[Frame, ...] = get_args(Frame)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that moved a label, and why, in words a trainee reads."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence is about (`codebook` of the model card)."""

    start: int
    end: int
    level: Level
    p: Mapping[Level, float]
    """Probability of each level, summing to 1."""
    acts: tuple[Act, ...] = ()
    frame: Frame | None = None
    evidence: tuple[Evidence, ...] = ()
    sure: bool = True
    """False where the analysis would rather not say."""
    corrected: bool = False
    """True where the person has said what it is about, be it otherwise than the analysis or the same."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences at each level: whole when counted, fractional when probabilities were summed."""

    task: float = 0
    team: float = 0
    system: float = 0
    other: float = 0

    @property
    def classifiable(self) -> float:
        """Sentences at `task`, `team` or `system`: the n of every share."""
        return self.task + self.team + self.system


@dataclass(frozen=True, slots=True)
class Analysis:
    """A reading of one text by one version of the model."""

    model: str
    sentences: tuple[Sentence, ...]

    def counts(self) -> Counts:
        """How many sentences were read as each level."""
        found = [sentence.level for sentence in self.sentences]
        return Counts(*(found.count(level) for level in LEVELS))

    def expected(self) -> Counts:
        """The same from summed probabilities, which carry the model's doubt into every share."""
        return Counts(*(sum(sentence.p[level] for sentence in self.sentences) for level in LEVELS))


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person said one of their sentences is about; it wins over the model, and outlasts it."""

    entry_id: str
    revision: int
    start: int
    end: int
    level: Level
    shown: Level
    """The level that stood beside the sentence when they said so; the same as `level` where they agreed."""
    model: str
    p: Mapping[Level, float]
    """The model's own probabilities at the time, before anything it learnt of this writer."""
    at: str
    acts: tuple[Act, ...] | None = None
    """None: they were asked of the level only, and the model's acts and frame stand."""
    frame: Frame | None = None

    @property
    def model_level(self) -> Level:
        """What the model by itself took the sentence for."""
        return likeliest(self.p)


SAID = "you said so"


def likeliest(p: Mapping[Level, float]) -> Level:
    """The level with the highest probability, the first in the order of LEVELS where some are equal."""
    return max(LEVELS, key=lambda level: p[level])


def corrected(analysis: Analysis, corrections: Iterable[Correction]) -> Analysis:
    """The reading with the person's own answers in it, each where a sentence begins and ends as it did."""
    said = {(answer.start, answer.end): answer for answer in corrections}
    if not said:
        return analysis
    sentences = (_corrected(s, said.get((s.start, s.end))) for s in analysis.sentences)
    return Analysis(analysis.model, tuple(sentences))


def _corrected(sentence: Sentence, said: Correction | None) -> Sentence:
    if said is None:
        return sentence
    agreed = said.acts is None and said.level == sentence.level
    return replace(
        sentence,
        level=said.level,
        p={level: float(level == said.level) for level in LEVELS},
        acts=sentence.acts if said.acts is None else said.acts,
        frame=sentence.frame if said.acts is None else said.frame,
        evidence=(Evidence(sentence.start, sentence.end, SAID), *(sentence.evidence if agreed else ())),
        sure=True,
        corrected=True,
    )
