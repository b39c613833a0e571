"""A real journal in a temporary vault, and the app over it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.domain import Analysis, EntryContent, Profile, Sentence
from journal.service import Journal, opening
from journal.tui.app import SmallL
from journal.vault.keys import FLOOR

PASSPHRASE = "wrong horse staple lamp"
START = datetime(2026, 3, 9, 20, 40, tzinfo=UTC)


class Clock:
    """A clock the test moves."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **parts: int) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def journal(home: Path, clock: Clock) -> Iterator[Journal]:
    made = opening.create(home, opening.new_keys(), PASSPHRASE, Profile("FY1", "ward", "Renal"), now=clock, kdf=FLOOR)
    yield made
    made.close()


@pytest.fixture
def app(home: Path, journal: Journal) -> SmallL:
    """The app over an open journal, without its child process."""
    return SmallL(home, journal=journal, analyse=False)


@pytest.fixture
def read_as() -> Callable[..., Analysis]:
    """Make an analysis by saying the level of each sentence of a text, a sentence a line."""

    def make(text: str, *levels: str) -> Analysis:
        sentences, start = [], 0
        for line, level in zip(text.split("\n"), levels, strict=True):
            p = {name: 0.97 if name == level else 0.01 for name in ("task", "team", "system", "other")}
            sentences.append(Sentence(start, start + len(line), level, p))  # type: ignore[arg-type]
            start += len(line) + 1
        return Analysis("hand-1", tuple(sentences))

    return make


@pytest.fixture
def wrote(journal: Journal) -> Callable[..., str]:
    """Write an entry and say its id."""

    def write(text: str, **parts: object) -> str:
        return journal.write(journal.with_profile(EntryContent(text, **parts))).id  # type: ignore[arg-type]

    return write
