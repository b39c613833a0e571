"""Backups: the last good one is never lost, a bad one is never believed, and nothing of it can be read."""

import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.domain import Draft, EntryContent, HoldChange
from journal.errors import BadInput, CannotWrite, JournalError, VaultDamaged, WrongPassphrase
from journal.vault import keys
from journal.vault.backup import checked, restore
from journal.vault.backup_file import Unlocking, read_sealed
from journal.vault.backup_folder import add_to_folder
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
MADE = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
GOLDEN = Path(__file__).parent / "golden" / "backup-v1"
Opener = Callable[[], Vault]


@pytest.fixture
def way(phrase: str) -> Unlocking:
    return Unlocking(phrase, floor=keys.CHEAP)


@pytest.fixture
def filled(vault: Vault) -> Vault:
    records = [(None, f"2026-03-0{n % 9 + 1}", EntryContent(f"canary {n} " + "words " * 90)) for n in range(40)]
    first = vault.entries.add_many(records)[0]
    vault.entries.revise(first.id, EntryContent("canary changed"), AT)
    vault.drafts.save(Draft("d", EntryContent("half a canary"), AT))
    return vault


@pytest.fixture
def file(filled: Vault, tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    filled.backups.make(place / "one.backup", MADE)
    return place / "one.backup"


def texts(vault: Vault) -> list[list[str]]:
    return [[r.content.text for r in vault.entries.revisions(entry.id)] for entry in vault.entries.all()]


def seen(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --------------------------------------------------------------------------- whole


def test_a_backup_brings_back_every_word_and_is_a_sound_journal(
    filled: Vault, file: Path, tmp_path: Path, phrase: str, way: Unlocking
) -> None:
    done = restore(file, tmp_path / "again", way)
    assert (done.entries, done.first, done.last, done.made) == (40, "2026-03-01", "2026-03-09", MADE)
    with Vault.open(tmp_path / "again", phrase, now=MADE, floor=keys.CHEAP) as vault:
        assert texts(vault) == texts(filled)
        assert vault.drafts.latest() == filled.drafts.latest()
        assert [check for check in vault.check() if not check.ok] == []
        assert vault.id == filled.id


def test_the_recovery_words_open_it_when_the_passphrase_is_forgotten(
    file: Path, tmp_path: Path, root: bytes, now: datetime
) -> None:
    words = " ".join(keys.recovery_words(root))
    assert restore(file, tmp_path / "again", Unlocking(words=words)).entries == 40
    with Vault.recover(tmp_path / "again", words, "a new one", now=now, kdf=keys.CHEAP) as vault:
        assert len(texts(vault)) == 40


def test_it_opens_with_the_passphrase_of_its_day_and_says_which_day_that_was(
    filled: Vault, file: Path, tmp_path: Path, phrase: str, way: Unlocking
) -> None:
    filled.change_passphrase(phrase, "quite another one")
    with pytest.raises(WrongPassphrase) as raised:
        checked(file, Unlocking("quite another one", floor=keys.CHEAP), tmp_path)
    assert "10 March 2026" in raised.value.advice
    assert checked(file, way, tmp_path).entries == 40


def test_looking_through_a_backup_leaves_nothing_behind(file: Path, tmp_path: Path, way: Unlocking) -> None:
    place = tmp_path / "place"
    place.mkdir()
    before = file.stat().st_mtime_ns
    assert checked(file, way, place).entries == 40
    assert list(place.iterdir()) == []
    assert file.stat().st_mtime_ns == before


def test_no_word_of_the_journal_can_be_read_in_a_backup_and_only_its_owner_may_open_the_file(
    file: Path, phrase: str
) -> None:
    raw = file.read_bytes()
    assert b"canary" not in raw
    assert phrase.encode() not in raw
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


def test_a_backup_made_by_the_first_release_still_opens(tmp_path: Path) -> None:
    done = restore(GOLDEN, tmp_path / "again", Unlocking("golden lamp", floor=keys.CHEAP))
    assert (done.entries, done.made) == (3, datetime(2026, 3, 9, 20, 41, tzinfo=UTC))
    with Vault.open(tmp_path / "again", "golden lamp", now=MADE, floor=keys.CHEAP) as vault:
        assert texts(vault) == [["Two bloods missed."], ["Who owns the list?", "Who owns the list, and why?"]]
        assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- not what was written


def test_a_flipped_bit_anywhere_is_found_and_nothing_is_written(file: Path, tmp_path: Path, way: Unlocking) -> None:
    whole, random_ = file.read_bytes(), random.Random(7)
    header = [*range(0, 128, 5), 127]
    places = [*header, 128, 300, 760, *(random_.randrange(len(whole)) for _ in range(40)), len(whole) - 1]
    broken = tmp_path / "broken" / "x.backup"
    broken.parent.mkdir()
    for place in places:
        changed = bytearray(whole)
        changed[place] ^= 1 << random_.randrange(8)
        broken.write_bytes(changed)
        before = sorted(tmp_path.iterdir())
        with pytest.raises(JournalError) as raised:
            restore(broken, tmp_path / "again", way)
        assert raised.value.advice
        assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("kept", [0, 5, 16, 100, 128, 500, -4096, -32, -1, 1])
def test_a_backup_that_was_cut_off_or_added_to_is_refused(
    file: Path, tmp_path: Path, way: Unlocking, kept: int
) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole + b"x" if kept == 1 else whole[:kept])
    with pytest.raises((VaultDamaged, BadInput)):
        restore(file, tmp_path / "again", way)
    assert not (tmp_path / "again").exists()


def test_a_backup_of_a_newer_program_says_so(file: Path, way: Unlocking, tmp_path: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[19] = 2
    file.write_bytes(raw)
    with pytest.raises(JournalError, match="newer version"):
        restore(file, tmp_path / "again", way)


def test_a_damaged_journal_makes_no_backup_and_the_earlier_one_stays(
    opened: Opener, home: Path, filled: Vault, file: Path
) -> None:
    good = file.read_bytes()
    filled.close()
    raw = bytearray((home / "journal.db").read_bytes())
    raw[30 * 4096 + 77] ^= 1
    (home / "journal.db").write_bytes(raw)
    with opened() as vault:
        with pytest.raises(VaultDamaged, match="no backup was made"):
            vault.backups.make(file, MADE)
        with pytest.raises(VaultDamaged, match="no backup was made"):
            vault.backups.make(file.with_name("two.backup"), MADE)
    assert seen(file.parent) == {"one.backup": good}
    assert not list(home.glob(".copy-*"))


def test_slots_that_open_another_journal_make_no_backup(filled: Vault, home: Path, tmp_path: Path, now) -> None:
    other = tmp_path / "other"
    Vault.create(other, bytes(32), "p", kdf=keys.CHEAP, now=now).close()
    shutil.copy(other / "keys.json", home / "keys.json")
    with pytest.raises(VaultDamaged, match=r"keys\.json does not belong"):
        filled.backups.make(tmp_path / "x.backup", MADE)


# --------------------------------------------------------------------------- what may be replaced


def test_an_earlier_backup_of_this_journal_is_replaced_by_a_later_one(
    filled: Vault, file: Path, tmp_path: Path, way: Unlocking
) -> None:
    filled.entries.add(EntryContent("one more"), written=AT, at=AT)
    filled.backups.make(file, MADE + timedelta(days=1))
    assert checked(file, way, tmp_path).entries == 41
    assert list(file.parent.iterdir()) == [file]


def test_a_backup_that_holds_more_than_the_journal_is_not_replaced(
    opened: Opener, home: Path, filled: Vault, file: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier"
    filled.close()
    shutil.copytree(home, earlier)
    with opened() as vault:
        vault.entries.add(EntryContent("only in the backup"), written=AT, at=AT)
        vault.backups.make(file, MADE)
    kept = file.read_bytes()
    shutil.rmtree(home)
    shutil.copytree(earlier, home)
    with opened() as vault:
        with pytest.raises(BadInput, match="holds changes that are not in this journal"):
            vault.backups.make(file, MADE)
        vault.entries.add(EntryContent("as many changes, but others"), written=AT, at=AT)
        with pytest.raises(BadInput, match="holds changes that are not in this journal"):
            vault.backups.make(file, MADE)
    assert file.read_bytes() == kept


@pytest.mark.parametrize("what", ["text", "empty", "damaged", "other journal", "folder", "link"])
def test_what_is_no_good_backup_of_this_journal_is_never_replaced(
    filled: Vault, file: Path, tmp_path: Path, what: str, now: datetime
) -> None:
    target = tmp_path / "target"
    if what == "folder":
        target.mkdir()
    elif what == "link":
        target.symlink_to(file)
    elif what == "other journal":
        with Vault.create(tmp_path / "other", bytes(32), "p", kdf=keys.CHEAP, now=now) as other:
            other.backups.make(target, MADE)
    else:
        target.write_bytes({"text": b"my thesis", "empty": b"", "damaged": file.read_bytes()[:-1] + b"\0"}[what])
    before = seen(tmp_path)
    with pytest.raises(BadInput):
        filled.backups.make(target, MADE)
    assert seen(tmp_path) == before


def test_a_backup_into_the_journals_own_folder_is_refused(filled: Vault, home: Path) -> None:
    with pytest.raises(BadInput, match="own folder"):
        filled.backups.make(home / "x.backup", MADE)


# --------------------------------------------------------------------------- a folder of them


def test_the_last_good_ones_are_kept_and_only_good_ones_count(filled: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for day in range(3):
        add_to_folder(filled.backups, stick, 3, MADE + timedelta(days=day))
    newest = stick / "journal-2026-03-12-0930.backup"
    newest.write_bytes(newest.read_bytes()[:-1] + b"\0")
    (stick / "journal-mine.backup").write_text("a letter")
    add_to_folder(filled.backups, stick, 2, MADE + timedelta(days=3))
    add_to_folder(filled.backups, stick, 2, MADE + timedelta(days=3))
    assert {path.name for path in stick.iterdir()} == {
        "journal-mine.backup",
        "journal-2026-03-12-0930.backup",  # damaged: it counts for nothing, and may still be of use to somebody
        "journal-2026-03-13-0930.backup",
        "journal-2026-03-13-0930-2.backup",
    }


def test_under_a_legal_hold_no_backup_is_deleted(filled: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    filled.retention.switch(HoldChange(AT, True, "a claim"))
    for day in range(3):
        add_to_folder(filled.backups, stick, 1, MADE + timedelta(days=day))
    assert len(list(stick.iterdir())) == 3
    filled.retention.switch(HoldChange(AT, False, "settled"))
    add_to_folder(filled.backups, stick, 1, MADE + timedelta(days=3))
    assert [path.name for path in stick.iterdir()] == ["journal-2026-03-13-0930.backup"]


def test_a_clock_that_jumped_back_does_not_cost_the_newest_backup(filled: Vault, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    add_to_folder(filled.backups, stick, 1, MADE)
    filled.entries.add(EntryContent("later"), written=AT, at=AT)
    add_to_folder(filled.backups, stick, 1, MADE - timedelta(days=900))
    assert [path.name for path in stick.iterdir()] == ["journal-2023-09-22-0930.backup"]


def test_backups_of_another_journal_in_the_same_folder_stay(filled: Vault, tmp_path: Path, now: datetime) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with Vault.create(tmp_path / "other", bytes(32), "p", kdf=keys.CHEAP, now=now) as other:
        add_to_folder(other.backups, stick, 1, MADE)
        add_to_folder(filled.backups, stick, 1, MADE)
        add_to_folder(other.backups, stick, 1, MADE + timedelta(days=1))
    assert len(list(stick.iterdir())) == 2


def test_a_disk_that_is_not_plugged_in_is_said_and_its_folder_not_made(filled: Vault, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="is not there"):
        add_to_folder(filled.backups, tmp_path / "stick", 1, MADE)
    assert not (tmp_path / "stick").exists()


# --------------------------------------------------------------------------- cut off, full, not allowed

SCRIPT = """
import signal, sys
from datetime import UTC, datetime
from pathlib import Path
from journal.errors import CannotWrite
from journal.vault import keys
from journal.vault.vault import Vault
home, phrase, file, limit = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
made = datetime(2026, 3, 11, tzinfo=UTC)
"""
KILLED = textwrap.dedent(SCRIPT) + textwrap.dedent("""
    vault = Vault.open(home, phrase, now=made, floor=keys.CHEAP)
    import os
    calls = 0
    def trace(event, args):
        global calls
        if event in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir"):
            calls += 1
            if calls == limit:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(trace)
    vault.backups.make(file, made)
    print("made", flush=True)
""")
FULL = textwrap.dedent(SCRIPT) + textwrap.dedent("""
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    vault = Vault.open(home, phrase, now=made, floor=keys.CHEAP)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        vault.backups.make(file, made)
    except CannotWrite as error:
        print(error.advice)
""")


def run(script: str, *args: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_killed_at_any_moment_there_is_the_old_backup_or_the_new_one(
    filled: Vault, file: Path, home: Path, phrase: str, way: Unlocking, tmp_path: Path
) -> None:
    filled.entries.add(EntryContent("since the last backup"), written=AT, at=AT)
    filled.close()
    old, outcomes, limit = file.read_bytes(), set[int](), 0
    while True:
        limit += 2
        done = run(KILLED, home, phrase, file, limit)
        found = checked(file, way, tmp_path).entries
        outcomes.add(found)
        assert (found == 40 and file.read_bytes() == old) or found == 41
        assert all(b"canary" not in raw for raw in seen(file.parent).values())
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
    assert outcomes == {40, 41}
    assert limit > 10
    assert list(file.parent.iterdir()) == [file]
    assert not list(home.glob(".copy-*"))


@pytest.mark.skipif(os.name == "nt", reason="a limit of POSIX")
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_full_disk_leaves_the_old_backup_and_no_rubbish(
    filled: Vault, file: Path, home: Path, phrase: str, share: float
) -> None:
    filled.entries.add(EntryContent("since " * 9000), written=AT, at=AT)
    filled.close()
    old = file.read_bytes()
    size = (home / "journal.db").stat().st_size
    done = run(FULL, home, phrase, file, max(int(size * share), 100))
    assert "Earlier backups are as they were" in done.stdout, done.stderr
    assert seen(file.parent) == {"one.backup": old}
    assert not list(home.glob(".copy-*"))


def test_stopping_half_way_leaves_the_old_backup_and_no_rubbish(filled: Vault, file: Path, home: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    old = file.read_bytes()
    filled.entries.add(EntryContent("more"), written=AT, at=AT)
    with pytest.raises(KeyboardInterrupt):
        filled.backups.make(file, MADE, stop)
    assert seen(file.parent) == {"one.backup": old}
    assert not list(home.glob(".copy-*"))


def test_a_backup_in_another_thread_holds_what_was_saved_before_it_and_saving_goes_on(
    filled: Vault, tmp_path: Path, way: Unlocking
) -> None:
    import threading

    done = []
    thread = threading.Thread(target=lambda: done.append(filled.backups.make(tmp_path / "x.backup", MADE)))
    thread.start()
    for n in range(20):
        filled.entries.add(EntryContent(f"meanwhile {n}"), written=AT, at=AT)
    thread.join()
    assert 40 <= checked(tmp_path / "x.backup", way, tmp_path).entries == done[0].entries <= 60
    assert [check for check in filled.check() if not check.ok] == []


def test_a_backup_of_renewed_keys_takes_no_place_of_one_under_the_old_ones(
    filled: Vault, file: Path, phrase: str, opened: Opener, tmp_path: Path
) -> None:
    filled.ways_in(phrase).renew(bytes(range(1, 33)))
    filled.close()
    with opened() as vault:
        with pytest.raises(BadInput, match="other keys"):
            vault.backups.make(file, MADE)
        vault.backups.make(tmp_path / "two.backup", MADE)
    assert read_sealed(tmp_path / "two.backup").keys.previous is None
