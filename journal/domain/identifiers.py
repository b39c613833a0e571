"""What in a text could tell who it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

IdentifierKind = Literal[
    "PERSON",
    "NHS_NUMBER",
    "HOSPITAL_NUMBER",
    "DATE",
    "AGE_OVER_89",
    "PHONE",
    "EMAIL",
    "ADDRESS",
    "POSTCODE",
    "LOCATION",
    "ORGANISATION",
    "ID",
    "URL",
]
Severity = Literal["high", "medium", "hint"]

IDENTIFIER_KINDS: tuple[IdentifierKind, ...] = get_args(IdentifierKind)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A place in a text that could identify somebody, and why it was taken for one."""

    start: int
    end: int
    kind: IdentifierKind
    severity: Severity
    why: str


@dataclass(frozen=True, slots=True)
class Hint:
    """A place that names nobody and may, with the rest, still tell who it was."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Identifiers:
    """All that was found in one text, each list in the order of the text, spans never overlapping."""

    spans: tuple[Identifier, ...] = ()
    hints: tuple[Hint, ...] = ()
