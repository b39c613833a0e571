"""Showing a supervisor some sentences, and taking in the answer, from the command line."""

import base64
import hashlib
import json
import re

import pytest

from journal.sharing import armour, page
from journal.sharing import reply as replying

STORY = (
    "We were four down. Mrs Begum waited two hours on 12 March 2026. I said yes before I had thought.\n\n"
    "Nobody had told the night team. Next time I shall ask who else knows."
)
SAFE = ("--sentences", "1,3-5", "--to", "Dr Okafor")


def filled(text: str, **boxes: str) -> str:
    """The text form with something typed below some of its marks."""
    for letter, words in boxes.items():
        text = re.sub(rf"(?m)^(\[{letter}\].*)$", lambda mark, words=words: f"{mark[1]}\n{words}", text)
    return text


def page_reply(html: bytes, passphrase: str, **boxes: object) -> str:
    """What the page's script copies: a reply sealed under the key of its passphrase."""
    sealed = page.sealed_part(html)
    rounds, salt = page.check_sealed(sealed)
    master = page.stretched(passphrase, salt, rounds)
    answer = replying.make_reply(page.unsealed(sealed, master), name="Chidi Okafor", **boxes)  # type: ignore[arg-type]
    header = page.REPLY_MAGIC + b"\1" + bytes.fromhex(answer.share)
    nonce = bytes(12)
    body = page._cipher(page.derived(master, "reply")).encrypt(nonce, replying.to_bytes(answer), header)
    return armour.armoured(replying.PAGE_ARMOUR, header + nonce + body)


def passphrase_in(told: str) -> str:
    found = re.search(r"Passphrase: (.+)", told)
    assert found
    return found[1]


# --------------------------------------------------------------------------- choosing


def test_nothing_is_chosen_by_itself_and_the_sentences_are_numbered(journal):
    entry_id = journal.add(STORY)
    result = journal("share", entry_id[:8])
    assert result.stdout.splitlines()[1:3] == [
        "   1  We were four down.",
        "   2  Mrs Begum waited two hours on 12 March 2026.",
    ]
    assert "Nothing is chosen yet" in result.stderr
    assert journal.json("departures") == []


def test_learning_and_plan_are_offered_before_the_story(journal, tmp_path):
    record = {"text": "A bay fell.\n\nI froze.\n\nI shall ask.", "date": "2026-03-09"}
    record["steps"] = [
        {"name": n, "text": t}
        for n, t in zip(("What?", "So what?", "Now what?"), record["text"].split("\n\n"), strict=True)
    ]
    (tmp_path / "in.jsonl").write_text(json.dumps(record))
    journal("import", str(tmp_path / "in.jsonl"))
    [entry] = journal.json("list")
    listed = journal("share", entry["id"]).stdout.splitlines()
    assert [line.strip() for line in listed] == [
        "(So what?)",
        "2  I froze.",
        "(Now what?)",
        "3  I shall ask.",
        "(What?)",
        "1  A bay fell.",
    ]
    out = journal("share", entry["id"], "--steps", "now what?", "--to", "Dr Okafor", "--preview").stdout
    assert "(Now what?)" in out
    assert "1. I shall ask." in out
    assert "froze" not in out


