"""The sentences of an entry by number, from which a person chooses what a supervisor is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from journal.domain import EntryContent
from journal.errors import BadInput

LEARNING_STEPS = ("so what?", "now what?")
"""Learning and plan, which are offered before the story."""
_RANGE = re.compile(r"(\d{1,6})(?:\s*[-\u2013]\s*(\d{1,6}))?")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of an entry."""

    number: int
    """In the order of the entry, from 1."""
    start: int
    end: int
    text: str = field(repr=False)
    step: str = ""

    @property
    def learning(self) -> bool:
        """Whether it stands in a step of learning or plan."""
        return self.step.strip().lower() in LEARNING_STEPS


def pieces(content: EntryContent) -> tuple[Piece, ...]:
    """Every sentence in the order of the entry; none crosses from one step into the next."""
    from journal.analysis.splitting import sentence_spans

    parts = _parts(content)
    found = list[Piece]()
    split = sentence_spans(content.text[begin:end] for begin, end, _ in parts)
    for (begin, _, step), spans in zip(parts, split, strict=True):
        for start, stop in spans:
            text = content.text[begin + start : begin + stop]
            found.append(Piece(len(found) + 1, begin + start, begin + stop, text, step))
    return tuple(found)


def _parts(content: EntryContent) -> list[tuple[int, int, str]]:
    """Start, end and name of each step; the whole without a name where there are none, or they do not fit the text."""
    found, at = list[tuple[int, int, str]](), 0
    for step in content.steps:
        if not step.text.strip():
            continue
        start = content.text.find(step.text, at)
        if start < 0 or content.text[at:start].strip():
            return [(0, len(content.text), "")]
        at = start + len(step.text)
        found.append((start, at, step.name))
    return found if found and not content.text[at:].strip() else [(0, len(content.text), "")]


def chosen(found: Iterable[Piece], sentences: str, steps: Iterable[str]) -> tuple[Piece, ...]:
    """The sentences of these numbers, such as "2,4-6", and of these steps, in the entry's order; raises BadInput."""
    found = tuple(found)
    wanted = _numbers(sentences, len(found))
    named = {name.strip().lower() for name in steps if name.strip()}
    if missing := named - {piece.step.strip().lower() for piece in found}:
        there = ", ".join(dict.fromkeys(f"“{piece.step}”" for piece in found if piece.step))
        has = f"It has {there}." if there else "It was not written in steps: choose sentences."
        which = "one of these steps" if len(missing) > 1 else "this step"
        raise BadInput(f"The entry has nothing in {which}.", has)
    return tuple(piece for piece in found if piece.number in wanted or piece.step.strip().lower() in named)


def _numbers(sentences: str, most: int) -> set[int]:
    wanted = set[int]()
    for part in filter(None, (part.strip() for part in sentences.split(","))):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= most:
            raise BadInput(
                "These are not numbers of its sentences.", f"It has {most:,}. Give them as in 2,4-6. Nothing has left."
            )
        wanted.update(range(first, last + 1))
    return wanted


def numbers_as_text(numbers: Iterable[int]) -> str:
    """Numbers as they are typed: "2, 4-6"."""
    runs = list[list[int]]()
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
