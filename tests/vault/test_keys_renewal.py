"""A new root key and new words, through kills, full disks and failures at every step."""

import os
import resource
import select
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from journal.domain import EntryContent
from journal.errors import CannotWrite, JournalError, VaultDamaged, WrongPassphrase
from journal.vault import keyfile, keys, renewal
from journal.vault.database import Database
from journal.vault.vault import Vault

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")

AT = "2026-03-09T20:41:00+00:00"
NEW_ROOT = bytes(range(100, 132))
OLD_WORDS = " ".join(keys.recovery_words(bytes(range(32))))
NEW_WORDS = " ".join(keys.recovery_words(NEW_ROOT))
ENTRIES = 16
Opener = Callable[[], Vault]


@pytest.fixture
def filled(opened: Opener, home: Path) -> Path:
    """A closed vault of some two hundred pages."""
    with opened() as vault:
        vault.entries.add_many([(None, AT, EntryContent(f"{n} " + os.urandom(6000).hex())) for n in range(ENTRIES)])
    return home


def whole(vault: Vault) -> bool:
    return len(list(vault.entries.all())) == ENTRIES and all(check.ok for check in vault.check())


def words_that_open(home: Path, now: datetime) -> set[str]:
    """Which words open copies of the vault with every entry in it."""
    found = set()
    for name, words in (("old", OLD_WORDS), ("new", NEW_WORDS)):
        copy = home.with_name(f"{home.name}-{name}")
        shutil.copytree(home, copy)
        try:
            with Vault.recover(copy, words, "found again", now=now, kdf=keys.CHEAP) as vault:
                assert len(list(vault.entries.all())) == ENTRIES
            Vault.open(copy, "found again", now=now, floor=keys.CHEAP).close()
            found.add(name)
        except WrongPassphrase:
            pass
        shutil.rmtree(copy)
    return found


def holds(home: Path, phrase: str, now: datetime) -> set[str]:
    """Open a vault whose renewal may have been cut off, and look at all of it; which words open it before and after."""
    before = words_that_open(home, now)
    assert before
    with Vault.open(home, phrase, now=now, floor=keys.CHEAP) as vault:
        assert whole(vault)
    Vault.open(home, phrase, now=now, floor=keys.CHEAP).close()
    after = words_that_open(home, now)
    assert len(after) == 1
    assert after <= before
    assert keyfile.read_key_file(home).previous is None
    return after


def test_after_a_renewal_only_the_new_words_open_and_the_passphrase_still_does(
    filled: Path, opened: Opener, phrase: str, now: datetime
) -> None:
    before = (filled / "journal.db").read_bytes()
    with opened() as vault:
        vault.ways_in(phrase).renew(NEW_ROOT)
    assert holds(filled, phrase, now) == {"new"}
    pages = range(0, len(before), 4096)
    after = (filled / "journal.db").read_bytes()
    assert not any(before[at + 16 : at + 4096] == after[at + 16 : at + 4096] for at in pages)
    for path in filled.iterdir():
        if path.name.startswith("keys.json"):
            assert keyfile.from_bytes(path.read_bytes()).unwrap(phrase, keys.CHEAP)[0] == NEW_ROOT
            assert keyfile.from_bytes(path.read_bytes()).previous is None


def test_the_old_keys_file_opens_nothing_after_a_renewal(
    filled: Path, opened: Opener, phrase: str, now: datetime
) -> None:
    old = (filled / "keys.json").read_bytes()
    with opened() as vault:
        vault.ways_in(phrase).renew(NEW_ROOT)
    (filled / "keys.json").write_bytes(old)
    with pytest.raises(VaultDamaged):
        opened()
    with pytest.raises(VaultDamaged):  # the words fit the file, so they are not called wrong
        Vault.recover(filled, OLD_WORDS, "new", now=now, kdf=keys.CHEAP)
    Vault.recover(filled, NEW_WORDS, "new", now=now, kdf=keys.CHEAP).close()
    assert holds(filled, "new", now) == {"new"}


def test_a_renewal_closes_the_passphrases_it_was_not_given(
    filled: Path, opened: Opener, phrase: str, now: datetime
) -> None:
    with opened() as vault:
        vault.ways_in(phrase).add("hers", "for my partner")
        ways = vault.ways_in(phrase)
        assert ways.closed_by_renewal == ("for my partner",)
        ways.renew(NEW_ROOT)
    with pytest.raises(WrongPassphrase):
        Vault.open(filled, "hers", now=now, floor=keys.CHEAP)
    assert holds(filled, phrase, now) == {"new"}


