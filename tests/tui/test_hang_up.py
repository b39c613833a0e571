"""The terminal goes while somebody writes."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal.service import Journal, opening

pytest.importorskip("pty", reason="the system has no pseudo-terminals")

APP = """
import sys
from pathlib import Path
from journal.tui.app import SmallL
SmallL(Path(sys.argv[1]), "wrong horse staple lamp", analyse=False).run()
"""


def seen(terminal: int, words: bytes) -> None:
    """Read what the app shows until some words are among it."""
    shown, until = b"", time.monotonic() + 30
    while words not in shown:
        assert time.monotonic() < until, "the app did not show it"
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536)


def test_a_terminal_that_goes_without_a_signal_ends_the_app_and_keeps_the_draft(home: Path, journal: Journal) -> None:
    import fcntl
    import pty
    import struct
    import termios

    journal.close()
    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color"}
    with subprocess.Popen(
        [sys.executable, "-c", APP, str(home)], stdin=inside, stdout=inside, stderr=inside, env=environment
    ) as app:
        os.close(inside)
        seen(terminal, b"Entries")
        os.write(terminal, b"f")
        seen(terminal, b"Steps")
        os.write(terminal, b"canary")
        seen(terminal, b"y")
        os.close(terminal)
        assert app.wait(20) == 0
    again = opening.unlock(home, "wrong horse staple lamp")
    draft = again.draft()
    again.close()
    assert draft is not None
    assert draft.content.text.startswith("canar")
