"""What is given from outside: files and standard input, read with a bound; days and short texts."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import click

from journal.errors import BadInput
from journal.lines import STANDARD_INPUT, bounded_lines, line_too_long, reading_faults
from journal.service.outside import LONGEST_LINE, LONGEST_TEXT, checked_text, checked_words, parsed_day, too_long


def day(value: str) -> date:
    """An option that is a day, as 2026-03-09; raises BadInput for anything else."""
    return parsed_day(value)


def words(
    ctx: click.Context, option: click.Parameter, value: str | tuple[str, ...] | None
) -> str | tuple[str, ...] | None:
    """An option that is a short text such as a placement; empty is the same as not given.

    Raises BadInput for control characters and for very long ones.
    """
    if isinstance(value, tuple):
        return tuple(checked_words(one, _flag(option)) for one in value if one.strip())
    return checked_words(value, _flag(option)) or None if value else None


def _flag(option: click.Parameter) -> str:
    """An option as it is typed."""
    return max(option.opts, key=len)


@dataclass(frozen=True)
class Source:
    """A stream of bytes from outside, and how to call it in an error."""

    stream: BinaryIO
    where: str

    def part(self, size: int) -> bytes:
        """At most so many bytes; empty at the end."""
        with reading_faults(self.where):
            return self.stream.read(size)

    def arrived(self) -> bytes:
        """What is there by now, waiting only where that is nothing; empty at the end."""
        with reading_faults(self.where):
            read1 = getattr(self.stream, "read1", self.stream.read)
            return bytes(read1(1 << 16))


@contextlib.contextmanager
def opened(name: str) -> Iterator[Source]:
    """A file, or standard input for "-"."""
    if name == "-":
        if sys.stdin is None:
            raise BadInput("Standard input is closed.", "Pipe something into the command, or name a file.")
        yield Source(sys.stdin.buffer, STANDARD_INPUT)
        return
    with reading_faults(name):
        stream = Path(name).open("rb")  # noqa: SIM115 - closed below; only the opening itself is guarded
    with stream:
        yield Source(stream, name)


def text_of(name: str) -> str:
    """The whole text of a file or of standard input, refused before more is read than can be kept."""
    with opened(name) as source:
        parts: list[bytes] = []
        left = 4 * LONGEST_TEXT + 1
        while left > 0 and (part := source.part(min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
        if left <= 0:
            raise too_long(source.where)
    return checked_text(b"".join(parts), source.where)


def lines_of(source: Source) -> Iterator[bytes]:
    """Lines, each refused by its number where it is longer than any entry can be."""
    return bounded_lines(source.stream, source.where)


def arriving_lines(source: Source) -> Iterator[list[bytes]]:
    """Lines in the groups they arrive in, so that an answer need not wait for the end of the input."""
    rest, number = bytearray(), 1
    while part := source.arrived():
        searched = len(rest)
        rest += part
        if (end := rest.rfind(b"\n", searched)) >= 0:
            lines = bytes(rest[:end]).split(b"\n")
            del rest[: end + 1]
            number += len(lines)
            yield lines
        if len(rest) > LONGEST_LINE:
            raise line_too_long(number)
    if rest:
        yield [bytes(rest)]


def at_keyboard() -> bool:
    """Whether standard input is a person typing."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        return os.isatty(sys.stdin.fileno())
    return False
