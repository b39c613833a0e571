"""One running journal for a vault: a lock the system frees by itself when the process ends."""

import contextlib
import errno
import os
from pathlib import Path

from journal.errors import CannotWrite, VaultBusy
from journal.files import OWNER_FILE

LOCK_FILE = "lock"
_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class FolderLock:
    """Holds a folder's lock file from its making until `release`."""

    def __init__(self, folder: Path) -> None:
        """Raises VaultBusy where another holds it, CannotWrite where the folder allows no lock."""
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            self._descriptor: int | None = os.open(folder / LOCK_FILE, flags, OWNER_FILE)
        except OSError:
            raise CannotWrite(
                f"The journal's folder {folder} cannot be written.",
                "Allow writing to it, or move the whole folder to a place that can be written. Nothing was changed.",
            ) from None
        try:
            _take(self._descriptor)
        except OSError as error:
            self.release()
            if error.errno in _TAKEN:
                raise VaultBusy(
                    "This journal is already open in another window or program.",
                    "Close it there first. If you see none, it may still be closing: wait a moment and try again.",
                ) from None
            raise CannotWrite(
                f"The disk that holds {folder} cannot lock files.",
                "Move the journal's folder to a disk of this computer.",
            ) from None

    def release(self) -> None:
        """Let the folder go; a second time does nothing."""
        if self._descriptor is not None:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = None


if os.name == "nt":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
