"""What jrnl keeps and exports: its text file, its folder of days, its encrypted file, its JSON.

The text file (jrnl/journals/Journal.py and Entry.py of jrnl 4): an entry begins on a line `[time] title`, its body
follows on the next lines, and ` *` at the end of the first line stars it. `time` is by default `%F %r` (2026-03-01
08:00:00 AM) or, before version 3, `%Y-%m-%d %H:%M`. The folder holds such files as YYYY/MM/DD.txt, whose names give the
day. `@word` and `#word` are tags, as they are for jrnl unless it is told otherwise. The JSON holds `entries` with
`title`, `body`, `date`, `time`, `tags` and `starred`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from journal.errors import BadInput
from journal.importers.gathering import Found, Gathering
from journal.importers.given import Given, bytes_of, decoded, files_under, json_of, plain_lines
from journal.importers.jrnl_encrypted import decrypted, looks_encrypted
from journal.importers.moments import moment, moment_on

DAY_FILE = re.compile(r"(?P<year>[0-9]{4})/(?P<month>[01][0-9])/(?P<day>[0-3][0-9])\.txt")
STARRED = "starred"

_HEAD = re.compile(r"\[([^\]]{1,60})\](?: |$)")
_TAG = re.compile(r"(?<!\S)[@#]([-+*#/\w]+)")
_IN_NUMBERS = re.compile(r"\b[0-9]{1,4}([-./])[0-9]{1,2}\1[0-9]{1,4}\b")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_MONTH_OR_CLOCK = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|[0-9]:[0-9]{2}", re.IGNORECASE)


def read(given: Given, today: date, password: Callable[[], str]) -> Found:
    """All entries of any of its forms; `password` is asked only where the file is encrypted.

    Raises BadInput where nothing can be read at all, and WrongPassphrase.
    """
    gathering = Gathering(today)
    if given.is_folder and given.path:
        _take_folder(given.path, gathering)
    elif looks_encrypted(given.data):
        _take_text(decoded(decrypted(given.data, password()), given.where), gathering)
    elif given.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        _take_json(json_of(given.data, given.where), gathering)
    else:
        _take_text(decoded(given.data, given.where), gathering)
    return gathering.found()


def head(line: str, day: str | None = None) -> tuple[str, str] | None:
    """The moment and the title of a line that begins an entry; None for another line.

    `day` is that of the folder's file, which holds whatever the line says. Raises BadInput for a line that begins with
    a date that cannot be read for sure: to pass over it would join two entries.
    """
    if not (found := _HEAD.match(line)):
        return None
    at = moment(found[1])
    if day:
        at = day + at[10:] if at else moment_on(day, found[1])
    if at is None and _like_a_date(found[1]):
        raise BadInput(
            "The time of an entry cannot be read for sure.",
            'Set timeformat to "%Y-%m-%d %H:%M" in jrnl, let it write the file again, and import that.',
        )
    return (at, line[found.end() :]) if at else None


def _like_a_date(words: str) -> bool:
    """Whether it is a time in another format than the two that are read."""
    return bool(_IN_NUMBERS.search(words) or (_YEAR.search(words) and _MONTH_OR_CLOCK.search(words)))


def _take_folder(folder: Path, gathering: Gathering) -> None:
    for name, path in files_under(folder):
        found = DAY_FILE.fullmatch(name)
        if not found:
            gathering.count("other file was left alone.", "other files were left alone.")
            continue
        try:
            text = decoded(bytes_of(path, name), name)
        except BadInput as error:
            gathering.refuse(name, error.title, error.advice)
            continue
        _take_text(text, gathering, "-".join(found.groups()), f"{name}, line")


def _take_text(text: str, gathering: Gathering, day: str | None = None, place: str = "Line") -> None:
    for number, at, lines in _entries(plain_lines(text), gathering, day, place):
        if at is None:
            if any(line.strip() for line in lines):
                gathering.refuse(
                    f"{place} {number}", "There is text before the first entry.", "Give it a time, or take it out."
                )
            continue
        first, body = lines[0].strip(), "\n".join(lines[1:]).strip()
        starred = first.endswith("*")
        whole = "\n".join(part for part in (first.strip("* ") if starred else first, body) if part)
        tags = list(filter(None, dict.fromkeys(tag.lower().lstrip("@#") for tag in _TAG.findall(whole))))
        gathering.take({"text": whole, "date": at, "tags": tags + [STARRED] * starred}, f"{place} {number}", number)


def _entries(
    lines: list[str], gathering: Gathering, day: str | None, place: str
) -> Iterator[tuple[int, str | None, list[str]]]:
    """The number of its first line, the moment and the lines of each entry; None for what stands before the first."""
    start, at, found = 1, None, list[str]()
    for number, line in enumerate(lines, 1):
        try:
            begun = head(line, day)
        except BadInput as error:
            gathering.refuse(f"{place} {number}", error.title, error.advice)
            begun = None
        if begun:
            yield start, at, found
            start, at, found = number, begun[0], [begun[1]]
        else:
            found.append(line)
    yield start, at, found


def _take_json(whole: Any, gathering: Gathering) -> None:
    entries = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(entries, list):
        raise BadInput("This JSON is not an export of jrnl.", "Make one with: jrnl --format json --file journal.json")
    for number, entry in enumerate(entries, 1):
        place = f"Entry {number}"
        if not isinstance(entry, dict):
            gathering.refuse(place, "It holds no entry.", "Export it again.")
        elif (at := _json_moment(entry)) is None:
            gathering.refuse(place, "Its date or time cannot be read.", "Write them as 2026-03-09 and 20:40.")
        else:
            gathering.take({**_json_fields(entry), "date": at}, place)


def _json_moment(entry: Mapping[str, Any]) -> str | None:
    day, clock = entry.get("date"), entry.get("time")
    if not isinstance(day, str) or not (at := moment(day)):
        return None
    if clock is None:
        return at
    return moment_on(at[:10], clock) if isinstance(clock, str) else None


def _json_fields(entry: Mapping[str, Any]) -> dict[str, Any]:
    parts = [entry.get("title"), entry.get("body")]
    tags = entry.get("tags") or []
    if not all(part is None or isinstance(part, str) for part in parts):
        return {"text": 0}
    if isinstance(tags, list):
        named = [tag.lstrip("@#") if isinstance(tag, str) else tag for tag in tags]
        tags = [tag for tag in named if tag != ""] + [STARRED] * (entry.get("starred") is True)
    return {"text": "\n".join(part.strip() for part in parts if part and part.strip()), "tags": tags}
