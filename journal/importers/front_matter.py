"""The block between two lines of three hyphens at the top of a Markdown file, as far as journals need it.

`key: value` lines, where a value is a text in double quotes (as JSON) or single ones, a list on one line or on lines of
their own, true, false, or bare words. Whatever else YAML allows is UNREAD, never guessed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from journal.errors import BadInput

UNREAD = object()
"""The value of a key whose form is not among these."""

_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_ -]{0,60}):(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")


def parted(text: str) -> tuple[str | None, str]:
    """The lines of the block and all after it; None and the whole text where there is none."""
    if not text.startswith("---\n"):
        return None, text
    if (end := text.find("\n---\n", 3)) >= 0:
        return text[4 : end + 1], text[end + 5 :]
    if text.endswith("\n---"):
        return text[4:-3], ""
    return None, text


def values(block: str) -> dict[str, Any]:
    """Keys and values; raises BadInput with the line of the file that is neither."""
    found: dict[str, Any] = {}
    below: dict[str, list[str]] = {}
    key = ""
    for number, line in enumerate(block.split("\n"), 2):
        if not line.strip() or line.startswith("#"):
            continue
        if key and (line[0] in " \t" or line.startswith("- ")):
            below.setdefault(key, []).append(line)
        elif whole := _KEY.fullmatch(line):
            key = whole[1].strip().lower().replace(" ", "_")
            found[key] = _scalar((whole[2] or "").strip())
        else:
            raise BadInput(f"Line {number} of its front matter cannot be read.", "Write it as: key: value")
    for name, lines in below.items():
        found[name] = _listed(lines) if found[name] is None else UNREAD
    return found


def _listed(lines: list[str]) -> Any:
    items = [_ITEM.fullmatch(line) for line in lines]
    return [_scalar(item[1].strip()) for item in items if item] if all(items) else UNREAD


def _scalar(text: str) -> Any:
    if not text:
        return None
    if text[0] in '"[{':
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return [_scalar(part.strip()) for part in text[1:-1].split(",")] if _is_flow(text) else UNREAD
    if text[0] == "'":
        return text[1:-1].replace("''", "'") if len(text) > 1 and text.endswith("'") else UNREAD
    if text[0] in "|>&*!%@`":
        return UNREAD
    return {"true": True, "false": False, "null": None, "~": None}.get(text, text)


def _is_flow(text: str) -> bool:
    """Whether it is a list of plain words, such as [nights, handover]."""
    return re.fullmatch(r"""\[[^\[\]{}"]*\]""", text) is not None
