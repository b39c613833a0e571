"""The one file of a backup, byte by byte (see BACKUP.md): a header, the key slots, the encrypted pages, and a seal."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from journal.errors import BadInput, CannotWrite, JournalError, VaultDamaged, WrongPassphrase
from journal.vault.keyfile import KeyFile, from_bytes
from journal.vault.keys import FLOOR, KdfProfile, derived, root_from_words

MAGIC = b"small-l backup\r\n"
VERSION = 1
PAGE = 4096
SEAL = 32
LONGEST_KEYS = 64 * 1024
_FORM = struct.Struct(">16sIIQQ32s16s32s8s")
_PART = 1 << 20

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises stops the work, and nothing is left behind."""


def unwatched(done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, repr=False, slots=True)
class SafeKeys:
    """The keys of one journal that a backup needs."""

    database: bytes
    seal: bytes
    check: str
    """As in keys.json: tells the keys of one journal from those of another."""

    @classmethod
    def of(cls, root: bytes) -> SafeKeys:
        return cls(derived(root, "database"), derived(root, "backup"), derived(root, "check", 16).hex())


@dataclass(frozen=True, repr=False, slots=True)
class Unlocking:
    """What a person opens a journal or a backup with: a passphrase, or else the recovery words."""

    passphrase: str = ""
    words: str = ""
    floor: KdfProfile = FLOOR
    """The least cost of a guess that is accepted."""

    def root(self, keys: KeyFile) -> bytes:
        """The root key that some slots or words give. Raises BadInput, WrongPassphrase, VaultDamaged."""
        root = root_from_words(self.words) if self.words else keys.unwrap(self.passphrase, self.floor)[0]
        if not keys.fits(root):
            raise WrongPassphrase("These words do not open this journal.", "They may belong to another one.")
        return root


@dataclass(frozen=True, slots=True)
class Header:
    """What a backup says of itself before it is opened; the seal at its end vouches for it."""

    vault_id: str
    made: datetime
    links: int
    """Changes in the journal's history when it was made."""
    chain: bytes
    """The history's hash after the last of them."""
    keys_size: int
    pages_size: int

    def to_bytes(self) -> bytes:
        made = self.made.isoformat(timespec="seconds").encode("ascii")
        sizes = (self.keys_size, self.pages_size)
        return _FORM.pack(MAGIC, VERSION, *sizes, self.links, self.chain, bytes.fromhex(self.vault_id), made, bytes(8))

    @property
    def whole_size(self) -> int:
        """Bytes of the whole file."""
        return _FORM.size + self.keys_size + self.pages_size + SEAL


@dataclass(frozen=True, slots=True)
class Sealed:
    """A backup file whose header and key slots were read, and nothing more."""

    file: Path
    header: Header
    keys: KeyFile
    keys_raw: bytes

    def root(self, unlocking: Unlocking) -> bytes:
        """The root key, from what held when the backup was made. Raises BadInput, WrongPassphrase, VaultDamaged."""
        try:
            return unlocking.root(self.keys)
        except WrongPassphrase as error:
            made = f"It was made on {day(self.header.made)}: what opened the journal then opens it."
            others = "" if unlocking.words else " Or use the recovery words: --words"
            raise WrongPassphrase(error.title.replace("this journal", "this backup"), made + others) from None
        except VaultDamaged:
            raise VaultDamaged(
                "The key slots of this backup are not as the journal writes them.",
                "Somebody may have changed them. Use the recovery words: --words",
            ) from None


def read_sealed(file: Path) -> Sealed:
    """The header and the key slots of a backup.

    Raises BadInput for what is no backup, VaultDamaged for one that was cut off or changed, JournalError for one of a
    newer version.
    """
    with reading(file) as stream:
        raw = stream.read(_FORM.size)
        header = _header(raw, file)
        size = os.fstat(stream.fileno()).st_size
        if size != header.whole_size:
            raise damaged(file, "It was cut off." if size < header.whole_size else "Something was added to it.")
        keys_raw = stream.read(header.keys_size)
    try:
        keys = from_bytes(keys_raw)
    except VaultDamaged:
        raise damaged(file) from None
    if keys.vault_id != header.vault_id:
        raise damaged(file)
    return Sealed(file, header, keys, keys_raw)


