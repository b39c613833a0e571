"""Files and folders from outside, each read with a bound on its size."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.errors import BadInput
from journal.lines import reading_faults

ZIP = b"PK\x03\x04"
"""How a zip file begins."""
LARGEST_FILE = 256 * 2**20
"""Bytes of one file: some 250,000 entries of 150 words."""
MOST_FILES = 100_000
"""Files of one folder, with all folders in it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person named to be imported."""

    where: str
    """What to call it in an error."""
    path: Path | None
    """None where it came through standard input."""
    data: bytes = field(default=b"", repr=False)
    """All its bytes; none of a folder or a zip file, which are read piece by piece."""
    is_zip: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.path is not None and self.path.is_dir()


def too_large(where: str) -> BadInput:
    """The refusal of a file beyond the limit."""
    return BadInput(f"{where} is larger than {LARGEST_FILE // 2**20} MiB.", "Split it, and import the parts.")


def bytes_of(path: Path, where: str, most: int = LARGEST_FILE) -> bytes:
    """All bytes of a file; raises BadInput where it cannot be read or is larger than it may be."""
    with reading_faults(where), path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise BadInput(f"{where} is too large.", f"A file of this kind may have {most:,} bytes.")
    return data


def decoded(data: bytes, where: str) -> str:
    """Bytes as text, its line ends as they are; raises BadInput for what is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{where} is not text in UTF-8 (byte {error.start + 1}).", "Save it as plain text in UTF-8 and try again."
        ) from None


def plain_lines(text: str) -> list[str]:
    """Lines without their ends, whichever system wrote them.

    >>> plain_lines("one\\r\\ntwo\\n")
    ['one', 'two', '']
    """
    return text.replace("\r\n", "\n").split("\n")


def json_of(data: bytes, where: str) -> Any:
    """What a file of JSON holds; raises BadInput where it is none."""
    try:
        return json.loads(decoded(data, where))
    except (ValueError, RecursionError):
        raise BadInput(f"{where} is not JSON.", "It may be cut short: export it again.") from None


def files_under(folder: Path) -> Iterator[tuple[str, Path]]:
    """Plain files of a folder and the folders in it, as a name from there with "/" and a path, 2 before 10.

    Hidden files and folders are passed over, and links are never followed: they could lead anywhere. Raises BadInput
    where there are too many.
    """
    found: list[tuple[str, Path]] = []
    with reading_faults(str(folder)):
        for parent, folders, names in os.walk(folder, onerror=_raise):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(parent, name)
                if not name.startswith(".") and path.is_file() and not path.is_symlink():
                    found.append((path.relative_to(folder).as_posix(), path))
            if len(found) > MOST_FILES:
                raise BadInput(f"{folder} holds more than {MOST_FILES:,} files.", "Import its parts one by one.")
    return iter(sorted(found, key=lambda pair: (_in_order(pair[0]), pair[0])))


def _raise(error: OSError) -> None:
    raise error


def _in_order(name: str) -> list[tuple[int, str]]:
    parts = re.split("([0-9]{1,18})", name)
    return [(int(part), "") if part[:1].isdigit() and part.isascii() else (-1, part) for part in parts]
