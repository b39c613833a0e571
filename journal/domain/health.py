"""What was looked at, and moments as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One thing `journal doctor` looked at."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the computer that keeps a copy of the journal or of the screen."""

    kind: str
    title: str
    advice: str


def now_text(moment: datetime) -> str:
    """A moment as kept in the vault: ISO 8601 with seconds and offset."""
    return moment.isoformat(timespec="seconds")
