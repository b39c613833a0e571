"""The one encrypted connection: every use under one lock, every driver's error translated here and nowhere else."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver  # its own classes: the standard sqlite3.Error never catches them

from journal.errors import BadInput, CannotWrite, JournalError, VaultBusy, VaultDamaged

DATABASE_FILE = "journal.db"
LEAST_SQLITE = (3, 51, 3)
CACHE_KIB = 16 * 1024

# Primary result codes, https://sqlite.org/rescode.html
_BUSY, _LOCKED = 5, 6
_PERM, _READONLY, _IOERR, _FULL, _CANTOPEN = 3, 8, 10, 13, 14
_CORRUPT, _TOOBIG, _NOTADB = 11, 18, 26


class Database:
    """SQLCipher under a raw 256-bit key, in rollback-journal mode, for use from any thread.

    A rollback journal and not a WAL: a flipped bit in a WAL silently drops every later committed entry.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises VaultDamaged where the key does not open the file, CannotWrite where it cannot be written."""
        self._lock = threading.RLock()
        self._open = True
        cut_off = _was_cut_off(path)
        if driver.sqlite_version_info < LEAST_SQLITE:
            raise JournalError(
                f"SQLite {driver.sqlite_version} is too old for a safe journal.", "Run: pip install --upgrade small-l"
            )
        with _translated():
            self._connection = driver.connect(str(path), check_same_thread=False, isolation_level=None)
        try:
            with _translated():
                self._set_up(key)
        except BaseException:
            self._connection.close()
            raise
        if cut_off:
            with contextlib.suppress(JournalError):  # they hold nothing, and a full disk must not keep it shut
                self._write_empty_pages_anew()

    def _set_up(self, key: bytes) -> None:
        run = self._connection.execute
        run("PRAGMA cipher_log_level = NONE")  # before the key: a wrong one would be reported on the screen
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        if not run("PRAGMA cipher_version").fetchone():
            raise JournalError(
                "The database library cannot encrypt.",
                "Install the journal again: pip install --force-reinstall small-l",
            )
        run("PRAGMA temp_store = MEMORY")
        run("PRAGMA foreign_keys = ON")
        run("PRAGMA trusted_schema = OFF")
        run(f"PRAGMA cache_size = -{CACHE_KIB}")
        run("SELECT count(*) FROM sqlite_master").fetchone()
        run("PRAGMA secure_delete = ON")
        run("PRAGMA synchronous = FULL")
        run("PRAGMA fullfsync = ON")
        run("PRAGMA journal_mode = TRUNCATE").fetchone()
        self._connection.row_factory = driver.Row

    def _write_empty_pages_anew(self) -> None:
        """Make whole again the pages that hold nothing, after a save was cut off in the middle.

        SQLite does not put these back when it undoes the save, since it never reads them. One that the power cut left
        half written would be called damaged, and no backup made, though nothing is lost. Where anything else is wrong,
        all stays as it is found.
        """
        with self.atomic():
            empty = self.value("PRAGMA freelist_count")
            if empty and self.value("PRAGMA quick_check") == "ok":
                size = empty * int(self.value("PRAGMA page_size"))
                self.run("CREATE TABLE empty_pages (bytes BLOB)")
                self.run("INSERT INTO empty_pages VALUES (zeroblob(?))", (size,))
                self.run("DROP TABLE empty_pages")

    @property
    def cipher_version(self) -> str:
        return str(self.value("PRAGMA cipher_version"))

    @property
    def sqlite_version(self) -> str:
        return str(driver.sqlite_version)

    def close(self) -> None:
        """Let go of the file and the key; a second time does nothing."""
        with self._lock:
            if self._open:
                self._open = False
                self._connection.close()

    @contextlib.contextmanager
    def held(self) -> Iterator[Any]:
        """The driver's connection, under the lock and with its errors translated."""
        with self._lock:
            if not self._open:
                raise JournalError("This journal is locked.", "Unlock it and try again.")
            with _translated():
                yield self._connection

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self.held() as connection:
            return list(connection.execute(sql, values).fetchall())

    def row(self, sql: str, values: Sequence[Any] = ()) -> Any | None:
        """The first row of a query."""
        with self.held() as connection:
            cursor = connection.execute(sql, values)
            found = cursor.fetchone()
            cursor.close()
            return found

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, None where there is none."""
        found = self.row(sql, values)
        return None if found is None else found[0]

    def run(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> int:
        """Carry out a statement; the number of rows it changed."""
        with self.held() as connection:
            return int(connection.execute(sql, values).rowcount)

    def run_many(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each set of values."""
        with self.held() as connection:
            connection.executemany(sql, values)

    @contextlib.contextmanager
    def atomic(self) -> Iterator[None]:
        """All that happens within is durable when this ends, or none of it is."""
        with self.held() as connection:
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(driver.Error):
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def unchanged(self) -> Iterator[None]:
        """One view of the whole, given back at the end as it was."""
        with self.held() as connection:
            connection.execute("BEGIN")
            try:
                yield
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def _was_cut_off(path: Path) -> bool:
    """Whether a save was begun and not ended; its rollback journal is empty else."""
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except driver.Error as error:
        if (ours := _meaning(getattr(error, "sqlite_errorcode", 0) & 0xFF)) is None:
            raise
        raise ours from None
    except UnicodeEncodeError:
        raise half_a_character() from None


def half_a_character() -> BadInput:
    """The refusal of a lone surrogate, which no UTF-8 can hold."""
    return BadInput("The text holds half a character.", "Take it out, or paste it again as plain text.")


def _meaning(code: int) -> JournalError | None:
    if code in (_CORRUPT, _NOTADB):
        return VaultDamaged(
            "journal.db is damaged, or is not the one these keys belong to.",
            "Leave everything as it is and copy the whole folder to a safe place. Then put back an earlier copy of it.",
        )
    if code in (_FULL, _IOERR):
        return CannotWrite(
            "The disk is full or does not answer, so this was not saved.",
            "Make room on the disk and try again. What was saved before is safe.",
        )
    if code in (_PERM, _READONLY, _CANTOPEN):
        return CannotWrite(
            "The journal's folder cannot be written, so this was not saved.",
            "Allow writing to it and try again. What was saved before is safe.",
        )
    if code in (_BUSY, _LOCKED):
        return VaultBusy("Another program is using the journal's file.", "Close it there and try again.")
    if code == _TOOBIG:
        return BadInput("The text is too long to keep.", "Split it into several entries.")
    return None
