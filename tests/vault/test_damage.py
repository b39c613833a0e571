"""Files that are not what was written, changes behind the program's back, and other programs' versions."""

import contextlib
import random
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from journal.domain import Draft, EntryContent, Filters
from journal.errors import JournalError, VaultDamaged
from journal.importers import jsonl
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


@pytest.fixture
def cut_off(opened: Opener, home: Path, tmp_path: Path) -> Path:
    """A vault as a crash leaves it while a draft becomes an entry: pages half written, and a journal to undo them."""
    with opened() as vault:
        ids = [entry.id for entry in vault.entries.add_many((None, AT, EntryContent(f"{n} " * 900)) for n in range(9))]
        vault.entries.bin(ids[0], AT)
        vault.entries.delete_for_good(ids[0])
        vault.drafts.save(Draft("d", EntryContent("half a thought"), AT))
        vault._database.run("PRAGMA cache_size = 1")  # so that pages are written before the end
        with vault._database.atomic():
            vault.entries.add(EntryContent("the whole of it " * 900), written=AT, at=AT, draft_id="d")
            shutil.copytree(home, tmp_path / "cut")
    return tmp_path / "cut"


def words_in(vault: Vault) -> tuple[list[str], list[str]]:
    return [entry.content.text for entry in vault.entries.all()], [draft.content.text for draft in vault.drafts.all()]


def test_a_flipped_bit_in_what_undoes_a_cut_off_save_is_named_or_changes_nothing(
    cut_off: Path, tmp_path: Path, phrase: str, now: datetime
) -> None:
    def opened_copy(place: int, bit: int) -> tuple[list[str], list[str]] | None:
        folder = tmp_path / f"{place}-{bit}"
        shutil.copytree(cut_off, folder)
        raw = bytearray((folder / "journal.db-journal").read_bytes())
        raw[place] ^= bit
        (folder / "journal.db-journal").write_bytes(raw)
        try:
            with Vault.open(folder, phrase, now=now, floor=keys.CHEAP) as vault:
                return None if faults(vault) else words_in(vault)
        except VaultDamaged:
            return None
        finally:
            shutil.rmtree(folder)

    whole = opened_copy(0, 0)
    assert whole is not None
    assert (len(whole[0]), whole[1]) == (8, ["half a thought"])
    size, random_ = (cut_off / "journal.db-journal").stat().st_size, random.Random(5)
    header = [0, 7, 8, 11, 15, 19, 22, 26]
    records = [512 + at for at in range(0, size - 512 - 4104, 4104)]
    parts = [place + random_.choice([0, 2, 3, 4, 300, 3900, 4100, 4103]) for place in records]
    found = [opened_copy(place, 1 << random_.randrange(8)) for place in [*header, *parts]]
    assert [one for one in found if one not in (None, whole)] == []
    assert None in found


@pytest.mark.parametrize("name", ["keys.json.bak", "lock"])
def test_a_flipped_bit_in_a_file_that_opens_nothing_changes_nothing(home: Path, opened: Opener, name: str) -> None:
    with opened() as vault:
        vault.entries.add(EntryContent("x"), written=AT, at=AT)
        vault.change_passphrase("correct 'horse' \"battery\" staple", "correct 'horse' \"battery\" staple")
    raw = bytearray((home / name).read_bytes() or b"\0")
    raw[len(raw) // 2] ^= 4
    (home / name).write_bytes(raw)
    with opened() as vault:
        assert faults(vault) == {}
        assert words_in(vault) == (["x"], [])
    assert name == "lock" or (home / name).read_bytes() == (home / "keys.json").read_bytes()


def test_a_flipped_bit_in_an_export_changes_no_entry_of_the_journal_it_came_from(filled: Path, opened: Opener) -> None:
    with opened() as vault:
        whole = "".join(f"{line}\n" for line in jsonl.write(vault.entries.all())).encode()
        before, random_ = words_in(vault), random.Random(3)
        for _ in range(60):
            raw = bytearray(whole)
            raw[random_.randrange(len(raw))] ^= 1 << random_.randrange(8)
            with contextlib.suppress(JournalError), vault._database.unchanged():
                records = jsonl.read(raw.splitlines(keepends=True), today=date(2026, 3, 10)).records
                new = {entry.id for entry in vault.entries.add_many((r.id, r.written, r.content) for r in records)}
                left = [entry.content.text for entry in vault.entries.all() if entry.id not in new]
                assert left == before[0]
                assert len(new) <= 1  # an entry whose id was hit comes in as another one


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
