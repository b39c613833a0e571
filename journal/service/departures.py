"""What leaves an open journal, recorded before it does."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from journal.domain import Departure, DepartureState, Entry, Item, LearningPoint, Parcel, now_text
from journal.errors import JournalError

if TYPE_CHECKING:
    from journal.vault.vault import Vault


class Departures:
    """The record of all that left, and the one way for anything to leave."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    def all(self) -> list[Departure]:
        """Every departure, oldest first."""
        return self._vault.departures.all()

    @contextlib.contextmanager
    def leaving(self, parcel: Parcel, *, whole: bool = True) -> Iterator[None]:
        """To be held around what puts a file in place, or writes to an output; records before and after.

        The record comes first, so that a crash at any moment leaves one that says too much and never one that says too
        little. `whole` promises that a JournalError from within means nothing left; else a part may have. Whatever
        else stops it, even this program's death, leaves the record open: it may have left. Raises CannotWrite, and
        nothing leaves then.
        """
        record = self._vault.departures.begin(parcel, now_text(self._now()))
        try:
            yield
        except JournalError:
            self._end(record, "stayed" if whole else "broken")
            raise
        except BaseException:
            if not whole:
                self._end(record, "broken")
            raise
        self._end(record, "left")

    def _end(self, record: str, state: DepartureState) -> None:
        with contextlib.suppress(JournalError):  # what was recorded before stands, and says that it may have left
            self._vault.departures.end(record, state, now_text(self._now()))


def parcel(
    way: str,
    form: str,
    weight: tuple[str, int],
    entries: Iterable[Entry],
    points: Iterable[LearningPoint] = (),
    *,
    to: str = "",
    recipient: str = "",
) -> Parcel:
    """What is to leave: `weight` is its digest and its size in bytes."""
    items = [Item(entry.id, entry.revision) for entry in entries]
    items += [Item(point.id, point.revision, "learning") for point in points]
    return Parcel(way, form, tuple(items), *weight, description=to, recipient=recipient)


def weight_of_lines(lines: Iterable[str]) -> tuple[str, int]:
    """SHA-256 and size of lines as they are written to a file, each with its line end."""
    digest, size = hashlib.sha256(), 0
    for line in lines:
        raw = line.encode() + b"\n"
        digest.update(raw)
        size += len(raw)
    return digest.hexdigest(), size


def weight_of_folder(files: Iterable[tuple[str, str]]) -> tuple[str, int]:
    """SHA-256 of what `sha256sum *` prints in the folder, and the size of all its files."""
    sums, size = list[tuple[str, str]](), 0
    for name, text in files:
        raw = text.encode()
        sums.append((name, hashlib.sha256(raw).hexdigest()))
        size += len(raw)
    return weight_of_lines(f"{digest}  {name}" for name, digest in sorted(sums))[0], size
