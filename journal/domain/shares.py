"""What a journal keeps of an excerpt that left: what opens a reply, what came back, and what was decided of a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from journal.domain.sharing import Reply, Sent
from journal.domain.writing import ActState

ShareForm = Literal["text", "page", "file"]
"""How an excerpt left: plain text, a sealed page, a sealed file."""


@dataclass(frozen=True, slots=True)
class Share:
    """One excerpt that left, beside its entry."""

    sent: Sent
    entry_id: str
    revision: int
    """Of the entry, when it left."""
    at: str
    form: ShareForm
    recipient: str
    spans: tuple[tuple[int, int], ...]
    """Where its passages stand in that revision."""
    excerpt: bytes = field(repr=False)
    """As it was sealed."""

    @property
    def id(self) -> str:
        """32 hexadecimal digits: what a reply names."""
        return self.sent.share


@dataclass(frozen=True, slots=True)
class KeptReply:
    """What came back, and what the trainee made of it."""

    number: int
    """Counts all replies of a journal from 1."""
    at: str
    reply: Reply
    answer: str = field(default="", repr=False)
    became: ActState = "open"
    """What became of the suggested next step."""
    answered: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to stand where a possible identifier stood."""

    word: str | None = field(repr=False)
    """None: it stays as it is."""
    reason: str = field(default="", repr=False)
    """Why it stays."""
    recipient: str = ""
    """Whom it may stay for; another reader is asked of anew."""