@pytest.mark.parametrize(
    "wrong",
    [
        ("--sentences", "0"),
        ("--sentences", "9"),
        ("--sentences", "3-2"),
        ("--sentences", "one"),
        ("--steps", "So what?"),
        ("--sentences", "1"),
        ("--sentences", "1", "--to", "X", "--form", "page"),
        ("--sentences", "1", "--to", "X", "--form", "file"),
        ("--sentences", "1", "--to", "X", "--keep", "1"),
        ("--sentences", "1", "--to", "X", "--keep", "7=why"),
        ("--sentences", "2", "--to", "X", "--keep", "1= "),
        ("--sentences", "1", "--to", "X"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_one_error_and_nothing_leaves(journal, wrong):
    entry_id = journal.add(STORY)
    result = journal("share", entry_id, *wrong, code=2)
    assert result.stderr.count("journal: ") == 1
    assert result.stdout == ""
    assert journal.json("departures") == []


# --------------------------------------------------------------------------- possible identifiers


def test_a_name_stops_it_until_it_is_settled(journal):
    entry_id = journal.add(STORY)
    result = journal("share", entry_id, "--sentences", "1-2", "--to", "Dr Okafor", "--yes", code=2)
    assert "Possible identifiers found: 2." in result.stderr
    assert "about 1 name in 40" in result.stderr
    assert "Nothing leaves yet: 1 possible identifier" in result.stderr
    assert result.stdout == ""
    assert journal.json("departures") == []


def test_a_role_takes_the_place_of_a_name_and_a_season_of_a_day(journal):
    entry_id = journal.add(STORY)
    out = journal("share", entry_id, "--sentences", "2", "--to", "Dr Okafor", "--redact", "--yes").stdout
    assert "The patient waited two hours in spring." in out
    assert "Begum" not in out
    [record] = journal.json("departures")
    begum = STORY.index("Begum")
    assert record["redactions"][0] == {
        "id": entry_id,
        "part": "entry",
        "start": begum,
        "end": begum + 5,
        "kind": "PERSON",
    }
    assert record["items"] == [{"id": entry_id, "revision": 1, "part": "sentences 2"}]


def test_what_was_decided_holds_the_next_time_and_what_stays_stays_for_one_reader_only(journal):
    entry_id = journal.add(STORY)
    kept = journal("share", entry_id, "--sentences", "2", "--to", "Dr Okafor", "--keep", "1=she asked for it", "--yes")
    assert "Mrs Begum waited" in kept.stdout
    again = journal("share", entry_id, "--sentences", "2", "--to", "Dr Okafor", "--yes")
    assert "stays: she asked for it" in again.stderr
    journal("share", entry_id, "--sentences", "2", "--to", "Somebody Else", "--yes", code=2)
    journal("share", entry_id, "--sentences", "2", "--to", "Somebody Else", "--redact", "--yes")
    assert "The patient" in journal("share", entry_id, "--sentences", "2", "--to", "Dr Okafor", "--yes").stdout


def test_a_name_in_the_question_stops_it_too(journal):
    entry_id = journal.add(STORY)
    asking = ("share", entry_id, *SAFE, "--question", "-", "--preview")
    assert "in the question" in journal(*asking, text="Should I have told Mrs Begum?", code=2).stderr
    assert "told the patient?" in journal(*asking, "--redact", text="Should I have told Mrs Begum?").stdout


def test_what_names_nobody_and_may_still_tell_is_said_and_stops_nothing(journal):
    entry_id = journal.add("She has Huntington's disease. We talked for an hour.")
    said = journal("share", entry_id, "--sentences", "1", "--to", "Dr Okafor", "--preview").stderr
    assert "may still tell who it was" in said
    assert "may still tell" not in journal("share", entry_id, "--sentences", "2", "--to", "X", "--preview").stderr


# --------------------------------------------------------------------------- preview


def test_a_preview_is_what_leaves_byte_for_byte_and_writes_nothing(journal, tmp_path):
    entry_id = journal.add(STORY)
    asked = ("share", entry_id, *SAFE, "--question", "What first?", "--when", "season")
    before = (journal.home / "journal.db").read_bytes()
    preview = journal(*asked, "--preview")
    assert (journal.home / "journal.db").read_bytes() == before
    target = tmp_path / "excerpt.txt"
    journal(*asked, "--yes", "--out", str(target))
    assert target.read_bytes() == preview.stdout_bytes
    [record] = journal.json("departures")
    assert (record["way"], record["form"], record["recipient"], record["state"]) == (
        "share",
        "text",
        "Dr Okafor",
        "left",
    )
    assert (record["sha256"], record["bytes"]) == (
        hashlib.sha256(target.read_bytes()).hexdigest(),
        target.stat().st_size,
    )
    assert journal(*asked, "--yes").stdout_bytes != preview.stdout_bytes


def test_nothing_leaves_unasked_and_no_file_is_replaced(journal, tmp_path):
    entry_id = journal.add(STORY)
    assert "Nobody is there to be asked" in journal("share", entry_id, *SAFE, code=2).stderr
    (tmp_path / "mine.txt").write_text("mine")
    journal("share", entry_id, *SAFE, "--yes", "--out", str(tmp_path / "mine.txt"), code=2)
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert journal.json("departures") == []


def test_sharing_again_says_what_was_shared_before_and_shows_what_is_new(journal):
    entry_id = journal.add(STORY)
    journal("share", entry_id, "--sentences", "1", "--to", "Dr Okafor", "--yes")
    again = journal("share", entry_id, "--sentences", "1,3", "--to", "Dr Okafor", "--diff")
    assert "with Dr Okafor, 1 sentence as text." in again.stderr
    assert "+I said yes before I had thought." in again.stdout
    assert "-We were four down." not in again.stdout
    assert len(journal.json("departures")) == 1


# --------------------------------------------------------------------------- three ways, two homes


def test_a_reply_typed_into_a_mail_comes_back_to_its_sentences(journal):
    entry_id = journal.add(STORY)
    text = journal("share", entry_id, *SAFE, "--yes").stdout
    mail = "Dear A,\n\n> " + filled(text, A="You paused.\x1b[31m", C="Try it once.", D="2", E="Chidi").replace(
        "\n", "\n> "
    )
    taken = journal("reply", text=mail)
    assert "“I said yes before I had thought.”" in taken.stdout
    assert "Noticed: You paused." in taken.stdout
    assert "\x1b" not in taken.stdout
    assert "was here already" in journal("reply", text=mail).stderr
    [kept] = journal.json("replies")
    assert (kept["entry"], kept["way"], kept["noticed"], kept["became"]) == (entry_id, "text", "You paused.", "open")
    assert "What happened?" in journal("show", entry_id).stdout
    journal("answer", kept["share"][:8], "-", "--became", "done", text="I did, on Monday.")
    shown = journal("show", entry_id).stdout
    assert "You: I did, on Monday." in shown
    assert "What became of it: done" in shown


def test_a_reply_from_the_sealed_page_comes_back(journal, tmp_path):
    entry_id = journal.add(STORY)
    target = tmp_path / "excerpt.html"
    sent = journal("share", entry_id, *SAFE, "--form", "page", "--yes", "--out", str(target))
    words = passphrase_in(sent.stderr)
    assert words not in target.read_text()
    assert b"four down" not in target.read_bytes()
    back = page_reply(target.read_bytes(), words, noticed="You paused.")
    assert "somebody who knew its passphrase" in journal("reply", text=back).stdout
    assert [one["way"] for one in journal.json("replies")] == ["page"]


def test_a_supervisor_with_the_app_reads_the_sealed_file_and_answers(journal, another, tmp_path):
    entry_id = journal.add(STORY)
    theirs, mine, sealed = (tmp_path / name for name in ("theirs.txt", "mine.txt", "sealed.txt"))
    card = another("card", "--name", "Chidi Okafor")
    theirs.write_text(card.stdout)
    mine.write_text(journal("card", "--name", "Amina").stdout)
    checked = journal("card", "--check", str(theirs)).stdout.strip()
    assert checked in card.stderr
    sent = ("share", entry_id, "--sentences", "1,3", "--card", str(theirs), "--question", "What first?", "--yes")
    journal(*sent, "--out", str(sealed))
    assert b"four down" not in sealed.read_bytes()
    read = another("read", str(sealed), "--card", str(mine)).stdout
    assert "What first?" in read
    assert "For: Chidi Okafor" in read
    answer = another(
        "read", str(sealed), "--card", str(mine), "--reply", text=filled(read, B="Who knew?", D="2")
    ).stdout
    assert "Who knew" not in answer
    taken = journal("reply", text=answer).stdout
    assert "Asks: Who knew?" in taken
    assert "Chidi Okafor" in taken
    assert [one["way"] for one in another.json("departures")] == ["reply"]
    assert journal("read", str(sealed), "--card", str(mine), code=2).stdout == ""


# --------------------------------------------------------------------------- what is wrong


def test_a_reply_that_is_none_damaged_or_foreign_is_one_error_and_writes_nothing(journal, another, tmp_path):
    entry_id = journal.add(STORY)
    text = journal("share", entry_id, *SAFE, "--yes").stdout
    good = filled(text, A="You paused.")
    target = tmp_path / "excerpt.html"
    words = passphrase_in(journal("share", entry_id, *SAFE, "--form", "page", "--yes", "--out", str(target)).stderr)
    sealed = page_reply(target.read_bytes(), words, noticed="You paused.")
    raw = base64.b64encode(b"SLPR\1" + bytes(40)).decode()
    before = (journal.home / "journal.db").read_bytes()
    wrong = [
        "",
        "Dear A, thank you.",
        text,
        good.replace("[End of reply]", ""),
        good.replace("[B] ", "[X] "),
        re.sub(r"/ [0-9a-f]{16}", "/ " + "0" * 16, good),
        sealed.replace(sealed.splitlines()[1][:20], "A" * 20),
        sealed.replace("-----END", ""),
        f"-----BEGIN SMALL L REPLY-----\n{raw}\n-----END SMALL L REPLY-----\n",
        b"\xff\xfe" + b"\0" * 100,
        b"x" * 4_000_001,
    ]
    for given in wrong:
        result = journal("reply", text=given, code=2)
        assert result.stderr.count("journal: ") == 1
        assert "paused" not in result.output
    assert (journal.home / "journal.db").read_bytes() == before
    assert "answers nothing" in another("reply", text=good, code=2).stderr


def test_deleting_an_entry_for_good_takes_its_replies_and_leaves_the_record(journal):
    entry_id = journal.add(STORY)
    text = journal("share", entry_id, *SAFE, "--yes").stdout
    journal("reply", text=filled(text, A="You paused."))
    from journal.service import opening

    opened = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    try:
        opened.put_in_bin(entry_id)
        opened.delete_for_good(entry_id)
        assert all(check.ok for check in opened.check())
    finally:
        opened.close()
    assert journal.json("replies") == []
    assert "answers nothing" in journal("reply", text=filled(text, A="You paused."), code=2).stderr
    assert len(journal.json("departures")) == 1
