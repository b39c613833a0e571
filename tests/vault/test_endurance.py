"""Killed, out of room, and not allowed to write: what was acknowledged stays."""

import os
import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from journal.domain import EntryContent, Filters
from journal.errors import CannotWrite, WrongPassphrase
from journal.vault import keys
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
Opener = Callable[[], Vault]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, limits and users of POSIX")

PRELUDE = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from journal.domain import EntryContent, Filters
from journal.errors import CannotWrite, WrongPassphrase
from journal.vault import keys
from journal.vault.vault import Vault
now, at = datetime(2026, 3, 9, tzinfo=UTC), "2026-03-09T20:41:00+00:00"
home, phrase = Path(sys.argv[1]), sys.argv[2]
"""


def script(body: str) -> list[str]:
    return [sys.executable, "-c", PRELUDE + textwrap.dedent(body)]


SAVING = script("""
    with Vault.open(home, phrase, now=now, floor=keys.CHEAP) as vault:
        last = None
        for n in range(10**6):
            entry = vault.entries.add(EntryContent(f"number {n} " + "words " * 200), written=at, at=at)
            print("add", entry.id, flush=True)
            if last:
                vault.entries.revise(last, EntryContent(f"changed {n}"), at)
                print("revise", last, flush=True)
            last = entry.id
""")


def test_after_kill_9_every_acknowledged_entry_is_there(home: Path, phrase: str, opened: Opener) -> None:
    random_, added, revised = random.Random(3), list[str](), list[str]()
    for _ in range(5):
        with subprocess.Popen([*SAVING, str(home), phrase], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(random_.randint(3, 20)):
                kind, entry_id = child.stdout.readline().split()
                (added if kind == "add" else revised).append(entry_id)
            child.kill()
            for line in child.stdout:  # what it had acknowledged before it died
                kind, entry_id = line.split()
                (added if kind == "add" else revised).append(entry_id)
        with opened() as vault:
            assert {entry.id for entry in vault.entries.all()} >= set(added)
            assert all(vault.entries.get(entry_id).revision == 2 for entry_id in revised)
            assert [check for check in vault.check() if not check.ok] == []
    assert len(added) + len(revised) > 30


FULL = script("""
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    vault = Vault.open(home, phrase, now=now, floor=keys.CHEAP)
    first = vault.entries.add(EntryContent("before the disk was full"), written=at, at=at)
    room = (home / "journal.db").stat().st_size + 60_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
    kept, refused = 0, 0
    for n in range(40):
        try:
            vault.entries.add(EntryContent("words " * 1500), written=at, at=at)
            kept += 1
        except CannotWrite as error:
            assert "What was saved before is safe" in error.advice
            refused += 1
            assert vault.entries.get(first.id).content.text == "before the disk was full"
            assert vault.entries.count(Filters()) == kept + 1
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    vault.entries.add(EntryContent("after there was room again"), written=at, at=at)
    assert all(check.ok for check in vault.check())
    print(kept, refused)
""")


def test_a_full_disk_is_said_and_what_was_saved_before_stays(home: Path, phrase: str, opened: Opener) -> None:
    done = subprocess.run([*FULL, str(home), phrase], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept, refused = map(int, done.stdout.split())
    assert refused > 5
    with opened() as vault:
        assert vault.entries.count(Filters()) == kept + 2
        assert vault.entries.count(Filters(query="after room again")) == 1


NO_ROOM_TO_BEGIN = script("""
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, resource.RLIM_INFINITY))
    try:
        Vault.create(home, bytes(32), phrase, kdf=keys.CHEAP, now=now)
    except CannotWrite:
        print(sorted(path.name for path in home.parent.iterdir()))
""")


def test_a_disk_too_full_to_begin_leaves_nothing(tmp_path: Path) -> None:
    command = [*NO_ROOM_TO_BEGIN, str(tmp_path / "vault"), "p"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("[]\n", 0), done.stderr


def test_a_journal_whose_last_save_was_cut_off_survives_wrong_recovery_words(
    home: Path, opened: Opener, tmp_path: Path, root: bytes, now: datetime
) -> None:
    torn = tmp_path / "torn"

    def copied() -> None:
        shutil.copytree(home, torn)

    with opened() as vault:
        vault.entries.add(EntryContent("kept"), written=AT, at=AT)
        with vault._database.atomic():
            vault.entries.add(EntryContent("cut off"), written=AT, at=AT)
            copied()
    assert (torn / "journal.db-journal").stat().st_size > 0
    with pytest.raises(WrongPassphrase):
        Vault.recover(torn, " ".join(keys.recovery_words(bytes(32))), "new", now=now, kdf=keys.CHEAP)
    with Vault.recover(torn, " ".join(keys.recovery_words(root)), "new", now=now, kdf=keys.CHEAP) as vault:
        assert [entry.content.text for entry in vault.entries.all()] == ["kept"]
        assert all(check.ok for check in vault.check())


def as_a_plain_user(act: Callable[[], None]) -> str:
    """What `act` raised in a child process without root's rights, as its type and title; root heeds no modes."""
    end, start = os.pipe()
    if not (child := os.fork()):
        said = "nothing was raised"
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            act()
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(start, said.encode())
        os._exit(0)
    os.close(start)
    with os.fdopen(end, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said


@pytest.mark.parametrize("mode", [0o500, 0o100500])
def test_a_folder_that_may_not_be_written_is_said_once_and_clearly_on_opening(
    opened: Opener, home: Path, tmp_path: Path, mode: int
) -> None:
    with opened() as vault:  # also loads, as root, what the child may not read
        vault.entries.add(EntryContent("x"), written=AT, at=AT)
    parents = [path for path in (tmp_path, *tmp_path.parents) if path.owner() == home.owner() and path != Path("/")]
    before = {path: path.stat().st_mode & 0o777 for path in parents}
    try:
        for path in parents:
            path.chmod(before[path] | 0o011)
        if os.geteuid() == 0:
            for path in (home, *home.iterdir()):
                os.chown(path, 65534, 65534)
        home.chmod(0o500)
        if mode == 0o100500:
            (home / "lock").unlink()
        said = as_a_plain_user(lambda: opened().close())
    finally:
        home.chmod(0o700)
        for path, kept in before.items():
            path.chmod(kept)
    assert said.startswith(CannotWrite.__name__)
    assert "cannot be written" in said
