"""Lines of JSON from outside: read with a bound, and what must stand on one that brings a text to be read."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from journal.errors import BadInput
from journal.limits import LONGEST_LINE, LONGEST_TEXT, checked_length

STANDARD_INPUT = "standard input"

TextId = str | int | None
"""How whoever sends a text tells it from others; need not be unique, and may be missing."""


@contextlib.contextmanager
def reading_faults(where: str) -> Iterator[None]:
    """What can go wrong with a file that is named by a person, as BadInput."""
    begun = where.capitalize() if where == STANDARD_INPUT else where
    try:
        yield
    except FileNotFoundError:
        raise BadInput(f"There is no file {where}.", "Check its name; - stands for standard input.") from None
    except IsADirectoryError:
        raise BadInput(f"{begun} is a folder, not a file.", "Name a file.") from None
    except (OSError, ValueError) as error:
        why = f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
        raise BadInput(f"{begun} cannot be read{why}.", "Check its name, and that it may be read.") from None


def bounded_lines(stream: BinaryIO, where: str) -> Iterator[bytes]:
    """Lines, each refused by its number where it is longer than any entry can be."""
    for number in itertools.count(1):
        with reading_faults(where):
            line = stream.readline(LONGEST_LINE + 1)
        if len(line) > LONGEST_LINE:
            raise line_too_long(number)
        if not line:
            return
        yield line


def line_too_long(number: int) -> BadInput:
    """The refusal of a line beyond the limit."""
    return BadInput(f"Line {number} is too long.", f"A text may have {LONGEST_TEXT:,} characters.")


def line_object(line: bytes, number: int) -> dict[str, Any]:
    """The JSON object on a line; raises BadInput with the line's number."""
    try:
        fields = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        raise BadInput(f"Line {number} is not JSON.", "Each line must hold one JSON object in UTF-8.") from None
    if not isinstance(fields, dict):
        raise BadInput(f"Line {number} holds no JSON object.", "Each line must hold one JSON object.")
    return fields


def text_with_id(fields: Mapping[str, Any], where: str) -> tuple[TextId, str]:
    """The id and the text of a line or a row, called such as "line 3"; raises BadInput where one cannot be used."""
    text_id, text = fields.get("id"), fields.get("text")
    begun = where.capitalize()
    if not isinstance(text, str):
        raise BadInput(f"{begun}: “text” is missing or no text.", 'Give {"id": …, "text": "…"}.')
    if not (text_id is None or isinstance(text_id, str | int)):
        raise BadInput(f"{begun}: “id” is neither text nor a whole number.", "Give one, or leave it out.")
    if isinstance(text_id, str):
        checked_length(text_id, f"“id” of {where}")
    return text_id, checked_length(text, where)
