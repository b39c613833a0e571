import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal.cli import reading, root

COMMANDS = sorted(root.journal.commands)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(nowhere, command):
    shown = nowhere.plain(command, "--help")
    assert shown.exit_code == 0
    assert "Usage: journal" in shown.stdout


def test_help_names_every_exit_code_and_how_to_complete_in_the_shell(nowhere):
    shown = nowhere.plain("--help").stdout
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 70, 130, 141):
        assert f"\n    {code:<4} " in shown
    assert "_JOURNAL_COMPLETE=bash_source" in shown


def test_the_exit_codes_of_errors_are_those_of_the_help():
    from journal import errors

    codes = {kind.__name__: kind.exit_code for kind in vars(errors).values() if isinstance(kind, type)}
    assert codes | {"BadInput": 2, "WrongPassphrase": 3, "NoVault": 4, "VaultDamaged": 5, "VaultBusy": 6} == codes
    assert codes["CannotWrite"] == 7


def test_a_mistyped_option_is_an_error_in_the_same_form_as_every_other(nowhere):
    result = nowhere.plain("list", "--limt", "3")
    assert result.exit_code == 2
    assert result.stderr.startswith("journal: ")
    assert "\n  See: journal list --help" in result.stderr


def test_the_app_is_not_started_without_a_terminal(nowhere):
    for arguments in ([], ["demo"]):
        result = nowhere.process(*arguments)
        assert result.returncode == 2
        assert b"needs a terminal" in result.stderr


def test_an_error_of_the_program_shows_places_and_no_words(journal, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("CANARY of the text")

    monkeypatch.setattr(reading, "_say_list", broken)
    journal.add("Safe.")
    result = journal("list", code=70)
    assert "RuntimeError" in result.stderr
    assert "cli/reading.py:" in result.stderr
    assert "CANARY" not in result.stderr
    assert "Traceback" not in result.stderr


def test_a_second_journal_waits_its_turn(journal):
    from journal.service import opening

    opened = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    try:
        assert journal("add", text="Meanwhile.", code=6).stdout == ""
    finally:
        opened.close()
    journal.add("Afterwards.")


def test_a_reader_that_goes_away_is_no_error(real, tmp_path):
    real.add("Long. " * 100_000)
    (tmp_path / "phrase").write_text(real.phrase)
    environment = os.environ | {"JOURNAL_PASSPHRASE_COMMAND": f"cat '{tmp_path / 'phrase'}'"}
    process = subprocess.Popen(
        [sys.executable, "-m", "journal", "--home", str(real.home), "export", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=60) == 141
    process.stderr.close()


def test_a_full_disk_behind_the_output_is_one_clear_error(real, tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "journal", "--home", str(real.home), "doctor"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert result.returncode == 7
    assert result.stderr.startswith(b"journal: The output cannot be written")
    assert b"Exception" not in result.stderr


def test_a_closed_standard_input_is_one_clear_error(nowhere):
    arguments = [sys.executable, "-m", "journal", "analyse"]
    result = subprocess.run(["sh", "-c", 'exec "$@" <&-', "sh", *arguments], capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(b"journal: Standard input")


def test_no_command_loads_the_model_or_the_app_before_it_is_needed():
    code = (
        "import sys, journal.cli.root\n"
        "heavy = {'spacy', 'numpy', 'textual', 'sqlite_utils', 'statsmodels', 'sqlcipher3', 'zxcvbn'}\n"
        "print(*heavy & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == ""


def test_every_command_with_output_has_json():
    silent = {"demo", "passphrase", "recover", "share", "card", "reply", "answer", "read"}
    for name, command in root.journal.commands.items():
        assert (name in silent) != any("--json" in parameter.opts for parameter in command.params), name
