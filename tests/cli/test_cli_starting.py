import json
import os

import pytest


def test_a_new_journal_comes_with_24_words_and_the_folder_it_lies_in(nowhere):
    result = nowhere("init", "--json")
    told = json.loads(result.stdout)
    assert "could guess it" not in result.stderr
    assert told["home"] == str(nowhere.home)
    assert len(told["recovery"].split()) == 24


def test_a_weak_passphrase_is_warned_of_and_taken(nowhere):
    result = nowhere("init", phrase="password")
    assert "Strength of the passphrase: guessed at once." in result.stderr
    assert "could guess it" in result.stderr
    assert nowhere("list", phrase="password").stdout == ""


@pytest.mark.parametrize("phrase", ["", "   "])
def test_an_empty_passphrase_starts_no_journal(nowhere, phrase):
    result = nowhere.process("init", "--passphrase-fd", "0", stdin=phrase.encode() + b"\n")
    assert result.returncode == 2
    assert b"The passphrase is empty." in result.stderr
    assert not nowhere.home.exists()


def test_a_journal_that_is_there_is_not_started_again(journal):
    before = sorted(path.read_bytes() for path in journal.home.iterdir())
    assert "already" in journal("init", code=2).stderr
    assert sorted(path.read_bytes() for path in journal.home.iterdir()) == before


def test_a_folder_of_other_things_is_left_alone(nowhere):
    nowhere.home.mkdir()
    (nowhere.home / "thesis.txt").write_text("years of work")
    result = nowhere.process("init", "--passphrase-fd", "0", stdin=b"a phrase of words\n")
    assert result.returncode != 0
    assert result.stderr.decode().splitlines()[-1].startswith("  ")
    assert [path.name for path in nowhere.home.iterdir()] == ["thesis.txt"]


def test_what_one_said_of_oneself_at_the_start_is_kept_with_each_entry(nowhere):
    nowhere("init", "--role", "FY1", "--placement", "Acute medicine")
    nowhere.add("Took bloods.")
    [entry] = nowhere.json("export", "-")
    assert (entry["role"], entry["placement"]) == ("FY1", "Acute medicine")


def test_without_a_journal_a_command_says_how_to_start_one_and_asks_for_nothing(nowhere):
    result = nowhere.plain("list")
    assert result.exit_code == 4
    assert "journal init" in result.stderr


def test_a_changed_passphrase_opens_the_journal_and_the_old_one_no_longer_does(real):
    real.add("Before the change.")
    result = real.process(
        "passphrase",
        "--passphrase-fd",
        "0",
        "--new-passphrase-fd",
        "0",
        stdin=f"{real.phrase}\nnew ünd better\n".encode(),
    )
    assert result.returncode == 0, result.stderr
    real("list", code=3)
    assert "Before the change." in real("list", phrase="new ünd better").stdout


def test_the_wrong_old_passphrase_changes_nothing(real):
    sent = b"not it\nnew one here\n"
    result = real.process("passphrase", "--passphrase-fd", "0", "--new-passphrase-fd", "0", stdin=sent)
    assert result.returncode == 3
    real("list")


def test_the_recovery_words_give_a_journal_a_new_passphrase(journal):
    journal.add("Kept through it all.")
    numbered = "\n".join(f"{n}. {word}" for n, word in enumerate(journal.words.split(), 1))
    reader, writer = os.pipe()
    os.write(writer, b"a passphrase found again\n")
    os.close(writer)
    words_read, words_written = os.pipe()
    os.write(words_written, numbered.upper().encode())
    os.close(words_written)
    result = journal.plain("recover", "--recovery-fd", str(words_read), "--passphrase-fd", str(reader))
    os.close(reader)
    os.close(words_read)
    assert result.exit_code == 0, result.stderr
    assert "Kept through it all." in journal("list", phrase="a passphrase found again").stdout


def test_words_and_new_passphrase_may_come_on_one_descriptor(real):
    sent = f"{real.words}\nfound again once more\n".encode()
    result = real.process("recover", "--recovery-fd", "0", "--passphrase-fd", "0", stdin=sent)
    assert result.returncode == 0, result.stderr
    real("list", phrase="found again once more")


def test_wrong_recovery_words_change_nothing(real):
    sent = b" ".join([b"abandon"] * 24) + b"\nanother passphrase here\n"
    result = real.process("recover", "--recovery-fd", "0", "--passphrase-fd", "0", stdin=sent)
    assert result.returncode in (2, 3)
    assert b"abandon" not in result.stderr
    real("list")
