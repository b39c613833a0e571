"""The values that cross rooms: frozen, plain, and silent about journal text in their `repr`.

Text offsets are in characters (Unicode code points) of the text they belong to, end exclusive.
The construct of level, act and frame is Richard Bohmer's ("Leadership with a small 'l'", BMJ 2010;340:c483).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal, get_args

Level = Literal["task", "team", "system", "other"]
Act = Literal["framing", "design", "measure", "voice", "mistake", "invite", "silence", "barrier"]
Frame = Literal["production", "problem_solving", "learning"]
Family = Literal[
    "framing",
    "culture",
    "operating_system",
    "interdependence",
    "barriers",
    "measures",
    "being_and_doing",
    "neutral",
]
Energy = Literal["low", "medium", "high"]
Leaning = Literal["hard", "well", "open"]
ActState = Literal["open", "done", "not_yet", "dropped"]
ShiftState = Literal["too_early", "no_clear_change", "shifted"]

LEVELS: tuple[Level, ...] = get_args(Level)
ACTS: tuple[Act, ...] = get_args(Act)
FRAMES: tuple[Frame, ...] = get_args(Frame)
FAMILIES: tuple[Family, ...] = get_args(Family)

# --------------------------------------------------------------------------- prompts


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question about one concrete instance."""

    id: str
    family: Family
    question: str
    follow_ups: tuple[str, ...] = ()
    row: int = 0
    """Row of the essay it serves, 1 to 10; 0 for a neutral prompt."""
    settings: tuple[str, ...] = ()
    """Settings it suits; empty: any."""
    energy: Energy = "low"
    """The least energy it asks of a tired writer."""
    leaning: Leaning = "open"
    """Whether it asks after what was hard, what went well, or neither."""
    pair: str | None = None
    """The id of its counterpart of the other leaning."""
    own: bool = False
    """From the person's own prompt files."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A prompt for now, and why this one, in a phrase a person reads."""

    prompt: Prompt
    why: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A part of a person's own file that was skipped: where, and what to put right."""

    path: Path
    line: int
    message: str


# --------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Step:
    """One part of an entry written in steps, such as "So what?"."""

    name: str
    text: str = field(repr=False)


def join_steps(steps: Iterable[Step]) -> str:
    """The text of an entry written in steps: its parts with a blank line between."""
    return "\n\n".join(step.text for step in steps if step.text.strip())


@dataclass(frozen=True, slots=True)
class EntryContent:
    """All of an entry that its writer can change; what a revision keeps."""

    text: str = field(repr=False)
    steps: tuple[Step, ...] = field(default=(), repr=False)
    """Empty for free writing; else the parts that `text` joins with blank lines."""
    event_date: date | None = None
    """When it happened, where that is not the day of writing."""
    prompt_id: str | None = None
    prompt: str | None = field(default=None, repr=False)
    """The question as it was asked."""
    prompt_family: str | None = None
    placement: str | None = None
    setting: str | None = None
    role: str | None = None
    tags: tuple[str, ...] = ()
    analyse: bool = True
    """False: this entry is never analysed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A kept entry: its newest revision, and when it was written."""

    id: str
    """32 hexadecimal digits."""
    written: str
    """ISO 8601, a date or a date and time, kept exactly as given."""
    content: EntryContent
    revision: int = 1
    revised: str | None = None
    deleted: str | None = None
    """ISO 8601 time it was put in the bin."""

    @property
    def day(self) -> date:
        """The day of writing."""
        return date.fromisoformat(self.written[:10])


@dataclass(frozen=True, slots=True)
class Revision:
    """One kept state of an entry, oldest numbered 1."""

    number: int
    at: str
    content: EntryContent


@dataclass(frozen=True, slots=True)
class Draft:
    """Writing that is not yet an entry, or an edit not yet saved (`entry_id` is then set)."""

    id: str
    content: EntryContent
    saved: str
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class EntrySummary:
    """A row of a list of entries: enough to choose by, without the whole text."""

    id: str
    written: str
    opening: str = field(repr=False)
    """The first characters of the text, on one line."""
    words: int
    prompt_family: str | None = None
    placement: str | None = None
    setting: str | None = None
    tags: tuple[str, ...] = ()
    deleted: str | None = None

    @property
    def day(self) -> date:
        """The day of writing."""
        return date.fromisoformat(self.written[:10])


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of entries is narrowed to; a `None` narrows nothing."""

    query: str = field(default="", repr=False)
    """Words to find; every word must occur, the last one as a beginning."""
    since: date | None = None
    until: date | None = None
    placement: str | None = None
    prompt_family: str | None = None
    tag: str | None = None
    bin: bool = False
    """True: only what is in the bin; False: only what is not."""


@dataclass(frozen=True, slots=True)
class Lift:
    """A task sentence offered back with "what was it for?", and the answer kept beside it."""

    entry_id: str
    revision: int
    start: int
    end: int
    sentence: str = field(repr=False)
    answer: str = field(repr=False)
    at: str


@dataclass(frozen=True, slots=True)
class SmallAct:
    """One small thing to do next shift, and what became of it."""

    id: str
    entry_id: str | None
    text: str = field(repr=False)
    chosen: str
    """ISO 8601 time it was chosen."""
    state: ActState = "open"
    outcome: str = field(default="", repr=False)
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person said of themselves once, so that entries need not ask again; each part may be empty."""

    role: str = ""
    setting: str = ""
    placement: str = ""


# --------------------------------------------------------------------------- analysis


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


# --------------------------------------------------------------------------- shift


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """What the shift needs of one entry; never its text."""

    id: str
    day: date
    counts: Counts
    prompt_family: str | None = None
    placement: str | None = None
    delay: int | None = None
    """Days from the event to the writing, where both are known."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (0 to 1) on a day with its 90 % range."""

    day: date
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Shift:
    """How the share of system sentences moved, said in one of three honest states."""

    state: ShiftState
    entries: int
    sentences: float
    """Classifiable sentences, summed."""
    statement: str
    """The verdict in a sentence or two of plain words."""
    first: Estimate | None = None
    last: Estimate | None = None
    detectable: float | None = None
    """Smallest share at the end that would have shown as a change, given the start; None where unknown."""
    look: int = 0
    """The number of entries at the last look that gave a verdict; 0 before the first."""
    next_look: int = 12
    """The number of entries at which the next verdict is given."""
    curves: Mapping[str, tuple[Estimate, ...]] = field(default_factory=dict)
    """The share over time of "system", "team" and "task", adjusted, with its range; empty when too early."""
    neutral: tuple[Estimate, Estimate] | None = None
    """First and last from entries with a neutral prompt or none, where there are enough."""
    notes: tuple[str, ...] = ()
    """Caveats that hold for these entries: placements, few neutral prompts, doubt of the model."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the person's own sentences on a like matter, early and late."""

    then_entry: str
    then_day: date
    then: str = field(repr=False)
    then_level: Level
    now_entry: str
    now_day: date
    now: str = field(repr=False)
    now_level: Level


# --------------------------------------------------------------------------- health of the installation


@dataclass(frozen=True, slots=True)
class Check:
    """One thing `journal doctor` looked at."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def now_text(moment: datetime) -> str:
    """A moment as kept in the vault: ISO 8601 with seconds and offset."""
    return moment.isoformat(timespec="seconds")
