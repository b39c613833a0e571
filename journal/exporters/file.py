"""One plain text file, written whole or not at all, for its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from journal.errors import BadInput, CannotWrite
from journal.files import sync_folder


def check_file(target: Path, force: bool) -> None:
    """Raises BadInput where the file may not be written."""
    try:
        mode = target.lstat().st_mode
    except OSError:
        if not target.parent.is_dir():
            raise BadInput(f"There is no folder {target.parent}.", "Make it first, or name another.") from None
        return
    if stat.S_ISDIR(mode):
        raise BadInput(f"{target} is a folder, not a file.", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise BadInput(f"{target} is no plain file.", "Name another; - stands for standard output.")
    if not force:
        raise BadInput(f"There is a file {target} already.", "Name another, or replace it with --force.")


def write_file(target: Path, lines: Iterable[str], force: bool) -> int:
    """Write all lines, or leave everything as it was; how many there are. Raises BadInput, CannotWrite."""
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    count = 0
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            for line in lines:
                stream.write(line + "\n")
                count += 1
            stream.flush()
            os.fsync(stream.fileno())
        check_file(target, force)  # again: somebody may have made it meanwhile
        beside.replace(target)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}).", "Free some room, or name another file."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    with contextlib.suppress(OSError):  # the file stands; only a power cut at once could undo its name
        sync_folder(target.parent)
    return count
