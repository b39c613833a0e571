"""The same journal in jrnl (encrypted) and in ours: adding, searching, listing; as commands and inside the app.

Run: uv run --with jrnl==4.6 python tests/benchmarks/bench_peers.py [entries ...]

Each journal holds the same entries of 150 words; jrnl's once with two tags in each entry and once without, since its
time hangs on them. A command is timed from its start to its end, with the password given and its key derived. Ours
derives at the least cost that a journal on this computer may have.
"""

import base64
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from bench_vault import RARE, records, timed
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from journal.domain import EntryContent, Filters
from journal.importers.jrnl_encrypted import ROUNDS, SALT
from journal.service import opening
from journal.vault import keys

PASSWORD = "a bench of oak"
FRESH = "A short note after the night about who told whom, and what was missed at the handover."
COMMON = "handover"
SLOW = 20_000
"""Entries from which each command of jrnl is timed once, not three times."""

SETTINGS = """
colors: {{body: none, date: none, tags: none, title: none}}
default_hour: 9
default_minute: 0
editor: ''
encrypt: true
highlight: true
indent_character: '|'
journals:
  default: {{journal: '{kept}'}}
linewrap: 79
tagsymbols: '@'
template: false
timeformat: '%Y-%m-%d %H:%M'
version: '4.6'
"""

Row = dict[str, list[float]]


def jrnl_file(many: int, tags: bool) -> bytes:
    """A journal of that size as jrnl 4 reads it, encrypted."""
    body = "\n".join(_jrnl_entries(many, tags)).encode()
    key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=SALT, iterations=ROUNDS).derive(PASSWORD.encode())
    return Fernet(base64.urlsafe_b64encode(key)).encrypt(body)


def _jrnl_entries(many: int, tags: bool) -> Iterable[str]:
    for _, written, content in records(many):
        at = datetime.fromisoformat(written)
        said = f"@{' @'.join(content.tags)}" if tags else ""
        yield f"[{at:%Y-%m-%d %H:%M}] {content.text} {said}\n"


def jrnl(folder: Path, many: int, tags: bool) -> Row:
    """Milliseconds of each command of jrnl."""
    folder.mkdir()
    kept, config = folder / "journal.txt", folder / "jrnl.yaml"
    kept.write_bytes(jrnl_file(many, tags))
    config.write_text(SETTINGS.format(kept=kept), "utf-8")
    command = [sys.executable, "-m", "jrnl", "--config-file", str(config)]

    def run(*words: str) -> Callable[[], object]:
        return lambda: _run([*command, *words], folder, PASSWORD + "\n")

    times = 1 if many >= SLOW else 3
    return {
        "add": timed(run(FRESH), times),
        "search a rare word": timed(run("-contains", RARE), times),
        "search a common word": timed(run("-contains", COMMON), times),
        "last ten": timed(run("-n", "10"), times),
    }


def _run(command: list[str], folder: Path, given: str) -> None:
    environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "NO_COLOR": "1"}
    done = subprocess.run(  # no terminal of its own, so that a password is read from standard input
        command, input=given, capture_output=True, text=True, env=environment, start_new_session=True, check=False
    )
    if done.returncode:
        sys.exit(f"{command[3:]} failed: {done.stderr[-500:]}")


def ours(folder: Path, many: int) -> tuple[Row, Row]:
    """Milliseconds of each command of ours, and of the same acts inside an open journal."""
    home, secret = folder / "journal", folder / "passphrase"
    folder.mkdir()
    secret.write_text(PASSWORD + "\n", "utf-8")
    made = opening.create(home, opening.new_keys(), PASSWORD, kdf=keys.FLOOR)
    made._vault.entries.add_many(records(many))
    inside = {
        "add": timed(lambda: made.write(EntryContent(FRESH))),
        "search a rare word": timed(lambda: made.entries(Filters(query=RARE), limit=10)),
        "search a common word": timed(lambda: made.entries(Filters(query=COMMON), limit=10)),
        "last ten": timed(lambda: made.entries(limit=10)),
    }
    made.close()

    def run(*words: str, given: str = "") -> Callable[[], object]:
        command = [sys.executable, "-m", "journal", *words, "--home", str(home)]
        return lambda: _run(command, folder, given)

    os.environ["JOURNAL_PASSPHRASE_COMMAND"] = f"cat {secret}"
    return {
        "add": timed(run("add", given=FRESH), 3),
        "search a rare word": timed(run("search", RARE, "--limit", "10"), 3),
        "search a common word": timed(run("search", COMMON, "--limit", "10"), 3),
        "last ten": timed(run("list", "--limit", "10"), 3),
    }, inside


def main() -> None:
    """Build, measure, and print a Markdown table for each size."""
    sizes = [int(arg) for arg in sys.argv[1:]] or [100, 1_000, 10_000]
    for many in sizes:
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as place:
            command, inside = ours(Path(place) / "ours", many)
            plain, tagged = (jrnl(Path(place) / f"jrnl-{tags}", many, tags) for tags in (False, True))
        print(f"\n{many:,} entries ({time.perf_counter() - began:.0f} s)\n")
        print("| ms, median | jrnl, no tags | jrnl, tags | journal, command | jrnl ÷ ours | journal, open |")
        print("|---|---|---|---|---|---|")
        for name in command:
            a, b, c, d = (statistics.median(row[name]) for row in (plain, tagged, command, inside))
            print(f"| {name} | {a:,.0f} | {b:,.0f} | {c:,.0f} | {min(a, b) / c:.1f} | {d:.1f} |", flush=True)


if __name__ == "__main__":
    main()
