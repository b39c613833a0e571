"""Several ways into one journal: added, changed, removed, and by the keyring of the computer."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from journal.errors import BadInput, NotFound, VaultDamaged, WrongPassphrase
from journal.vault import keyfile, keys, oskeyring, waysin
from journal.vault.vault import Vault


class InMemory(KeyringBackend):
    """A keyring that is gone with the test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


class Deaf(InMemory):
    """One whose service has gone away."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionRefusedError("org.freedesktop.secrets")

    set_password = get_password  # type: ignore[assignment]


class Plain(InMemory):
    """One that keeps secrets in a plain file, as its priority tells."""

    priority = 0.5  # type: ignore[assignment]


class Forgetful(InMemory):
    """One that takes all and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None: ...


@pytest.fixture
def ring() -> Iterator[InMemory]:
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def opens(home: Path, phrase: str, now: datetime) -> bool:
    try:
        Vault.open(home, phrase, now=now, floor=keys.CHEAP).close()
    except WrongPassphrase:
        return False
    return True


def names(home: Path) -> list[str]:
    return [way.name for way in waysin.listed(home)]


def test_a_second_passphrase_opens_the_journal_beside_the_first(
    vault: Vault, home: Path, phrase: str, now: datetime
) -> None:
    vault.ways_in(phrase).add("another one", "for my partner")
    assert names(home) == ["passphrase", "for my partner"]
    assert vault.check()[6].ok
    vault.close()
    assert opens(home, phrase, now)
    assert opens(home, "another one", now)
    assert not opens(home, "for my partner", now)


def test_a_new_passphrase_without_a_name_gets_a_free_one(vault: Vault, home: Path, phrase: str) -> None:
    ways = vault.ways_in(phrase)
    assert [ways.add("b"), ways.add("c")] == ["passphrase 2", "passphrase 3"]
    ways.remove("passphrase 2")
    assert ways.add("d") == "passphrase 2"


def test_a_changed_passphrase_leaves_the_others(vault: Vault, home: Path, phrase: str, now: datetime) -> None:
    vault.ways_in(phrase).add("hers", "for my partner")
    vault.change_passphrase("hers", "hers anew")
    assert names(home) == ["passphrase", "for my partner"]
    vault.close()
    assert opens(home, phrase, now)
    assert opens(home, "hers anew", now)
    assert not opens(home, "hers", now)


def test_a_removed_passphrase_opens_no_file_that_is_left(vault: Vault, home: Path, phrase: str, now: datetime) -> None:
    ways = vault.ways_in(phrase)
    ways.add("hers", "for my partner")
    ways.remove("For my partner ")
    assert names(home) == ["passphrase"]
    for name in ("keys.json", "keys.json.bak"):
        with pytest.raises(WrongPassphrase):
            keyfile.from_bytes((home / name).read_bytes()).unwrap("hers", keys.CHEAP)
    vault.close()
    assert opens(home, phrase, now)


def test_the_passphrase_one_opened_it_with_may_be_removed_where_another_is_left(
    vault: Vault, home: Path, phrase: str, now: datetime
) -> None:
    ways = vault.ways_in(phrase)
    ways.add("hers", "for my partner")
    ways.remove("passphrase")
    vault.close()
    assert not opens(home, phrase, now)
    assert opens(home, "hers", now)


def test_the_last_passphrase_is_never_removed_even_where_the_keyring_opens(
    vault: Vault, home: Path, phrase: str, ring: InMemory
) -> None:
    ways = vault.ways_in(phrase)
    ways.open_keyring()
    before = (home / "keys.json").read_bytes()
    with pytest.raises(BadInput, match="last passphrase"):
        ways.remove("passphrase")
    with pytest.raises(BadInput, match="keyring"):
        ways.remove("keyring")
    with pytest.raises(NotFound):
        ways.remove("no such name")
    assert (home / "keys.json").read_bytes() == before


def test_a_name_is_one_line_and_used_once(vault: Vault, home: Path, phrase: str) -> None:
    ways = vault.ways_in(phrase)
    for wrong in ("", "  ", "x" * 61, "a\nb", "\x1b[31m", "\ud800", "Keyring", "PASSPHRASE"):
        with pytest.raises(BadInput):
            ways.add("new", wrong)
    with pytest.raises(BadInput, match="empty"):
        ways.add("", "name")
    assert names(home) == ["passphrase"]


def test_there_are_at_most_as_many_passphrases_as_are_accepted_on_opening(
    vault: Vault, home: Path, phrase: str, now: datetime
) -> None:
    ways = vault.ways_in(phrase)
    for number in range(keyfile.MOST_PASSPHRASES - 1):
        ways.add(f"one {number}")
    with pytest.raises(BadInput, match="no room for more"):
        ways.add("one too many")
    vault.close()
    assert opens(home, "one 6", now)


