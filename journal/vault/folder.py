"""The folder of a vault: what may become one, what is one, and how one is made whole beside its place."""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from glob import escape
from pathlib import Path

from journal.domain import now_text
from journal.errors import BadInput, CannotWrite, JournalError, NoVault, VaultDamaged
from journal.files import create_private, sync_folder
from journal.vault.chain import START
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.keyfile import BACKUP_FILE, KEYS_FILE, KeyFile, new_key_file, read_key_file, write_key_file
from journal.vault.keys import KdfProfile, derived
from journal.vault.lock import FolderLock
from journal.vault.migrations import migrate


def holds_vault(folder: Path) -> bool:
    """Whether there is a vault here, whole or damaged."""
    return any((folder / name).is_file() for name in (DATABASE_FILE, KEYS_FILE, BACKUP_FILE))


def refuse_empty(passphrase: str) -> None:
    if not passphrase:
        raise BadInput("The passphrase is empty.", "Choose one of several words.")


def refuse_in_use(folder: Path) -> None:
    if holds_vault(folder):
        raise BadInput(f"There is already a journal in {folder}.", "Open it, or name another folder for a new one.")
    with writing(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(f"{folder} is in use for something else.", "Name a folder that is new or empty.")


def refuse_unusable(folder: Path) -> None:
    """Refuse, before a key is derived, what can be seen to be no vault, damaged, or not writable."""
    if not holds_vault(folder):
        raise NoVault(f"There is no journal in {folder}.", "Start one with: journal init — or name its folder.")
    database = folder / DATABASE_FILE
    if not database.is_file() or not database.stat().st_size:
        raise VaultDamaged(
            "journal.db is missing or empty.",
            "Put back a copy of the whole folder. If it lies in a synchronised folder, wait until that is done.",
        )
    if not os.access(folder, os.W_OK) or not os.access(database, os.W_OK):
        raise CannotWrite(
            f"The journal in {folder} cannot be written.",
            "Allow writing to it, or move the whole folder to a place that can be written. Nothing was changed.",
        )


def readable_keys(folder: Path) -> KeyFile | None:
    try:
        return read_key_file(folder)
    except VaultDamaged:
        return None


def build(folder: Path, root: bytes, passphrase: str, kdf: KdfProfile, now: datetime) -> None:
    """Everything a vault is made of, synced, in a folder of its own."""
    vault_id = uuid.uuid4().hex
    os.close(create_private(folder / DATABASE_FILE))
    database = Database(folder / DATABASE_FILE, derived(root, "database"))
    try:
        migrate(database)
        with database.atomic():
            database.run("INSERT INTO vault VALUES (1, ?, ?)", (vault_id, now_text(now)))
            database.run("INSERT INTO head VALUES (1, 0, ?, 0, 0)", (START,))
    finally:
        database.close()
    write_key_file(folder, new_key_file(vault_id, root, passphrase, kdf))


def put_in_place(beside: Path, folder: Path, lock: FolderLock) -> FolderLock:
    """Rename the finished folder over the empty place; the lock goes with it."""
    if os.name == "nt":  # renames no folder with an open file in it, and none over another
        lock.release()
        if folder.is_dir():
            folder.rmdir()
    beside.rename(folder)
    with contextlib.suppress(OSError):  # it is in place, and the first save syncs again
        sync_folder(folder.parent)
    return FolderLock(folder) if os.name == "nt" else lock


def clear_abandoned(folder: Path) -> None:
    """Remove what an earlier making left that was killed; one that is still at work holds its lock."""
    for path in folder.parent.glob(f".{escape(folder.name)}.new-*"):
        with contextlib.suppress(JournalError):
            FolderLock(path).release()
            shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{folder} cannot be written ({error.strerror}).",
            "Make room on the disk, or allow writing there, and try again. Nothing was changed.",
        ) from None
