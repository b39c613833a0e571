"""`keys.json`: the root key wrapped once for each way of unlocking, and no secret in the clear.

FORMAT.md beside this file tells it byte by byte.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from journal.errors import JournalError, VaultDamaged, WrongPassphrase
from journal.files import write_whole
from journal.vault.keys import KdfProfile, derived, refuse_unsafe
from journal.vault.slots import (
    FIRST_NAME,
    FORMAT,
    KEYRING,
    PREVIOUS,
    Slot,
    by_key,
    by_passphrase,
    canonical,
    hexadecimal,
    key_slot,
    passphrase_slot,
    read_slot,
)
from journal.vault.slots import PASSPHRASE as PASSPHRASE

KEYS_FILE = "keys.json"
BACKUP_FILE = "keys.json.bak"
VERSION, RENEWING = 1, 2
"""The version of the file; the second only while a renewal of the root key is under way."""
MOST_PASSPHRASES = 8
"""Each is tried in turn, so that many more would only hang the computer."""

_LONGEST = 64 * 1024
_ADVICE = "Open the journal with your recovery words and a new passphrase; that writes keys.json anew."


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file: whose journal it opens, a check value of the root key, and the slots.

    `previous` holds the root key before, sealed under the present one, until the database is known to have changed.
    """

    vault_id: str
    check: str
    slots: tuple[Slot, ...]
    previous: Slot | None = None

    @property
    def passphrases(self) -> tuple[Slot, ...]:
        """The slots a passphrase may open."""
        return tuple(slot for slot in self.slots if slot.kind == PASSPHRASE)

    @property
    def keyring(self) -> Slot | None:
        """The slot that the keyring of the computer opens, where it was switched on."""
        return next((slot for slot in self.slots if slot.kind == KEYRING), None)

    def unwrap(self, passphrase: str, floor: KdfProfile) -> tuple[bytes, Slot]:
        """The root key and the slot that gave it.

        Raises WrongPassphrase, or VaultDamaged for a cost below `floor` or beyond all sense.
        """
        self.refuse_unsafe(floor)
        for slot in self.passphrases:
            if root := by_passphrase(self.vault_id, slot, passphrase):
                return root, slot
        raise WrongPassphrase("That passphrase does not open this journal.", "Try again; nothing was changed.")

    def unwrap_by_key(self, key: bytes, floor: KdfProfile) -> bytes | None:
        """The root key by the key from the keyring, None where it does not fit. Raises VaultDamaged as `unwrap`."""
        self.refuse_unsafe(floor)
        return by_key(self.vault_id, self.keyring, key) if self.keyring else None

    def refuse_unsafe(self, floor: KdfProfile) -> None:
        """Raises VaultDamaged where any slot is cheaper than `floor`, or all would take beyond all sense."""
        for slot in self.passphrases:
            refuse_unsafe(slot.profile, floor)
        if len(self.passphrases) > MOST_PASSPHRASES:
            raise VaultDamaged("keys.json asks for an amount of work that makes no sense.", _ADVICE)

    def fits(self, root: bytes) -> bool:
        """Whether this is the root key the file was made for."""
        return secrets.compare_digest(self.check, _check_value(root))

    def old_root(self, root: bytes) -> bytes | None:
        """The root key before, None where no renewal is under way or `root` is not the present one."""
        return by_key(self.vault_id, self.previous, derived(root, "renewal")) if self.previous else None

    def with_passphrase(self, root: bytes, passphrase: str, profile: KdfProfile) -> KeyFile:
        """The same file with its passphrase slots replaced by one; slots of other kinds stay."""
        others = tuple(slot for slot in self.slots if slot.kind != PASSPHRASE)
        slot = passphrase_slot(self.vault_id, root, passphrase, FIRST_NAME, profile)
        return replace(self, slots=(slot, *others))

    def with_slot(self, slot: Slot, instead_of: Slot | None = None) -> KeyFile:
        """The same file with one more slot, or with one in the place of another."""
        if instead_of is None:
            return replace(self, slots=(*self.slots, slot))
        return replace(self, slots=tuple(slot if one is instead_of else one for one in self.slots))

    def without(self, slot: Slot) -> KeyFile:
        """The same file with one slot less."""
        return replace(self, slots=tuple(one for one in self.slots if one is not slot))

    def settled(self) -> KeyFile:
        """The same file once its renewal is done."""
        return replace(self, previous=None)


