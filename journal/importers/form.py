"""Which form a file or folder has, and reading it in that form."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, Literal, get_args

from journal.errors import BadInput
from journal.importers import dayone, jrnl, jsonl, learning, markdown, text
from journal.importers.gathering import Found, Gathering
from journal.importers.given import Given, files_under
from journal.importers.jrnl_encrypted import looks_encrypted
from journal.lines import bounded_lines, line_object

Form = Literal["jrnl", "dayone", "markdown", "text", "jsonl"]
FORMS: tuple[Form, ...] = get_args(Form)
NAMES: dict[Form, str] = {
    "jrnl": "jrnl",
    "dayone": "Day One",
    "markdown": "Markdown",
    "text": "plain text",
    "jsonl": "JSON Lines",
}

_LOOKED_AT = 1 << 16


@dataclass(frozen=True, slots=True)
class Manner:
    """How to read what is given, where it leaves a choice."""

    today: date
    password: Callable[[], str]
    """Asked only for an encrypted file."""
    whole: bool = False
    """Plain text as one entry."""
    changed: datetime | None = None
    """When the file was last changed."""


def guessed(given: Given) -> Form:
    """The form, by content first and name second; raises BadInput where it is not clear."""
    if given.is_folder:
        return _guessed_folder(given)
    data = given.data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if given.is_zip:
        return "dayone"
    if not data.strip():
        return "jsonl"
    if looks_encrypted(given.data):
        return "jrnl"
    if data.lstrip().startswith((b"{", b"[{")):
        return _guessed_json(data.lstrip(), given.data)
    begun = next((line for line in data.decode("utf-8", "replace").splitlines() if line.strip()), "")
    if data.startswith((b"---\n", b"---\r\n")) or given.where.lower().endswith(markdown.ENDINGS):
        return "markdown"
    if _begins_jrnl(begun):
        return "jrnl"
    if text.begins_entry(begun) or given.where.lower().endswith((".txt", ".text")):
        return "text"
    if given.where.lower().endswith((".jsonl", ".ndjson")):
        return "jsonl"
    raise BadInput(f"It is not clear what {given.where} holds.", f"Say it with --from: {', '.join(FORMS)}.")


def read(given: Given, form: Form, manner: Manner) -> Found:
    """All entries of a file or folder; raises BadInput where none of it can be read, and WrongPassphrase."""
    if given.is_folder and form not in ("jrnl", "markdown"):
        raise BadInput(f"{given.where} is a folder, not a file.", "Name a file.")
    if given.is_zip and form != "dayone":
        raise BadInput(f"{given.where} is a zip file.", "Unpack it first; only Day One is read from one.")
    if manner.whole:
        return text.read_whole(given, manner.today, manner.changed)
    match form:
        case "jrnl":
            return jrnl.read(given, manner.today, manner.password)
        case "dayone":
            return dayone.read(given, manner.today)
        case "markdown":
            return markdown.read(given, manner.today)
        case "text":
            return text.read(given, manner.today)
    return _read_lines(given, manner.today)


def _read_lines(given: Given, today: date) -> Found:
    gathering = Gathering(today)
    for number, line in enumerate(bounded_lines(BytesIO(given.data), given.where), 1):
        if line.strip():
            try:
                fields: dict[str, Any] = line_object(line, number)
            except BadInput as error:
                gathering.refuse(f"Line {number}", error.title, error.advice)
                continue
            gathering.left_out |= fields.keys() - (learning.KNOWN if learning.is_point(fields) else jsonl.KNOWN)
            gathering.take(fields, f"Line {number}", number)
    return gathering.found()


def _guessed_folder(given: Given) -> Form:
    names = [name for name, _ in files_under(given.path)] if given.path else []
    if any(jrnl.DAY_FILE.fullmatch(name) for name in names):
        return "jrnl"
    if any(name.lower().endswith(markdown.ENDINGS) for name in names):
        return "markdown"
    raise BadInput(f"{given.where} is a folder with no entries in it.", "Name one with Markdown files, or jrnl's own.")


def _guessed_json(start: bytes, whole: bytes) -> Form:
    """A whole file of JSON, or one with an object a line."""
    try:
        first = json.loads(start.split(b"\n", 1)[0])
    except (ValueError, RecursionError):
        first = None
    one = isinstance(first, dict) and "entries" not in first
    if one or b'"entries"' not in whole:
        return "jsonl"
    return "dayone" if b'"creationDate"' in whole else "jrnl"


def _begins_jrnl(line: str) -> bool:
    try:
        return jrnl.head(line) is not None
    except BadInput:
        return True
