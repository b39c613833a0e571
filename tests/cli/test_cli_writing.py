from datetime import date, timedelta

import pytest


def test_an_entry_is_kept_exactly_and_its_id_is_all_that_is_printed(journal):
    text = "  Two bloods\r\nmissed.\t\n\nê 👩🏽‍⚕️ ‮right to left  "
    result = journal("add", text=(text + "\n").encode())
    assert len(result.stdout.strip()) == 32
    assert journal.json("show", result.stdout.strip())[0]["text"] == text


@pytest.mark.parametrize(("sent", "kept"), [("a\n\n", "a\n"), ("a\r\n", "a"), ("a", "a"), ("\na\r", "\na\r")])
def test_one_line_end_is_taken_from_the_end_and_no_more(journal, sent, kept):
    entry_id = journal("add", text=sent.encode()).stdout.strip()
    assert journal.json("show", entry_id)[0]["text"] == kept


def test_everything_said_beside_an_entry_is_kept_with_it(journal):
    given = [
        "--date",
        "2026-03-09T20:41",
        "--event-date",
        "2026-03-07",
        "--placement",
        "Renal",
        "--setting",
        "ward",
        "--role",
        "FY1",
    ]
    entry_id = journal.add("Board round.", *given, "--tag", "#handover", "--tag", "nights", "--tag", "nights")
    [entry] = journal.json("show", entry_id)
    assert entry["date"] == "2026-03-09T20:41"
    assert entry["event_date"] == "2026-03-07"
    assert (entry["placement"], entry["setting"], entry["role"]) == ("Renal", "ward", "FY1")
    assert entry["tags"] == ["handover", "nights"]


def test_the_id_of_a_prompt_brings_its_question_and_family(journal):
    [asked] = journal.json("prompt")
    [entry] = journal.json("show", journal.add("An answer.", "--prompt", asked["id"]))
    assert (entry["prompt_id"], entry["prompt"]) == (asked["id"], asked["question"])
    assert entry["prompt_family"] == asked["family"]


def test_a_question_of_ones_own_is_kept_as_it_was_asked(journal):
    [entry] = journal.json("show", journal.add("An answer.", "--prompt", "Who depended on this?"))
    assert entry["prompt"] == "Who depended on this?"
    assert "prompt_id" not in entry
    assert "prompt_family" not in entry


def test_a_mistyped_prompt_id_is_not_taken_for_a_question(journal):
    assert "No prompt has this id." in journal("add", "--prompt", "framing-9999", text="x", code=2).stderr
    assert journal("list").stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["--date", "9 March"],
        ["--date", "2026-02-30"],
        ["--date", "2026-W10-1"],
        ["--date", (date.today() + timedelta(days=2)).isoformat()],
        ["--event-date", (date.today() + timedelta(days=2)).isoformat()],
        ["--date", "2026-03-09", "--event-date", "2026-03-10"],
        ["--placement", "red \x1b[31m"],
        ["--tag", "x" * 2000],
        ["--role", "half \udcff"],
    ],
)
def test_a_day_or_a_word_that_cannot_be_is_one_clear_error_and_keeps_nothing(journal, arguments):
    result = journal("add", *arguments, text="Some words.", code=2)
    assert result.stderr.count("journal: ") == 1
    assert "Some words" not in result.stderr
    assert journal("list").stdout == ""


@pytest.mark.parametrize("sent", [b"", b" \n\t\n", b"\xff\xfe\x00binary", b"nul \x00 inside", b"caf\xe9"])
def test_what_is_no_text_is_not_kept(journal, sent):
    result = journal("add", text=sent, code=2)
    assert result.stdout == ""
    assert journal("list").stdout == ""


def test_fifty_megabytes_are_refused_after_a_few(real, tmp_path):
    endless = tmp_path / "endless"
    with endless.open("wb") as file:
        file.truncate(50_000_000)
    phrase = tmp_path / "phrase"
    phrase.write_text(real.phrase)
    with endless.open("rb") as stdin:
        result = real.process("add", stdin=stdin.fileno(), JOURNAL_PASSPHRASE_COMMAND=f"cat '{phrase}'")
        read = stdin.tell()
    assert result.returncode == 2
    assert b"longer than" in result.stderr
    assert read < 10_000_000


def test_a_prompt_comes_with_follow_ups_and_the_reason_for_it(journal):
    [asked] = journal.json("prompt")
    assert asked.keys() == {"id", "family", "question", "follow_ups", "why"}
    assert len(asked["question"].split()) <= 20
    assert asked["why"]
    shown = journal("prompt").stdout
    assert asked["question"] in shown
    assert asked["why"] in shown


def test_another_prompt_is_asked_when_one_is_passed_over(journal):
    [first] = journal.json("prompt")
    [second] = journal.json("prompt", "--skip", first["id"])
    [third] = journal.json("prompt", "--skip", first["id"], "--skip", second["id"])
    assert len({first["id"], second["id"], third["id"]}) == 3
