"""The root key of a journal, the words that write it down, and how a passphrase becomes a key."""

from __future__ import annotations

import re
import secrets
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from journal.errors import BadInput, JournalError, VaultDamaged

ROOT_BYTES = 32
WORDS = 24
"""BIP-39: 256 bits and a checksum of 8 bits, 11 bits a word."""

_LABELS = {
    "database": b"small-l/database/1",
    "check": b"small-l/check/1",
    "renewal": b"small-l/renewal/1",
    "backup": b"small-l/backup/1",
    "redaction": b"small-l/redaction/1",
}
"""HKDF `info`: one label for each use, so that no key serves two."""


def new_root_key() -> bytes:
    """256 random bits, from which every other key of a journal follows."""
    return secrets.token_bytes(ROOT_BYTES)


def derived(root: bytes, use: str, length: int = 32) -> bytes:
    """The key for one use: HKDF-SHA256 (RFC 5869) without salt, as the root key is uniform."""
    from cryptography.hazmat.primitives.hashes import SHA256  # 60 ms; only when a journal is opened
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=length, salt=None, info=_LABELS[use]).derive(root)


# --------------------------------------------------------------------------- recovery words


def recovery_words(root: bytes) -> tuple[str, ...]:
    """The root key itself as 24 English words (BIP-39); whoever has them can open the journal."""
    from mnemonic import Mnemonic  # 40 ms of word list; only when words are shown or typed

    return tuple(Mnemonic("english").to_mnemonic(root).split())


def root_from_words(text: str) -> bytes:
    """The root key from typed words; capitals, commas, numbers and line breaks between them do not matter.

    Raises BadInput with the position of the first unknown word, with the number of words where it is not 24, or
    where the words do not fit together. The words themselves are in no message.
    """
    from mnemonic import Mnemonic

    language = Mnemonic("english")
    known = set(language.wordlist)
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).lower())
    for position, word in enumerate(words, 1):
        if word not in known:
            raise BadInput(f"Word {position} is not one of the recovery words.", "Look at its spelling on your paper.")
    if len(words) != WORDS:
        raise BadInput(f"There are {WORDS} recovery words; {len(words)} were given.", "Type them all, in order.")
    try:
        return bytes(language.to_entropy(words))
    except (ValueError, LookupError):
        raise BadInput(
            "These words do not fit together.", "One is another word than on your paper, or two changed places."
        ) from None


# --------------------------------------------------------------------------- passphrases


@dataclass(frozen=True, slots=True)
class KdfProfile:
    """How much work Argon2id (RFC 9106) asks for each guess of a passphrase."""

    name: str
    memory_kib: int
    iterations: int
    lanes: int
    source: str = ""
    """Where the numbers come from."""

    def weaker_than(self, floor: KdfProfile) -> bool:
        """Whether a guess costs less memory or fewer passes than `floor` asks."""
        return self.memory_kib < floor.memory_kib or self.iterations < floor.iterations


FLOOR = KdfProfile("rfc9106-second", 64 * 1024, 3, 4, "RFC 9106, section 4: second recommended option")
CHEAP = KdfProfile("cheap", 8, 1, 1, "the least Argon2id allows; for tests, and refused unless the caller asks for it")
MOST = KdfProfile(
    "most", 2 * 1024 * 1024, 64, 16, "2 GiB is RFC 9106's first option; beyond it a file was tampered with"
)

TARGET_SECONDS = 0.5
SHARE_OF_FREE_MEMORY = 0.25
_MOST_CALIBRATED_KIB = 1024 * 1024


def calibrate(seconds: float = TARGET_SECONDS, free_kib: int | None = None) -> KdfProfile:
    """A profile that takes about `seconds` here, never below the floor nor above a quarter of the free memory.

    One derivation at the floor is timed.
    """
    began = time.perf_counter()
    stretched("calibration", secrets.token_bytes(16), FLOOR)
    return fitted(seconds / (time.perf_counter() - began), _free_kib() if free_kib is None else free_kib)


def fitted(times_floor: float, free_kib: int) -> KdfProfile:
    """A profile that costs about `times_floor` times the floor, and never less than it.

    The cost is proportional to memory times passes, and memory is raised first, since it is what makes guessing
    machines dear.
    """
    times_floor = max(1.0, times_floor)
    room = max(FLOOR.memory_kib, min(int(free_kib * SHARE_OF_FREE_MEMORY), _MOST_CALIBRATED_KIB))
    memory = int(min(FLOOR.memory_kib * times_floor, room)) // 1024 * 1024
    passes = int(min(FLOOR.iterations * times_floor * FLOOR.memory_kib / memory, MOST.iterations))
    return KdfProfile("calibrated", memory, max(FLOOR.iterations, passes), FLOOR.lanes)


def _free_kib() -> int:
    """Memory that can be had without swapping; 0 where the system does not say."""
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text("ascii"), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def refuse_unsafe(profile: KdfProfile, floor: KdfProfile) -> None:
    """Raises VaultDamaged for parameters below `floor`, and for such as would only hang the computer."""
    if profile.weaker_than(floor):
        raise VaultDamaged(
            "keys.json asks for weaker protection than this program allows.",
            "Somebody may have changed it. Open the journal with your recovery words, which writes it anew.",
        )
    if MOST.weaker_than(profile) or not 1 <= profile.lanes <= min(MOST.lanes, profile.memory_kib // 8):
        raise VaultDamaged(
            "keys.json asks for an amount of work that makes no sense.",
            "Somebody may have changed it. Open the journal with your recovery words, which writes it anew.",
        )


def stretched(passphrase: str, salt: bytes, profile: KdfProfile) -> bytes:
    """32 bytes by Argon2id from a passphrase, which is first made NFKC so that it is the same on every keyboard.

    Raises BadInput for half a character, and JournalError where there is not memory enough.
    """
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        secret = unicodedata.normalize("NFKC", passphrase).encode()
    except UnicodeEncodeError:
        raise BadInput("The passphrase holds half a character.", "Type it again.") from None
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=profile.iterations,
        lanes=profile.lanes,
        memory_cost=profile.memory_kib,
    )
    try:
        return kdf.derive(secret)
    except MemoryError:
        raise JournalError(
            f"Unlocking needs {profile.memory_kib // 1024} MiB of memory, more than is free.",
            "Close other programs and try again.",
        ) from None