# --------------------------------------------------------------------------- cut off


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_renewal_cut_off_after_each_step_is_carried_on(
    filled: Path, root: bytes, phrase: str, now: datetime, step: int
) -> None:
    before = keyfile.read_key_file(filled)
    with Vault.open(filled, phrase, now=now, floor=keys.CHEAP) as vault:
        slot = vault.ways_in(phrase)._sealed(phrase, "passphrase", NEW_ROOT)
        after = keyfile.renewed_key_file(before.vault_id, root, NEW_ROOT, (slot,))
        keyfile.write_key_file(filled, after)
        if step > 1:
            renewal.switch(vault._database, NEW_ROOT)
        if step > 2:
            keyfile.write_key_file(filled, after.settled())
    assert words_that_open(filled, now) == ({"old", "new"} if step == 1 else {"new"})
    assert holds(filled, phrase, now) == {"new"}


def test_old_words_given_while_the_database_is_under_them_take_the_renewal_back(
    filled: Path, root: bytes, phrase: str, now: datetime
) -> None:
    before = keyfile.read_key_file(filled)
    keyfile.write_key_file(filled, keyfile.renewed_key_file(before.vault_id, root, NEW_ROOT, ()))
    with Vault.recover(filled, OLD_WORDS, "found again", now=now, kdf=keys.CHEAP) as vault:
        assert whole(vault)
    assert holds(filled, "found again", now) == {"old"}


@pytest.mark.parametrize("call", range(1, 17))
def test_a_renewal_whose_files_fail_at_any_call_leaves_a_journal_that_opens(
    filled: Path, opened: Opener, phrase: str, now: datetime, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    real, left = {name: getattr(os, name) for name in ("fsync", "replace", "open")}, [call]

    def failing(name: str) -> Callable[..., object]:
        def run(*args: object, **more: object) -> object:
            left[0] -= 1
            if left[0] <= 0:  # and all that follow
                raise OSError(28, "No space left on device")
            return real[name](*args, **more)

        return run

    with opened() as vault:
        ways = vault.ways_in(phrase)
        for name in real:
            monkeypatch.setattr(os, name, failing(name))
        try:
            ways.renew(NEW_ROOT)
        except CannotWrite:
            pass
        finally:
            monkeypatch.undo()
    assert holds(filled, phrase, now) <= {"old", "new"}


def test_a_renewal_killed_at_any_moment_leaves_a_journal_that_opens(
    filled: Path, opened: Opener, phrase: str, now: datetime, tmp_path: Path
) -> None:
    duration, found = 0.0, list[set[str]]()
    for turn in range(14):
        copy = tmp_path / f"turn{turn}"
        shutil.copytree(filled, copy)
        taken = _renewed_by_a_child(copy, phrase, now, killed_after=duration * turn / 13 if turn else None)
        duration = duration or taken
        found.append(holds(copy, phrase, now))
        shutil.rmtree(copy)
    assert {"new"} in found


def _renewed_by_a_child(home: Path, phrase: str, now: datetime, killed_after: float | None) -> float:
    """Seconds until a child process that renews the keys of a vault ended or was killed.

    A small cache makes the database change in place all along, and not only at the end.
    """
    end, start = os.pipe()
    if not (child := os.fork()):
        try:
            with Vault.open(home, phrase, now=now, floor=keys.CHEAP) as vault:
                vault._database.run("PRAGMA cache_size = 20")
                ways = vault.ways_in(phrase)
                os.write(start, b"now")
                ways.renew(NEW_ROOT)
        finally:
            os._exit(0)
    os.close(start)
    assert os.read(end, 3) == b"now"
    began = time.perf_counter()
    if killed_after is not None and not select.select([end], [], [], killed_after)[0]:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(end)
    return time.perf_counter() - began


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9, 1.0])
def test_a_renewal_killed_at_a_byte_of_its_rollback_journal_leaves_a_journal_that_opens(
    filled: Path, phrase: str, now: datetime, share: float
) -> None:
    size = int((filled / "journal.db").stat().st_size * share)
    if not (child := os.fork()):
        try:
            with Vault.open(filled, phrase, now=now, floor=keys.CHEAP) as vault:
                vault._database.run("PRAGMA cache_size = 20")
                ways = vault.ways_in(phrase)
                signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
                ways.renew(NEW_ROOT)
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGXFSZ
    assert (filled / "journal.db-journal").stat().st_size > 0
    assert keyfile.read_key_file(filled).previous is not None
    assert holds(filled, phrase, now) == {"new"}


