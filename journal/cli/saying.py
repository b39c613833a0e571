"""What goes out: data on standard output, words for the person on standard error."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Mapping
from typing import Any

from journal.errors import CannotWrite

# Characters by which a text could move the cursor, colour the screen or turn a line round.
_HARMFUL = (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {code: "\ufffd" for code in _HARMFUL if code not in (ord("\n"), ord("\t"))}
_ESCAPED = {code: f"\\u{code:04x}" for code in _HARMFUL if code >= 127}


class OutputGone(Exception):
    """Whatever read standard output has gone away."""


def harmless(text: str) -> str:
    """Text that can be shown on a terminal: control characters become a visible mark.

    >>> harmless("red \\x1b[31m")
    'red \ufffd[31m'
    """
    return text.replace("\r\n", "\n").translate(_SHOWN)


def on_terminal() -> bool:
    """Whether a person reads standard output; what a program reads is left exactly as it is."""
    return sys.stdout is not None and sys.stdout.isatty()


def say(text: str = "") -> None:
    """A line of data for people, on standard output."""
    _write(harmless(text) if on_terminal() else text)


def say_json(fields: Mapping[str, Any]) -> None:
    """One JSON object on a line of its own."""
    _write(json_text(fields))


def say_json_text(line: str) -> None:
    """A line that is JSON already; on a terminal its control characters are escaped, which keeps it JSON."""
    _write(line.translate(_ESCAPED) if on_terminal() else line)


def json_text(fields: Mapping[str, Any]) -> str:
    """An object as one line of JSON, letters of all scripts as themselves."""
    line = json.dumps(fields, ensure_ascii=False, allow_nan=False)
    return line.translate(_ESCAPED) if on_terminal() else line


def tell(text: str) -> None:
    """Words for the person, on standard error."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(harmless(text) + "\n")
            sys.stderr.flush()


def tell_progress(text: str) -> None:
    """A line that the next one takes the place of; only for a person who watches. "" clears it."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{harmless(text)}")
        sys.stderr.flush()


def complain(title: str, advice: str = "") -> None:
    """An error: what is so, and beneath it what to do next."""
    tell("\n".join([f"journal: {title}", *(f"  {line}" for line in advice.splitlines())]))


def flush() -> None:
    """Hand on what was said so far."""
    if sys.stdout is not None:
        with _faults():
            sys.stdout.flush()


finish_output = flush


def use_utf8() -> None:
    """UTF-8 and plain line ends on both outputs, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write(line: str) -> None:
    if sys.stdout is None:
        raise CannotWrite("Standard output is closed.", "Run the command without closing it.")
    with _faults():
        sys.stdout.write(line + "\n")


@contextlib.contextmanager
def _faults() -> Any:
    try:
        yield
    except BrokenPipeError:
        raise OutputGone from None
    except OSError as error:
        _drop_buffer()
        raise CannotWrite(
            f"The output cannot be written ({error.strerror}).",
            "Free some room, or send it elsewhere. The journal itself is as it was after the last save.",
        ) from None


def _drop_buffer() -> None:
    """Send what standard output still holds nowhere, or the interpreter fails on it again at exit."""
    import os

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
