import json
import os
import signal
import subprocess
import sys

import pytest

TASK = "Spent an hour rewriting drug charts."
SYSTEM = "Obs get missed whenever the HCA is pulled to the other bay."


def test_plain_text_is_read_without_a_journal(nowhere):
    result = nowhere.plain("analyse", "--json", text=f"{TASK} {SYSTEM}\n")
    [found] = [json.loads(line) for line in result.stdout.splitlines()]
    assert found.keys() == {"id", "model", "sentences", "counts"}
    assert found["id"] is None
    assert [sentence["level"] for sentence in found["sentences"]] == ["task", "system"]
    assert sum(found["counts"].values()) == len(found["sentences"])
    assert not nowhere.home.exists()


def test_people_are_shown_each_sentence_with_its_level_and_why(nowhere):
    shown = nowhere.plain("analyse", text=SYSTEM).stdout
    assert shown.startswith(f"system    {SYSTEM}")
    assert "pattern" in shown
    assert "0 task, 0 team, 1 system, 0 other" in shown


def test_lines_keep_their_order_and_their_ids(nowhere):
    sent = [{"id": f"é{n}" if n % 2 else n, "text": f"{TASK} {n}"} for n in range(150)]
    result = nowhere.plain("analyse", "--lines", "--json", text="\n".join(json.dumps(line) for line in sent))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [line["id"] for line in sent]


@pytest.mark.parametrize(
    "bad",
    [b"{", b"[]", b'{"id": 1}', b'{"id": 1, "text": 5}', b'{"id": [], "text": "x"}', b'"\xff"', b'{"text": "\\ud83d"}'],
)
def test_a_bad_line_is_named_after_all_before_it_were_answered(nowhere, bad):
    good = json.dumps({"id": "a", "text": TASK}).encode()
    result = nowhere.plain("analyse", "--lines", "--json", text=good + b"\n\n" + bad + b"\n" + good)
    assert result.exit_code == 2
    assert "ine 3" in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]


def test_an_answer_does_not_wait_for_the_end_of_the_input_and_ctrl_c_ends_it_silently():
    process = subprocess.Popen(
        [sys.executable, "-m", "journal", "analyse", "--lines", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "text": TASK}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""


@pytest.mark.parametrize("sent", [b"", b"\n \n"])
def test_no_words_make_no_sentences(nowhere, sent):
    [found] = [json.loads(line) for line in nowhere.plain("analyse", "--json", text=sent).stdout.splitlines()]
    assert found["sentences"] == []


@pytest.mark.parametrize("sent", [b"\xff\xfe\x00", b"a" * 5_000_000])
def test_what_cannot_be_read_is_one_clear_error(nowhere, sent):
    result = nowhere.plain("analyse", "--json", text=sent)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_a_file_is_read_by_its_name(nowhere, tmp_path):
    (tmp_path / "day.txt").write_text(TASK)
    assert nowhere.plain("analyse", str(tmp_path / "day.txt")).stdout.startswith("task")
    assert nowhere.plain("analyse", str(tmp_path)).exit_code == 2
    assert nowhere.plain("analyse", str(tmp_path / "none")).exit_code == 2


def test_a_standard_input_that_cannot_be_read_is_one_clear_error(nowhere, tmp_path):
    descriptor = os.open(tmp_path / "for writing", os.O_WRONLY | os.O_CREAT)
    try:
        result = nowhere.process("analyse", stdin=descriptor)
    finally:
        os.close(descriptor)
    assert result.returncode == 2
    assert b"Standard input cannot be read" in result.stderr
