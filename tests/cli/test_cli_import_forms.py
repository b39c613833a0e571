import json
import os
import stat
import zipfile

import pytest

JRNL = "[2026-03-01 08:00] Long night. *\nThree bloods missed.\n\n[2026-03-02 09:15] Quiet.\n"
DAYONE = {"entries": [{"creationDate": "2026-03-01T08:00:00Z", "timeZone": "Europe/London", "text": "From a phone."}]}


def with_password(password):
    reader, writer = os.pipe()
    os.write(writer, password.encode() + b"\n")
    os.close(writer)
    return str(reader)


def encrypted(text, password):
    import base64

    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    salt = b"\xf2\xd5q\x0e\xc1\x8d.\xde\xdc\x8e6t\x89\x04\xce\xf8"
    key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=100_000).derive(password.encode())
    return Fernet(base64.urlsafe_b64encode(key)).encrypt(text.encode())


def test_a_jrnl_file_is_recognised_and_imported_twice_only_once(journal, tmp_path):
    (tmp_path / "journal.txt").write_text(JRNL)
    result = journal("import", str(tmp_path / "journal.txt"))
    assert "Read as jrnl." in result.stderr
    assert "2 entries imported, 0 here already." in result.stderr
    assert "0 entries imported, 2 here already." in journal("import", str(tmp_path / "journal.txt")).stderr
    texts = [entry["text"] for entry in journal.json("export", "-")]
    assert texts == ["Long night.\nThree bloods missed.", "Quiet."]


def test_an_encrypted_jrnl_file_opens_with_its_own_password(journal, tmp_path):
    (tmp_path / "journal.jrnl").write_bytes(encrypted(JRNL, "four words or so"))
    file = str(tmp_path / "journal.jrnl")
    assert "Nothing" not in journal("import", file, "--password-fd", with_password("four words or so")).stderr
    assert len(journal.json("list")) == 2
    result = journal("import", file, "--password-fd", with_password("wrong"), code=3)
    assert "does not open this jrnl file" in result.stderr
    assert "wrong" not in result.stderr


def test_a_dry_run_names_duplicates_and_problems_and_keeps_nothing(journal, tmp_path):
    journal("import", "-", text=JRNL)
    file = tmp_path / "journal.txt"
    file.write_text(JRNL + "[2026-03-05 10:00] Third.\n[31/02/2026] CANARY\n[2999-01-01 08:00] CANARY\n")
    result = journal("import", str(file), "--dry-run", code=2)
    assert "3 entries from 2026-03-01 to 2026-03-05." in result.stdout
    assert "Line 1: here already, written 2026-03-01T08:00" in result.stdout
    assert "Line 6: The time of an entry cannot be read for sure." in result.stdout
    assert "Line 7: The date 2999-01-01T08:00 lies in the future." in result.stdout
    assert "Nothing was imported." in result.stderr
    assert "CANARY" not in result.output
    [told] = journal.json("import", str(file), "--dry-run", "--skip-bad")
    assert (told["form"], told["dry_run"], told["new"], told["already_here"]) == ("jrnl", True, 1, 2)
    assert [problem["place"] for problem in told["problems"]] == ["Line 6", "Line 7"]
    assert len(journal.json("list")) == 2


def test_nothing_is_kept_unless_all_is_good_or_the_rest_is_asked_for(journal, tmp_path):
    lines = [{"text": "Fine.", "date": "2026-03-01"}, {"text": "CANARY", "date": "x"}, {"date": "2026-03-01"}]
    file = tmp_path / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    result = journal("import", str(file), code=2)
    assert "Line 2" in result.stderr
    assert "There is one more like this." in result.stderr
    assert "--skip-bad" in result.stderr
    assert "CANARY" not in result.output
    assert journal.json("list") == []
    assert "cannot be used: 2." in journal("import", str(file), "--skip-bad").stderr
    assert len(journal.json("list")) == 1


