"""Slots: the root key sealed under one secret, together with all that is said of the slot."""

from __future__ import annotations

import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journal.errors import BadInput
from journal.vault.keys import KdfProfile, stretched

FORMAT = "small-l keys"
SEALING = 1
"""The version of the sealing; it goes into what is authenticated, and is not the version of the file."""
PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
KEYRING = "keyring"
PREVIOUS = "previous"
KDF_NAME = "argon2id"
FIRST_NAME = "passphrase"
"""What a passphrase is called that was given no name."""
LONGEST_NAME = 60

_SALT, _NONCE, _WRAPPED = 16, 12, 32 + 16
_OUTSIDE = {"format", "version", "vault", "kind"}
"""What a slot is authenticated with and does not hold itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the root key: its kind, and what that kind needs, exactly as in the file."""

    kind: str
    fields: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the person calls it; the kind itself where there is only one of it."""
        return str(self.fields.get("name", FIRST_NAME)) if self.kind == PASSPHRASE else self.kind

    @property
    def profile(self) -> KdfProfile:
        """The cost of a passphrase slot."""
        f = self.fields
        return KdfProfile(f["profile"], f["memory_kib"], f["iterations"], f["lanes"])


def checked_name(name: str) -> str:
    """A name for a passphrase as it is kept: NFC, without blanks around it. Raises BadInput."""
    name = unicodedata.normalize("NFC", name.strip())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise BadInput(
            "That name cannot be used.", f"Give one of at most {LONGEST_NAME} letters, such as: for my partner"
        )
    if name.casefold() == KEYRING:
        raise BadInput("That name belongs to the keyring of this computer.", "Choose another one.")
    return name


# --------------------------------------------------------------------------- sealing


def passphrase_slot(vault_id: str, root: bytes, passphrase: str, name: str, profile: KdfProfile) -> Slot:
    """The root key under Argon2id of a passphrase."""
    header = {
        "name": name,
        "kdf": KDF_NAME,
        "profile": profile.name,
        "memory_kib": profile.memory_kib,
        "iterations": profile.iterations,
        "lanes": profile.lanes,
        "salt": secrets.token_hex(_SALT),
    }
    key = stretched(passphrase, bytes.fromhex(str(header["salt"])), profile)
    return _sealed(PASSPHRASE, header, vault_id, root, key)


def by_passphrase(vault_id: str, slot: Slot, passphrase: str) -> bytes | None:
    """The root key, None where the passphrase is another or the slot was changed; the cost is checked before."""
    return _opened(slot, vault_id, stretched(passphrase, bytes.fromhex(slot.fields["salt"]), slot.profile))


def key_slot(kind: str, vault_id: str, root: bytes, key: bytes) -> Slot:
    """The root key under a key of 32 random bytes."""
    return _sealed(kind, {}, vault_id, root, key)


def by_key(vault_id: str, slot: Slot, key: bytes) -> bytes | None:
    """The root key, None where the key is another or the slot was changed."""
    return _opened(slot, vault_id, key)


def _sealed(kind: str, header: Mapping[str, Any], vault_id: str, root: bytes, key: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 60 ms; only when keys are made or used

    nonce = secrets.token_bytes(_NONCE)
    wrapped = AESGCM(key).encrypt(nonce, root, _associated(vault_id, kind, header))
    return Slot(kind, {**header, "nonce": nonce.hex(), "wrapped": wrapped.hex()})


def _opened(slot: Slot, vault_id: str, key: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = dict(slot.fields)
    nonce, wrapped = bytes.fromhex(header.pop("nonce")), bytes.fromhex(header.pop("wrapped"))
    try:
        return AESGCM(key).decrypt(nonce, wrapped, _associated(vault_id, slot.kind, header))
    except InvalidTag:
        return None


def _associated(vault_id: str, kind: str, header: Mapping[str, Any]) -> bytes:
    """What a slot is sealed together with, so that none of it can be changed or moved to another journal."""
    return canonical({**header, "format": FORMAT, "version": SEALING, "vault": vault_id, "kind": kind})


def canonical(fields: Mapping[str, Any]) -> bytes:
    """A JSON object in its one form: ASCII, keys sorted, no blanks."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


# --------------------------------------------------------------------------- what was read


def read_slot(fields: Mapping[str, Any]) -> Slot:
    """A slot of the file; raises ValueError, KeyError or TypeError for one of a wrong shape."""
    fields = dict(fields)
    kind = fields.pop("kind")
    if not isinstance(kind, str) or fields.keys() & _OUTSIDE:
        raise ValueError
    if kind == PASSPHRASE:
        _check_passphrase(fields)
    elif kind in (KEYRING, PREVIOUS) and fields.keys() != {"nonce", "wrapped"}:
        raise ValueError
    if kind in (PASSPHRASE, KEYRING, PREVIOUS):
        hexadecimal(fields["nonce"], _NONCE)
        hexadecimal(fields["wrapped"], _WRAPPED)
    return Slot(kind, fields)


def _check_passphrase(fields: Mapping[str, Any]) -> None:
    hexadecimal(fields["salt"], _SALT)
    numbers = all(type(fields[name]) is int and fields[name] > 0 for name in ("memory_kib", "iterations", "lanes"))
    name = fields.get("name", FIRST_NAME)
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ValueError
    if not numbers or fields["kdf"] != KDF_NAME or not isinstance(fields["profile"], str):
        raise ValueError


def hexadecimal(value: Any, size: int) -> str:
    """The value where it is so many bytes in lower-case hexadecimal; raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise ValueError
    return value
