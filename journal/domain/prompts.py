"""Prompts, and the files they come from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from journal.domain.writing import Energy

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
FAMILIES: tuple[Family, ...] = get_args(Family)
Leaning = Literal["hard", "well", "open"]


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
