"""What this process may leave behind on the machine: files for its owner alone, and no image of its memory."""

from __future__ import annotations

import contextlib
import os
import sys

_PR_SET_DUMPABLE = 4
"""prctl(2), Linux: 0 keeps the memory out of core dumps and away from other programs of the same login."""


def keep_private() -> None:
    """Files are made for the owner alone, and a crash writes no core dump; where a system lacks one, the rest holds."""
    os.umask(0o077)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes  # 5 ms

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
