import json
import os
import stat

import pytest

LINES = [
    {"text": "First.\r\n\twith tab ", "date": "2026-03-09T20:41:00+00:00", "tags": ["nights"], "placement": "ED"},
    {"text": "Second, ünd mehr.", "date": "2026-03-10", "event_date": "2026-03-08", "prompt": "Who waited?"},
]


def as_file(path, lines):
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n")
    return str(path)


def test_what_is_exported_comes_back_the_same_in_another_journal(journal, another, tmp_path):
    journal("import", as_file(tmp_path / "in.jsonl", LINES))
    journal.add("Third.", "--tag", "board", "--role", "ST3")
    exported = tmp_path / "out.jsonl"
    journal("export", str(exported))
    another("import", str(exported))
    assert another("export", "-").stdout == exported.read_text()
    assert [entry["text"] for entry in another.json("export", "-")][:2] == [line["text"] for line in LINES]


def test_entries_that_are_here_already_are_counted_and_not_doubled(journal, tmp_path):
    file = as_file(tmp_path / "in.jsonl", LINES)
    [first] = journal.json("import", file)
    assert (first["form"], first["new"], first["already_here"], first["left_out"]) == ("jsonl", 2, 0, [])
    exported = journal("export", "-").stdout
    for given in (exported, "\n".join(json.dumps(line) for line in LINES)):
        [again] = journal.json("import", "-", text=given)
        assert (again["new"], again["already_here"]) == (0, 2)
    assert len(journal.json("list")) == 2


@pytest.mark.parametrize(
    "bad",
    [
        b"{not json}",
        b"[1, 2]",
        b'{"text": "CANARY"}',
        b'{"date": "2026-03-09"}',
        b'{"text": "  ", "date": "2026-03-09"}',
        b'{"text": "CANARY", "date": "yesterday CANARY"}',
        b'{"text": "CANARY", "date": "20260309T2040"}',
        b'{"text": "CANARY", "date": "2999-01-01"}',
        b'{"text": "CANARY", "date": "2026-03-09", "event_date": "2026-03-10"}',
        b'{"text": "CANARY", "date": "2026-03-09", "tags": "nights"}',
        b'{"text": "CANARY \\ud800", "date": "2026-03-09"}',
        b'{"text": "CANARY", "date": "2026-03-09", "placement": "half \\udc00"}',
        b'{"text": "CANARY", "date": "2026-03-09", "tags": ["half \\udc00"]}',
        b'{"text": "CANARY \xff", "date": "2026-03-09"}',
        b'{"text": 5, "date": "2026-03-09"}',
        b"[" * 100_000,
    ],
)
def test_a_bad_line_is_named_by_its_number_and_nothing_is_imported(journal, bad):
    good = json.dumps(LINES[0]).encode()
    result = journal("import", "-", text=good + b"\n\n" + bad + b"\n" + good, code=2)
    assert "ine 3" in result.stderr
    assert "Nothing was imported." in result.stderr
    assert "CANARY" not in result.stderr
    assert journal("list").stdout == ""


def test_an_id_that_is_here_with_other_words_is_refused(journal):
    entry_id = journal.add("What was written.")
    line = json.dumps({"id": entry_id, "date": "2026-03-09", "text": "Something else."})
    result = journal("import", "-", text=line, code=2)
    assert "Something else" not in result.stderr
    assert journal.json("show", entry_id)[0]["text"] == "What was written."


def test_fields_the_journal_has_no_place_for_are_named(journal):
    line = json.dumps(LINES[0] | {"mood": 5})
    assert "mood" in journal("import", "-", text=line).stderr


def test_an_export_is_for_its_owner_alone_and_says_that_anyone_who_gets_it_can_read_it(journal, tmp_path):
    journal.add("Mine.")
    old = os.umask(0)
    try:
        result = journal("export", str(tmp_path / "out.jsonl"))
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600
    assert "anyone who gets it can read it" in result.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["out.jsonl"]


def test_an_export_overwrites_only_when_told_to(journal, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    assert "--force" in journal("export", str(tmp_path / "thesis.txt"), code=2).stderr
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
    journal.add("Mine.")
    journal("export", str(tmp_path / "thesis.txt"), "--force")
    assert "Mine." in (tmp_path / "thesis.txt").read_text()


def test_an_export_that_cannot_be_written_whole_leaves_the_old_file_and_no_other(real, tmp_path):
    import subprocess
    import sys

    real.add("Long. " * 20_000)
    (tmp_path / "out.jsonl").write_text("the last good one")
    (tmp_path / "phrase").write_text(real.phrase)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))\n"
        "from journal.cli import main; main(sys.argv[1:])"
    )
    arguments = ["--home", str(real.home), "export", str(tmp_path / "out.jsonl"), "--force"]
    environment = os.environ | {"JOURNAL_PASSPHRASE_COMMAND": f"cat '{tmp_path / 'phrase'}'"}
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, env=environment, check=False)
    assert result.returncode == 7, result.stderr
    assert (tmp_path / "out.jsonl").read_text() == "the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "phrase", "vault"]


@pytest.mark.parametrize("command", ["import", "export"])
def test_a_folder_is_not_taken_for_a_file(journal, tmp_path, command):
    assert "is a folder" in journal(command, str(tmp_path), code=2).stderr


def test_a_missing_file_or_folder_is_one_clear_error(journal, tmp_path):
    assert "There is no file" in journal("import", str(tmp_path / "none.jsonl"), code=2).stderr
    assert "There is no folder" in journal("export", str(tmp_path / "none" / "x.jsonl"), code=2).stderr


def test_force_does_not_replace_what_is_no_plain_file(journal, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert "no plain file" in journal("export", str(tmp_path / "pipe"), "--force", code=2).stderr
