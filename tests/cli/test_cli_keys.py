"""The ways into a journal from the command line."""

import json
import os
import pty
import subprocess
import sys
import time

import keyring
import pytest
from keyring.backend import KeyringBackend

from journal.errors import VaultDamaged
from journal.vault.database import Database
from journal.vault.keys import derived, root_from_words

HERS = "hers and hers alone"


class InMemory(KeyringBackend):
    """A keyring that is gone with the test."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]


@pytest.fixture
def ring():
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def sent(*lines):
    """A descriptor from which these lines can be read."""
    reader, writer = os.pipe()
    os.write(writer, "".join(f"{line}\n" for line in lines).encode())
    os.close(writer)
    return str(reader)


def test_every_way_in_is_listed_without_unlocking_and_without_a_secret(journal):
    result = journal.plain("keys")
    assert result.exit_code == 0, result.stderr
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["passphrase", "recovery"]
    assert "1 passes" in result.stdout
    raw = json.loads((journal.home / "keys.json").read_text())
    assert raw["slots"][0]["wrapped"] not in result.stdout
    listed = [json.loads(line) for line in journal.plain("keys", "--json").stdout.splitlines()]
    assert [sorted(way) for way in listed] == [["cost", "kind", "name"]] * 2


def test_a_passphrase_is_added_under_a_name_and_removed_again(journal):
    journal("keys", "add", "--name", "for my partner", "--new-passphrase-fd", sent(HERS))
    assert "for my partner" in journal.plain("keys").stdout
    journal("list", phrase=HERS)
    journal("list")
    result = journal("keys", "remove", "for my partner")
    assert "Copies of the files from before" in result.stderr
    journal("list", phrase=HERS, code=3)
    journal("list")


def test_known_and_new_passphrase_may_come_on_one_descriptor(journal):
    both = sent(journal.phrase, HERS)
    result = journal.plain("keys", "add", "--passphrase-fd", both, "--new-passphrase-fd", both)
    assert result.exit_code == 0, result.stderr
    assert "passphrase 2" in result.stderr
    journal("list", phrase=HERS)


def test_the_last_passphrase_cannot_be_removed(journal):
    result = journal("keys", "remove", "passphrase", code=2)
    assert "last passphrase" in result.stderr
    journal("list")


@pytest.mark.parametrize("command", [("add",), ("remove", "passphrase"), ("keyring", "on"), ("renew",)])
def test_whoever_knows_no_passphrase_changes_nothing(journal, command):
    before = {path.name: path.read_bytes() for path in journal.home.iterdir()}
    assert journal("keys", *command, phrase="wrong", code=3).stdout == ""
    assert {path.name: path.read_bytes() for path in journal.home.iterdir()} == before


@pytest.mark.parametrize("command", [(), ("add",), ("remove", "x"), ("keyring", "off"), ("renew",)])
def test_without_a_journal_it_is_said_how_to_start_one(nowhere, command):
    result = nowhere.plain("keys", *command)
    assert result.exit_code == 4
    assert "journal init" in result.stderr


def test_switching_the_keyring_on_warns_of_who_else_can_open_the_journal(journal, ring):
    result = journal("keys", "keyring", "on")
    assert "Anybody at this login will be able to open the journal." in result.stderr
    assert "keyring" in journal.plain("keys").stdout
    assert len(ring.held) == 1
    assert "passphrase only" in journal.plain("keys", "keyring", "off").stderr
    assert ring.held == {}
    assert "off already" in journal.plain("keys", "keyring", "off").stderr


def test_a_computer_without_a_keyring_is_one_clear_error(journal):
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        result = journal("keys", "keyring", "on", code=1)
    finally:
        keyring.set_keyring(before)
    assert "journal: This computer offers no keyring that keeps secrets safe." in result.stderr
    journal("list")


# --------------------------------------------------------------------------- new words


def renewed(journal):
    """Run `keys renew`, typing the new words it prints back through a pipe."""
    command = [sys.executable, "-m", "journal", "--home", str(journal.home), "keys", "renew", "--json"]
    reader, writer = os.pipe()
    phrase = int(sent(journal.phrase))
    with subprocess.Popen(
        [*command, "--passphrase-fd", str(phrase), "--words-fd", str(reader)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(reader, phrase),
        text=True,
    ) as process:
        words = json.loads(process.stdout.readline())["recovery"]
        os.write(writer, words.encode() + b"\n")
        os.close(writer)
        _, said = process.communicate(timeout=60)
    os.close(reader)
    return words, process.returncode, said


def opens_by(words, journal):
    """Whether the database is under the key these words are."""
    try:
        Database(journal.home / "journal.db", derived(root_from_words(words), "database")).close()
    except VaultDamaged:
        return False
    return True


def test_new_words_typed_back_open_the_journal_and_the_old_ones_no_longer_do(real):
    real.add("Kept through it all.")
    words, code, said = renewed(real)
    assert code == 0, said
    assert "Kept through it all." in real("list").stdout
    assert not opens_by(real.words, real)
    assert opens_by(words, real)
    given = sent(words, HERS)
    assert real.plain("recover", "--recovery-fd", given, "--passphrase-fd", given).exit_code == 0
    assert "Kept through it all." in real("list", phrase=HERS).stdout


@pytest.mark.parametrize("typed", [" ".join(["abandon"] * 23 + ["art"]), "no such words", ""])
def test_new_words_not_typed_back_change_nothing(journal, typed):
    before = (journal.home / "keys.json").read_bytes(), (journal.home / "journal.db").read_bytes()
    result = journal("keys", "renew", "--words-fd", sent(typed), code=2)
    assert len(result.stdout.split()) == 48
    assert ((journal.home / "keys.json").read_bytes(), (journal.home / "journal.db").read_bytes()) == before
    assert opens_by(journal.words, journal)


def test_the_passphrases_a_renewal_closes_are_named_before(journal):
    journal("keys", "add", "--name", "for my partner", "--new-passphrase-fd", sent(HERS))
    result = journal("keys", "renew", "--words-fd", sent("no words"), code=2)
    assert "“for my partner” will no longer open the journal" in result.stderr
    journal("list", phrase=HERS)


def test_at_a_terminal_three_of_the_new_words_are_asked_back(real):
    shown, code = at_a_terminal(real, "keys", "renew", answers=words_asked)
    assert code == 0, shown
    assert shown.count("Word ") == 3
    assert not opens_by(real.words, real)
    assert opens_by(" ".join(words_shown(shown)), real)


def test_at_a_terminal_a_new_journal_is_made_once_its_words_are_typed_back(nowhere):
    shown, code = at_a_terminal(nowhere, "init", answers=lambda shown: None)
    assert "Word " in shown
    assert not nowhere.home.exists()
    shown, code = at_a_terminal(nowhere, "init", answers=words_asked)
    assert code == 0, shown
    assert opens_by(" ".join(words_shown(shown)), nowhere)


def words_shown(shown):
    """The 24 words of a terminal, by their numbers."""
    pairs = [line.split() for line in shown.splitlines() if line.lstrip()[:1].isdigit()]
    found = {int(number[:-1]): word for line in pairs for number, word in zip(line[::2], line[1::2], strict=True)}
    return [found[number] for number in range(1, 25)]


def words_asked(shown):
    """The answer to the last question for a word."""
    return words_shown(shown)[int(shown.rsplit("Word ", 1)[1].split(":")[0]) - 1]


def at_a_terminal(journal, *arguments, answers):
    """Run a process at a terminal of its own: the passphrase for each question but those for words."""
    child, leader = pty.fork()
    if not child:
        os.execv(sys.executable, [sys.executable, "-m", "journal", "--home", str(journal.home), *arguments])
    shown, answered, until = "", 0, time.monotonic() + 60
    while time.monotonic() < until:
        try:
            shown += os.read(leader, 4096).decode(errors="replace")
        except OSError:  # how a terminal ends on Linux
            break
        last = shown.rstrip("\r\n")
        questions = sum(shown.count(one) for one in ("passphrase: ", "again: ", "now: ", "Word "))
        if last.endswith(": ") and questions > answered:
            answered = questions
            answer = answers(shown) if "Word " in last.splitlines()[-1] else journal.phrase
            os.write(leader, b"\x03" if answer is None else answer.encode() + b"\n")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(leader)
    return shown, code
