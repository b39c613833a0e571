"""What a person writes, and what they keep beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Energy = Literal["low", "medium", "high"]
ActState = Literal["open", "done", "not_yet", "dropped"]


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
