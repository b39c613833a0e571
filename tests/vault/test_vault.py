import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from journal.domain import Draft, EntryContent, Filters
from journal.errors import (
    BadInput,
    CannotWrite,
    JournalError,
    NoVault,
    VaultBusy,
    VaultDamaged,
    WrongPassphrase,
)
from journal.vault import keyfile, keys
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
CANARY = "xylophagous quagga 7f3a"
Opener = Callable[[], Vault]


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# --------------------------------------------------------------------------- making one


def test_a_new_vault_opens_with_its_passphrase(tmp_path: Path, now: datetime) -> None:
    folder = tmp_path / "a" / "b" / "vault"
    with Vault.create(folder, keys.new_root_key(), "p", kdf=keys.CHEAP, now=now) as vault:
        entry = vault.entries.add(EntryContent("first"), written=AT, at=AT)
        assert vault.folder == folder
    with Vault.open(folder, "p", now=now, floor=keys.CHEAP) as vault:
        assert vault.entries.get(entry.id) == entry
    assert sorted(path.name for path in folder.parent.iterdir()) == ["vault"]


def test_a_vault_may_be_made_in_an_empty_folder(tmp_path: Path, now: datetime) -> None:
    Vault.create(tmp_path, keys.new_root_key(), "p", kdf=keys.CHEAP, now=now).close()
    assert Vault.exists(tmp_path)


def test_a_folder_with_something_else_in_it_is_refused_and_left_alone(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "thesis.odt").write_text("x")
    with pytest.raises(BadInput, match="something else"):
        Vault.create(tmp_path, keys.new_root_key(), "p", kdf=keys.CHEAP, now=now)
    assert files_of(tmp_path) == {"thesis.odt": b"x"}
    with pytest.raises(BadInput, match="something else"):
        Vault.create(tmp_path / "thesis.odt", keys.new_root_key(), "p", kdf=keys.CHEAP, now=now)


def test_an_existing_vault_is_never_made_anew(home: Path, now: datetime) -> None:
    before = files_of(home)
    with pytest.raises(BadInput, match="already a journal"):
        Vault.create(home, keys.new_root_key(), "p", kdf=keys.CHEAP, now=now)
    assert files_of(home) == before


def test_an_empty_passphrase_is_refused(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(BadInput, match="empty"):
        Vault.create(tmp_path / "v", keys.new_root_key(), "", kdf=keys.CHEAP, now=now)
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize("sync", range(1, 16))
def test_a_making_that_fails_at_any_step_leaves_nothing_or_a_whole_vault(
    tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, sync: int
) -> None:
    real, left = {name: getattr(os, name) for name in ("fsync", "rename", "replace", "open")}, [sync]

    def failing(name: str) -> Callable[..., object]:
        def call(*args: object, **more: object) -> object:
            left[0] -= 1
            if not left[0]:
                raise OSError(28, "No space left on device")
            return real[name](*args, **more)

        return call

    for name in real:
        monkeypatch.setattr(os, name, failing(name))
    try:
        Vault.create(tmp_path / "v", keys.new_root_key(), "p", kdf=keys.CHEAP, now=now).close()
    except CannotWrite:
        monkeypatch.undo()
        assert list(tmp_path.iterdir()) == []
    else:
        monkeypatch.undo()
        Vault.open(tmp_path / "v", "p", now=now, floor=keys.CHEAP).close()


def test_what_a_killed_making_left_is_cleared_by_the_next(home: Path, tmp_path: Path, now: datetime) -> None:
    left = tmp_path / ".new.new-0123abcd"
    left.mkdir()
    (left / "journal.db").write_bytes(b"half")
    Vault.create(tmp_path / "new", keys.new_root_key(), "p", kdf=keys.CHEAP, now=now).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "vault"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_everything_is_its_owners_alone_whatever_the_umask(tmp_path: Path, now: datetime) -> None:
    before = os.umask(0)
    try:
        with Vault.create(tmp_path / "v", keys.new_root_key(), "p", kdf=keys.CHEAP, now=now) as vault:
            vault.entries.add(EntryContent("text"), written=AT, at=AT)
            vault.change_passphrase("p", "q")
            assert all(check.ok for check in vault.check())
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "v").iterdir()}
    assert set(modes.values()) == {0o600}
    assert set(modes) == {"journal.db", "journal.db-journal", "keys.json", "keys.json.bak", "lock"}
    assert (tmp_path / "v").stat().st_mode & 0o777 == 0o700


# --------------------------------------------------------------------------- opening


def test_a_wrong_passphrase_opens_nothing_and_writes_nothing(home: Path, now: datetime) -> None:
    before = files_of(home)
    for phrase in ("", "wrong", "correct horse battery staple"):
        with pytest.raises(WrongPassphrase):
            Vault.open(home, phrase, now=now, floor=keys.CHEAP)
    assert files_of(home) == before