def test_only_who_knows_a_passphrase_can_change_the_ways_in(vault: Vault, phrase: str) -> None:
    with pytest.raises(WrongPassphrase):
        vault.ways_in("wrong")


def test_after_recovery_the_new_passphrase_is_the_only_one(
    vault: Vault, home: Path, phrase: str, root: bytes, now: datetime
) -> None:
    vault.ways_in(phrase).add("hers", "for my partner")
    vault.close()
    Vault.recover(home, " ".join(keys.recovery_words(root)), "new", now=now, kdf=keys.CHEAP).close()
    assert names(home) == ["passphrase"]
    assert [opens(home, one, now) for one in ("new", phrase, "hers")] == [True, False, False]


# --------------------------------------------------------------------------- the keyring of the computer


def test_the_keyring_opens_nothing_before_it_was_switched_on(home: Path, now: datetime, ring: InMemory) -> None:
    with pytest.raises(oskeyring.KeyringUnavailable, match="does not open by the keyring"):
        Vault.open_by_keyring(home, now=now, floor=keys.CHEAP)
    assert ring.held == {}


def test_the_keyring_opens_the_journal_while_it_is_switched_on(
    vault: Vault, home: Path, phrase: str, now: datetime, ring: InMemory
) -> None:
    vault.ways_in(phrase).open_keyring()
    vault.close()
    assert list(ring.held) == [("small-l", vault.id)]
    Vault.open_by_keyring(home, now=now, floor=keys.CHEAP).close()
    assert opens(home, phrase, now)
    assert waysin.close_keyring(home)
    assert ring.held == {}
    assert names(home) == ["passphrase"]
    assert b"keyring" not in (home / "keys.json").read_bytes() + (home / "keys.json.bak").read_bytes()
    with pytest.raises(oskeyring.KeyringUnavailable):
        Vault.open_by_keyring(home, now=now, floor=keys.CHEAP)
    assert not waysin.close_keyring(home)


def test_what_lies_in_the_keyring_is_neither_the_root_key_nor_in_the_folder(
    vault: Vault, home: Path, phrase: str, root: bytes, ring: InMemory
) -> None:
    ways = vault.ways_in(phrase)
    ways.open_keyring()
    [first] = ring.held.values()
    ways.open_keyring()
    [second] = ring.held.values()
    assert len({first, second, root.hex()}) == 3
    assert names(home) == ["passphrase", "keyring"]
    kept = b"".join(path.read_bytes() for path in home.iterdir())
    assert not any(key.encode() in kept or bytes.fromhex(key) in kept for key in (first, second, root.hex()))


def test_the_keyring_goes_on_opening_after_the_passphrase_was_changed(
    vault: Vault, home: Path, phrase: str, now: datetime, ring: InMemory
) -> None:
    vault.ways_in(phrase).open_keyring()
    vault.change_passphrase(phrase, "new")
    vault.close()
    Vault.open_by_keyring(home, now=now, floor=keys.CHEAP).close()


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Deaf, Plain, Forgetful])
def test_a_keyring_that_cannot_keep_a_secret_is_one_clear_error_and_changes_nothing(
    vault: Vault, home: Path, phrase: str, ring: InMemory, backend: type[KeyringBackend]
) -> None:
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    keyring.set_keyring(backend())
    with pytest.raises(oskeyring.KeyringUnavailable) as caught:
        vault.ways_in(phrase).open_keyring()
    assert "passphrase" in caught.value.advice
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_without_the_library_it_is_said_how_to_get_it(
    vault: Vault, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(oskeyring.KeyringUnavailable, match="not installed") as caught:
        vault.ways_in(phrase).open_keyring()
    assert "pip install 'small-l[keyring]'" in caught.value.advice


@pytest.mark.parametrize("held", [None, "", "not hexadecimal", "00" * 31, "00" * 32, "é" * 64])
def test_a_keyring_with_no_fitting_key_opens_nothing_and_the_passphrase_still_does(
    vault: Vault, home: Path, phrase: str, now: datetime, ring: InMemory, held: str | None
) -> None:
    vault.ways_in(phrase).open_keyring()
    vault.close()
    ring.held.clear()
    if held is not None:
        ring.held["small-l", vault.id] = held
    with pytest.raises(oskeyring.KeyringUnavailable):
        Vault.open_by_keyring(home, now=now, floor=keys.CHEAP)
    assert opens(home, phrase, now)


def test_the_keyring_is_no_way_round_the_floor(
    vault: Vault, home: Path, phrase: str, now: datetime, ring: InMemory
) -> None:
    vault.ways_in(phrase).open_keyring()
    vault.close()
    with pytest.raises(VaultDamaged, match="weaker"):
        Vault.open_by_keyring(home, now=now)
