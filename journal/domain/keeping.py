"""What is kept of an entry beyond its story, what stops deletion, and what is known to have left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

DepartureState = Literal["begun", "left", "stayed", "broken"]
"""Begun: recorded before it left, and nothing was heard since; left: all of it; stayed: nothing left after all;
broken: an output that ended early, so that a part of it left."""


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """One short text a person took from an entry, or noted by itself; it stays when the story goes."""

    id: str
    """32 hexadecimal digits."""
    text: str = field(repr=False)
    day: str
    """The day the entry was written, or this was noted, as 2026-03-09."""
    noted: str
    """ISO 8601 time it was noted."""
    entry_id: str | None = None
    """The entry it was taken from, which may be gone by now."""
    placement: str | None = None
    tags: tuple[str, ...] = ()
    revision: int = 1
    changed: str | None = None
    put_away: str | None = None
    """ISO 8601 time it was put away, to be deleted with the bin."""

    @property
    def same_words(self) -> tuple[object, ...]:
        """All that an export carries: two of the same id and these are the same."""
        return self.text, self.day, self.noted, self.entry_id, self.placement, self.tags


@dataclass(frozen=True, slots=True)
class HoldChange:
    """The legal hold switched on or off."""

    at: str
    on: bool
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Review:
    """An entry whose time to be looked at has come."""

    entry_id: str
    day: date
    years: int
    """Whole years since it was written."""
    reviewed: str | None = None
    """ISO 8601 time it was last kept after a look; None where it never was."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that left: an entry, in one of its revisions, or a part of it."""

    entry_id: str
    """An entry's id, or a learning point's where `part` is "learning"."""
    revision: int
    part: str = "entry"


@dataclass(frozen=True, slots=True)
class Redaction:
    """One place that was taken out or replaced before it left; never what stood there."""

    entry_id: str
    part: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is about to leave, told without its text."""

    way: str
    """How: "export", "corrections", "excerpt", "portfolio", "share"."""
    form: str
    """In what form, such as "jsonl" or "pdf"."""
    items: tuple[Item, ...]
    digest: str
    """SHA-256 in hexadecimal digits: of the bytes; of a folder, of the lines that `sha256sum *` prints of it."""
    size: int
    """Bytes."""
    description: str = ""
    """Where to, and what else is worth knowing."""
    recipient: str = ""
    redactions: tuple[Redaction, ...] = ()


@dataclass(frozen=True, slots=True)
class Departure:
    """One time that something left, or began to."""

    id: str
    at: str
    parcel: Parcel
    state: DepartureState = "begun"
    ended: str | None = None
