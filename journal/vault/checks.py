"""What can be looked at in an open vault; nothing here changes a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from journal.domain import Check
from journal.errors import JournalError
from journal.vault.chain import Chain
from journal.vault.database import DATABASE_FILE, Database
from journal.vault.departures import departure_problems
from journal.vault.keeping import hold_problems
from journal.vault.keyfile import BACKUP_FILE, KEYS_FILE, PASSPHRASE, read_key_file
from journal.vault.learning import learning_problems
from journal.vault.lock import LOCK_FILE

_SAVE = (
    "Leave everything as it is and copy the whole folder to a safe place. Then export what can be read with "
    "journal export, and put back an earlier copy of the folder."
)
_SHOWN = 5
"""Faults named of each kind."""

Found = tuple[bool, str, str]
"""Whether all is well, what was found, and what to do."""


def checks(database: Database, folder: Path) -> tuple[Check, ...]:
    """Every check, in the order a person reads them; one that fails to run is a check that failed."""
    return (
        _checked("libraries", lambda: _versions(database)),
        *content_checks(database),
        _checked("keys", lambda: _keys(database, folder)),
        _checked("file access", lambda: _access(folder)),
    )


def content_checks(database: Database) -> tuple[Check, ...]:
    """Every check of what the database itself holds, which is all there is to look at in a copy."""
    look: dict[str, Callable[[], Found]] = {
        "pages": lambda: _pages(database),
        "tables": lambda: _tables(database),
        "search index": lambda: _index(database),
        "history": lambda: _history(database),
        "counts": lambda: _counts(database),
        "learning": lambda: _beside(database, "learning", "every learning point is", learning_problems),
        "departures": lambda: _beside(database, "departures", "every departure is", departure_problems),
        "legal hold": lambda: _beside(database, "holds", "every change of it is", hold_problems),
    }
    return tuple(_checked(name, one) for name, one in look.items())


def _checked(name: str, look: Callable[[], Found]) -> Check:
    try:
        ok, detail, advice = look()
    except JournalError as error:
        return Check(name, False, error.title, error.advice)
    return Check(name, ok, detail, "" if ok else advice)


def _listed(faults: list[str], well: str, advice: str) -> Found:
    if not faults:
        return True, well, ""
    more = f", and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return False, "; ".join(faults[:_SHOWN]) + more, advice


def _versions(database: Database) -> Found:
    return True, f"SQLite {database.sqlite_version}, SQLCipher {database.cipher_version}", ""


def _pages(database: Database) -> Found:
    """Each page against its own authentication code."""
    faults = [row[0] for row in database.rows("PRAGMA cipher_integrity_check")]
    return _listed(faults, f"{database.value('PRAGMA page_count'):,} pages as they were written", _SAVE)


def _tables(database: Database) -> Found:
    faults = [row[0] for row in database.rows("PRAGMA integrity_check") if row[0] != "ok"]
    faults += [f"a row of {row[0]} points at nothing" for row in database.rows("PRAGMA foreign_key_check")]
    return _listed(faults, "sound, and every row's partner is there", _SAVE)


def _index(database: Database) -> Found:
    """The full-text index against the texts (rank 1: the outside content too)."""
    with database.unchanged():
        try:
            database.run("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
        except JournalError:
            return False, "the search index does not match the entries", _SAVE
    return True, "matches the entries", ""


def _history(database: Database) -> Found:
    with database.unchanged():
        faults = list(Chain(database).problems())
        links = database.value("SELECT links FROM head")
    return _listed(faults, f"{links:,} changes, each in its place", _SAVE)


def _counts(database: Database) -> Found:
    with database.unchanged():
        Chain(database).check_head()
        entries, revisions = database.row("SELECT entries, revisions FROM head") or (0, 0)
        binned = database.value("SELECT count(*) FROM entries WHERE deleted IS NOT NULL")
        drafts = database.value("SELECT count(*) FROM drafts")
    return True, f"{entries:,} entries ({binned:,} in the bin), {revisions:,} revisions, {drafts:,} drafts", ""


def _beside(database: Database, table: str, what: str, problems: Callable[[Database], Iterator[str]]) -> Found:
    """What the history vouches for beside the entries; a copy from before there was such a table has none of it."""
    with database.unchanged():
        if not database.value("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)):
            return True, "none yet", ""
        faults = list(problems(database))
    return _listed(faults, f"{what} as recorded", _SAVE)


def _keys(database: Database, folder: Path) -> Found:
    keys = read_key_file(folder)
    advice = "Open the journal with your recovery words and a new passphrase; that writes keys.json anew."
    if keys.vault_id != database.value("SELECT id FROM vault"):
        return False, "keys.json belongs to another journal", advice
    kinds = [slot.kind for slot in keys.slots]
    costs = [slot.profile for slot in keys.slots if slot.kind == PASSPHRASE]
    cost = "; ".join(f"Argon2id {c.memory_kib // 1024} MiB, {c.iterations} passes, {c.lanes} lanes" for c in costs)
    return bool(costs), f"{', '.join(kinds) or 'no way in'} ({cost})", advice


def _access(folder: Path) -> Found:
    """Whether others of this computer can read a file; only POSIX systems can say."""
    if os.name == "nt":
        return True, "not looked at on this system", ""
    names = (DATABASE_FILE, f"{DATABASE_FILE}-journal", KEYS_FILE, BACKUP_FILE, LOCK_FILE)
    paths = [folder, *(path for name in names if (path := folder / name).exists())]
    open_ones = [path.name for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
    advice = f"Run: chmod -R go= '{folder}'"
    return _listed([f"others may use {name}" for name in open_ones], "yours alone", advice)