def test_after_many_wrong_passphrases_the_right_one_still_opens(home: Path, opened: Opener, now: datetime) -> None:
    with opened() as vault:
        entry = vault.entries.add(EntryContent("kept"), written=AT, at=AT)
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            Vault.open(home, "wrong", now=now, floor=keys.CHEAP)
    with opened() as vault:
        assert vault.entries.get(entry.id).content.text == "kept"


@pytest.mark.parametrize(
    "phrase", ["'", '"', "'; DROP TABLE entries; --", "a\"b'c\\d", "пароль", "\U0001f511" * 9, " "]
)
def test_a_passphrase_may_hold_any_character(tmp_path: Path, now: datetime, phrase: str) -> None:
    Vault.create(tmp_path / "v", keys.new_root_key(), phrase, kdf=keys.CHEAP, now=now).close()
    Vault.open(tmp_path / "v", phrase, now=now, floor=keys.CHEAP).close()
    with pytest.raises(WrongPassphrase):
        Vault.open(tmp_path / "v", phrase + " ", now=now, floor=keys.CHEAP)


def test_where_there_is_no_vault_that_is_said(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"x")
    for folder in (tmp_path / "nowhere", tmp_path / "photos", tmp_path / "photos" / "cat.jpg"):
        assert not Vault.exists(folder)
        with pytest.raises(NoVault):
            Vault.open(folder, "p", now=now)
    assert files_of(tmp_path / "photos") == {"cat.jpg": b"x"}


def test_a_vault_made_cheaply_is_refused_by_the_program_itself(home: Path, phrase: str, now: datetime) -> None:
    with pytest.raises(VaultDamaged, match="weaker"):
        Vault.open(home, phrase, now=now)


def test_a_second_instance_is_told_that_the_first_holds_the_journal(vault: Vault, opened: Opener) -> None:
    with pytest.raises(VaultBusy, match="already open"):
        opened()
    assert vault.entries.count(Filters()) == 0


def test_the_journal_is_free_again_after_it_was_closed_or_refused(opened: Opener, home: Path, now: datetime) -> None:
    opened().close()
    with pytest.raises(WrongPassphrase):
        Vault.open(home, "wrong", now=now, floor=keys.CHEAP)
    opened().close()


def test_a_closed_vault_answers_nothing_and_may_be_closed_again(opened: Opener) -> None:
    vault = opened()
    vault.close()
    vault.close()
    with pytest.raises(JournalError, match="locked"):
        vault.entries.count(Filters())


def test_a_journal_without_its_database_file_is_called_damaged(home: Path, opened: Opener) -> None:
    (home / "journal.db").write_bytes(b"")
    with pytest.raises(VaultDamaged, match="missing or empty"):
        opened()
    (home / "journal.db").unlink()
    with pytest.raises(VaultDamaged, match="missing or empty"):
        opened()
    assert not (home / "journal.db").exists()


# --------------------------------------------------------------------------- recovery words, new passphrases


@pytest.mark.parametrize("keys_file", ["whole", "missing", "broken", "empty"])
def test_the_recovery_words_open_the_journal(
    home: Path, opened: Opener, root: bytes, now: datetime, keys_file: str
) -> None:
    with opened() as vault:
        entry = vault.entries.add(EntryContent("kept"), written=AT, at=AT)
    path = home / "keys.json"
    if keys_file == "missing":
        path.unlink()
    elif keys_file != "whole":
        path.write_bytes(b"{bro" if keys_file == "broken" else b"")
    before = path.read_bytes() if path.exists() else None
    with Vault.recover(home, " ".join(keys.recovery_words(root)), "new one", now=now, kdf=keys.CHEAP) as vault:
        assert vault.entries.get(entry.id).content.text == "kept"
    if before is not None:
        assert (home / "keys.json.bak").read_bytes() == before
    with Vault.open(home, "new one", now=now, floor=keys.CHEAP) as vault:
        assert all(check.ok for check in vault.check())


def test_words_of_another_journal_open_nothing_and_write_nothing(home: Path, now: datetime) -> None:
    before = files_of(home)
    words = " ".join(keys.recovery_words(bytes(32)))
    for _ in range(2):
        with pytest.raises(WrongPassphrase, match="These words do not open"):
            Vault.recover(home, words, "new", now=now, kdf=keys.CHEAP)
        assert files_of(home) == before
        (home / "keys.json").unlink(missing_ok=True)
        before.pop("keys.json", None)


def test_the_right_words_for_a_damaged_database_are_not_called_wrong(home: Path, root: bytes, now: datetime) -> None:
    raw = bytearray((home / "journal.db").read_bytes())
    raw[100] ^= 1
    (home / "journal.db").write_bytes(raw)
    with pytest.raises(VaultDamaged):
        Vault.recover(home, " ".join(keys.recovery_words(root)), "new", now=now, kdf=keys.CHEAP)