def test_a_day_one_export_is_read_from_its_zip_file(journal, tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive:
        archive.writestr("Journal.json", json.dumps(DAYONE))
        archive.writestr("photos/a.jpeg", b"\xff")
    assert "Read as Day One." in journal("import", str(tmp_path / "export.zip")).stderr
    assert [entry["date"] for entry in journal.json("export", "-")] == ["2026-03-01T08:00:00+00:00"]
    assert "is a zip file" in journal("import", str(tmp_path / "export.zip"), "--from", "jrnl", code=2).stderr


def test_a_plain_text_file_is_one_entry_when_asked_for_whole(journal, tmp_path):
    (tmp_path / "2026-03-01 ward.txt").write_text("Ward.\n2026-01-01 was long ago.\n")
    journal("import", str(tmp_path / "2026-03-01 ward.txt"), "--whole")
    assert "plain text alone" in journal("import", "-", "--whole", "--from", "jrnl", code=2).stderr
    [entry] = journal.json("export", "-")
    assert (entry["date"], entry["text"]) == ("2026-03-01", "Ward.\n2026-01-01 was long ago.")


def test_what_is_not_clear_is_asked_about_and_no_binary_file_is_taken(journal, tmp_path):
    assert "--from" in journal("import", "-", text="Dear diary,", code=2).stderr
    result = journal("import", "-", "--from", "text", text=b"\x89PNG\r\n\x1a\n\xff", code=2)
    assert "not text in UTF-8" in result.stderr


def test_a_journal_exported_as_markdown_comes_back_the_same(journal, another, tmp_path):
    lines = [
        {
            "text": "\n First.\r\n---\n\twith tab \n",
            "date": "2026-03-09T20:41:00+00:00",
            "tags": ["a b", "é,"],
            "role": "FY1",
        },
        {"text": "Same second.", "date": "2026-03-09T20:41:00+00:00", "prompt": 'Who "waited"?', "prompt_id": "p1"},
        {
            "text": "Same second.",
            "date": "2026-03-09T20:41:00+00:00",
            "placement": "ED",
            "setting": "",
            "analyse": False,
        },
        {"text": "Old.", "date": "2026-03-08", "event_date": "2026-03-07", "prompt_family": "neutral"},
    ]
    lines = [line | {"id": f"{number:032x}"} for number, line in enumerate(lines)]
    steps = [{"name": "What?", "text": "One."}, {"name": "So what?", "text": ""}, {"name": "Now?", "text": "Two."}]
    lines.append({"text": "One.\n\nTwo.", "date": "2026-03-10 08:00", "steps": steps})
    journal("import", "-", text="\n".join(map(json.dumps, lines)))
    result = journal("export", str(tmp_path / "out"), "--form", "markdown")
    assert "5 entries written" in result.stderr
    assert "anyone who gets it can read it" in result.stderr
    assert "Read as Markdown." in another("import", str(tmp_path / "out")).stderr
    assert another("export", "-").stdout == journal("export", "-").stdout
    assert "0 entries imported, 5 here already." in another("import", str(tmp_path / "out")).stderr


def test_a_markdown_export_is_for_its_owner_alone(journal, tmp_path):
    journal.add("Mine.")
    old = os.umask(0)
    try:
        journal("export", str(tmp_path / "out"), "--form", "markdown")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    [file] = (tmp_path / "out").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "vault"]


def test_a_markdown_export_takes_an_empty_folder_and_leaves_a_full_one_alone(journal, tmp_path):
    journal.add("Mine.")
    (tmp_path / "out").mkdir()
    journal("export", str(tmp_path / "out"), "--form", "markdown")
    before = sorted((tmp_path / "out").iterdir())
    assert "is not empty" in journal("export", str(tmp_path / "out"), "--form", "markdown", code=2).stderr
    assert sorted((tmp_path / "out").iterdir()) == before


@pytest.mark.parametrize("words", [["-"], ["out", "--force"], ["none/out"], ["file"], ["link"]])
def test_a_markdown_export_that_has_no_place_to_go_is_refused(journal, tmp_path, words, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("years of work")
    (tmp_path / "link").symlink_to(tmp_path / "vault")
    journal("export", *words, "--form", "markdown", code=2)
    assert (tmp_path / "file").read_text() == "years of work"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link", "vault"]


def test_a_markdown_export_that_cannot_be_written_whole_leaves_nothing(real, tmp_path):
    import subprocess
    import sys

    real.add("Long. " * 20_000)
    (tmp_path / "phrase").write_text(real.phrase)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000))\n"
        "from journal.cli import main; main(sys.argv[1:])"
    )
    arguments = ["--home", str(real.home), "export", str(tmp_path / "out"), "--form", "markdown"]
    environment = os.environ | {"JOURNAL_PASSPHRASE_COMMAND": f"cat '{tmp_path / 'phrase'}'"}
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, env=environment, check=False)
    assert result.returncode == 7, result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["phrase", "vault"]


def test_a_process_without_a_terminal_says_where_the_password_of_a_jrnl_file_may_come_from(real, tmp_path):
    (tmp_path / "journal.jrnl").write_bytes(encrypted(JRNL, "four words or so"))
    (tmp_path / "phrase").write_text(real.phrase)
    command = f"cat '{tmp_path / 'phrase'}'"
    result = real.process("import", str(tmp_path / "journal.jrnl"), JOURNAL_PASSPHRASE_COMMAND=command)
    assert result.returncode == 2
    assert b"--password-fd" in result.stderr
    assert b"Traceback" not in result.stderr