@pytest.fixture
def little_room() -> Iterator[Callable[[int], None]]:
    before, heard = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    yield lambda room: resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


def test_a_disk_too_full_for_a_renewal_is_said_and_the_old_words_hold(
    filled: Path, opened: Opener, phrase: str, now: datetime, little_room: Callable[[int], None]
) -> None:
    with opened() as vault:
        ways = vault.ways_in(phrase)
        little_room((filled / "journal.db").stat().st_size // 2)
        with pytest.raises(CannotWrite, match="could not be encrypted anew"):
            ways.renew(NEW_ROOT)
        assert len(list(vault.entries.all())) == ENTRIES
    little_room(resource.RLIM_INFINITY)
    assert holds(filled, phrase, now) == {"old"}


def test_a_disk_too_full_to_carry_on_opens_the_journal_all_the_same(
    filled: Path, root: bytes, opened: Opener, phrase: str, now: datetime, little_room: Callable[[int], None]
) -> None:
    before = keyfile.read_key_file(filled)
    with opened() as vault:
        slot = vault.ways_in(phrase)._sealed(phrase, "passphrase", NEW_ROOT)
    keyfile.write_key_file(filled, keyfile.renewed_key_file(before.vault_id, root, NEW_ROOT, (slot,)))
    little_room((filled / "journal.db").stat().st_size // 2)
    with opened() as vault:
        assert whole(vault)
        with pytest.raises(CannotWrite, match="earlier renewal"):
            vault.ways_in(phrase).renew(bytes(32))
        vault.ways_in(phrase).add("hers", "for my partner")
    little_room(resource.RLIM_INFINITY)
    assert words_that_open(filled, now) == {"old", "new"}
    assert holds(filled, "hers", now) == {"new"}


def test_a_damaged_database_is_never_encrypted_anew(filled: Path, opened: Opener, phrase: str) -> None:
    path = filled / "journal.db"
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(raw)
    keys_before = (filled / "keys.json").read_bytes()
    with opened() as vault, pytest.raises(JournalError, match="damaged"):
        vault.ways_in(phrase).renew(NEW_ROOT)
    assert path.read_bytes() == bytes(raw)
    assert (filled / "keys.json").read_bytes() == keys_before


def test_the_database_is_under_the_new_key_alone(filled: Path, opened: Opener, root: bytes, phrase: str) -> None:
    with opened() as vault:
        vault.ways_in(phrase).renew(NEW_ROOT)
    with pytest.raises(VaultDamaged):
        Database(filled / "journal.db", keys.derived(root, "database"))
    Database(filled / "journal.db", keys.derived(NEW_ROOT, "database")).close()


# --------------------------------------------------------------------------- with the keyring


class OneKey(KeyringBackend):
    """A keyring in memory that may fall silent."""

    priority = 1  # type: ignore[assignment]
    held: str | None = None
    silent = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.silent:
            raise RuntimeError
        return self.held

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held = password


@pytest.mark.parametrize("silent", [False, True])
def test_the_keyring_stays_a_way_in_through_a_renewal_where_it_answers(
    filled: Path, opened: Opener, phrase: str, now: datetime, silent: bool
) -> None:
    before, ring = keyring.get_keyring(), OneKey()
    keyring.set_keyring(ring)
    try:
        with opened() as vault:
            vault.ways_in(phrase).open_keyring()
            ring.silent = silent
            vault.ways_in(phrase).renew(NEW_ROOT)
        ring.silent = False
        if silent:
            with pytest.raises(JournalError, match="does not open by the keyring"):
                Vault.open_by_keyring(filled, now=now, floor=keys.CHEAP)
        else:
            Vault.open_by_keyring(filled, now=now, floor=keys.CHEAP).close()
    finally:
        keyring.set_keyring(before)
    assert holds(filled, phrase, now) == {"new"}
