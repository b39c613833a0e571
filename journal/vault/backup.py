"""Backups of a vault: made so that the last good one is never lost, opened and checked before they count, restored."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from glob import escape
from pathlib import Path

from journal.domain import Backup
from journal.errors import BadInput, CannotWrite, JournalError, VaultDamaged
from journal.files import OWNER_FOLDER, create_private, sync_folder, write_whole
from journal.vault.backup_file import (
    Header,
    Progress,
    SafeKeys,
    Sealed,
    Unlocking,
    damaged,
    read_sealed,
    unsealed,
    unwatched,
    write_sealed,
    writing_backup,
)
from journal.vault.copies import Contents, contents_of, copy_of, scratch
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.folder import clear_abandoned, put_in_place, refuse_in_use, writing
from journal.vault.keeping import held
from journal.vault.keyfile import KEYS_FILE, read_key_file, to_bytes
from journal.vault.lock import FolderLock

PART = ".part"


class Backups:
    """Makes backups of an open vault, and says of files whether they are good ones of it."""

    def __init__(self, folder: Path, database: Database, keys: SafeKeys) -> None:
        self._folder = folder
        self._database = database
        self._keys = keys

    @property
    def held(self) -> bool:
        """Whether a legal hold is on, under which no copy may be deleted either."""
        return held(self._database)

    def make(self, file: Path, made: datetime, told: Progress = unwatched) -> Backup:
        """Write the whole vault to a file; it is there, whole and checked, or what was there before still is.

        The pages are copied, the copy is opened and looked through, written with its header and seal into a hidden
        file beside `file`, read back from the disk against seal and copy, and only then renamed. A file that is there
        is only replaced where it is a good backup of this journal, of an earlier state that this one continues.
        Raises VaultDamaged where something in the journal does not check, BadInput, CannotWrite.
        """
        file = file.absolute()
        keys_raw = self._own_keys()
        self._refuse_target(file)
        with ExitStack() as stack:
            with writing_backup(self._folder):
                place = stack.enter_context(scratch(self._folder))
                copied, links, chain = copy_of(self._database, self._folder, place)
            contents = self._sound(copied, links, chain)
            header = Header(contents.vault_id, made, links, chain, len(keys_raw), copied.stat().st_size)
            with writing_backup(file.parent):
                self._put(file, header, keys_raw, copied, told)
        return _described(file, header, contents)

    def own(self, file: Path) -> Header | None:
        """The header of a good backup of an earlier or the present state of this journal; None for any other file."""
        try:
            self._refuse_other(sealed := read_sealed(file))
            unsealed(sealed, self._keys.seal)
        except JournalError:
            return None
        return sealed.header

    # ----------------------------------------------------------------- on the way

    def _own_keys(self) -> bytes:
        """The slots of keys.json, which must be those of this journal."""
        keys = read_key_file(self._folder)
        if keys.vault_id == self._database.value("SELECT id FROM vault") and keys.check == self._keys.check:
            return to_bytes(keys.settled())
        if keys.previous:
            raise CannotWrite(
                "The keys of this journal are being renewed, which is not done for want of room.",
                "Make room on the disk and open the journal again. Then make the backup.",
            )
        raise VaultDamaged(
            "keys.json does not belong to this journal, so no backup was made.",
            "Open it with your recovery words and a new passphrase; that writes keys.json anew.",
        )

    def _refuse_target(self, file: Path) -> None:
        if not file.parent.is_dir():
            raise BadInput(f"There is no folder {file.parent}.", "Make it, or name another place for the backup.")
        if file.is_dir():
            raise BadInput(f"{file} is a folder.", "Name a file in it, or use --to-folder.")
        if file.is_symlink() or (file.exists() and not file.is_file()):
            raise BadInput(f"{file} is not a plain file.", "Name another file for the backup.")
        if file.parent == self._folder:
            raise BadInput(
                "That is the journal's own folder.", "A backup there would be lost with it: name a file elsewhere."
            )
        if file.exists():
            self._refuse_to_replace(file)

    def _refuse_to_replace(self, file: Path) -> None:
        elsewhere = "Name another file for the new backup. Nothing was changed."
        try:
            self._refuse_other(sealed := read_sealed(file))
            unsealed(sealed, self._keys.seal)
        except VaultDamaged:
            raise BadInput(f"{file} is a damaged backup, and is not replaced.", elsewhere) from None
        except BadInput as error:
            raise BadInput(f"{error.title} It is not replaced.", elsewhere) from None

    def _refuse_other(self, sealed: Sealed) -> None:
        header = sealed.header
        if header.vault_id != self._database.value("SELECT id FROM vault"):
            raise BadInput(f"{sealed.file} is a backup of another journal.")
        if sealed.keys.check != self._keys.check:
            raise BadInput(f"{sealed.file} was made under other keys of this journal.")
        if header.links:
            mine = self._database.value("SELECT chain FROM links WHERE number = ?", (header.links,))
            if mine is None or bytes(mine) != header.chain:
                raise BadInput(f"{sealed.file} holds changes that are not in this journal.")

    def _sound(self, copied: Path, links: int, chain: bytes) -> Contents:
        try:
            contents = contents_of(copied, self._keys.database)
            if (contents.links, contents.chain) != (links, chain):
                raise VaultDamaged("It is not what is open.")
        except VaultDamaged as error:
            raise VaultDamaged(
                f"Something in the journal is damaged, so no backup was made. {error.title}",
                "Earlier backups are as they were; keep them. For more: journal doctor",
            ) from None
        return contents

    def _put(self, file: Path, header: Header, keys_raw: bytes, copied: Path, told: Progress) -> None:
        """Raises OSError, VaultDamaged."""
        for left in file.parent.glob(f".{escape(file.name)}.*{PART}"):
            left.unlink(missing_ok=True)
        beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}{PART}")
        half = _halves(told)
        try:
            with os.fdopen(create_private(beside), "wb") as stream, copied.open("rb") as pages:
                written = write_sealed(stream, header, keys_raw, pages, self._keys.seal, half(0))
                stream.flush()
                os.fsync(stream.fileno())
                _forget_cached(stream.fileno())
            if unsealed(read_sealed(beside), self._keys.seal, half(1)) != written:
                raise damaged(beside)
            beside.replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
        with contextlib.suppress(OSError):  # it is in place; some disks cannot sync a folder
            sync_folder(file.parent)


def clear_parts(folder: Path, beginning: str) -> None:
    """Remove what backups of some names left in a folder when they were killed."""
    for left in folder.glob(f".{escape(beginning)}*{PART}"):
        with contextlib.suppress(OSError):
            left.unlink()


def checked(file: Path, unlocking: Unlocking, place: Path, told: Progress = unwatched) -> Backup:
    """Open a backup and look through all of it, by way of a copy within `place`.

    Raises BadInput, WrongPassphrase, VaultDamaged, CannotWrite.
    """
    with writing_backup(place), scratch(place) as inner:
        sealed = read_sealed(file.absolute())
        keys = SafeKeys.of(sealed.root(unlocking))
        return _described(sealed.file, sealed.header, taken_out(sealed, keys, inner / DATABASE_FILE, told))


def taken_out(sealed: Sealed, keys: SafeKeys, target: Path, told: Progress = unwatched) -> Contents:
    """Copy the pages of a backup into a new file, and look through all of them. Raises VaultDamaged, OSError."""
    with os.fdopen(create_private(target), "wb") as pages:

        def keep(part: bytes) -> None:
            with writing_backup(target.parent):
                pages.write(part)

        unsealed(sealed, keys.seal, told, keep)
        pages.flush()
        os.fsync(pages.fileno())
    try:
        contents = contents_of(target, keys.database)
    except VaultDamaged as error:
        raise damaged(sealed.file, error.title) from None
    if (contents.vault_id, contents.links, contents.chain) != (
        sealed.header.vault_id,
        sealed.header.links,
        sealed.header.chain,
    ):
        raise damaged(sealed.file)
    return contents


def restore(file: Path, folder: Path, unlocking: Unlocking, told: Progress = unwatched) -> Backup:
    """Make a vault of a backup, in a folder that is empty or not yet there; whole, or not at all.

    It is built in a hidden folder beside its place, opened and looked through, and then renamed. The passphrase is the
    one that held when the backup was made. Raises BadInput for a folder in use, WrongPassphrase, VaultDamaged,
    CannotWrite.
    """
    folder = folder.absolute()
    refuse_in_use(folder)
    sealed = read_sealed(file.absolute())
    keys = SafeKeys.of(sealed.root(unlocking))
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)
        clear_abandoned(folder)
        beside = folder.with_name(f".{folder.name}.new-{secrets.token_hex(4)}")
        beside.mkdir(mode=OWNER_FOLDER)
        lock = FolderLock(beside)
        try:
            contents = taken_out(sealed, keys, beside / DATABASE_FILE, told)
            write_whole(beside / KEYS_FILE, sealed.keys_raw)
            lock = put_in_place(beside, folder, lock)
        except BaseException:
            lock.release()
            shutil.rmtree(beside, ignore_errors=True)
            raise
        lock.release()
    return _described(sealed.file, sealed.header, contents)


def _described(file: Path, header: Header, contents: Contents) -> Backup:
    return Backup(file, header.made, contents.entries, contents.first, contents.last, header.whole_size)


def _halves(told: Progress) -> Callable[[int], Progress]:
    """Progress in two halves of equal size: writing, and reading back."""
    return lambda half: lambda done, total: told(done + half * total, 2 * total)


def _forget_cached(descriptor: int) -> None:
    """Have the next reading come from the disk and not from memory, where the system can be told so."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
