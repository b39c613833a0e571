"""What has happened, said once to whoever listens."""

from dataclasses import dataclass

from textual.message import Message

from journal.domain import Analysis, EntryContent
from journal.service import Journal


@dataclass
class Unlocked(Message):
    """The journal is open."""

    journal: Journal


@dataclass
class EntrySaved(Message):
    """An entry is durable."""

    entry_id: str


@dataclass
class EntryRead(Message):
    """The sentences of an entry have been read, or `analysis` is None where they could not be."""

    entry_id: str
    revision: int
    analysis: Analysis | None


@dataclass
class HistoryRead(Message):
    """Earlier entries have been read, `done` of `total`."""

    done: int
    total: int


@dataclass
class Adapted(Message):
    """Every sentence is now read with the person's own answers in mind."""


@dataclass
class BackedUp(Message):
    """The backup that was due was made, or could not be."""


@dataclass
class DetailsChosen(Message):
    """The particulars of an entry were changed."""

    content: EntryContent
