"""What a person wrote is readable nowhere but in their open journal, and goes nowhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CANARY = "zanzibar lorikeet"
PHRASE = "wrong horse staple lamp"
FORBIDDEN = """
import socket, sys
def refuse(*args, **kwargs): raise SystemExit("NETWORK " + repr(args[1:2]))
socket.socket.connect = refuse
socket.socket.sendto = refuse
socket.getaddrinfo = refuse
from journal.cli import main
sys.argv = ["journal", *sys.argv[1:]]
main()
"""


@pytest.fixture
def run(tmp_path: Path):
    """Run a command as a person would, its home, config and temporary folder all inside `tmp_path`, sockets shut."""
    for name in ("home", "tmp", "config"):
        (tmp_path / name).mkdir()
    environment = {
        **os.environ,
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "tmp"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "JOURNAL_HOME": str(tmp_path / "home" / "journal"),
        "JOURNAL_PASSPHRASE_COMMAND": f"echo {PHRASE}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def command(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", FORBIDDEN, *words], input=given, capture_output=True, text=True, env=environment
        )

    return command


def files_holding(folder: Path, *needles: str) -> list[Path]:
    """Files below a folder whose bytes hold one of the texts, in any of the usual encodings."""
    wanted = [needle.encode(code) for needle in needles for code in ("utf-8", "utf-16-le", "utf-32-le")]
    return [
        path for path in folder.rglob("*") if path.is_file() and any(piece in path.read_bytes() for piece in wanted)
    ]


def test_a_phrase_taken_through_the_commands_stands_in_no_file_and_opens_no_socket(run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    added = run("add", "--tag", "lorikeet", given=f"The {CANARY} sang at handover. I missed it whenever I ran late.")
    assert added.returncode == 0, added.stderr
    entry_id = added.stdout.strip()
    assert CANARY in run("show", entry_id).stdout
    assert entry_id[:8] in run("search", "lorikeet").stdout
    for words in (("list",), ("prompt",), ("shift", "--json"), ("doctor",)):
        done = run(*words)
        assert done.returncode == 0, done.stderr
        assert "NETWORK" not in done.stderr
    assert files_holding(tmp_path, CANARY, "lorikeet", PHRASE) == []


def test_a_phrase_taken_through_an_import_and_a_backup_stands_in_no_file(run, tmp_path: Path) -> None:
    assert run("init").returncode == 0
    line = f'{{"date": "2026-03-09", "text": "The {CANARY} sang at handover.", "tags": ["lorikeet"]}}'
    backup, again = str(tmp_path / "x.backup"), str(tmp_path / "again")
    for words, given in (
        (("import", "-"), line),
        (("learning", "--note"), f"Listen for the {CANARY}."),
        (("backup", backup), ""),
        (("restore", "--to", again, backup), ""),
    ):
        done = run(*words, given=given)
        assert done.returncode == 0, done.stderr
        assert CANARY not in done.stderr
    assert CANARY in run("--home", again, "export", "-").stdout
    broken = run("import", "-", given=line[:-1])
    assert broken.returncode == 2
    assert CANARY not in broken.stderr
    assert files_holding(tmp_path, CANARY, "lorikeet", PHRASE) == []


def test_an_analysis_without_a_journal_leaves_nothing_behind(run, tmp_path: Path) -> None:
    done = run("analyse", "--json", given=f"The {CANARY} sang at handover.")
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stderr
    assert files_holding(tmp_path, CANARY) == []


def test_the_sample_journal_is_gone_when_it_is_closed(tmp_path: Path, monkeypatch) -> None:
    from journal.service import opening

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with opening.demo() as journal:
        assert journal.count() > 55
        text = journal.entry(journal.entries()[0].id).content.text
        assert files_holding(tmp_path, text[:40]) == []
    assert list(tmp_path.iterdir()) == []
