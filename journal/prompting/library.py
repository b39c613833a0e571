"""Prompt files become prompts. The format is described, with an example, in `prompts/README.md`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, get_args

from journal.domain import FAMILIES, Energy, FileProblem, Leaning, Prompt
from journal.errors import ResourceMissing
from journal.prompting.places import SETTINGS

MAX_QUESTION_WORDS = 20
MAX_FOLLOW_UP_WORDS = 12
MAX_FOLLOW_UPS = 3
MAX_CHARACTERS = 200
"""For scripts that put no spaces between words."""
MAX_FILE_BYTES = 1_000_000
RESERVED_IDS = frozenset({"plan"})

ENERGIES: tuple[Energy, ...] = get_args(Energy)
LEANINGS: tuple[Leaning, ...] = get_args(Leaning)

_KEYS = ("id", "family", "question", "follow_ups", "row", "settings", "energy", "leaning", "pair")
_OUTSIDE_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|^[ \t]*(?P<table>\[\[[ \t]*prompt[ \t]*\]\])",
    re.DOTALL | re.MULTILINE,
)
_Choice = TypeVar("_Choice", bound=str)


class _Faulty(Exception):
    """What is wrong with one prompt, in words for the person who wrote it."""


def load_library(folder: Path, own: Path | None) -> tuple[tuple[Prompt, ...], tuple[FileProblem, ...]]:
    """The prompts of the `*.toml` files in `folder`, then those in the person's `own` folder, and what was skipped.

    A file that is no TOML is skipped whole; in one that parses, only the faulty prompt is. A problem names the file
    and the line of the prompt's `[[prompt]]`. Raises ResourceMissing where `folder` is not there; a missing `own`
    folder is nothing unusual.
    """
    if not folder.is_dir():
        raise ResourceMissing("The prompts are missing.", "Install the journal again.")
    found: dict[str, tuple[Prompt, Path, int]] = {}
    problems: list[FileProblem] = []
    for place, is_own in ((folder, False), (own, True)):
        for path in _toml_files(place):
            problems += _load_file(path, is_own, found)
    prompts, unpaired = _with_sound_pairs(found)
    return prompts, tuple(problems + unpaired)


def _toml_files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))


def _load_file(path: Path, own: bool, found: dict[str, tuple[Prompt, Path, int]]) -> list[FileProblem]:
    """Adds the sound prompts of one file to `found`; returns what was skipped."""
    read = _read(path)
    if isinstance(read, FileProblem):
        return [read]
    text, document = read
    problems = [
        FileProblem(path, _line_of(text, key), f"{_shown(key)} is not known here; each prompt starts with [[prompt]].")
        for key in document
        if key not in ("family", "prompt")
    ]
    tables = document.get("prompt", [])
    if not isinstance(tables, list):
        return [*problems, FileProblem(path, _line_of(text, "prompt"), "Write [[prompt]], with two brackets.")]
    for table, line in zip(tables, _table_lines(text, len(tables)), strict=True):
        try:
            prompt = _prompt(table, document.get("family"), own)
            if prompt.id in found:
                _, elsewhere, at = found[prompt.id]
                raise _Faulty(f"the id {_shown(prompt.id)} is already used in {elsewhere.name}, line {at}.")
        except _Faulty as fault:
            problems.append(FileProblem(path, line, f"This prompt was skipped: {fault}"))
        else:
            found[prompt.id] = (prompt, path, line)
    return problems


def _read(path: Path) -> tuple[str, dict[str, Any]] | FileProblem:
    """The text of a file and the TOML in it, or why there is none."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        return FileProblem(path, 1, "This file cannot be read.")
    if len(content) > MAX_FILE_BYTES:
        return FileProblem(path, 1, "This file is too large for a file of prompts.")
    try:
        text = content.decode("utf-8-sig")  # Windows Notepad may put a mark before the first letter
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return FileProblem(path, line, "This file is not saved as UTF-8 text.")
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at line (\d+), column \d+\)$", str(error))
        line = int(where[1]) if where else max(1, len(text.splitlines()))
        what = re.sub(r" \(at .*\)$", "", str(error), flags=re.DOTALL)
        return FileProblem(path, line, f"The whole file was skipped, as this line is not TOML: {_shown(what)}.")
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets a thousand deep
        return FileProblem(path, 1, "The whole file was skipped: it holds something too long or too deep to read.")


