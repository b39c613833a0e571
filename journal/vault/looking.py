"""Looking into a vault's folder without changing anything in it, not even a time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from journal.errors import NoVault, VaultBusy, VaultDamaged
from journal.vault.backup_file import SafeKeys, Unlocking, writing_backup
from journal.vault.copies import copy_file
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.folder import holds_vault
from journal.vault.keyfile import KeyFile, read_key_file
from journal.vault.keys import derived
from journal.vault.lock import LOCK_FILE, FolderLock
from journal.vault.migrations import migrate, pending

JOURNAL_FILE = f"{DATABASE_FILE}-journal"


@contextlib.contextmanager
def held_for_looking(folder: Path) -> Iterator[None]:
    """Keep a running journal out of a folder meanwhile; raises VaultBusy where one is in it.

    Where there is no lock file no journal can be running, and none is made.
    """
    lock_file = folder / LOCK_FILE
    if not lock_file.exists():
        yield
    elif os.name == "nt":
        lock = FolderLock(folder)
        try:
            yield
        finally:
            lock.release()
    else:
        with _shared(lock_file):
            yield


@contextlib.contextmanager
def _shared(lock_file: Path) -> Iterator[None]:
    """A shared lock, which needs no right to write, and which a running journal's own lock excludes."""
    import fcntl

    descriptor = os.open(lock_file, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            raise VaultBusy(
                "That journal is open in another window or program.", "Close it there first, and try again."
            ) from None
        yield
    finally:
        os.close(descriptor)


def refuse_missing(folder: Path) -> None:
    """Raises NoVault, or VaultDamaged where there is one without its database."""
    if not holds_vault(folder):
        raise NoVault(f"There is no journal in {folder}.", "Name the folder of one.")
    database = folder / DATABASE_FILE
    if not database.is_file() or not database.stat().st_size:
        raise VaultDamaged(f"journal.db is missing from {folder}, or empty.", "Put back a copy, or restore a backup.")


@contextlib.contextmanager
def looked_into(folder: Path, unlocking: Unlocking) -> Iterator[tuple[Database, SafeKeys]]:
    """The database of a vault as it lies there: no migration, no lock file, no undoing of a save that was cut off.

    Where any of that would be needed, or nothing may be written, a copy is looked at, in the temporary folder of this
    computer and encrypted as the database is. Raises NoVault, VaultBusy, WrongPassphrase, VaultDamaged.
    """
    folder = folder.absolute()
    refuse_missing(folder)
    with held_for_looking(folder), contextlib.ExitStack() as stack:
        slots = read_key_file(folder)
        root = unlocking.root(slots)
        if _cut_off(folder) or not _writable(folder) or _outdated(folder, slots, root):
            place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="small-l-look-")))
            with writing_backup(place):
                copy_files(folder, place)
        else:
            place = folder
        database, keys = _database(place, slots, root)
        stack.callback(database.close)
        if place != folder:
            migrate(database)
        yield database, keys


def copy_files(folder: Path, place: Path) -> None:
    """Copy the database of a vault that nobody has open, with what is needed to undo a cut-off save. Raises OSError."""
    for name in (DATABASE_FILE, JOURNAL_FILE):
        if (folder / name).exists():
            copy_file(folder / name, place / name)


def _cut_off(folder: Path) -> bool:
    journal = folder / JOURNAL_FILE
    return journal.exists() and journal.stat().st_size > 0


def _writable(folder: Path) -> bool:
    return all(os.access(path, os.W_OK) for path in (folder, folder / DATABASE_FILE))


def _outdated(folder: Path, slots: KeyFile, root: bytes) -> bool:
    database, _ = _database(folder, slots, root)
    try:
        return pending(database)
    finally:
        database.close()


def _database(place: Path, slots: KeyFile, root: bytes) -> tuple[Database, SafeKeys]:
    """The open database under the root key, or under the one before where a renewal was cut off."""
    try:
        return Database(place / DATABASE_FILE, derived(root, "database")), SafeKeys.of(root)
    except VaultDamaged:
        if (old := slots.old_root(root)) is None:
            raise
        return Database(place / DATABASE_FILE, derived(old, "database")), SafeKeys.of(old)
