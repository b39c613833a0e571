"""Files that only their owner may read, and writes that are whole or not there."""

import contextlib
import os
from pathlib import Path

OWNER_FILE = 0o600
OWNER_FOLDER = 0o700


def create_private(path: Path) -> int:
    """A descriptor of a new empty file, read and written by its owner alone whatever the umask is."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_FILE)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in place of the file; after a crash there is the old file or the new one, never a part.

    The content goes to a new file beside it, which is synced, renamed over it, and the folder synced. Raises OSError.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(create_private(beside), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
