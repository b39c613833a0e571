import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from journal.errors import JournalError, VaultDamaged, WrongPassphrase
from journal.vault import keyfile, keys

VERSION_1 = b"""{
  "check": "d4f0b682618b25360277104fa310f098",
  "format": "small-l keys",
  "sha256": "bfc4c1cbff27461b0f2094c8a7b9f847a6761c6798a451ace1f049f071e750ef",
  "slots": [
    {
      "iterations": 1,
      "kdf": "argon2id",
      "kind": "passphrase",
      "lanes": 1,
      "memory_kib": 8,
      "nonce": "7584ffdd1d2a45c66867743f",
      "profile": "cheap",
      "salt": "5fd390d608e4ca0ed07d36f51e8226a5",
      "wrapped": "746d47d1365b0f0dc1aacf1107cdaed45b41541397b92107944e42a44929939cbe248153412a23b4390b9be16a1d0ddc"
    }
  ],
  "vault": "abababababababababababababababab",
  "version": 1
}
"""
PHRASE_1 = "correct h\u00f6rse"


def changed(**fields: object) -> bytes:
    """The file with some fields changed by somebody who also put the checksum right."""
    whole = json.loads(VERSION_1)
    slot = whole["slots"][0]
    for name, value in fields.items():
        (slot if name in slot else whole)[name] = value
    del whole["sha256"]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    return json.dumps({**whole, "sha256": hashlib.sha256(text.encode()).hexdigest()}).encode()


def read_or_none(raw: bytes) -> keyfile.KeyFile | None:
    """The file, or None where it is called damaged."""
    try:
        return keyfile.from_bytes(raw)
    except VaultDamaged:
        return None


def test_a_file_of_version_1_still_opens(root: bytes) -> None:
    found, slot = keyfile.from_bytes(VERSION_1).unwrap(PHRASE_1, keys.CHEAP)
    assert found == root
    assert (slot.name, slot.profile.memory_kib) == ("passphrase", 8)
    assert keyfile.to_bytes(keyfile.from_bytes(VERSION_1)) == VERSION_1


def test_the_file_can_be_opened_from_its_description_alone(root: bytes) -> None:
    whole = json.loads(VERSION_1)
    slot = whole["slots"][0]
    header = {name: whole[name] for name in ("format", "version", "vault")}
    header |= {name: value for name, value in slot.items() if name not in ("nonce", "wrapped")}
    associated = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    key = Argon2id(
        salt=bytes.fromhex(slot["salt"]), length=32, iterations=slot["iterations"], lanes=slot["lanes"],
        memory_cost=slot["memory_kib"],
    ).derive(PHRASE_1.encode())  # fmt: skip
    sealed = bytes.fromhex(slot["wrapped"])
    assert AESGCM(key).decrypt(bytes.fromhex(slot["nonce"]), sealed, associated) == root


def test_any_flipped_bit_is_called_damage_or_changes_nothing() -> None:
    whole = keyfile.from_bytes(VERSION_1)
    read = [
        read_or_none(VERSION_1[:at] + bytes([VERSION_1[at] ^ 1 << bit]) + VERSION_1[at + 1 :])
        for at in range(len(VERSION_1))
        for bit in range(8)
    ]
    assert all(found in (None, whole) for found in read)
    assert read.count(whole) < 100  # blanks that became other blanks


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 5000, b'{"format":"small-l keys"}'])
def test_what_is_no_key_file_is_called_damaged(raw: bytes) -> None:
    with pytest.raises(VaultDamaged):
        keyfile.from_bytes(raw)


def test_a_wrong_passphrase_is_not_called_damage() -> None:
    with pytest.raises(WrongPassphrase):
        keyfile.from_bytes(VERSION_1).unwrap("correct horse", keys.CHEAP)


@pytest.mark.parametrize("change", [{"vault": "cd" * 16}, {"profile": "other"}, {"salt": "00" * 16}, {"iterations": 2}])
def test_a_changed_header_does_not_open_even_with_its_checksum_put_right(change: dict[str, object]) -> None:
    with pytest.raises(WrongPassphrase):
        keyfile.from_bytes(changed(**change)).unwrap(PHRASE_1, keys.CHEAP)


@pytest.mark.parametrize("change", [{"memory_kib": 2**30}, {"iterations": 10**9}, {"lanes": 255}])
def test_absurd_costs_are_refused_before_they_are_paid(change: dict[str, object]) -> None:
    with pytest.raises(VaultDamaged, match="no sense"):
        keyfile.from_bytes(changed(**change)).unwrap(PHRASE_1, keys.CHEAP)


@pytest.mark.parametrize(
    "change", [{"memory_kib": True}, {"lanes": 0}, {"lanes": "1"}, {"kdf": "scrypt"}, {"wrapped": "00"}, {"slots": 1}]
)
def test_fields_of_another_shape_are_called_damage(change: dict[str, object]) -> None:
    with pytest.raises(VaultDamaged):
        keyfile.from_bytes(changed(**change))


def test_a_cheap_cost_is_refused_by_a_program_that_asks_for_the_floor() -> None:
    with pytest.raises(VaultDamaged, match="weaker"):
        keyfile.from_bytes(VERSION_1).unwrap(PHRASE_1, keys.FLOOR)


def test_a_file_from_a_newer_program_is_refused_as_such() -> None:
    with pytest.raises(JournalError, match="newer version"):
        keyfile.from_bytes(changed(version=3))


def test_slots_of_kinds_yet_unknown_are_passed_over_and_kept(root: bytes) -> None:
    slots = [{"kind": "token", "name": "later"}, *json.loads(VERSION_1)["slots"]]
    known = keyfile.from_bytes(changed(slots=slots))
    assert known.unwrap(PHRASE_1, keys.CHEAP)[0] == root
    again = keyfile.from_bytes(keyfile.to_bytes(known.with_passphrase(root, "new", keys.CHEAP)))
    assert [slot.kind for slot in again.slots] == ["passphrase", "token"]
    assert again.unwrap("new", keys.CHEAP)[0] == root
    with pytest.raises(WrongPassphrase):
        again.unwrap(PHRASE_1, keys.CHEAP)


def test_the_file_before_is_kept_beside_and_brought_up_to_date_later(tmp_path: Path, root: bytes) -> None:
    keyfile.write_key_file(tmp_path, keyfile.from_bytes(VERSION_1))
    assert not (tmp_path / keyfile.BACKUP_FILE).exists()
    keyfile.write_key_file(tmp_path, keyfile.from_bytes(VERSION_1).with_passphrase(root, "new", keys.CHEAP))
    assert (tmp_path / keyfile.BACKUP_FILE).read_bytes() == VERSION_1
    keyfile.refresh_backup(tmp_path)
    assert (tmp_path / keyfile.BACKUP_FILE).read_bytes() == (tmp_path / keyfile.KEYS_FILE).read_bytes()


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged, match="missing") as caught:
        keyfile.read_key_file(tmp_path)
    assert "recovery words" in caught.value.advice


def test_a_huge_file_is_refused_without_being_read_whole(tmp_path: Path) -> None:
    (tmp_path / keyfile.KEYS_FILE).write_bytes(VERSION_1 + b" " * 10**6)
    with pytest.raises(VaultDamaged, match="damaged"):
        keyfile.read_key_file(tmp_path)
