"""Files that are not what was written, changes behind the program's back, and other programs' versions."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from journal.domain import EntryContent, Filters
from journal.errors import JournalError, VaultDamaged
from journal.vault import keys
from journal.vault.database import Database
from journal.vault.migrations import STEPS, migrate
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
Opener = Callable[[], Vault]


def raw(home: Path, root: bytes) -> Database:
    """The database of a closed vault, for changes behind its back."""
    return Database(home / "journal.db", keys.derived(root, "database"))


@pytest.fixture
def filled(opened: Opener, home: Path) -> Path:
    with opened() as vault:
        records = [(None, AT, EntryContent(f"entry {n} " + "words and more " * 60)) for n in range(30)]
        ids = [entry.id for entry in vault.entries.add_many(records)]
        vault.entries.revise(ids[3], EntryContent("another text"), AT)
        vault.entries.bin(ids[4], AT)
        vault.entries.bin(ids[5], AT)
        vault.entries.restore(ids[5])
        vault.entries.bin(ids[6], AT)
        vault.entries.delete_for_good(ids[6])
    return home


def faults(vault: Vault) -> dict[str, str]:
    return {check.name: check.detail for check in vault.check() if not check.ok}


def found_in(opened: Opener) -> str:
    """What is said of damaged pages: on opening where it is met there, by the check where not."""
    try:
        with opened() as vault:
            return faults(vault)["pages"]
    except VaultDamaged as error:
        return error.title


def test_a_sound_vault_passes_every_check_and_none_of_them_writes(filled: Path, opened: Opener) -> None:
    with opened() as vault:
        before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in filled.iterdir()}
        found = vault.check()
        assert [check for check in found if not check.ok] == []
        assert any("29 entries (1 in the bin), 30 revisions" in check.detail for check in found)
        assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in filled.iterdir()} == before


def test_a_flipped_byte_anywhere_in_the_database_is_named(filled: Path, opened: Opener) -> None:
    path = filled / "journal.db"
    whole, random_ = path.read_bytes(), random.Random(5)
    for place in [0, 17, 4095, *(random_.randrange(len(whole)) for _ in range(15)), len(whole) - 1]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << random_.randrange(8)
        path.write_bytes(flipped)
        named = f"HMAC verification failed for page {place // 4096 + 1}"
        assert found_in(opened) in ("journal.db is damaged, or is not the one these keys belong to.", named)
    path.write_bytes(whole)
    with opened() as vault:
        assert faults(vault) == {}


def test_a_damaged_page_met_while_reading_is_called_damage(filled: Path, opened: Opener) -> None:
    path = filled / "journal.db"
    whole = bytearray(path.read_bytes())
    for page in range(2, len(whole) // 4096):
        whole[page * 4096 + 9] ^= 1
    path.write_bytes(whole)
    with pytest.raises(VaultDamaged), opened() as vault:
        list(vault.entries.all())


def test_a_database_cut_short_is_called_damage(filled: Path, opened: Opener) -> None:
    path = filled / "journal.db"
    path.write_bytes(path.read_bytes()[: 4096 * 12])
    with pytest.raises(VaultDamaged):
        opened()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM revisions WHERE place = (SELECT min(place) FROM entries)", "missing"),
        ("DELETE FROM entries WHERE place = (SELECT min(place) FROM entries)", "missing"),
        ("DELETE FROM links WHERE number = (SELECT max(number) FROM links)", "missing"),
        ("UPDATE head SET chain = zeroblob(32)", "missing"),
        ("DELETE FROM head", "missing"),
    ],
)
def test_what_was_taken_away_behind_its_back_is_missed_on_opening(
    filled: Path, opened: Opener, root: bytes, change: str, said: str
) -> None:
    database = raw(filled, root)
    database.run(change)
    database.close()
    with pytest.raises(VaultDamaged, match=said):
        opened()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE revisions SET text = 'forged' WHERE place = (SELECT max(place) FROM entries)", "not as it was saved"),
        ("UPDATE revisions SET at = '2020-01-01' WHERE number = 2", "not as it was saved (revision 2)"),
        ("UPDATE entries SET deleted = NULL", "against its history"),
        ("UPDATE entries SET written = '2020-01-01' WHERE place = (SELECT min(place) FROM entries)", "not as it was"),
        ("UPDATE links SET digest = zeroblob(32) WHERE number = 4", "link 4 does not follow"),
        ("DELETE FROM links WHERE number = 2", "link 2 does not follow"),
    ],
)
def test_what_was_changed_behind_its_back_is_found_by_the_check(
    filled: Path, opened: Opener, root: bytes, change: str, said: str
) -> None:
    database = raw(filled, root)
    database.run(change)
    database.close()
    with opened() as vault:
        assert said in faults(vault)["history"]


def test_a_search_index_that_lost_a_text_is_noticed(filled: Path, opened: Opener, root: bytes) -> None:
    database = raw(filled, root)
    database.run("INSERT INTO found (found) VALUES ('delete-all')")
    database.close()
    with opened() as vault:
        assert faults(vault) == {"search index": "the search index does not match the entries"}
        assert vault.entries.count(Filters()) == 28


@pytest.mark.parametrize("mode", [0o644, 0o660])
def test_files_others_can_read_are_named(home: Path, opened: Opener, mode: int) -> None:
    (home / "keys.json").chmod(mode)
    with opened() as vault:
        assert faults(vault) == {"file access": "others may use keys.json"}


def test_keys_that_became_damaged_while_open_are_named(home: Path, opened: Opener) -> None:
    with opened() as vault:
        (home / "keys.json").write_bytes(b"{}")
        assert faults(vault) == {"keys": "keys.json is damaged."}


def test_a_vault_from_a_newer_program_is_refused_and_left_alone(home: Path, opened: Opener, root: bytes) -> None:
    database = raw(home, root)
    database.run(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('journal', '999_future', '2030')"
    )
    database.close()
    before = (home / "journal.db").read_bytes()
    with pytest.raises(JournalError, match="newer version") as caught:
        opened()
    assert "Update" in caught.value.advice
    assert (home / "journal.db").read_bytes() == before


def test_a_new_step_is_taken_once_and_one_that_fails_leaves_the_vault_as_it_was(
    filled: Path, opened: Opener, root: bytes
) -> None:
    taken = []

    def add_column(db: object) -> None:
        taken.append(1)
        db.conn.execute("ALTER TABLE settings ADD COLUMN changed TEXT")  # type: ignore[attr-defined]

    def broken(db: object) -> None:
        db.conn.execute("DROP TABLE settings")  # type: ignore[attr-defined]
        raise ZeroDivisionError

    database = raw(filled, root)
    with pytest.raises(ZeroDivisionError):
        migrate(database, (*STEPS, ("002_broken", broken)))
    database.close()
    with opened() as vault:
        assert faults(vault) == {}
    database = raw(filled, root)
    for _ in range(2):
        migrate(database, (*STEPS, ("002_more", add_column)))
    assert taken == [1]
    assert database.value("SELECT count(changed) FROM settings") == 0
    database.close()
