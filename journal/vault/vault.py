"""The encrypted store: a folder with `journal.db` (SQLCipher) and `keys.json` (the root key, wrapped)."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from journal.domain import Check
from journal.errors import VaultDamaged, WrongPassphrase
from journal.files import OWNER_FOLDER
from journal.vault.analyses import Analyses
from journal.vault.backup import Backups
from journal.vault.backup_file import SafeKeys
from journal.vault.chain import Chain
from journal.vault.checks import checks
from journal.vault.corrections import Corrections
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.departures import Departures
from journal.vault.drafts import Drafts
from journal.vault.entries import Entries
from journal.vault.folder import (
    build,
    clear_abandoned,
    holds_vault,
    put_in_place,
    readable_keys,
    refuse_empty,
    refuse_in_use,
    refuse_unusable,
    writing,
)
from journal.vault.keeping import Retention
from journal.vault.keyfile import KeyFile, new_key_file, read_key_file, refresh_backup, write_key_file
from journal.vault.keys import FLOOR, KdfProfile, calibrate, derived, root_from_words
from journal.vault.labels import Labels
from journal.vault.learning import Learning
from journal.vault.lock import FolderLock
from journal.vault.merge import Merging
from journal.vault.migrations import migrate
from journal.vault.reflections import Reflections
from journal.vault.renewal import settled
from journal.vault.settings import Settings
from journal.vault.sharing import Sharing
from journal.vault.waysin import WaysIn, root_by_keyring


class Vault:
    """An open vault, the only one on its folder until it is closed. Made by `create`, `open` or `recover`."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        lock: FolderLock,
        floor: KdfProfile,
        keys: SafeKeys,
        redaction: bytes,
    ) -> None:
        self.folder = folder
        self.id: str = database.value("SELECT id FROM vault") or ""
        self.entries = Entries(database)
        self.drafts = Drafts(database)
        self.analyses = Analyses(database)
        self.corrections = Corrections(database)
        self.labels = Labels(database)
        self.reflections = Reflections(database)
        self.settings = Settings(database)
        self.learning = Learning(database)
        self.retention = Retention(database)
        self.departures = Departures(database)
        self.sharing = Sharing(database, redaction)
        self.backups = Backups(folder, database, keys)
        self.merging = Merging(folder, database)
        self._database = database
        self._lock = lock
        self._floor = floor

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is a vault here, whole or damaged."""
        return holds_vault(folder)

    @classmethod
    def create(
        cls, folder: Path, root_key: bytes, passphrase: str, *, kdf: KdfProfile | None = None, now: datetime
    ) -> Self:
        """Make a vault in a folder that is empty or not yet there, and open it.

        It is built whole in a hidden folder beside it and then renamed into place. Without `kdf` the cost of a guess
        is fitted to this computer. Raises BadInput for a folder in use, CannotWrite.
        """
        folder = folder.absolute()
        refuse_empty(passphrase)
        refuse_in_use(folder)
        floor = kdf or FLOOR
        with writing(folder):
            folder.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)
            clear_abandoned(folder)
            beside = folder.with_name(f".{folder.name}.new-{secrets.token_hex(4)}")
            beside.mkdir(mode=OWNER_FOLDER)
            lock = None
            try:
                lock = FolderLock(beside)
                build(beside, root_key, passphrase, kdf or calibrate(), now)
                lock = put_in_place(beside, folder, lock)
            except BaseException:
                if lock:
                    lock.release()
                shutil.rmtree(beside, ignore_errors=True)
                raise
        try:
            return cls._opened(folder, root_key, lock, floor)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, folder: Path, passphrase: str, *, now: datetime, floor: KdfProfile = FLOOR) -> Self:
        """Open a vault. `floor` is the least cost of a guess that is accepted from keys.json.

        Raises NoVault, VaultBusy, WrongPassphrase (nothing is written then), VaultDamaged, CannotWrite.
        """
        return cls._unlocked(folder.absolute(), lambda keys: keys.unwrap(passphrase, floor)[0], floor)

    @classmethod
    def open_by_keyring(cls, folder: Path, *, now: datetime, floor: KdfProfile = FLOOR) -> Self:
        """Open a vault by the keyring of the computer, where the person switched that on.

        Raises KeyringUnavailable, and else what `open` raises.
        """
        return cls._unlocked(folder.absolute(), lambda keys: root_by_keyring(keys, floor), floor)

    @classmethod
    def _unlocked(cls, folder: Path, root_of: Callable[[KeyFile], bytes], floor: KdfProfile) -> Self:
        refuse_unusable(folder)
        lock = FolderLock(folder)
        try:
            keys = read_key_file(folder)
            vault = cls._opened(folder, settled(folder, keys, root_of(keys)), lock, floor)
        except BaseException:
            lock.release()
            raise
        if vault.id != keys.vault_id:
            vault.close()
            raise VaultDamaged("keys.json belongs to another journal.", "Open it with your recovery words.")
        with contextlib.suppress(OSError):
            refresh_backup(folder)
        return vault

    @classmethod
    def recover(
        cls, folder: Path, words: str, new_passphrase: str, *, now: datetime, kdf: KdfProfile | None = None
    ) -> Self:
        """Open a vault by its recovery words and give it a new passphrase; keys.json may be lost or damaged.

        What was keys.json is kept as keys.json.bak. Raises BadInput for words that cannot be right, WrongPassphrase
        for words of another journal, and else what `open` raises.
        """
        folder = folder.absolute()
        refuse_empty(new_passphrase)
        refuse_unusable(folder)
        root = root_from_words(words)
        lock = FolderLock(folder)
        try:
            keys = readable_keys(folder)
            vault = cls._opened_by_words(folder, root, keys, lock, kdf or FLOOR)
            try:
                vault._write_keys(readable_keys(folder), root, new_passphrase, kdf or calibrate())
            except BaseException:
                vault.close()
                raise
        except BaseException:
            lock.release()
            raise
        return vault

    @classmethod
    def _opened_by_words(
        cls, folder: Path, root: bytes, keys: KeyFile | None, lock: FolderLock, floor: KdfProfile
    ) -> Self:
        if keys and keys.fits(root):
            return cls._opened(folder, settled(folder, keys, root), lock, floor)
        try:
            return cls._opened(folder, root, lock, floor)
        except VaultDamaged:
            raise WrongPassphrase(
                "These words do not open this journal.",
                "They may belong to another one. If they are the right ones, journal.db is damaged: put back a copy.",
            ) from None

    @classmethod
    def _opened(cls, folder: Path, root: bytes, lock: FolderLock, floor: KdfProfile) -> Self:
        database = Database(folder / DATABASE_FILE, derived(root, "database"))
        try:
            migrate(database)
            Chain(database).check_head()
            return cls(folder, database, lock, floor, SafeKeys.of(root), derived(root, "redaction"))
        except BaseException:
            database.close()
            raise

    def change_passphrase(self, old: str, new: str) -> None:
        """Replace a passphrase; others and the recovery words stay. Raises WrongPassphrase, BadInput, CannotWrite.

        The wrapping under the old one stays in keys.json.bak until the vault is next opened with the new one.
        """
        refuse_empty(new)
        self.ways_in(old).change(new)

    def ways_in(self, passphrase: str) -> WaysIn:
        """The ways into this vault, to be changed by whoever knows a passphrase. Raises WrongPassphrase."""
        return WaysIn(self.folder, self._database, passphrase, self._floor)

    def _write_keys(self, keys: KeyFile | None, root: bytes, passphrase: str, profile: KdfProfile) -> None:
        mine = keys if keys and keys.vault_id == self.id and keys.fits(root) else None
        fresh = mine.with_passphrase(root, passphrase, profile) if mine else None
        with writing(self.folder):
            write_key_file(self.folder, fresh or new_key_file(self.id, root, passphrase, profile))

    def together(self) -> AbstractContextManager[None]:
        """All that is kept within is durable when this ends, or none of it is; other threads wait meanwhile."""
        return self._database.atomic()

    def check(self) -> tuple[Check, ...]:
        """Look over pages, tables, search index, history, counts, keys and file access; writes nothing."""
        return checks(self._database, self.folder)

    def close(self) -> None:
        """Drop the key and let the folder go; a second time does nothing."""
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
