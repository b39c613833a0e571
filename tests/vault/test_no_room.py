"""A disk with room for so many pages and no more: one clear error, and all that was saved before is there.

The disk is a small one in memory, mounted where only one process sees it.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOMS = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 200]
"""Pages that are free."""

CHILD = """
import contextlib, json, os, shutil, sys
from datetime import datetime, UTC
from pathlib import Path
from journal.domain import Draft, EntryContent
from journal.errors import CannotWrite
from journal.exporters.file import write_file
from journal.service import outside
from journal.service.journal import Journal
from journal.vault import keys
from journal.vault.vault import Vault

now, at = datetime(2026, 3, 9, tzinfo=UTC), "2026-03-09T20:41:00+00:00"
template, disk, act = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
kept = {"texts": ["saved before"], "draft": "half a thought", "phrase": sys.argv[4]}
home, ballast, made = disk / "vault", disk / "ballast", disk / "made"

def carry_out(vault, room):
    text = f"{act} {room} " + "words " * 900
    if act == "draft":
        vault.drafts.save(Draft("d", EntryContent(text), at))
        kept["draft"] = text
    elif act == "entry":
        vault.entries.add(EntryContent(text), written=at, at=at)
        kept["texts"].append(text)
    elif act == "import":
        texts = [f"{n} {text}" for n in range(8)]
        vault.entries.add_many((None, at, EntryContent(one)) for one in texts)
        kept["texts"] += texts
    elif act == "passphrase":
        vault.change_passphrase(kept["phrase"], f"{room}")
        kept["phrase"] = f"{room}"
    elif act == "backup":
        vault.backups.make(made / "x", now)
    elif act == "export":
        journal = Journal(vault, config=disk, now=lambda: now)
        write_file(made / "x", outside.export_lines(journal), force=False)

def opened():
    return Vault.open(home, kept["phrase"], now=now, floor=keys.CHEAP)

def leave(pages):
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as stream:
        stream.write(bytes(max(os.statvfs(disk).f_bavail - pages, 0) * 4096))

def look(vault):
    assert sorted(entry.content.text for entry in vault.entries.all()) == sorted(kept["texts"])
    assert vault.drafts.latest().content.text == kept["draft"]
    assert [check.name for check in vault.check() if not check.ok] == []

shutil.copytree(template, home)
made.mkdir()
with opened() as vault:
    vault.entries.add(EntryContent("saved before"), written=at, at=at)
    vault.drafts.save(Draft("d", EntryContent("half a thought"), at))
done = refused = 0
for room in json.loads(sys.argv[5]):
    leave(250)
    with opened() as vault:
        leave(room)
        try:
            carry_out(vault, room)
            done += 1
            assert act not in ("backup", "export") or [path.name for path in made.iterdir()] == ["x"]
        except CannotWrite as error:
            assert error.advice
            assert list(made.iterdir()) == []
            refused += 1
        look(vault)
    with contextlib.suppress(CannotWrite):  # some room is needed to open; what is there stays there
        opened().close()
    leave(250)
    with opened() as vault:
        look(vault)
        vault.entries.add(EntryContent("x"), written=at, at=at)
        kept["texts"].append("x")
    for path in made.iterdir():
        path.unlink()
print(done, refused)
"""


@pytest.fixture
def on_a_small_disk(tmp_path: Path, template: Path, phrase: str):
    """Run an act again and again with more and more room; how often it was done, and how often refused."""
    disk = tmp_path / "disk"
    disk.mkdir()
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"']
    alone.append(str(disk))
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")

    def run(act: str) -> tuple[int, int]:
        given = [str(template), str(disk), act, phrase, json.dumps(ROOMS)]
        command = [*alone, sys.executable, "-c", CHILD, *given]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "HOME": "/"})
        assert done.returncode == 0, done.stderr[-2000:]
        kept, refused = map(int, done.stdout.split())
        return kept, refused

    return run


@pytest.mark.parametrize("act", ["draft", "entry", "import", "passphrase", "backup", "export"])
def test_with_any_amount_of_room_an_act_is_done_whole_or_refused_clearly(on_a_small_disk, act: str) -> None:
    done, refused = on_a_small_disk(act)
    assert done + refused == len(ROOMS)
    assert done > 0
    assert refused > 0
