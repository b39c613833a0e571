"""A folder of Markdown files, one an entry: as this journal exports them, or as other programs keep them.

An export of ours is known by the `id` in its front matter and comes back exactly as it was. In any other file the date
is the front matter's `date` (or `created`), else what the file's name begins with; a `title` goes above the text; tags
may be a list or words; pictures stay where they are and are counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from journal.domain import Step, join_steps
from journal.errors import BadInput
from journal.importers import front_matter, learning
from journal.importers.gathering import Found, Gathering
from journal.importers.given import Given, bytes_of, decoded, files_under
from journal.importers.jsonl import KNOWN
from journal.importers.moments import at_start, moment
from journal.limits import LONGEST_LINE

ENDINGS = (".md", ".markdown")

_OUR_ID = re.compile(r"[0-9a-f]{32}")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,300}\)|!\[\[[^\]\n]{0,300}\]\]")
_ELSEWHERE = {"title", "created", "steps"}


def read(given: Given, today: date) -> Found:
    """All entries of a folder and the folders in it, or of one file."""
    gathering = Gathering(today)
    if given.is_folder and given.path:
        for name, path in files_under(given.path):
            if not name.lower().endswith(ENDINGS):
                gathering.count("other file was left alone.", "other files were left alone.")
                continue
            try:
                _take(bytes_of(path, name, LONGEST_LINE), name, gathering)
            except BadInput as error:
                gathering.refuse(name, error.title, error.advice)
    else:
        name = given.path.name if given.path else given.where
        try:
            _take(given.data, name, gathering)
        except BadInput as error:
            gathering.refuse(name, error.title, error.advice)
    return gathering.found()


def _take(data: bytes, name: str, gathering: Gathering) -> None:
    text = decoded(data, name)
    if not text.startswith("---\n"):
        text = text.replace("\r\n", "\n")
    block, body = front_matter.parted(text)
    given = front_matter.values(block) if block is not None else {}
    if learning.is_point(given):
        gathering.left_out |= given.keys() - learning.KNOWN
        gathering.take({**given, "text": body.removeprefix("\n").removesuffix("\n")}, name)
        return
    gathering.left_out |= given.keys() - KNOWN - _ELSEWHERE
    if isinstance(given.get("id"), str) and _OUR_ID.fullmatch(given["id"]):
        gathering.take(_own_fields(given, body, gathering), name)
        return
    images = len(_IMAGE.findall(body))
    gathering.count("image was left out.", "images were left out.", images)
    gathering.take(_other_fields(given, body, name), name)


def _own_fields(given: Mapping[str, Any], body: str, gathering: Gathering) -> dict[str, Any]:
    """The fields of a file we wrote: one line end before the text and one behind it are not the text's own."""
    text = body.removeprefix("\n").removesuffix("\n")
    fields = {**_taken(given), "text": text}
    if "steps" in given:
        steps = steps_of(given["steps"], text)
        if steps:
            fields["steps"] = [{"name": step.name, "text": step.text} for step in steps]
        else:
            gathering.count(
                "entry was changed since and is no longer in steps.",
                "entries were changed since and are no longer in steps.",
            )
    return fields


def steps_of(marks: Any, text: str) -> tuple[Step, ...]:
    """The steps a text is made of, from names and lengths in characters; none where the two do not fit together.

    `marks` is [[name, length or text], …]: a length where the step stands in the text, its text where it does not.
    """
    steps, at = list[Step](), 0
    for mark in marks if isinstance(marks, list) else [None]:
        match mark:
            case [str(name), str(own)]:
                steps.append(Step(name, own))
            case [str(name), int(length)] if 0 < length <= len(text) - at:
                steps.append(Step(name, text[at : at + length]))
                at += length + 2
            case _:
                return ()
    return tuple(steps) if join_steps(steps) == text else ()


def _other_fields(given: Mapping[str, Any], body: str, name: str) -> dict[str, Any]:
    text, title = body.strip(), given.get("title")
    if isinstance(title, str) and title.strip() and title.strip() not in text.split("\n", 1)[0]:
        text = f"{title.strip()}\n\n{text}".strip()
    fields = {**_taken(given), "text": text, "date": _date_of(given, name), "tags": _tags_of(given.get("tags"))}
    fields.pop("id", None)
    return fields


def _taken(given: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key in KNOWN - {"steps"} and value is not None}


def _date_of(given: Mapping[str, Any], name: str) -> str:
    """Raises BadInput where neither the front matter nor the name of the file has a date."""
    written = given.get("date", given.get("created"))
    if isinstance(written, str) and (at := moment(written)):
        return at
    if written is not None:
        raise BadInput("Its date cannot be read.", "Write it as 2026-03-09 or 2026-03-09T20:40.")
    if found := at_start(name.rsplit("/", 1)[-1].replace("_", " ")):
        return found[0]
    raise BadInput("It has no date.", "Begin its name with one, such as 2026-03-09, or put date: in its front matter.")


def _tags_of(given: Any) -> Any:
    if isinstance(given, str):
        given = re.split(r"[,\s]+", given)
    if not isinstance(given, list):
        return given
    tags = [tag.lstrip("#") if isinstance(tag, str) else str(tag) if isinstance(tag, int) else tag for tag in given]
    return [tag for tag in tags if tag]
