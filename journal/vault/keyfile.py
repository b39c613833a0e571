"""`keys.json`: the root key wrapped once for each way of unlocking, and no secret in the clear."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.errors import JournalError, VaultDamaged, WrongPassphrase
from journal.files import write_whole
from journal.vault.keys import KdfProfile, derived, refuse_unsafe, stretched

KEYS_FILE = "keys.json"
BACKUP_FILE = "keys.json.bak"
FORMAT = "small-l keys"
VERSION = 1
PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
KDF_NAME = "argon2id"

_LONGEST = 64 * 1024
_SALT, _NONCE, _WRAPPED = 16, 12, 32 + 16
_ADVICE = "Open the journal with your recovery words and a new passphrase; that writes keys.json anew."


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the root key: its kind, and what that kind needs, exactly as in the file."""

    kind: str
    fields: Mapping[str, Any]

    @property
    def profile(self) -> KdfProfile:
        """The cost of a passphrase slot."""
        f = self.fields
        return KdfProfile(f["profile"], f["memory_kib"], f["iterations"], f["lanes"])


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The whole file: whose journal it opens, a check value of the root key, and the slots."""

    vault_id: str
    check: str
    slots: tuple[Slot, ...]

    def unwrap(self, passphrase: str, floor: KdfProfile) -> tuple[bytes, KdfProfile]:
        """The root key and the cost of the slot that gave it.

        Raises WrongPassphrase, or VaultDamaged for a cost below `floor` or beyond all sense.
        """
        mine = [slot for slot in self.slots if slot.kind == PASSPHRASE]
        for slot in mine:
            refuse_unsafe(slot.profile, floor)
        for slot in mine:
            if root := _unwrapped(self.vault_id, slot, passphrase):
                return root, slot.profile
        raise WrongPassphrase("That passphrase does not open this journal.", "Try again; nothing was changed.")

    def fits(self, root: bytes) -> bool:
        """Whether this is the root key the file was made for."""
        return secrets.compare_digest(self.check, _check_value(root))

    def with_passphrase(self, root: bytes, passphrase: str, profile: KdfProfile) -> KeyFile:
        """The same file with its passphrase slots replaced by one; slots of other kinds stay."""
        others = tuple(slot for slot in self.slots if slot.kind != PASSPHRASE)
        return KeyFile(self.vault_id, self.check, (_wrapped(self.vault_id, root, passphrase, profile), *others))


def new_key_file(vault_id: str, root: bytes, passphrase: str, profile: KdfProfile) -> KeyFile:
    """A file with one passphrase slot."""
    return KeyFile(vault_id, _check_value(root), (_wrapped(vault_id, root, passphrase, profile),))


def _check_value(root: bytes) -> str:
    return derived(root, "check", 16).hex()


def _wrapped(vault_id: str, root: bytes, passphrase: str, profile: KdfProfile) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 60 ms; only when keys are made or used

    nonce = secrets.token_bytes(_NONCE)
    header = {
        "kdf": KDF_NAME,
        "profile": profile.name,
        "memory_kib": profile.memory_kib,
        "iterations": profile.iterations,
        "lanes": profile.lanes,
        "salt": secrets.token_hex(_SALT),
    }
    key = stretched(passphrase, bytes.fromhex(header["salt"]), profile)  # type: ignore[arg-type]
    sealed = AESGCM(key).encrypt(nonce, root, _associated(vault_id, PASSPHRASE, header))
    return Slot(PASSPHRASE, {**header, "nonce": nonce.hex(), "wrapped": sealed.hex()})


def _unwrapped(vault_id: str, slot: Slot, passphrase: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    fields = dict(slot.fields)
    nonce, sealed = bytes.fromhex(fields.pop("nonce")), bytes.fromhex(fields.pop("wrapped"))
    key = stretched(passphrase, bytes.fromhex(fields["salt"]), slot.profile)
    try:
        return AESGCM(key).decrypt(nonce, sealed, _associated(vault_id, slot.kind, fields))
    except InvalidTag:
        return None


def _associated(vault_id: str, kind: str, header: Mapping[str, Any]) -> bytes:
    """What a slot is sealed together with, so that none of it can be changed or moved to another journal."""
    return _canonical({"format": FORMAT, "version": VERSION, "vault": vault_id, "kind": kind, **header})


def _canonical(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


# --------------------------------------------------------------------------- the file


def to_bytes(keys: KeyFile) -> bytes:
    """The file's bytes: one JSON object in ASCII, keys sorted, indented by two, ended by a newline.

    - `format`: "small-l keys". `version`: 1; a reader refuses any other.
    - `vault`: 32 hexadecimal digits, the id that journal.db holds too.
    - `check`: 32 hexadecimal digits: HKDF-SHA256(root key, info "small-l/check/1"), 16 bytes. It tells recovery words
      of another journal from a damaged one, and reveals nothing of the root key.
    - `slots`: objects, each with a `kind`. A reader passes over kinds it does not know and keeps them when it writes.
      Kind "passphrase": `kdf` "argon2id"; `profile`, a name for the three that follow; `memory_kib`, `iterations` and
      `lanes`, whole numbers; `salt`, 16 bytes; `nonce`, 12 bytes; `wrapped`, 48 bytes: the root key under
      AES-256-GCM, tag last. Bytes are in lower-case hexadecimal. The AES key is Argon2id version 0x13 over the
      passphrase in NFKC and UTF-8, 32 bytes long. Associated data: the JSON object of `format`, `version`, `vault`
      and all of the slot but `nonce` and `wrapped`, in ASCII, keys sorted, without blanks.
    - `sha256`: SHA-256, in hexadecimal, of the JSON object of all the above in that same form (ASCII, keys sorted,
      without blanks), in this and every later version. It finds accidents; associated data and floor find intent.
    """
    slots = [{"kind": slot.kind, **slot.fields} for slot in keys.slots]
    body = {"format": FORMAT, "version": VERSION, "vault": keys.vault_id, "check": keys.check, "slots": slots}
    whole = {**body, "sha256": hashlib.sha256(_canonical(body)).hexdigest()}
    return (json.dumps(whole, sort_keys=True, indent=2, ensure_ascii=True) + "\n").encode("ascii")


def from_bytes(raw: bytes) -> KeyFile:
    """The file of some bytes; raises VaultDamaged, or JournalError for a newer format."""
    try:
        whole = json.loads(raw.decode("ascii"))
        digest = whole.pop("sha256")
        if whole["format"] != FORMAT or hashlib.sha256(_canonical(whole)).hexdigest() != digest:
            raise ValueError
        if whole["version"] != VERSION:
            raise JournalError(
                "The keys of this journal were written by a newer version of this program.",
                "Update it: pip install --upgrade small-l",
            )
        slots = tuple(_slot(dict(fields)) for fields in whole["slots"])
        return KeyFile(_hex(whole["vault"], 16), _hex(whole["check"], 16), slots)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise VaultDamaged("keys.json is damaged.", _ADVICE) from None


def _slot(fields: dict[str, Any]) -> Slot:
    kind = fields.pop("kind")
    if not isinstance(kind, str):
        raise TypeError
    if kind == PASSPHRASE:
        for name, size in (("salt", _SALT), ("nonce", _NONCE), ("wrapped", _WRAPPED)):
            _hex(fields[name], size)
        numbers = all(type(fields[name]) is int and fields[name] > 0 for name in ("memory_kib", "iterations", "lanes"))
        if not numbers or fields["kdf"] != KDF_NAME or not isinstance(fields["profile"], str):
            raise ValueError
    return Slot(kind, fields)


def _hex(value: Any, size: int) -> str:
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise ValueError
    return value


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
