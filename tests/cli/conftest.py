"""A journal made once with the real key derivation, copied for each test, and the command line over it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from journal.cli.opening import Where
from journal.cli.root import journal as command
from journal.service import opening
from journal.vault.keys import CHEAP, FLOOR, KdfProfile

PHRASE = "corridor 'lantern' \"otter\" seven"


@dataclass
class Journal:
    """The command line over one home folder."""

    home: Path
    phrase: str = PHRASE
    words: str = field(default="", repr=False)
    floor: KdfProfile | None = None

    def __call__(self, *args: str, text: str | bytes | None = None, phrase: str | None = None, code: int = 0) -> Result:
        """Run a command with the passphrase on a descriptor, and hold it to its exit code."""
        reader, writer = os.pipe()
        os.write(writer, (phrase or self.phrase).encode() + b"\n")
        os.close(writer)
        try:
            result = self.plain("--passphrase-fd", str(reader), *args, text=text)
        finally:
            os.close(reader)
        assert result.exit_code == code, result.stderr
        return result

    def plain(self, *args: str, text: str | bytes | None = None, **env: str) -> Result:
        """Run a command as it stands, with no passphrase given."""
        where = Where(floor=self.floor)
        return CliRunner().invoke(command, ["--home", str(self.home), *args], input=text, env=env, obj=where)

    def add(self, text: str, *args: str) -> str:
        return self("add", *args, text=text).stdout.strip()

    def json(self, *args: str, text: str | bytes | None = None, code: int = 0) -> list[dict[str, Any]]:
        """The objects a command prints."""
        return [json.loads(line) for line in self(*args, "--json", text=text, code=code).stdout.splitlines()]

    def process(self, *args: str, stdin: bytes | int | None = b"", **env: str) -> subprocess.CompletedProcess[bytes]:
        """Run a real process with no terminal."""
        given = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
        return subprocess.run(
            [sys.executable, "-m", "journal", "--home", str(self.home), *args],
            capture_output=True,
            env=os.environ | env,
            start_new_session=True,
            timeout=60,
            check=False,
            **given,  # type: ignore[arg-type]
        )


def made(home: Path, kdf: KdfProfile) -> Journal:
    """A journal that is made and closed, with so much work for each guess of its passphrase."""
    keys = opening.new_keys()
    opening.create(home, keys, PHRASE, kdf=kdf).close()
    return Journal(home, words=" ".join(keys.words), floor=kdf)


@pytest.fixture(scope="session")
def cheap(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    return made(tmp_path_factory.mktemp("cheap") / "vault", CHEAP)


@pytest.fixture(scope="session")
def strong(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    return made(tmp_path_factory.mktemp("strong") / "vault", FLOOR)


@pytest.fixture
def journal(cheap: Journal, tmp_path: Path) -> Journal:
    """The command line, in this process, over a journal of its own with nothing in it."""
    shutil.copytree(cheap.home, tmp_path / "vault")
    return replace(cheap, home=tmp_path / "vault")


@pytest.fixture
def another(cheap: Journal, tmp_path: Path) -> Journal:
    """The command line over a second journal with nothing in it."""
    shutil.copytree(cheap.home, tmp_path / "another")
    return replace(cheap, home=tmp_path / "another")


@pytest.fixture
def real(strong: Journal, tmp_path: Path) -> Journal:
    """The same with the least key derivation a real process accepts."""
    shutil.copytree(strong.home, tmp_path / "vault")
    return replace(strong, home=tmp_path / "vault", floor=None)


@pytest.fixture
def nowhere(tmp_path: Path) -> Journal:
    """The command line where there is no journal yet."""
    return Journal(tmp_path / "none")


@pytest.fixture(autouse=True)
def own_files_of_nobody(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_CONFIG", str(tmp_path_factory.getbasetemp() / "config"))
    monkeypatch.setenv("JOURNAL_HOME", str(tmp_path_factory.getbasetemp() / "home"))
    monkeypatch.delenv("JOURNAL_PASSPHRASE_COMMAND", raising=False)
