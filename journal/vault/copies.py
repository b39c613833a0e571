"""Copies of a database on the disk, encrypted page by page as it is itself, and what is looked at in them."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from typing import BinaryIO

from journal.errors import VaultDamaged
from journal.files import OWNER_FOLDER, create_private
from journal.vault.checks import content_checks
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.migrations import migrate

_SCRATCH = ".copy-"
_PART = 1 << 20
_AT_ONCE, _TRIES = 4 << 20, 3
"""Bytes copied under one lock, and how often that is tried before the whole is."""
_WRONG = "Wrong in it"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database was found to hold, all of it sound."""

    vault_id: str
    links: int
    chain: bytes
    entries: int
    first: str | None
    last: str | None


@contextlib.contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A hidden folder within `folder` for a copy, gone when this ends; what a killed one left goes first.

    Raises OSError.
    """
    clear_scratch(folder)
    place = folder / f"{_SCRATCH}{secrets.token_hex(4)}"
    place.mkdir(mode=OWNER_FOLDER)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def clear_scratch(folder: Path) -> None:
    """Remove the copies of an earlier run that was killed."""
    for path in folder.glob(f"{_SCRATCH}*"):
        shutil.rmtree(path, ignore_errors=True)


def copy_of(database: Database, source: Path, place: Path) -> tuple[Path, int, bytes]:
    """A consistent copy of an open database's file, with the number of its links and their head.

    Part by part, each under the connection's lock, so that nobody at the keyboard waits for more than one; begun anew
    where something was saved meanwhile, and the last time under one lock. What has been committed is all in the file,
    as a rollback journal is empty between transactions. Reading it beside the connection drops the locks by which POSIX
    keeps other processes out of it; the folder's own lock keeps them out. Raises OSError.
    """
    copied = place / DATABASE_FILE
    with (source / DATABASE_FILE).open("rb", buffering=0) as read, os.fdopen(create_private(copied), "wb") as written:
        for part in (*[_AT_ONCE] * _TRIES, None):
            read.seek(0)
            written.seek(0)
            written.truncate()
            with contextlib.suppress(_Changed):
                head = _copied(database, read, written, part)
                written.flush()
                return copied, *head
    raise AssertionError("under one lock nothing changes")


class _Changed(Exception):
    """Something was saved while the file was being copied."""


def _copied(database: Database, read: RawIOBase, written: BinaryIO, part: int | None) -> tuple[int, bytes]:
    """Copy in parts of so many bytes, or under one lock; the links and head of what was copied. Raises _Changed."""
    with database.held() as connection:
        links, chain = database.row("SELECT links, chain FROM head") or (0, b"")
        changes = connection.total_changes
        if part is None:
            shutil.copyfileobj(read, written, _PART)
            return links, bytes(chain)
    while True:
        with database.held() as connection:
            if connection.total_changes != changes:
                raise _Changed
            if not (found := read.read(part)):
                return links, bytes(chain)
        written.write(found)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file into a new one that only its owner may read. Raises OSError."""
    with source.open("rb") as read, os.fdopen(create_private(target), "wb") as written:
        shutil.copyfileobj(read, written, _PART)


def contents_of(path: Path, key: bytes) -> Contents:
    """Open a copy and look through all of it: pages, tables, index, history, counts.

    An older form is made the present one first. Raises VaultDamaged, or JournalError where it is a newer one.
    """
    try:
        database = newest_form(path, key)
    except VaultDamaged as error:
        raise VaultDamaged(error.title if error.title.startswith(_WRONG) else "It cannot be decrypted.") from None
    try:
        links, chain, entries = database.row("SELECT links, chain, entries FROM head")  # type: ignore[misc]
        first, last = database.row("SELECT min(written), max(written) FROM entries") or (None, None)
        vault_id = database.value("SELECT id FROM vault")
        return Contents(vault_id, links, bytes(chain), entries, first and first[:10], last and last[:10])
    finally:
        database.close()


def newest_form(path: Path, key: bytes) -> Database:
    """A copy, open, in the shape this program works with; a save that was cut off in it is undone.

    Raises VaultDamaged.
    """
    database = Database(path, key)
    try:
        migrate(database)
        _refuse_unsound(database)
    except BaseException:
        database.close()
        raise
    return database


def _refuse_unsound(database: Database) -> None:
    if wrong := [check.name for check in content_checks(database) if not check.ok]:
        raise VaultDamaged(f"{_WRONG}: {', '.join(wrong)}.")
