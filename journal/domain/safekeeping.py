"""What is known of backups, and of what two copies of one journal hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from journal.domain.writing import EntryContent


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file that was opened and checked through."""

    file: Path
    made: datetime
    entries: int
    """Those in the bin among them."""
    first: str | None
    """The day the oldest entry was written, as 2026-03-09; None where there is none."""
    last: str | None
    size: int
    """Bytes of the file."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """Backups that are made by themselves: where to, how many good ones are kept, and every how many days."""

    folder: Path
    keep: int = 5
    every: int = 7


@dataclass(frozen=True, slots=True)
class BackupState:
    """How it stands with the backups of a journal."""

    plan: BackupPlan | None = None
    made: datetime | None = None
    """When the newest one was made and verified."""
    days: int | None = None
    """Whole days since then, by the calendar; 0 where the clock has jumped back."""
    file: Path | None = None
    failure: str = ""
    """Why the last one that was due could not be made; empty where it was."""
    advice: str = ""
    due: bool = False


MergeKind = Literal["new", "continued", "both_kept", "held_back", "deleted_there", "bin_differs"]
"""What becomes of an entry: only there; the same with later versions there; changed on both sides, so that theirs
becomes an entry beside ours; deleted for good here; deleted for good there; in the bin on one side only."""


@dataclass(frozen=True, slots=True)
class MergeItem:
    """One entry that is not the same on both sides, and what becomes of it here."""

    kind: MergeKind
    entry_id: str
    """Of the entry here, or there where it is not here."""
    written: str
    revisions: int
    """How many revisions come from there."""
    ours: EntryContent | None = field(default=None, repr=False)
    """As it stands here, where both sides changed it."""
    theirs: EntryContent | None = field(default=None, repr=False)
    beside: str = ""
    """The entry that theirs became, or is kept as already."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge did, or would do."""

    same: int
    """Entries that hold nothing new."""
    items: tuple[MergeItem, ...]
    drafts: int = 0
    lifts: int = 0
    acts: int = 0
    corrections: int = 0
    learning: int = 0
    learning_held_back: int = 0
    """Learning points deleted for good here and still there."""
    acts_that_differ: int = 0
    """Small acts answered for otherwise on each side; ours stay."""
    departures: int = 0
    """Records of what left the journal that only the other copy had."""
    hold: bool = False
    """Whether a legal hold came along."""

    def of(self, kind: MergeKind) -> tuple[MergeItem, ...]:
        return tuple(item for item in self.items if item.kind == kind)

    @property
    def changes(self) -> bool:
        """Whether anything comes from there."""
        entries = any(item.kind in ("new", "continued", "both_kept") for item in self.items)
        beside = (self.drafts, self.lifts, self.acts, self.corrections, self.learning, self.departures, self.hold)
        return entries or any(beside)
