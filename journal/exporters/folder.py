"""A folder of plain text files, written whole or not at all, for its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from journal.errors import BadInput, CannotWrite


def check_folder(folder: Path) -> None:
    """Raises BadInput where a new folder cannot be put there: only an empty one is ever replaced."""
    try:
        _check(folder)
    except OSError as error:
        raise BadInput(f"{folder} cannot be read ({error.strerror}).", "Name another folder.") from None


def _check(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise BadInput(f"{folder} is no folder.", "Name one that is empty or not there yet.")
    if not folder.is_dir():
        if not folder.parent.is_dir():
            raise BadInput(f"There is no folder {folder.parent}.", "Make it first, or name another.")
        return
    if next(folder.iterdir(), None):
        raise BadInput(f"{folder} is not empty.", "Name a folder that is empty or not there yet.")
    if folder.samefile(Path.cwd()):
        raise BadInput(f"{folder} is the folder you are in.", "Name a new one in it.")


def write_folder(folder: Path, files: Iterable[tuple[str, str]]) -> int:
    """Write all files, or leave everything as it was; how many there are. Raises BadInput, CannotWrite."""
    beside = folder.with_name(f".{folder.name[:100]}.{secrets.token_hex(4)}.part")
    count = 0
    try:
        beside.mkdir(mode=0o700)
        for name, text in files:
            descriptor = os.open(beside / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
            count += 1
        if hasattr(os, "sync"):
            os.sync()  # once: a sync for each of thousands of files takes minutes
        check_folder(folder)  # again: somebody may have put something there meanwhile
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        beside.rename(folder)
    except OSError as error:
        raise CannotWrite(
            f"{folder} cannot be written ({error.strerror}).", "Free some room, or name another folder."
        ) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return count
