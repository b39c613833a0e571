"""The JSON export of Day One, bare or in its zip file.

`entries` with `creationDate` (in UTC), `timeZone`, `text` (Markdown, its punctuation escaped), `tags` and `starred`.
The place, the weather, pictures and sounds are left out. A zip file holds one such file for each of its journals, such
as Journal.json; it is read where it lies and nothing is unpacked, so that no name in it can lead anywhere.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from journal.errors import BadInput
from journal.importers.gathering import Found, Gathering
from journal.importers.given import LARGEST_FILE, Given, json_of, too_large
from journal.importers.moments import in_zone
from journal.limits import LONGEST_TEXT

STARRED = "starred"
MOST_JOURNALS = 100
"""Journals of one zip file."""

_MOMENT_LINK = re.compile(r"!\[[^\]\n]{0,300}\]\(dayone-moment:[^)\n]{0,300}\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, RuntimeError, ValueError, OSError, OverflowError, LookupError),
)


def read(given: Given, today: date) -> Found:
    """All entries; raises BadInput where it is no export of Day One."""
    gathering = Gathering(today)
    if given.path and given.is_zip:
        for name, data in _journals(given.path, given.where):
            _take(json_of(data, name), gathering, name)
    else:
        _take(json_of(given.data, given.where), gathering)
    return gathering.found()


def _journals(path: Path, where: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each journal in a zip file, no more of them read than a file may have."""
    damaged = BadInput(f"{where} is not a zip file that can be read.", "Export it again, without a password.")
    left = LARGEST_FILE
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".json") and "/" not in m.filename]
            for member in members[:MOST_JOURNALS]:
                if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise damaged
                with archive.open(member) as file:
                    data = file.read(left + 1)
                if (left := left - len(data)) < 0:
                    raise too_large(where)
                yield member.filename[:80], data
    except _DAMAGED:
        raise damaged from None
    if not members or len(members) > MOST_JOURNALS:
        raise BadInput(f"{where} holds no export of Day One.", "Export as JSON in Day One, and give that file.")


def _take(whole: Any, gathering: Gathering, name: str = "") -> None:
    entries = whole.get("entries") if isinstance(whole, dict) else None
    if not isinstance(entries, list):
        raise BadInput("This JSON is not an export of Day One.", "Export as JSON in Day One, and give that file.")
    for number, entry in enumerate(entries, 1):
        place = f"{name}, entry {number}" if name else f"Entry {number}"
        if not isinstance(entry, dict):
            gathering.refuse(place, "It holds no entry.", "Export it again.")
        else:
            _take_entry(entry, gathering, place)


def _take_entry(entry: Mapping[str, Any], gathering: Gathering, place: str) -> None:
    text, tags, zone = entry.get("text"), entry.get("tags") or [], entry.get("timeZone")
    if text is None or text == "":
        gathering.count("entry without text was left out.", "entries without text were left out.")
        return
    if isinstance(text, str) and len(text) <= LONGEST_TEXT:
        text, images = _MOMENT_LINK.subn("", text)
        gathering.count("image was left out.", "images were left out.", images)
        text = _ESCAPE.sub(r"\1", text).replace("\r\n", "\n").strip()
        if not text:
            gathering.count("entry without text was left out.", "entries without text were left out.")
            return
    created = entry.get("creationDate")
    at = in_zone(created, zone if isinstance(zone, str) else None) if isinstance(created, str) else None
    if at is None:
        gathering.refuse(place, "“creationDate” cannot be read.", "Write it as 2026-03-09T20:40:00Z.")
        return
    if not at[1]:
        gathering.count("time is in UTC: its zone is not known.", "times are in UTC: their zone is not known.")
    if isinstance(tags, list):
        tags = [*tags, *[STARRED] * (entry.get("starred") is True)]
    gathering.take({"text": text, "date": at[0], "tags": tags}, place)