def new_key_file(vault_id: str, root: bytes, passphrase: str, profile: KdfProfile) -> KeyFile:
    """A file with one passphrase slot."""
    slot = passphrase_slot(vault_id, root, passphrase, FIRST_NAME, profile)
    return KeyFile(vault_id, _check_value(root), (slot,))


def renewed_key_file(vault_id: str, old: bytes, new: bytes, slots: tuple[Slot, ...]) -> KeyFile:
    """A file whose slots hold the new root key, which in turn opens the old one."""
    previous = key_slot(PREVIOUS, vault_id, old, derived(new, "renewal"))
    return KeyFile(vault_id, _check_value(new), slots, previous)


def _check_value(root: bytes) -> str:
    return derived(root, "check", 16).hex()


# --------------------------------------------------------------------------- the file


def to_bytes(keys: KeyFile) -> bytes:
    """The file's bytes, as FORMAT.md tells them: one JSON object in ASCII, keys sorted, ended by a newline."""
    body: dict[str, Any] = {
        "format": FORMAT,
        "version": RENEWING if keys.previous else VERSION,
        "vault": keys.vault_id,
        "check": keys.check,
        "slots": [{"kind": slot.kind, **slot.fields} for slot in keys.slots],
    }
    if keys.previous:
        body["previous"] = dict(keys.previous.fields)
    whole = {**body, "sha256": hashlib.sha256(canonical(body)).hexdigest()}
    return (json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=True) + "\n").encode("ascii")


def from_bytes(raw: bytes) -> KeyFile:
    """The file of some bytes; raises VaultDamaged, or JournalError for a newer format."""
    try:
        whole = json.loads(raw.decode("ascii"))
        digest = whole.pop("sha256")
        if whole["format"] != FORMAT or hashlib.sha256(canonical(whole)).hexdigest() != digest:
            raise ValueError
        version = whole["version"]
        if type(version) is not int or version not in (VERSION, RENEWING):
            raise JournalError(
                "The keys of this journal were written by a newer version of this program.",
                "Update it: pip install --upgrade small-l",
            )
        if (version == RENEWING) != ("previous" in whole):
            raise ValueError
        previous = read_slot({"kind": PREVIOUS, **whole["previous"]}) if version == RENEWING else None
        slots = tuple(read_slot(fields) for fields in whole["slots"])
        return KeyFile(hexadecimal(whole["vault"], 16), hexadecimal(whole["check"], 16), slots, previous)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise VaultDamaged("keys.json is damaged.", _ADVICE) from None


def read_key_file(folder: Path) -> KeyFile:
    """The folder's keys; raises VaultDamaged where they are missing or damaged."""
    try:
        with (folder / KEYS_FILE).open("rb") as stream:
            raw = stream.read(_LONGEST + 1)
    except FileNotFoundError:
        raise VaultDamaged("keys.json is missing from the journal's folder.", _ADVICE) from None
    except OSError:
        raise VaultDamaged("keys.json cannot be read.", f"Allow reading it. Or: {_ADVICE}") from None
    if len(raw) > _LONGEST:
        raise VaultDamaged("keys.json is damaged.", _ADVICE)
    return from_bytes(raw)


def write_key_file(folder: Path, keys: KeyFile) -> None:
    """Put the keys in place, the bytes that were there kept as keys.json.bak. Raises OSError."""
    path = folder / KEYS_FILE
    if path.is_file():
        with path.open("rb") as stream:
            write_whole(folder / BACKUP_FILE, stream.read(_LONGEST))
    write_whole(path, to_bytes(keys))


def refresh_backup(folder: Path) -> None:
    """Bring keys.json.bak up to date once keys.json is known to open the journal. Raises OSError.

    Until then it is the way back from a change gone wrong; after it, an old passphrase would still open it.
    """
    current, backup = (folder / KEYS_FILE).read_bytes(), folder / BACKUP_FILE
    if backup.is_file() and backup.read_bytes() != current:
        write_whole(backup, current)
