"""What `journal doctor` looks at: the installation, and the vault where it can be opened. Writes nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal.domain import Check
from journal.errors import JournalError
from journal.paths import config_folder
from journal.resources import bundled

if TYPE_CHECKING:
    from journal.vault.keys import KdfProfile

_AGAIN = "Install the journal again: pip install --force-reinstall small-l"


def installation() -> Iterator[Check]:
    """Every part the journal was installed with, one check after another as it is done."""
    for name, look in _PARTS:
        try:
            yield look(name)
        except JournalError as error:
            yield Check(name, False, error.title, error.advice)
        except Exception as error:  # a broken installation fails in any way, and the report must still come
            yield Check(name, False, f"It fails with {type(error).__name__}.", _AGAIN)


def journal(
    home: Path, passphrase: str | None, now: Callable[[], datetime], floor: KdfProfile | None = None
) -> Iterator[Check]:
    """Every part of the vault in `home`, where a passphrase opens it; one that does not open is a check that failed."""
    name = "journal"
    try:
        yield from _vault(name, home, passphrase, now, {"floor": floor} if floor else {})
    except JournalError as error:
        yield Check(name, False, error.title, error.advice)
    except Exception as error:  # as above
        yield Check(name, False, f"It fails with {type(error).__name__}.", _AGAIN)


def _vault(
    name: str, home: Path, passphrase: str | None, now: Callable[[], datetime], options: dict[str, KdfProfile]
) -> Iterator[Check]:
    from journal.service.safekeeping import last_backup
    from journal.vault.backup import Backups
    from journal.vault.backup_file import Unlocking
    from journal.vault.checks import checks
    from journal.vault.keys import FLOOR
    from journal.vault.looking import looked_into
    from journal.vault.settings import Settings
    from journal.vault.vault import Vault

    if Vault.exists(home):
        yield from _surroundings(home)
    if not Vault.exists(home):
        yield Check(name, passphrase is None, f"There is none in {home}.", "Start one with: journal init")
    elif passphrase is None:
        yield Check(name, True, f"There is one in {home}, not looked into: no passphrase was given.")
    else:
        with looked_into(home, Unlocking(passphrase, floor=options.get("floor", FLOOR))) as (database, keys):
            yield from checks(database, home)
            yield last_backup(Settings(database), Backups(home, database, keys), now())


def _surroundings(home: Path) -> Iterator[Check]:
    from journal.service.safety import notices

    found = notices(home)
    yield from (Check("surroundings", True, f"{notice.title} {notice.advice}") for notice in found)
    if not found:
        yield Check("surroundings", True, "no syncing program, multiplexer or recorder seen")


def _python(name: str) -> Check:
    from journal import __version__

    detail = f"Small L {__version__} on Python {sys.version.split()[0]}, {sys.platform}"
    return Check(name, sys.version_info >= (3, 11), detail, "Use Python 3.11 or newer.")


def _driver(name: str) -> Check:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        cipher = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    new_enough = dbapi2.sqlite_version_info >= (3, 51, 3)
    detail = f"SQLite {dbapi2.sqlite_version}, SQLCipher {cipher[0] if cipher else 'missing'}"
    return Check(name, bool(cipher) and new_enough, detail, _AGAIN)


def _prompts(name: str) -> Check:
    from journal.prompting.library import load_library

    prompts, problems = load_library(bundled("prompts"), None)
    detail = f"{len(prompts)} prompts in {len({prompt.family for prompt in prompts})} families"
    return Check(name, len(prompts) > 0 and not problems, detail, _AGAIN)


def _own_prompts(name: str) -> Check:
    from journal.prompting.library import load_library

    prompts, problems = load_library(bundled("prompts"), config_folder() / "prompts")
    own = sum(prompt.own for prompt in prompts)
    places = "\n".join(f"{p.path.name}, line {p.line}: {p.message}" for p in problems)
    skipped = f", {len(problems)} skipped" if problems else ""
    return Check(name, not problems, f"{own} of your own{skipped}", places)


def _small_acts(name: str) -> Check:
    from journal.prompting.small_acts import load_ideas

    ideas = load_ideas(bundled("prompts"))
    return Check(name, len(ideas) > 0, f"{len(ideas)} ideas", _AGAIN)


def _english(name: str) -> Check:
    from journal import english

    manifest = english.read_manifest()
    folder = english.verified(manifest, english.installed(manifest))
    detail = f"{manifest.name} {manifest.version}, {len(manifest.files)} files as they should be in {folder.name}"
    return Check(name, True, detail)


def _model(name: str) -> Check:
    from journal.analysis.analyser import Analyser

    analyser = Analyser()
    found = analyser.analyse("Spent an hour rewriting drug charts.")
    return Check(name, len(found.sentences) == 1, analyser.model, _AGAIN)


def _app(name: str) -> Check:
    folder = Path(__file__).parent.parent / "tui"
    styles, pages = list(folder.rglob("*.tcss")), list((folder / "help").glob("*.md"))
    empty = [path.name for path in (*styles, *pages) if not path.read_text("utf-8").strip()]
    detail = f"{len(styles)} style files, {len(pages)} help pages"
    if empty:
        detail += f"; empty: {', '.join(sorted(empty))}"
    return Check(name, bool(styles and pages) and not empty, detail, _AGAIN)


def _sample(name: str) -> Check:
    path = Path(__file__).parent.parent / "sample" / "fy1.jsonl"
    entries = sum(bool(line.strip()) for line in path.read_text("utf-8").splitlines())
    return Check(name, entries > 0, f"{entries} entries", _AGAIN)


_PARTS: tuple[tuple[str, Callable[[str], Check]], ...] = (
    ("program", _python),
    ("encryption", _driver),
    ("prompts", _prompts),
    ("own prompts", _own_prompts),
    ("small acts", _small_acts),
    ("English pipeline", _english),
    ("language model", _model),
    ("app", _app),
    ("sample journal", _sample),
)
