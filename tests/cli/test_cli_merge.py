"""`merge`: told before it is done, and nothing lost in it."""

import json
import os
import shutil
from pathlib import Path

import pytest

from journal.cli.merge import side_by_side
from journal.domain import EntryContent
from journal.service import health, opening


@pytest.fixture
def work(journal, tmp_path):
    """A second copy of a journal with one entry, each changed in its own way since; and the entry's id."""
    entry_id = journal.add("At first.")
    shutil.copytree(journal.home, tmp_path / "work")
    revise(journal, journal.home, entry_id, "As I saw it at home.")
    revise(journal, tmp_path / "work", entry_id, "As I saw it at work.")
    return tmp_path / "work", entry_id


def revise(journal, home: Path, entry_id: str, text: str) -> None:
    held = opening.unlock(home, journal.phrase, floor=journal.floor)
    held.revise(entry_id, EntryContent(text))
    held.close()


def merge(journal, *words: str, phrase: str | None = None, code: int = 0):
    reader, writer = os.pipe()
    os.write(writer, (phrase or journal.phrase).encode() + b"\n")
    os.close(writer)
    try:
        return journal("merge", *words, "--other-passphrase-fd", str(reader), code=code)
    finally:
        os.close(reader)


def test_a_dry_run_shows_both_versions_side_by_side_and_keeps_nothing(journal, work):
    folder, entry_id = work
    result = merge(journal, str(folder), "--dry-run")
    assert f"here: {entry_id[:8]}" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "As I saw it at home." in line)
    assert "│ As I saw it at work." in line
    assert "dry run" in result.stderr
    assert len(journal.json("list")) == 1


def test_both_versions_are_there_afterwards_and_each_names_the_other(journal, work):
    folder, entry_id = work
    (report,) = [json.loads(line) for line in merge(journal, str(folder), "--json").stdout.splitlines()]
    (item,) = report["entries"]
    assert (item["kind"], item["entry"], item["ours"], item["theirs"]) == (
        "both_kept",
        entry_id,
        "As I saw it at home.",
        "As I saw it at work.",
    )
    shown = journal("show", item["beside"])
    assert "As I saw it at work." in shown.stdout
    assert entry_id[:8] in shown.stderr
    assert item["beside"][:8] in journal("show", entry_id).stderr
    assert all(check.ok for check in health.journal(journal.home, journal.phrase, opening.local_now, journal.floor))
    assert "nothing new" in merge(journal, str(folder)).stderr
    assert len(journal.json("list")) == 2


def test_a_backup_is_merged_as_a_folder_is(journal, work, tmp_path):
    folder, _ = work
    here, journal.home = journal.home, folder
    journal("backup", str(tmp_path / "work.backup"))
    journal.home = here
    merge(journal, str(tmp_path / "work.backup"))
    listed = journal("list").stdout
    assert "As I saw it at home." in listed
    assert "As I saw it at work." in listed


def test_a_wrong_passphrase_of_the_other_copy_changes_nothing(journal, work, tmp_path):
    merge(journal, str(work[0]), phrase="wrong", code=3)
    merge(journal, str(tmp_path / "none"), code=2)
    assert len(journal.json("list")) == 1


def test_two_columns_hold_every_word_within_the_width():
    ours = EntryContent("a long line of words that wraps " * 4 + "\n\nend here", tags=("ward",))
    theirs = EntryContent("short\nand then the end there")
    lines = side_by_side(ours, theirs, "1" * 32, "2" * 32, 60)
    assert max(map(len, lines)) <= 60
    left = " ".join(line.split("│")[0].strip() for line in lines)
    assert " ".join(left.split()).endswith("end here")
    assert "#ward" in left
    assert any(line.endswith("│ and then the end there") for line in lines)
