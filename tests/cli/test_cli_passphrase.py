import contextlib
import os
import pty
import subprocess
import sys
import time

import pytest


def test_without_a_terminal_the_ways_to_give_a_passphrase_are_named(real):
    result = real.process("list")
    assert result.returncode == 2
    assert b"There is no terminal" in result.stderr
    assert b"--passphrase-fd N" in result.stderr
    assert b"JOURNAL_PASSPHRASE_COMMAND" in result.stderr


def test_a_passphrase_is_asked_for_unseen_even_when_the_entry_is_piped_in(real):
    arguments = [sys.executable, "-m", "journal", "--home", str(real.home), "add"]
    terminal, told = _at_a_terminal(arguments, real.phrase, stdin=b"Piped in.\n")
    assert told.returncode == 0
    assert "Passphrase: " in terminal
    assert "lantern" not in terminal
    assert "Piped in." in real("list").stdout


def test_a_slip_of_the_finger_may_be_tried_again(real):
    arguments = [sys.executable, "-m", "journal", "--home", str(real.home), "list"]
    terminal, told = _at_a_terminal(arguments, "slip", real.phrase)
    assert told.returncode == 0
    assert terminal.count("Passphrase: ") == 2


def test_a_new_passphrase_is_typed_the_same_way_twice(nowhere):
    arguments = [sys.executable, "-m", "journal", "--home", str(nowhere.home), "init", "--json"]
    terminal, told = _at_a_terminal(arguments, "first one", "another", "at last the same", "at last the same")
    assert told.returncode == 0, terminal
    assert b"not the same" in told.stderr
    nowhere("list", phrase="at last the same")


def _at_a_terminal(arguments, *typed, stdin=b""):
    """Run a process whose /dev/tty is ours to type at; what the terminal showed, and how it ended."""
    leader, follower = pty.openpty()
    path = os.ttyname(follower)
    code = "import os, sys; os.setsid(); os.close(os.open(sys.argv[1], os.O_RDWR)); os.execv(sys.argv[2], sys.argv[2:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, path, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(stdin)
    process.stdin.close()
    process.stdin = None
    shown = b""
    for answer in typed:
        asked = shown.count(b": ")
        until = time.monotonic() + 30
        while shown.count(b": ") == asked and time.monotonic() < until:
            shown += os.read(leader, 1024)
        os.write(leader, answer.encode() + b"\n")
    out, err = process.communicate(timeout=60)
    os.set_blocking(leader, False)
    with contextlib.suppress(OSError):
        shown += os.read(leader, 65536)
    os.close(leader)
    os.close(follower)
    return shown.decode(), subprocess.CompletedProcess(arguments, process.returncode, out, err)


def test_the_passphrase_may_stand_on_the_first_line_of_standard_input_and_the_entry_after_it(real):
    sent = f"{real.phrase}\nTwo bloods missed.\nBoth mine.\n".encode()
    result = real.process("add", "--passphrase-fd", "0", stdin=sent)
    assert result.returncode == 0, result.stderr
    entry_id = result.stdout.decode().strip()
    assert real.json("show", entry_id)[0]["text"] == "Two bloods missed.\nBoth mine."


def test_options_of_the_journal_may_stand_before_or_after_the_command(real, nowhere):
    sent = f"{real.phrase}\n".encode()
    before = nowhere.process("--home", str(real.home), "--passphrase-fd", "0", "list", "--json", stdin=sent)
    after = nowhere.process("list", "--home", str(real.home), "--json", "--passphrase-fd", "0", stdin=sent)
    assert before.returncode == after.returncode == 0


def test_a_command_of_the_environment_may_print_the_passphrase(journal, tmp_path):
    (tmp_path / "pass phrase").write_text(journal.phrase + "\nsecond line\n")
    command = f"cat '{tmp_path / 'pass phrase'}'"
    assert journal.plain("list", JOURNAL_PASSPHRASE_COMMAND=command).exit_code == 0


def test_no_shell_reads_the_command(journal, tmp_path):
    command = f"echo x; touch {tmp_path / 'made-by-a-shell'}"
    assert journal.plain("list", JOURNAL_PASSPHRASE_COMMAND=command).exit_code == 3
    assert not (tmp_path / "made-by-a-shell").exists()


@pytest.mark.parametrize("command", ["false", "/no/such/program", "cat 'unclosed", " "])
def test_a_command_that_fails_is_one_clear_error_that_does_not_repeat_it(journal, command):
    result = journal.plain("list", JOURNAL_PASSPHRASE_COMMAND=command)
    assert result.exit_code == 2
    assert result.stderr.startswith("journal: The command in JOURNAL_PASSPHRASE_COMMAND")
    assert "unclosed" not in result.stderr


def test_a_descriptor_that_is_not_open_is_one_clear_error(journal):
    result = journal.plain("list", "--passphrase-fd", "987")
    assert result.exit_code == 2
    assert "File descriptor 987 cannot be read." in result.stderr


def test_the_wrong_passphrase_has_a_code_of_its_own_and_the_journal_still_opens(journal):
    journal.add("Safe.")
    result = journal("list", phrase="wrong", code=3)
    assert result.stdout == ""
    assert "wrong" not in result.stderr.replace("Wrong", "")
    assert "Safe." in journal("list").stdout


def test_no_option_takes_a_passphrase_as_its_value(nowhere):
    assert nowhere.plain("list", "--passphrase", "open sesame").exit_code == 2
