"""Entries as Markdown files, one an entry, which `journal import` takes back exactly as they were.

    ---
    id: 32 hexadecimal digits
    date: 2026-03-09T20:41:00+00:00
    event_date: 2026-03-08
    prompt: "Who waited?"
    tags: ["nights", "board"]
    ---
    (an empty line)
    The text.
    (a line end)

Whatever is empty is left out. Texts and lists are JSON, which YAML reads as well. `steps` has the name of each step and
its length in characters, or its text where it is blank and so does not stand in the file's. Line ends are never
changed. The name is the day and a number, which keeps entries of the same second in order. Learning points are files of
their own, with `kind: "learning point"`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from journal.domain import Entry, LearningPoint, Step, join_steps

_WORDS = ("prompt", "prompt_id", "prompt_family", "placement", "setting", "role")
_BARE = re.compile(r"[0-9A-Z:.+-]+( [0-9A-Z:.+-]+)?")


def files(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The name and the content of a file for each entry, in the order given."""
    numbers: Counter[str] = Counter()
    for entry in entries:
        day = entry.written[:10]
        numbers[day] += 1
        yield f"{day}-{numbers[day]:03}.md", page(entry)


def page(entry: Entry) -> str:
    """An entry as a file of its own."""
    content = entry.content
    written = entry.written if _BARE.fullmatch(entry.written) else _json(entry.written)
    lines = [f"id: {entry.id}", f"date: {written}"]
    if content.event_date:
        lines.append(f"event_date: {content.event_date.isoformat()}")
    lines += [f"{name}: {_json(value)}" for name in _WORDS if (value := getattr(content, name)) is not None]
    if content.tags:
        lines.append(f"tags: {_json(content.tags)}")
    if content.steps:
        lines.append(f"steps: {_json(_marks(content.steps, content.text))}")
    if not content.analyse:
        lines.append("analyse: false")
    return "\n".join(["---", *lines, "---", "", content.text, ""])


def point_files(points: Iterable[LearningPoint]) -> Iterator[tuple[str, str]]:
    """The name and the content of a file for each learning point, in the order given."""
    numbers: Counter[str] = Counter()
    for point in points:
        numbers[point.day] += 1
        yield f"{point.day}-learning-{numbers[point.day]:03}.md", point_page(point)


def point_page(point: LearningPoint) -> str:
    """A learning point as a file of its own."""
    lines = ['kind: "learning point"', f"id: {point.id}", f"date: {point.day}", f"noted: {_json(point.noted)}"]
    if point.entry_id:
        lines.append(f"entry: {point.entry_id}")
    if point.placement is not None:
        lines.append(f"placement: {_json(point.placement)}")
    if point.tags:
        lines.append(f"tags: {_json(point.tags)}")
    return "\n".join(["---", *lines, "---", "", point.text, ""])


def _marks(steps: Sequence[Step], text: str) -> list[tuple[str, int | str]]:
    """Each step's name with its length in the text, or with its own text where it does not stand there."""
    joined = join_steps(steps) == text
    return [(step.name, len(step.text) if joined and step.text.strip() else step.text) for step in steps]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
