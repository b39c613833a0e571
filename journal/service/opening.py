"""Starting, unlocking and recovering a journal, and the sample journal in a vault of its own."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal.domain import ActState, Entry, Profile
from journal.paths import config_folder
from journal.service.journal import Journal

if TYPE_CHECKING:
    from journal.vault.keys import KdfProfile

Clock = Callable[[], datetime]


def local_now() -> datetime:
    """The moment by this machine's clock, with its offset."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Strength:
    """How guessable a passphrase is, by zxcvbn."""

    score: int
    """0 (guessed at once) to 4 (very unguessable)."""
    words: str
    """The score in words."""
    advice: str


_SCORES = ("guessed at once", "very weak", "weak", "good", "strong")


def passphrase_strength(passphrase: str) -> Strength:
    """How long a passphrase would hold against somebody with a copy of the vault."""
    from zxcvbn import zxcvbn  # 30 ms of word lists; only when a passphrase is chosen

    found = zxcvbn(passphrase[:72])  # the library's own limit; longer only gets stronger
    advice = found["feedback"]["warning"] or next(iter(found["feedback"]["suggestions"]), "")
    return Strength(found["score"], _SCORES[found["score"]], advice)


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The secret of a journal that does not exist yet, so that its words can be shown and proved first."""

    root: bytes
    words: tuple[str, ...]

    def __repr__(self) -> str:
        return "NewKeys(…)"


def new_keys() -> NewKeys:
    """A fresh secret and its recovery words; nothing is written."""
    from journal.vault import keys

    root = keys.new_root_key()
    return NewKeys(root, keys.recovery_words(root))


def exists(home: Path) -> bool:
    """Whether there is a journal in this folder."""
    from journal.vault.vault import Vault

    return Vault.exists(home)


def create(
    home: Path,
    new: NewKeys,
    passphrase: str,
    profile: Profile | None = None,
    *,
    now: Clock = local_now,
    kdf: KdfProfile | None = None,
) -> Journal:
    """Start a journal; until this returns there is none."""
    from journal.vault.vault import Vault

    vault = Vault.create(home, new.root, passphrase, now=now(), **({"kdf": kdf} if kdf else {}))
    journal = Journal(vault, config=config_folder(), now=now)
    if profile:
        journal.set_profile(profile)
    return journal


def unlock(home: Path, passphrase: str, *, now: Clock = local_now, floor: KdfProfile | None = None) -> Journal:
    """Open a journal; WrongPassphrase costs nothing but the time to derive a key."""
    from journal.vault.vault import Vault

    options: dict[str, Any] = {"floor": floor} if floor else {}
    return _ready(Journal(Vault.open(home, passphrase, now=now(), **options), config=config_folder(), now=now))


def unlock_by_keyring(home: Path, *, now: Clock = local_now, floor: KdfProfile | None = None) -> Journal:
    """Open a journal by the keyring of this computer, where the person switched that on."""
    from journal.vault.vault import Vault

    options: dict[str, Any] = {"floor": floor} if floor else {}
    return _ready(Journal(Vault.open_by_keyring(home, now=now(), **options), config=config_folder(), now=now))


def recover(home: Path, words: str, new_passphrase: str, *, now: Clock = local_now) -> Journal:
    """Open a journal by its recovery words and give it a new passphrase."""
    from journal.vault.vault import Vault

    vault = Vault.recover(home, words, new_passphrase, now=now())
    return _ready(Journal(vault, config=config_folder(), now=now))


def _ready(journal: Journal) -> Journal:
    journal.keeping.empty_expired_bin()
    return journal


# --------------------------------------------------------------------------- the sample journal


@contextmanager
def demo(*, now: Clock | None = None) -> Iterator[Journal]:
    """The sample journal in a temporary vault, gone when this ends."""
    from journal.vault.keys import KdfProfile
    from journal.vault.vault import Vault

    folder = Path(tempfile.mkdtemp(prefix="small-l-demo-"))
    new, phrase = new_keys(), secrets.token_hex(16)  # a random phrase needs no slow derivation
    try:
        records = _sample()
        clock = now or _evening_after(records)
        kdf = KdfProfile(name="sample", memory_kib=8192, iterations=1, lanes=1)
        vault = Vault.create(folder / "vault", new.root, phrase, kdf=kdf, now=clock())
        journal = Journal(vault, config=config_folder(), now=clock, sample=True)
        try:
            _fill(journal, records)
            yield journal
        finally:
            journal.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sample() -> list[dict[str, Any]]:
    path = Path(__file__).parent.parent / "sample" / "fy1.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _evening_after(records: list[dict[str, Any]]) -> Clock:
    """A clock that stands the day after the last sample entry, so that Today looks lived in."""
    from datetime import timedelta

    start = datetime.fromisoformat(records[-1]["date"]) + timedelta(days=1)
    began = local_now()
    return lambda: start + (local_now() - began)


def _fill(journal: Journal, records: list[dict[str, Any]]) -> None:
    from journal.importers import jsonl

    last = records[-1]
    journal.set_profile(Profile(last.get("role", ""), last.get("setting", ""), last.get("placement", "")))
    extra = ("small_act", "lift")
    lines = [json.dumps({k: v for k, v in r.items() if k not in extra}).encode() for r in records]
    kept = journal.keep_records(jsonl.read(lines, today=journal.now().date()).records)
    for entry, record in zip(kept, records, strict=True):
        _reflect(journal, entry, record)


def _reflect(journal: Journal, entry: Entry, record: dict[str, Any]) -> None:
    at = datetime.fromisoformat(entry.written)
    if act := record.get("small_act"):
        chosen = journal.choose_act(act["text"], entry.id, at=at)
        state: ActState = act["state"]
        if state != "open":
            journal.close_act(chosen.id, state, act.get("outcome", ""), at=at)
    if lift := record.get("lift"):
        start = entry.content.text.index(lift["sentence"])
        journal.keep_lift(entry, start, start + len(lift["sentence"]), lift["answer"], at=at)
