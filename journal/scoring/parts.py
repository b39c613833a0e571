"""The folder SCORES.parts: what is scored so far, bound to a model and to each chunk's own input. Labels only.

`about.json` names the model and the schema. `NNNNNNNN-DIGEST.parquet` is a chunk: its number, and the digest of what
went in. A file with such a name is whole, for it is written beside, synced and renamed.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from journal.errors import BadInput, CannotWrite, JournalError
from journal.files import write_whole
from journal.scoring.table import SCHEMA, is_part

ABOUT, LOCK = "about.json", "lock"
_PART = re.compile(r"([0-9]{8,})-([0-9a-f]{32})\.parquet")
_UNFINISHED = re.compile(r"\..*\.new")
_AGAIN = "Name another --out, or begin again with --force."


class Parts:
    """What is scored so far of one run; made by `opened`."""

    def __init__(self, folder: Path, model: str) -> None:
        self.folder = folder
        self._model = model

    def keep(self, number: int, digest: str, body: bytes) -> None:
        """Keep a scored chunk; it is on the disk when this returns. Raises CannotWrite."""
        with writing_to(self.folder):
            write_whole(self._path(number, digest), body)

    def fit(self, digests: tuple[str, ...], *, replace: bool) -> tuple[set[int], int]:
        """The chunks of a corpus that need no scoring, and how many parts were dropped because their texts changed.

        Raises BadInput where there are parts and none belongs to this corpus, unless they may be replaced.
        """
        found = self._parts()
        fitting = {number for number, digest in found if digests[number : number + 1] == (digest,)}
        if found and not fitting and not replace:
            raise BadInput(f"What {self.folder} holds belongs to another corpus.", _AGAIN)
        changed = [(number, digest) for number, digest in found if digests[number : number + 1] != (digest,)]
        damaged = [n for n in sorted(fitting) if not is_part(self._path(n, digests[n]), self._model)]
        with writing_to(self.folder):
            for number, digest in [*changed, *((n, digests[n]) for n in damaged)]:
                self._path(number, digest).unlink()
        return fitting - set(damaged), len(changed)

    def paths(self, digests: tuple[str, ...]) -> list[Path]:
        """The parts of a whole corpus in order."""
        return [self._path(number, digest) for number, digest in enumerate(digests)]

    def clear(self) -> None:
        """Forget every part."""
        with writing_to(self.folder):
            for number, digest in self._parts():
                self._path(number, digest).unlink()

    def remove(self) -> None:
        """Take the folder away, with all that is ours in it."""
        self.clear()
        with contextlib.suppress(OSError):
            for name in (ABOUT, LOCK):
                (self.folder / name).unlink(missing_ok=True)
            self.folder.rmdir()

    def _parts(self) -> list[tuple[int, str]]:
        """Numbers and digests of the chunks that are kept."""
        found = (_PART.fullmatch(name) for name in _names(self.folder))
        return sorted((int(match[1]), match[2]) for match in found if match)

    def _path(self, number: int, digest: str) -> Path:
        return self.folder / f"{number:08}-{digest}.parquet"


@contextlib.contextmanager
def opened(folder: Path, model: str, *, replace: bool) -> Iterator[Parts]:
    """The parts in a folder, made where there is none, and held against a second run.

    Raises BadInput where it holds parts by another model and they may not be replaced, or what is not ours;
    CannotWrite; JournalError where another run holds it.
    """
    with writing_to(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        _refuse_strangers(folder)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, folder)
        parts = Parts(folder, model)
        about = {"schema": SCHEMA, "model": model}
        found = _about(folder)
        if found not in (None, about) and not replace:
            raise BadInput(f"What {folder} holds was scored with another model ({_model(found)}, now {model}).", _AGAIN)
        with writing_to(folder):
            for name in _names(folder):
                if _UNFINISHED.fullmatch(name):
                    (folder / name).unlink()
            if found != about:
                parts.clear()
                write_whole(folder / ABOUT, json.dumps(about).encode())
        yield parts
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """A full disk and its like, as CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(
            f"{path} cannot be written ({error.strerror}).",
            "Put that right, such as by freeing some room, and run the same command again: what is scored is kept.",
        ) from None


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _refuse_strangers(folder: Path) -> None:
    for name in _names(folder):
        if name not in (ABOUT, LOCK) and not _PART.fullmatch(name) and not _UNFINISHED.fullmatch(name):
            raise BadInput(f"{folder} holds what is none of this program's.", "Name another --out.")


def _about(folder: Path) -> object:
    """What the folder says it holds; None for a new one."""
    try:
        return json.loads((folder / ABOUT).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return "damaged"


def _model(about: object) -> str:
    return str(about.get("model", "unknown"))[:80] if isinstance(about, dict) else "unknown"


def _lock(descriptor: int, folder: Path) -> None:
    """Hold the folder until the descriptor is closed; a disk that knows no locks is used without."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise JournalError(f"Another run is writing to {folder}.", "Wait until it is done, or end it first.") from None
    except OSError:
        return