def _header(raw: bytes, file: Path) -> Header:
    if raw[: len(MAGIC)] != MAGIC:
        raise BadInput(f"{file} is not a backup of a journal.", "Name a file that journal backup made.")
    if len(raw) < _FORM.size:
        raise damaged(file, "It was cut off.")
    _, version, keys_size, pages_size, links, chain, vault_id, made, zero = _FORM.unpack(raw)
    if version > VERSION:
        raise JournalError(
            "This backup was made by a newer version of this program.", "Update it: pip install --upgrade small-l"
        )
    try:
        moment = datetime.fromisoformat(made.rstrip(b"\0").decode("ascii"))
        sound = moment.tzinfo is not None and version == VERSION and not any(zero)
    except ValueError:
        sound = False
    if not sound or not 0 < keys_size <= LONGEST_KEYS or not pages_size or pages_size % PAGE:
        raise damaged(file)
    return Header(vault_id.hex(), moment, links, chain, keys_size, pages_size)


def write_sealed(
    stream: BinaryIO, header: Header, keys_raw: bytes, pages: BinaryIO, seal: bytes, told: Progress
) -> bytes:
    """Write a whole backup; the SHA-256 of its pages comes back."""
    hashed, mac = hashlib.sha256(), hmac.new(seal, digestmod="sha256")
    for part in (header.to_bytes(), keys_raw):
        mac.update(part)
        stream.write(part)
    for part in _parts(pages, header.pages_size, told):
        mac.update(part)
        hashed.update(part)
        stream.write(part)
    stream.write(mac.digest())
    return hashed.digest()


def _nowhere(part: bytes) -> None:
    pass


def unsealed(
    sealed: Sealed, seal: bytes, told: Progress = unwatched, into: Callable[[bytes], None] = _nowhere
) -> bytes:
    """Read a whole backup against its seal, handing its pages on part by part; their SHA-256 comes back.

    Raises VaultDamaged; what was handed on until then is not to be used.
    """
    hashed, mac = hashlib.sha256(), hmac.new(seal, digestmod="sha256")
    with reading(sealed.file) as stream:
        mac.update(stream.read(_FORM.size))
        mac.update(stream.read(sealed.header.keys_size))
        for part in _parts(stream, sealed.header.pages_size, told):
            mac.update(part)
            hashed.update(part)
            into(part)
        found = stream.read(SEAL + 1)
    if not hmac.compare_digest(found, mac.digest()):
        raise damaged(sealed.file)
    return hashed.digest()


def _parts(stream: BinaryIO, size: int, told: Progress) -> Iterator[bytes]:
    """So many bytes of a stream, in parts that keep the memory flat; fewer where it ends before."""
    left = size
    while left and (part := stream.read(min(_PART, left))):
        yield part
        left -= len(part)
        told(size - left, size)


def damaged(file: Path, how: str = "") -> VaultDamaged:
    """The refusal of a file that is not what was written."""
    return VaultDamaged(f"The backup {file} is damaged. {how}".rstrip(), "Use another backup. Nothing was changed.")


def day(moment: datetime) -> str:
    """A day as people write it: "9 March 2026"."""
    return f"{moment.day} {moment:%B %Y}"


@contextlib.contextmanager
def reading(file: Path) -> Iterator[BinaryIO]:
    """A file to read, with every fault of the disk said as one; raises BadInput, VaultDamaged."""
    try:
        with file.open("rb") as stream:
            yield stream
    except (FileNotFoundError, NotADirectoryError):
        raise BadInput(f"There is no file {file}.", "Look at its name, and whether its disk is there.") from None
    except IsADirectoryError:
        raise BadInput(f"{file} is a folder.", "Name the file of a backup.") from None
    except PermissionError:
        raise BadInput(f"{file} may not be read.", "Allow reading it, and try again.") from None
    except OSError as error:
        raise VaultDamaged(
            f"{file} cannot be read ({error.strerror}).", "Its disk may be failing: copy it elsewhere, or use another."
        ) from None


@contextlib.contextmanager
def writing_backup(place: Path) -> Iterator[None]:
    """Every fault of the disk that is written to, said as one; raises CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"The backup cannot be written to {place} ({error.strerror}).",
            "Make room there, allow writing, or name another place. Earlier backups are as they were.",
        ) from None
