"""What a person shows to a supervisor, sure of all that leaves, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ReplyWay = Literal["text", "page", "file"]
"""How a reply came. Text shows only that its sender had the excerpt; a page's reply, that they had its passphrase too;
a file's, that it is from the owner of the card."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sentence or a step of an entry that was chosen to be shown; `start` and `end` never leave."""

    start: int
    end: int
    text: str = field(repr=False)
    """As it is to be read: the entry's own words, or what was put in their place."""
    step: str = ""
    """The name of the step it stands in; empty in free writing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered piece of an excerpt."""

    text: str = field(repr=False)
    step: str = ""
    gap: bool = False
    """Whether words of the entry were left out before it, so that nobody takes two sentences for neighbours."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """All that a supervisor is given to read, and nothing else."""

    share: str
    """32 hexadecimal digits at random: what a reply names, and what tells nothing of the entry."""
    passages: tuple[Passage, ...]
    """In the order of the entry; a reply counts them from 1."""
    question: str = field(default="", repr=False)
    recipient: str = ""
    sender: str = ""
    """A name chosen for this reader; empty where the writer gives none."""
    created: str = ""
    """The month it was made, as 2026-03."""
    when: str = ""
    """When it happened, made coarse, such as "March 2026" or "spring 2026"; empty where that stays untold."""
    shift: str = field(default="", repr=False)
    """One line on how the writing has moved over time; empty where it stays untold."""
    expires: date | None = None
    """The day by which the reader is asked to delete it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a person gives to those who are to seal something for them: a name, and public keys that sign for it."""

    name: str
    keys: bytes = field(repr=False)
    """Ed25519 (32 bytes), X25519 (32), ML-KEM-768 (1,184)."""
    signature: bytes = field(repr=False)
    """Ed25519 over all the rest."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What must be kept of an excerpt that left, so that a reply can be told from any other."""

    share: str
    digest: str
    """SHA-256 in hexadecimal digits of the excerpt as it was sealed."""
    passages: int
    page_key: bytes | None = field(default=None, repr=False)
    """Opens replies from a sealed page; None where no page was made."""
    card: Card | None = None
    """The reader it was sealed for; None where no file was made."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that the supervisor pointed at, and what they said of it, if anything."""

    passage: int
    """Counted from 1."""
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a supervisor answered; each part but the ids may be empty."""

    share: str
    digest: str
    """SHA-256 in hexadecimal digits of the excerpt that was read; its first 16 digits where it came as text."""
    name: str = ""
    role: str = ""
    noticed: str = field(default="", repr=False)
    question: str = field(default="", repr=False)
    next_step: str = field(default="", repr=False)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    way: ReplyWay = "text"
