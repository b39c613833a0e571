"""The ways into an open journal: adding, changing and removing them, and a new root key for all."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path

from journal.domain import WayIn
from journal.errors import BadInput, CannotWrite, NotFound
from journal.vault import oskeyring
from journal.vault.database import Database
from journal.vault.folder import refuse_empty, writing
from journal.vault.keyfile import (
    MOST_PASSPHRASES,
    PASSPHRASE,
    KeyFile,
    read_key_file,
    refresh_backup,
    renewed_key_file,
    write_key_file,
)
from journal.vault.keys import KdfProfile
from journal.vault.renewal import renew
from journal.vault.slots import FIRST_NAME, KEYRING, Slot, checked_name, key_slot, passphrase_slot


def listed(folder: Path) -> tuple[WayIn, ...]:
    """Every way in that keys.json names, without unlocking anything. Raises VaultDamaged."""
    return tuple(WayIn(slot.kind, slot.name, _cost(slot)) for slot in read_key_file(folder).slots)


def renewing(folder: Path) -> bool:
    """Whether a renewal of the root key was begun and not ended. Raises VaultDamaged."""
    return read_key_file(folder).previous is not None


def _cost(slot: Slot) -> str:
    if slot.kind != PASSPHRASE:
        return ""
    cost = slot.profile
    return f"Argon2id {cost.memory_kib / 1024:g} MiB, {cost.iterations} passes, {cost.lanes} lanes"


def root_by_keyring(keys: KeyFile, floor: KdfProfile) -> bytes:
    """The root key by the keyring of the computer. Raises KeyringUnavailable, VaultDamaged."""
    if keys.keyring is None:
        raise oskeyring.KeyringUnavailable(
            "This journal does not open by the keyring of this computer.", "Use your passphrase."
        )
    if root := keys.unwrap_by_key(oskeyring.kept(keys.vault_id), floor):
        return root
    raise oskeyring.KeyringUnavailable(
        "The key in the keyring of this computer does not fit this journal.",
        "Use your passphrase. To make a new key: journal keys keyring on",
    )


def close_keyring(folder: Path) -> bool:
    """Take out the way in by the keyring, and the key it held; False where there was none.

    It asks for no passphrase: it only closes. Raises VaultDamaged, CannotWrite, and KeyringUnavailable once the way in
    is out but its key could not be taken out of the keyring.
    """
    keys = read_key_file(folder)
    if keys.keyring is None:
        return False
    if not keys.passphrases:
        raise _last_way_in()
    _replace(folder, keys.without(keys.keyring))
    oskeyring.forget(keys.vault_id)
    return True


class WaysIn:
    """The ways into one open journal, for whoever knows a passphrase of it."""

    def __init__(self, folder: Path, database: Database, passphrase: str, floor: KdfProfile) -> None:
        """Raises WrongPassphrase, VaultDamaged."""
        self._folder = folder
        self._database = database
        self._passphrase = passphrase
        self._keys = read_key_file(folder)
        self._root, self._mine = self._keys.unwrap(passphrase, floor)

    @property
    def closed_by_renewal(self) -> tuple[str, ...]:
        """The passphrases that a renewal closes: all but the one given, since the others are not known."""
        return tuple(slot.name for slot in self._keys.passphrases if slot is not self._mine)

    def change(self, passphrase: str) -> None:
        """Replace the passphrase given by another; its name stays. Raises BadInput, CannotWrite.

        The wrapping under the old one stays in keys.json.bak until the journal is next opened.
        """
        refuse_empty(passphrase)
        fresh = self._sealed(passphrase, self._mine.name)
        self._write(self._keys.with_slot(fresh, instead_of=self._mine))
        self._mine, self._passphrase = fresh, passphrase

    def add(self, passphrase: str, name: str | None = None) -> str:
        """Add a passphrase and give back its name. Raises BadInput, CannotWrite."""
        refuse_empty(passphrase)
        taken = {slot.name.casefold() for slot in self._keys.slots}
        name = self.free_name(name)
        if name.casefold() in taken:
            raise BadInput(f"There is a passphrase named “{name}” already.", "Give the new one another name.")
        if len(self._keys.passphrases) >= MOST_PASSPHRASES:
            raise BadInput(
                f"There are {MOST_PASSPHRASES} passphrases, and no room for more.",
                "Remove one first: journal keys remove NAME",
            )
        self._write(self._keys.with_slot(self._sealed(passphrase, name)))
        return name

    def free_name(self, name: str | None) -> str:
        """The name as it is kept, or one not yet taken where none was given. Raises BadInput."""
        if name is not None:
            return checked_name(name)
        taken = {slot.name.casefold() for slot in self._keys.slots}
        offered = (FIRST_NAME, *(f"{FIRST_NAME} {number}" for number in range(2, len(taken) + 3)))
        return next(one for one in offered if one not in taken)

    def remove(self, name: str) -> None:
        """Take a passphrase out at once, from keys.json.bak too. Raises NotFound, BadInput, CannotWrite."""
        wanted = name.strip().casefold()
        found = next((slot for slot in self._keys.passphrases if slot.name.casefold() == wanted), None)
        if wanted == KEYRING:
            raise BadInput("The keyring is not a passphrase.", "Switch it off with: journal keys keyring off")
        if found is None:
            raise NotFound("There is no passphrase of that name.", "See the names with: journal keys")
        if len(self._keys.passphrases) == 1:
            raise _last_way_in()
        self._keys = _replace(self._folder, self._keys.without(found))

    def open_keyring(self) -> None:
        """Let the keyring of the computer open the journal. Raises KeyringUnavailable, CannotWrite."""
        key = secrets.token_bytes(oskeyring.KEY_BYTES)
        oskeyring.keep(self._keys.vault_id, key)
        slot = key_slot(KEYRING, self._keys.vault_id, self._root, key)
        self._write(self._keys.with_slot(slot, instead_of=self._keys.keyring))

    def renew(self, root: bytes) -> None:
        """Put the journal under a new root key, whose words must be proved to be kept before this is called.

        The old words, and passphrases other than the one given, no longer open it. Raises CannotWrite, VaultDamaged.
        """
        if self._keys.previous:
            raise CannotWrite(
                "An earlier renewal is not done yet, for want of room on the disk.",
                "Make room and open the journal, which ends it. Then renew again.",
            )
        slots = (self._sealed(self._passphrase, self._mine.name, root), *self._keyring_slot(root))
        after = renewed_key_file(self._keys.vault_id, self._root, root, slots)
        with writing(self._folder):
            renew(self._folder, self._database, self._keys, after, (self._root, root))
        with contextlib.suppress(OSError):
            refresh_backup(self._folder)
        self._keys, self._root, self._mine = after.settled(), root, slots[0]

    def _keyring_slot(self, root: bytes) -> tuple[Slot, ...]:
        """The way in by the keyring for another root key; none where the keyring does not answer."""
        if self._keys.keyring is None:
            return ()
        with contextlib.suppress(oskeyring.KeyringUnavailable):
            return (key_slot(KEYRING, self._keys.vault_id, root, oskeyring.kept(self._keys.vault_id)),)
        return ()

    def _sealed(self, passphrase: str, name: str, root: bytes | None = None) -> Slot:
        return passphrase_slot(self._keys.vault_id, root or self._root, passphrase, name, self._mine.profile)

    def _write(self, keys: KeyFile) -> None:
        with writing(self._folder):
            write_key_file(self._folder, keys)
        self._keys = keys


def _replace(folder: Path, keys: KeyFile) -> KeyFile:
    """Write keys with a way less, of which no file shall hold the removed one any more."""
    with writing(folder):
        write_key_file(folder, keys)
    with contextlib.suppress(OSError):  # else the next opening does it
        refresh_backup(folder)
    return keys


def _last_way_in() -> BadInput:
    return BadInput(
        "That is the last passphrase of this journal.",
        "Add another one first: journal keys add — or change it: journal passphrase",
    )
