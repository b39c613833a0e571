"""Learning points, old entries, the hold and what left, from the command line."""

import hashlib
import json
import os
import signal
import subprocess
import sys

import pytest

STORY = "The lorikeet sang at handover."


def test_learning_points_go_out_and_come_back_exactly_in_both_forms(journal, another, tmp_path):
    entry_id = journal.add(STORY, "--placement", "Renal", "--tag", "nights")
    journal("learning", "--note", "--entry", entry_id[:8], text="Say it aloud.\nÜ first.\n")
    journal("learning", "--note", text="Stands by itself.")
    exported = journal("export", str(tmp_path / "out.jsonl"))
    assert "1 entry written" in exported.stderr
    whole = (tmp_path / "out.jsonl").read_text()
    journal("export", str(tmp_path / "pages"), "--form", "markdown")
    (counted,) = another.json("import", str(tmp_path / "out.jsonl"))
    assert (counted["new"], counted["learning"], counted["left_out"]) == (1, 2, [])
    assert another("export", "-").stdout == whole
    again = another("import", str(tmp_path / "pages"))
    assert "0 entries imported, 1 here already" in again.stderr
    assert another("export", "-").stdout == whole
    assert another.json("learning") == journal.json("learning")


def test_the_pages_of_a_markdown_export_alone_bring_learning_points_back(journal, another, tmp_path):
    entry_id = journal.add(STORY, "--placement", 'A "quoted" place', "--tag", "nights")
    journal("learning", "--note", "--entry", entry_id, text="---\nid: no front matter\n---\n\nIndented:\n  so.")
    journal("export", str(tmp_path / "pages"), "--form", "markdown")
    another("import", str(tmp_path / "pages"))
    assert another("export", "-").stdout == journal("export", "-").stdout


def test_a_learning_point_here_with_other_words_is_refused_and_nothing_is_imported(journal):
    point_id = journal("learning", "--note", text="Ask first.").stdout.strip()
    point = {"kind": "learning point", "id": point_id, "date": "2026-03-09", "text": "CANARY"}
    lines = "\n".join(json.dumps(one) for one in (point, {"text": "New.", "date": "2026-03-09"}))
    result = journal("import", "-", text=lines, code=2)
    assert "differs" in result.stderr
    assert "CANARY" not in result.stderr
    assert journal.json("list") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"text": 5},
        {"date": "yesterday"},
        {"date": "2999-01-01"},
        {"noted": "never"},
        {"entry": "mine"},
        {"tags": "nights"},
        {"placement": 5},
        {"text": "long " * 300},
    ],
)
def test_a_learning_point_that_cannot_be_one_is_named_by_its_line(journal, wrong):
    point = {"kind": "learning point", "id": "a" * 32, "date": "2026-03-09", "text": "CANARY"} | wrong
    result = journal("import", "-", text=json.dumps(point), code=2)
    assert "ine 1" in result.stderr
    assert "CANARY" not in result.stderr
    assert journal.json("learning") == []


def test_learning_is_listed_searched_and_shown_with_its_entry(journal):
    entry_id = journal.add(STORY)
    journal("learning", "--note", "--entry", entry_id, text="Say the plan aloud.")
    assert "Say the plan aloud." in journal("show", entry_id).stdout
    assert "Say the plan aloud." in journal("learning", "-", text="plan alou").stdout
    assert journal("learning", "lorikeet").stdout == ""


def test_old_entries_are_listed_for_a_look_from_the_age_one_says(journal):
    entry_id = journal.add(STORY, "--date", "2021-05-01")
    [one] = journal.json("review")
    assert (one["id"], one["date"], one["reviewed"], one["hold"]) == (entry_id, "2021-05-01", None, False)
    assert "lorikeet" not in journal("review").output
    assert journal.json("review", "--years", "0") == []
    assert "never asked" in journal("review").stderr


def test_the_hold_is_dated_kept_and_said_with_its_reason(journal):
    assert "never been on" in journal("hold").stderr
    said = journal("hold", "on", "--reason", "-", text="a claim\n").stderr
    assert "can be an offence" in said
    assert "was on already" in journal("hold", "on").stderr
    journal("hold", "off")
    changes = journal.json("hold")
    assert [(change["on"], change["reason"]) for change in changes] == [(True, "a claim"), (False, "")]
    assert journal("hold", "--reason", "alone", code=2)


def test_an_export_is_recorded_with_its_digest_and_never_its_words(journal, tmp_path):
    entry_id = journal.add(STORY)
    target = tmp_path / "out.jsonl"
    journal("export", str(target))
    [record] = journal.json("departures")
    raw = target.read_bytes()
    assert (record["way"], record["form"], record["state"]) == ("export", "jsonl", "left")
    assert (record["sha256"], record["bytes"]) == (hashlib.sha256(raw).hexdigest(), len(raw))
    assert record["items"] == [{"id": entry_id, "revision": 1, "part": "entry"}]
    assert record["to"] == str(target)
    assert "lorikeet" not in journal("departures").output


def test_every_way_out_is_recorded(journal, tmp_path):
    journal.add(STORY)
    pages = tmp_path / "pages"
    out = journal("export", "-").stdout.encode()
    journal("export", str(pages), "--form", "markdown")
    first, second = journal.json("departures")
    assert (first["to"], first["sha256"]) == ("standard output", hashlib.sha256(out).hexdigest())
    printed = subprocess.run("sha256sum *", shell=True, cwd=pages, capture_output=True, check=True).stdout
    assert second["sha256"] == hashlib.sha256(printed).hexdigest()


KILLED = """
import os, pathlib, sys
place = pathlib.Path.replace
def killed(self, target):
    if target.name != "out.jsonl":
        return place(self, target)
    if sys.argv.pop() == "after":
        place(self, target)
    os.kill(os.getpid(), 9)
pathlib.Path.replace = killed
from journal.cli import main
main(sys.argv[1:-1])
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_export_killed_as_its_file_comes_into_place_has_left_a_record(real, tmp_path, moment):
    real.add(STORY)
    (tmp_path / "phrase").write_text(real.phrase)
    target = tmp_path / "out.jsonl"
    environment = os.environ | {"JOURNAL_PASSPHRASE_COMMAND": f"cat '{tmp_path / 'phrase'}'"}
    arguments = ["--home", str(real.home), "export", str(target), moment]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], capture_output=True, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert target.exists() == (moment == "after")
    [record] = real.json("departures")
    assert (record["state"], record["ended"]) == ("begun", None)
    assert "it may have left" in real("departures").stdout
    if target.exists():
        assert record["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
