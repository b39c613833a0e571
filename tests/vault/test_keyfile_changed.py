"""keys.json changed by accident or by somebody: one clear error or the same root key, and nothing written."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.errors import JournalError, VaultDamaged, WrongPassphrase
from journal.vault import keyfile, keys, slots
from journal.vault.vault import Vault

GOLDEN = Path(__file__).parent / "golden"
PHRASE = "lantern otter 'seven' corridor"
WHOLE = (GOLDEN / "several_keys" / "keys.json").read_bytes()
UNDER_WAY = (GOLDEN / "renewing" / "keys.json").read_bytes()
OLD_ROOT, NEW_ROOT = bytes([0x22] * 16 + [0xB8] * 16), bytes([0x33] * 16 + [0xC9] * 16)


def resealed(raw: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The file after a change by somebody who also put the checksum right."""
    whole = json.loads(raw)
    del whole["sha256"]
    change(whole)
    return json.dumps({**whole, "sha256": hashlib.sha256(slots.canonical(whole)).hexdigest()}).encode()


def root_or_none(raw: bytes) -> bytes | None:
    """The root key the passphrase finds in a file, None where there is one clear error."""
    try:
        return keyfile.from_bytes(raw).unwrap(PHRASE, keys.CHEAP)[0]
    except (VaultDamaged, WrongPassphrase):
        return None


@pytest.mark.parametrize(("raw", "root"), [(WHOLE, OLD_ROOT), (UNDER_WAY, NEW_ROOT)], ids=["whole", "under way"])
def test_every_byte_that_became_another_is_damage_or_gives_the_same_root_key(raw: bytes, root: bytes) -> None:
    other = [
        root_or_none(raw[:at] + bytes([new]) + raw[at + 1 :]) for at in range(len(raw)) for new in b'0a"} \xff\x00'
    ]
    assert set(other) == {None, root}
    assert other.count(root) < len(raw)  # blanks, and bytes that were the same


@pytest.mark.parametrize("raw", [WHOLE, UNDER_WAY])
def test_a_file_cut_short_anywhere_is_damaged(raw: bytes) -> None:
    whole = len(raw.rstrip())
    for length in range(whole):
        with pytest.raises(VaultDamaged):
            keyfile.from_bytes(raw[:length])


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(more=st.binary(min_size=1, max_size=40), at=st.integers(0, len(WHOLE)))
def test_bytes_put_in_anywhere_are_damage_or_change_nothing(more: bytes, at: int) -> None:
    assert root_or_none(WHOLE[:at] + more + WHOLE[at:]) in (None, OLD_ROOT)


def test_every_number_and_name_of_a_slot_is_sealed_with_it() -> None:
    others = {"salt": "00" * 16, "nonce": "00" * 12, "wrapped": "00" * 48, "kind": "keyring"}
    tried = []
    for name, value in json.loads(WHOLE)["slots"][0].items():
        other = others.get(name, value + 1 if isinstance(value, int) else f"{value}x")

        def change(whole: dict[str, Any], name: str = name, other: object = other) -> None:
            whole["slots"] = [{**whole["slots"][0], name: other}]

        assert root_or_none(resealed(WHOLE, change)) is None, name
        tried.append(name)
    assert {"name", "profile", "memory_kib", "iterations", "lanes", "salt", "kdf"} <= set(tried)


def test_a_slot_taken_from_another_journal_does_not_open_this_one() -> None:
    """Also where it brings along what it was sealed with: fields of its own never stand for those of the file."""
    own, other = "ab" * 16, json.loads(WHOLE)["vault"]
    moved = resealed(WHOLE, lambda whole: whole.update(vault=own))
    assert root_or_none(moved) is None
    for name, value in (("vault", other), ("format", "small-l keys"), ("version", 1)):

        def disguise(whole: dict[str, Any], name: str = name, value: object = value) -> None:
            whole["vault"] = own
            whole["slots"] = [{**whole["slots"][0], name: value}]

        with pytest.raises(VaultDamaged):
            keyfile.from_bytes(resealed(WHOLE, disguise))


