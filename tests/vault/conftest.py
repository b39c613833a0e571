"""A real vault in a temporary folder, made once with the cheapest key derivation and copied for each test."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.domain import Entry, EntryContent
from journal.vault import keys
from journal.vault.vault import Vault

NOW = datetime(2026, 3, 9, 20, 41, tzinfo=UTC)
ROOT = bytes(range(32))
PHRASE = "correct 'horse' \"battery\" staple"


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def root() -> bytes:
    return ROOT


@pytest.fixture(scope="session")
def phrase() -> str:
    return PHRASE


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "vault"
    Vault.create(folder, ROOT, PHRASE, kdf=keys.CHEAP, now=NOW).close()
    return folder


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    """The folder of an empty vault that is closed."""
    folder = tmp_path / "vault"
    shutil.copytree(template, folder)
    folder.chmod(0o700)
    return folder


@pytest.fixture
def opened(home: Path) -> Callable[[], Vault]:
    """Opens the vault in `home`."""
    return lambda: Vault.open(home, PHRASE, now=NOW, floor=keys.CHEAP)


@pytest.fixture
def vault(opened: Callable[[], Vault]) -> Iterator[Vault]:
    with opened() as vault:
        yield vault


@pytest.fixture
def write(vault: Vault) -> Callable[..., Entry]:
    """Keeps an entry in `vault`, written on 9 March 2026 unless another time is given."""

    def keep(text: str, written: str = "2026-03-09T20:41:00+00:00", **more: object) -> Entry:
        return vault.entries.add(EntryContent(text, **more), written=written, at="2026-03-09T20:41:00+00:00")  # type: ignore[arg-type]

    return keep
