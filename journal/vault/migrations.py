"""The shape of the database as numbered steps; a step that was released is never edited, only followed by another."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

from journal.errors import JournalError
from journal.vault.database import Database

SET = "journal"

_FIRST = """
CREATE TABLE vault (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  id TEXT NOT NULL,
  created TEXT NOT NULL
);
CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  links INTEGER NOT NULL,
  chain BLOB NOT NULL,
  entries INTEGER NOT NULL,
  revisions INTEGER NOT NULL
);
CREATE TABLE links (
  number INTEGER PRIMARY KEY,
  entry_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  digest BLOB NOT NULL,
  chain BLOB NOT NULL
);
CREATE TABLE entries (
  place INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  written TEXT NOT NULL,
  revision INTEGER NOT NULL,
  revised TEXT,
  deleted TEXT,
  opening TEXT NOT NULL,
  words INTEGER NOT NULL,
  event_date TEXT,
  prompt_id TEXT,
  prompt_family TEXT,
  placement TEXT,
  setting TEXT,
  role TEXT,
  tags TEXT NOT NULL,
  analyse INTEGER NOT NULL
);
CREATE INDEX entries_by_placement ON entries (placement) WHERE deleted IS NULL;
CREATE INDEX entries_by_setting ON entries (setting) WHERE deleted IS NULL;
CREATE INDEX entries_by_role ON entries (role) WHERE deleted IS NULL;
CREATE INDEX entries_by_family ON entries (prompt_family) WHERE deleted IS NULL;
CREATE INDEX entries_in_bin ON entries (deleted) WHERE deleted IS NOT NULL;
CREATE TABLE revisions (
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  salt BLOB NOT NULL,
  rest TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE UNIQUE INDEX revisions_by_entry ON revisions (place, number);
CREATE TABLE entry_tags (
  tag TEXT NOT NULL,
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  PRIMARY KEY (tag, place)
) WITHOUT ROWID;
CREATE INDEX entry_tags_by_entry ON entry_tags (place);
CREATE VIEW newest AS
  SELECT e.place AS place, r.text AS text, e.tags AS tags
  FROM entries e JOIN revisions r ON r.place = e.place AND r.number = e.revision;
CREATE VIRTUAL TABLE found USING fts5 (
  text, tags, content = 'newest', content_rowid = 'place',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  turn INTEGER NOT NULL UNIQUE,
  entry_id TEXT,
  saved TEXT NOT NULL,
  rest TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE TABLE analyses (
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  model TEXT NOT NULL,
  task REAL NOT NULL,
  team REAL NOT NULL,
  system REAL NOT NULL,
  other REAL NOT NULL,
  payload TEXT NOT NULL
);
CREATE UNIQUE INDEX analyses_by_entry ON analyses (place, revision, model);
CREATE INDEX analyses_counts ON analyses (model, place, revision, task, team, system, other);
CREATE TABLE lifts (
  place INTEGER PRIMARY KEY REFERENCES entries (place) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  at TEXT NOT NULL,
  sentence TEXT NOT NULL,
  answer TEXT NOT NULL
);
CREATE TABLE small_acts (
  turn INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  place INTEGER REFERENCES entries (place) ON DELETE SET NULL,
  chosen TEXT NOT NULL,
  state TEXT NOT NULL,
  closed TEXT,
  text TEXT NOT NULL,
  outcome TEXT NOT NULL
);
CREATE INDEX small_acts_by_entry ON small_acts (place);
CREATE INDEX small_acts_open ON small_acts (turn) WHERE state = 'open';
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

_CORRECTIONS = """
CREATE TABLE corrections (
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  level TEXT NOT NULL,
  shown TEXT NOT NULL,
  model TEXT NOT NULL,
  p TEXT NOT NULL,
  at TEXT NOT NULL,
  acts TEXT,
  frame TEXT,
  PRIMARY KEY (place, revision, start, "end")
) WITHOUT ROWID;
ALTER TABLE analyses ADD COLUMN calibration INTEGER NOT NULL DEFAULT 0;
"""

_KIN = """
CREATE TABLE kin (
  entry_id TEXT PRIMARY KEY,
  first TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX kin_by_first ON kin (first);
"""

_KEEPING = """
CREATE TABLE learning (
  turn INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  entry_id TEXT,
  day TEXT NOT NULL,
  noted TEXT NOT NULL,
  placement TEXT,
  tags TEXT NOT NULL,
  revision INTEGER NOT NULL,
  put_away TEXT
);
CREATE INDEX learning_by_entry ON learning (entry_id);
CREATE TABLE learning_revisions (
  turn INTEGER NOT NULL REFERENCES learning (turn) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  salt BLOB NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (turn, number)
) WITHOUT ROWID;
CREATE TABLE reviews (entry_id TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE holds (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  switched INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE TABLE departures (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  way TEXT NOT NULL,
  form TEXT NOT NULL,
  recipient TEXT NOT NULL,
  description TEXT NOT NULL,
  items TEXT NOT NULL,
  digest TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  redactions TEXT NOT NULL,
  state TEXT NOT NULL,
  ended TEXT
);
"""

_SHARING = """
CREATE TABLE identity (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seed BLOB NOT NULL,
  name TEXT NOT NULL
);
CREATE TABLE shares (
  turn INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  form TEXT NOT NULL,
  recipient TEXT NOT NULL,
  digest TEXT NOT NULL,
  spans TEXT NOT NULL,
  excerpt BLOB NOT NULL,
  page_key BLOB,
  card TEXT
);
CREATE INDEX shares_by_entry ON shares (place);
CREATE TABLE replies (
  turn INTEGER PRIMARY KEY AUTOINCREMENT,
  share INTEGER NOT NULL REFERENCES shares (turn) ON DELETE CASCADE,
  at TEXT NOT NULL,
  reply TEXT NOT NULL,
  answer TEXT NOT NULL,
  became TEXT NOT NULL,
  answered TEXT,
  UNIQUE (share, reply)
);
CREATE TABLE redactions (
  place INTEGER NOT NULL REFERENCES entries (place) ON DELETE CASCADE,
  mark BLOB NOT NULL,
  at TEXT NOT NULL,
  word TEXT,
  reason TEXT NOT NULL,
  recipient TEXT NOT NULL,
  PRIMARY KEY (place, mark)
) WITHOUT ROWID;
"""


def _first(db: Any) -> None:
    _take(db, _FIRST)


def _corrections(db: Any) -> None:
    _take(db, _CORRECTIONS)


def _kin(db: Any) -> None:
    _take(db, _KIN)


def _keeping(db: Any) -> None:
    _take(db, _KEEPING)


def _sharing(db: Any) -> None:
    _take(db, _SHARING)


def _take(db: Any, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


STEPS: tuple[tuple[str, Callable[[Any], None]], ...] = (
    ("001_first", _first),
    ("002_corrections", _corrections),
    ("003_kin", _kin),
    ("004_keeping", _keeping),
    ("005_sharing", _sharing),
)
"""In order: the name that is recorded in the database, and the step."""


def pending(database: Database, steps: tuple[tuple[str, Callable[[Any], None]], ...] = STEPS) -> bool:
    """Whether some step is still to be taken; raises JournalError for a database from a newer program."""
    known = database.value("SELECT count(*) FROM sqlite_master WHERE name = '_sqlite_migrations'")
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    applied = {row["name"] for row in database.rows(query, (SET,))} if known else set()
    names = {name for name, _ in steps}
    if applied - names:
        raise JournalError(
            "This journal was last used by a newer version of this program.",
            "Update it: pip install --upgrade small-l",
        )
    return applied != names


def migrate(database: Database, steps: tuple[tuple[str, Callable[[Any], None]], ...] = STEPS) -> None:
    """Take every step not yet taken, each whole or not at all, and check the full-text index after them."""
    if not pending(database, steps):
        return
    with _without_data_frames():  # an up-to-date journal opens without it
        import sqlite_utils
        from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET)
    for name, step in steps:
        migrations(name=name)(step)
    with database.held() as connection:
        factory, connection.row_factory = connection.row_factory, None
        try:
            migrations.apply(sqlite_utils.Database(connection))
            connection.execute("INSERT INTO found (found, rank) VALUES ('integrity-check', 1)")
        finally:
            connection.row_factory = factory


@contextlib.contextmanager
def _without_data_frames() -> Iterator[None]:
    """Hide pandas and numpy from an import that only looks whether they are there, and would wait seconds for them."""
    hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: as if not installed
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