def test_a_sealed_slot_answers_for_its_own_journal_only() -> None:
    slot = slots.Slot("passphrase", {**json.loads(WHOLE)["slots"][0], "vault": json.loads(WHOLE)["vault"]})
    fields = {name: value for name, value in slot.fields.items() if name != "kind"}
    assert slots.by_passphrase("ab" * 16, slots.Slot("passphrase", fields), PHRASE) is None


def test_one_cheap_slot_among_dear_ones_is_refused(root: bytes) -> None:
    dear = keys.KdfProfile("x", 1024, 2, 1)
    both = keyfile.new_key_file("ab" * 16, root, "one", dear).with_slot(
        slots.passphrase_slot("ab" * 16, root, "two", "other", keys.CHEAP)
    )
    with pytest.raises(VaultDamaged, match="weaker"):
        both.unwrap("one", dear)
    with pytest.raises(VaultDamaged, match="weaker"):
        both.with_slot(slots.key_slot("keyring", "ab" * 16, root, bytes(32))).unwrap_by_key(bytes(32), dear)


def test_a_file_of_very_many_slots_is_refused_before_one_is_tried() -> None:
    many = resealed(WHOLE, lambda whole: whole.update(slots=whole["slots"][:1] * 9))
    with pytest.raises(VaultDamaged, match="no sense"):
        keyfile.from_bytes(many).unwrap(PHRASE, keys.CHEAP)


@pytest.mark.parametrize("name", ["", "x" * 61, "a\nb", "\x1b[31m", 7, None])
def test_a_name_that_no_program_wrote_is_damage(name: object) -> None:
    with pytest.raises(VaultDamaged):
        keyfile.from_bytes(resealed(WHOLE, lambda whole: whole["slots"][0].update(name=name)))


@pytest.mark.parametrize("version", [True, 1.0, "1", 0, 3, None])
def test_a_version_that_is_none_of_ours_is_refused(version: object) -> None:
    with pytest.raises(JournalError):
        keyfile.from_bytes(resealed(WHOLE, lambda whole: whole.update(version=version)))


def test_the_old_key_stands_only_in_a_file_that_says_so() -> None:
    with pytest.raises(VaultDamaged):
        keyfile.from_bytes(resealed(UNDER_WAY, lambda whole: whole.update(version=1)))
    with pytest.raises(VaultDamaged):
        keyfile.from_bytes(resealed(WHOLE, lambda whole: whole.update(version=2)))


def test_the_old_key_opens_by_the_new_one_and_never_the_other_way() -> None:
    found = keyfile.from_bytes(UNDER_WAY)
    assert found.old_root(NEW_ROOT) == OLD_ROOT
    assert found.old_root(OLD_ROOT) is None
    assert found.fits(NEW_ROOT)


def test_opening_with_changed_keys_writes_nothing(home: Path, phrase: str, now: datetime) -> None:
    raw = (home / "keys.json").read_bytes()
    cases = [raw[:-40], raw + b"x", raw.replace(b'"memory_kib": 8', b'"memory_kib": 9')]
    cases += [resealed(raw, lambda whole: whole.update(vault="cd" * 16))]
    cases += [resealed(raw, lambda whole: whole["slots"][0].update(iterations=2**40))]
    for changed in cases:
        (home / "keys.json").write_bytes(changed)
        before = {path.name: path.read_bytes() for path in home.iterdir()}
        with pytest.raises((VaultDamaged, WrongPassphrase)):
            Vault.open(home, phrase, now=now, floor=keys.CHEAP)
        assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    (home / "keys.json").write_bytes(raw)
    Vault.open(home, phrase, now=now, floor=keys.CHEAP).close()


@given(times=st.floats(0, 1e6), free=st.integers(0, 2**40))
def test_a_calibrated_cost_is_never_below_the_floor_nor_one_we_would_refuse(times: float, free: int) -> None:
    found = keys.fitted(times, free)
    keys.refuse_unsafe(found, keys.FLOOR)
    assert found.memory_kib <= max(keys.FLOOR.memory_kib, free * keys.SHARE_OF_FREE_MEMORY)
    cost = found.memory_kib * found.iterations
    assert cost <= max(1.0, times) * keys.FLOOR.memory_kib * keys.FLOOR.iterations * 1.001