def test_keys_of_another_journal_do_not_keep_the_right_words_out(
    home: Path, tmp_path: Path, root: bytes, phrase: str, now: datetime
) -> None:
    Vault.create(tmp_path / "other", keys.new_root_key(), phrase, kdf=keys.CHEAP, now=now).close()
    shutil.copy(tmp_path / "other" / "keys.json", home / "keys.json")
    with pytest.raises(VaultDamaged):
        Vault.open(home, phrase, now=now, floor=keys.CHEAP)
    Vault.recover(home, " ".join(keys.recovery_words(root)), "new", now=now, kdf=keys.CHEAP).close()
    Vault.open(home, "new", now=now, floor=keys.CHEAP).close()


def test_a_changed_passphrase_is_the_only_one_that_opens(
    home: Path, opened: Opener, phrase: str, now: datetime
) -> None:
    with opened() as vault:
        with pytest.raises(WrongPassphrase):
            vault.change_passphrase("wrong", "new")
        with pytest.raises(BadInput):
            vault.change_passphrase(phrase, "")
        vault.change_passphrase(phrase, "new")
    with pytest.raises(WrongPassphrase):
        opened()
    Vault.open(home, "new", now=now, floor=keys.CHEAP).close()


def test_once_a_new_passphrase_has_opened_the_journal_no_file_opens_with_the_old(
    home: Path, opened: Opener, phrase: str, now: datetime
) -> None:
    with opened() as vault:
        vault.change_passphrase(phrase, "new")
    assert keyfile.from_bytes((home / "keys.json.bak").read_bytes()).unwrap(phrase, keys.CHEAP)
    Vault.open(home, "new", now=now, floor=keys.CHEAP).close()
    with pytest.raises(WrongPassphrase):
        keyfile.from_bytes((home / "keys.json.bak").read_bytes()).unwrap(phrase, keys.CHEAP)


def test_a_passphrase_change_that_cannot_be_written_leaves_the_old_one_working(
    opened: Opener, phrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with opened() as vault:
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(CannotWrite, match="No space"):
            vault.change_passphrase(phrase, "new")
        monkeypatch.undo()
    opened().close()


# --------------------------------------------------------------------------- what others can see


def test_no_file_of_the_folder_holds_a_word_of_the_text(home: Path, opened: Opener) -> None:
    content = EntryContent(CANARY, placement=CANARY, tags=(CANARY,), prompt=CANARY)
    forms = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")] + [b"xylophagous", b"quagga"]

    def clean() -> bool:
        return not any(form in raw for raw in files_of(home).values() for form in forms)

    seen: list[int] = []

    def watched() -> Iterator[tuple[None, str, EntryContent]]:
        for _ in range(3):
            yield None, AT, content
            seen.append((home / "journal.db-journal").stat().st_size)
            assert clean()

    with opened() as vault:
        entry = vault.entries.add(content, written=AT, at=AT)
        vault.drafts.save(Draft("d", content, AT))
        vault.settings.set("note", CANARY)
        assert clean()
        vault.entries.add_many(watched())
        vault.entries.revise(entry.id, EntryContent(CANARY + "!"), AT)
        vault.entries.bin(entry.id, AT)
        assert clean()
    assert clean()
    assert min(seen) > 0  # there was a journal to look into


def test_what_was_deleted_for_good_is_in_no_page_even_decrypted(vault: Vault, home: Path) -> None:
    entry = vault.entries.add(EntryContent("plain words qqxylophagous"), written=AT, at=AT)
    vault.entries.revise(entry.id, EntryContent("other words vvquaggatail"), AT)
    vault.entries.add(EntryContent("something else"), written=AT, at=AT)
    vault.entries.bin(entry.id, AT)
    vault.entries.delete_for_good(entry.id)
    tables = [row[0] for row in vault._database.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    shadows = [name for name in tables if name != "found"]
    found = b""
    for name in shadows:
        for row in vault._database.rows(f"SELECT * FROM {name}"):
            found += b"\0".join(v if isinstance(v, bytes) else str(v).encode() for v in tuple(row)) + b"\n"
    assert b"something else" in found
    for word in (b"xylophagous", b"quaggatail", b"plain words"):
        assert word not in found


def test_no_error_or_repr_shows_a_word_of_the_text(vault: Vault) -> None:
    entry = vault.entries.add(EntryContent(CANARY), written=AT, at=AT)
    summary = vault.entries.list(Filters(), limit=1)[0]
    draft = Draft("d", EntryContent(CANARY), AT)
    assert CANARY not in repr((entry, summary, draft, vault, vault.entries, Filters(query=CANARY)))
    with pytest.raises(BadInput) as caught:
        vault.entries.add(EntryContent(CANARY + "\ud800"), written=AT, at=AT)
    assert CANARY not in caught.value.title + caught.value.advice
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
