"""A program in a real pseudo-terminal, driven key by key, with all that it sent to the screen."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\|\x1b[=>78M]")
_JUMP = re.compile(rb"\x1b\[\d*;?\d*H")

CTRL_B, CTRL_L, CTRL_Q, CTRL_S, ENTER, ESCAPE = b"\x02", b"\x0c", b"\x11", b"\x13", b"\r", b"\x1b"
DELETE, DOWN, F1, F4 = b"\x1b[3~", b"\x1b[B", b"\x1bOP", b"\x1bOS"


class Terminal:
    """Runs a command in a terminal of its own; `transcript` is every byte it wrote there."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (100, 30)
    ) -> None:
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), {**environment, "TERM": "xterm-256color"})
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.transcript = b""
        self.status: int | None = None
        self._seen = 0

    def press(self, *keys: bytes | str) -> None:
        for key in keys:
            os.write(self._terminal, key.encode() if isinstance(key, str) else key)

    def until(self, words: str, seconds: float = 60) -> None:
        """Read what it paints until some words are among what was painted since the last call."""
        end = time.monotonic() + seconds
        while words not in shown(self.transcript[self._seen :]):
            if not self.read(end - time.monotonic()):
                raise AssertionError(f"“{words}” was not shown, but: {shown(self.transcript[self._seen :])[-1500:]}")
        self._seen = len(self.transcript)

    def read(self, seconds: float) -> bool:
        """Take what it paints within some time; whether there was anything."""
        if seconds <= 0 or not select.select([self._terminal], [], [], seconds)[0]:
            return False
        try:
            told = os.read(self._terminal, 65536)
        except OSError:  # what Linux says where the other end is closed
            return False
        self.transcript += told
        return bool(told)

    def watch(self, seconds: float) -> None:
        """Take whatever it paints for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self.read(left) and self._ended():
                return

    def _ended(self) -> bool:
        if self.status is None:
            found, status = os.waitpid(self.pid, os.WNOHANG)
            if found:
                self.status = status
        return self.status is not None

    def wait(self, seconds: float = 60) -> int:
        """Read on until it has ended; its exit status as `os.waitpid` tells it."""
        end = time.monotonic() + seconds
        while not self._ended():
            if time.monotonic() > end:
                raise AssertionError(f"it did not end, but showed: {shown(self.transcript)[-500:]}")
            self.read(0.05)
        while self.read(0.2):
            pass
        assert self.status is not None
        return self.status

    def kill(self) -> None:
        """End it as a power cut would; a second time does nothing."""
        if not self._ended():
            os.kill(self.pid, signal.SIGKILL)
            _, self.status = os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):
            os.close(self._terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def shown(sent: bytes) -> str:
    """The text among what was sent to a terminal, each piece that was put elsewhere on a line of its own."""
    return _SEQUENCE.sub(b"", _JUMP.sub(b"\n", sent)).decode(errors="replace")