def _table_lines(text: str, count: int) -> list[int]:
    """The line of each `[[prompt]]`; where they are written some other way, the line of the first mention."""
    starts = [match.start("table") for match in _OUTSIDE_STRINGS.finditer(text) if match["table"]]
    if len(starts) != count:
        return [_line_of(text, "prompt")] * count
    return [text.count("\n", 0, start) + 1 for start in starts]


def _line_of(text: str, key: str) -> int:
    match = re.search(rf"^[ \t]*\[*[ \t]*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _prompt(table: Any, family: Any, own: bool) -> Prompt:
    if not isinstance(table, dict):
        raise _Faulty("it is not a table of its own.")
    if unknown := [key for key in table if key not in _KEYS]:
        raise _Faulty(f"the key {_shown(unknown[0])} is not known; the keys are {', '.join(_KEYS)}.")
    return Prompt(
        id=_id(table.get("id")),
        family=_one_of("family", table.get("family", family), FAMILIES),
        question=_sentence("question", table.get("question"), MAX_QUESTION_WORDS),
        follow_ups=_follow_ups(table.get("follow_ups", [])),
        row=_row(table.get("row", 0)),
        settings=tuple(_one_of("setting", name, tuple(SETTINGS)) for name in _list("settings", table)),
        energy=_one_of("energy", table.get("energy", "low"), ENERGIES),
        leaning=_one_of("leaning", table.get("leaning", "open"), LEANINGS),
        pair=_id(table["pair"], "pair") if "pair" in table else None,
        own=own,
    )


def _id(value: Any, key: str = "id") -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", value):
        raise _Faulty(f'the {key} must be lower-case letters, digits and hyphens, such as "my-first-prompt".')
    if value in RESERVED_IDS:
        raise _Faulty(f"the {key} {_shown(value)} is kept for the journal's own use.")
    return value


def _one_of(key: str, value: Any, known: Sequence[_Choice]) -> _Choice:
    for choice in known:
        if value == choice:
            return choice
    said = "there is no" if value is None else f"{_shown(value)} is not a"
    raise _Faulty(f"{said} {key}; it can be {', '.join(known)}.")


def _sentence(key: str, value: Any, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Faulty(f"there is no {key}.")
    if not value.isprintable():
        raise _Faulty(f"the {key} must be one line without tabs or control characters.")
    if (words := len(value.split())) > most:
        raise _Faulty(f"the {key} has {words} words; {most} is the most.")
    if len(value) > MAX_CHARACTERS:
        raise _Faulty(f"the {key} has {len(value)} characters; {MAX_CHARACTERS} is the most.")
    return value.strip()


def _follow_ups(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_FOLLOW_UPS:
        raise _Faulty(f"follow_ups must be a list of at most {MAX_FOLLOW_UPS} questions.")
    return tuple(_sentence("follow-up", item, MAX_FOLLOW_UP_WORDS) for item in value)


def _list(key: str, table: Mapping[str, Any]) -> list[Any]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise _Faulty(f'{key} must be a list, such as ["ward"].')
    return value


def _row(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= 10:
        raise _Faulty("the row must be a whole number from 0 to 10.")
    return value


def _with_sound_pairs(
    found: Mapping[str, tuple[Prompt, Path, int]],
) -> tuple[tuple[Prompt, ...], list[FileProblem]]:
    """A pair names each other, one asking after what was hard and one after what went well; else only the pair goes."""
    prompts, problems = [], []
    for prompt, path, line in found.values():
        other = found[prompt.pair][0] if prompt.pair is not None and prompt.pair in found else None
        if prompt.pair is None or (
            other and other.pair == prompt.id and {prompt.leaning, other.leaning} == {"hard", "well"}
        ):
            prompts.append(prompt)
            continue
        prompts.append(replace(prompt, pair=None))
        why = f"This prompt is kept without its pair: {_shown(prompt.pair)} "
        why += "is not its counterpart of the other leaning." if other else "is not among the prompts."
        problems.append(FileProblem(path, line, why))
    return tuple(prompts), problems


def _shown(value: object) -> str:
    """A value from a file, safe and short enough for a message."""
    return _clipped(ascii(value) if not isinstance(value, str) or not value.isprintable() else f'"{value}"')


def _clipped(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
