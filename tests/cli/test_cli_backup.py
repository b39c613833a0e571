"""`backup`, `restore`, and what `doctor` says of backups."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.domain import BackupPlan, Check, EntryContent
from journal.service import health, opening


def seen(folder: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files} | {
        str(path): (b"", path.stat().st_mtime_ns) for path in (folder, *folder.rglob("*")) if path.is_dir()
    }


def test_a_backup_is_made_checked_and_restored_into_a_journal_that_opens(journal, tmp_path):
    journal.add("The canary sang.")
    file = tmp_path / "one.backup"
    assert "Backed up 1 entry" in journal("backup", str(file)).stdout
    assert b"canary" not in file.read_bytes()
    (checked,) = journal.json("backup", "--check", str(file))
    assert checked["entries"] == 1
    assert checked["bytes"] == file.stat().st_size
    done = journal("restore", str(file), "--to", str(tmp_path / "again"))
    assert "Restored 1 entry" in done.stdout
    assert f"--home {tmp_path / 'again'}" in done.stderr
    assert f"mv {journal.home} {journal.home}-before" in done.stderr
    journal.home = tmp_path / "again"
    assert "The canary sang." in journal("list").stdout
    assert all(check.ok for check in looked_over(journal))


def test_a_backup_can_be_checked_and_restored_where_there_is_no_journal(journal, nowhere, tmp_path):
    journal.add("Something.")
    journal("backup", str(tmp_path / "x"))
    nowhere.floor = journal.floor
    assert "is a good backup of 1 entry" in nowhere("backup", "--check", str(tmp_path / "x")).stdout
    (done,) = nowhere.json("restore", str(tmp_path / "x"), "--to", str(nowhere.home))
    assert done["home"] == str(nowhere.home)
    assert "Something." in nowhere("list").stdout


def test_the_recovery_words_restore_a_backup_whose_passphrase_is_forgotten(journal, tmp_path):
    journal.add("Something.")
    journal("backup", str(tmp_path / "x"))
    reader, writer = os.pipe()
    os.write(writer, journal.words.encode())
    os.close(writer)
    done = journal.plain("restore", str(tmp_path / "x"), "--to", str(tmp_path / "again"), "--recovery-fd", str(reader))
    os.close(reader)
    assert done.exit_code == 0, done.stderr
    assert "recover" in done.stderr


def test_a_wrong_passphrase_or_a_damaged_file_writes_nothing_and_has_a_code_of_its_own(journal, tmp_path):
    journal.add("Something.")
    file, target = tmp_path / "x", tmp_path / "again"
    journal("backup", str(file))
    journal("restore", str(file), "--to", str(target), phrase="wrong", code=3)
    raw = bytearray(file.read_bytes())
    raw[-5000] ^= 4
    file.write_bytes(raw)
    assert "damaged" in journal("backup", "--check", str(file), code=5).stderr
    assert "damaged" in journal("restore", str(file), "--to", str(target), code=5).stderr
    (tmp_path / "letter").write_text("a letter")
    assert "is not a backup" in journal("restore", str(tmp_path / "letter"), "--to", str(target), code=2).stderr
    assert not target.exists()


def test_a_folder_with_something_in_it_is_not_restored_into(journal, tmp_path):
    journal.add("Something.")
    journal("backup", str(tmp_path / "x"))
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter").write_text("mine")
    journal("restore", str(tmp_path / "x"), "--to", str(tmp_path / "used"), code=2)
    journal("restore", str(tmp_path / "x"), "--to", str(journal.home), code=2)
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["letter"]


@pytest.mark.parametrize(
    "words",
    [(), ("x", "--stop"), ("x", "--to-folder", "y"), ("--check",), ("x", "--words"), ("--keep", "3")],
    ids=" ".join,
)
def test_what_makes_no_sense_is_said_and_makes_no_file(journal, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*.backup"))
    assert journal("backup", *words, code=2).stderr
    assert sorted(tmp_path.rglob("*.backup")) == before
    assert not (tmp_path / "x").exists()


def test_a_folder_once_named_is_used_again_and_the_last_good_ones_stay(journal, tmp_path):
    journal.add("Something.")
    stick = tmp_path / "stick"
    told = journal("backup", "--to-folder", str(stick), "--every", "3", "--keep", "2").stderr
    assert "every 3 days" in told
    assert "last 2 good ones" in told
    journal("backup")
    journal("backup")
    assert len(list(stick.iterdir())) == 2
    assert "every 3 days" in journal("backup", "--keep", "1").stderr
    assert len(list(stick.iterdir())) == 1
    journal("backup", "--stop")
    journal("backup", code=2)
    assert len(list(stick.iterdir())) == 1


# --------------------------------------------------------------------------- doctor


def looked_over(journal) -> list[Check]:
    """What doctor finds in the journal; without the installation, which takes its time."""
    return list(health.journal(journal.home, journal.phrase, opening.local_now, journal.floor))


def last_backup(journal) -> Check:
    return next(check for check in looked_over(journal) if check.name == "last verified backup")


def test_doctor_reads_the_last_backup_whole(journal, tmp_path):
    file = tmp_path / "x.backup"
    assert last_backup(journal).detail == "none yet"
    journal.add("Something.")
    journal("backup", str(file))
    assert "every byte as it was written" in last_backup(journal).detail
    raw = bytearray(file.read_bytes())
    raw[9000] ^= 1
    file.write_bytes(raw)
    found = last_backup(journal)
    assert not found.ok
    assert "not a good backup any more" in found.detail
    file.unlink()
    assert "not to be reached now" in last_backup(journal).detail


def test_doctor_says_when_backups_that_were_asked_for_stay_away(journal, tmp_path):
    made = datetime.now(UTC) - timedelta(days=40)
    (tmp_path / "stick").mkdir()
    long_ago = opening.unlock(journal.home, journal.phrase, now=lambda: made, floor=journal.floor)
    long_ago.safekeeping.set_plan(BackupPlan(tmp_path / "stick"))
    long_ago.safekeeping.back_up_as_planned()
    long_ago.close()
    found = last_backup(journal)
    assert not found.ok
    assert "40 days ago" in found.detail
    assert "asked for every 7 days" in found.detail


@pytest.mark.parametrize("state", ["well", "no lock file", "cut off", "older form", "old keys.json.bak", "restored"])
def test_doctor_never_writes_a_byte_nor_changes_a_time(journal, tmp_path, state):
    journal.add("Something.")
    journal("backup", str(tmp_path / "x.backup"))
    home = journal.home
    if state == "no lock file":
        (home / "lock").unlink()
    elif state == "cut off":
        torn = tmp_path / "torn"
        with (held := opening.unlock(home, journal.phrase, floor=journal.floor))._vault.together():
            held._vault._database.run("PRAGMA cache_size = 1")  # pages reach the file before the end
            held.write(EntryContent("cut off " * 9000))
            shutil.copytree(home, torn)
        held.close()
        assert (torn / "journal.db-journal").stat().st_size > 0
        journal.home = home = torn
    elif state == "older form":
        held = opening.unlock(home, journal.phrase, floor=journal.floor)
        held._vault._database.run("DELETE FROM _sqlite_migrations WHERE name = '003_kin'")
        held._vault._database.run("DROP TABLE kin")
        held.close()
    elif state == "old keys.json.bak":
        (home / "keys.json.bak").write_bytes(b"{}")
        (home / "keys.json.bak").chmod(0o600)
    elif state == "restored":
        journal("restore", str(tmp_path / "x.backup"), "--to", str(tmp_path / "again"))
        journal.home = home = tmp_path / "again"
    before = seen(tmp_path)
    assert [check for check in looked_over(journal) if not check.ok] == []
    assert seen(tmp_path) == before


def test_doctor_still_looks_where_nothing_may_be_written(journal):
    journal.add("Something.")
    for path in (*journal.home.iterdir(), journal.home):
        path.chmod(path.stat().st_mode & 0o500)
    try:
        checks = looked_over(journal)
    finally:
        journal.home.chmod(0o700)
    assert {"pages", "search index", "last verified backup"} <= {check.name for check in checks}
    assert [check for check in checks if not check.ok] == []
