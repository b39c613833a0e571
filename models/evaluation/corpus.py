"""The corpus as values: texts, who wrote them, and what a reader said of each sentence."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.domain import Counts, Level


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of a text, and what a reader says it is about."""

    start: int
    end: int
    level: Level
    acts: tuple[str, ...] = ()
    frame: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """An entry with its labelled sentences, in order, and what is known of its writer."""

    id: str
    text: str
    sentences: tuple[Labelled, ...]
    writer: str = ""
    style: str = ""
    first_language: str = ""
    profession: str = ""

    @property
    def author(self) -> str:
        """The one or more letters that name who invented and who labelled this writer."""
        return self.writer.partition("-")[0]

    def said(self) -> list[str]:
        """The labelled sentences in their own words."""
        return [self.text[sentence.start : sentence.end] for sentence in self.sentences]

    def counts(self) -> Counts:
        """Sentences at each level by the reader's labels."""
        found = [sentence.level for sentence in self.sentences]
        return Counts(found.count("task"), found.count("team"), found.count("system"), found.count("other"))


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence of the adversarial set: the only labelled one of `text`, alone or between its neighbours."""

    kind: str
    pair: str | None
    variant: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class Parts:
    """The entries by use; a writer belongs to one part only."""

    train: tuple[Text, ...]
    dev: tuple[Text, ...]
    test: tuple[Text, ...]


def parts(folder: Path) -> Parts:
    """All labelled entries: dev and test by `split.toml`, everything else and `hard-*.jsonl` for training."""
    split = tomllib.loads((folder / "split.toml").read_text("utf-8"))
    entries = [text for path in sorted(folder.glob("entries-*.jsonl")) for text in _texts(path)]
    hard = [text for path in sorted(folder.glob("hard-*.jsonl")) for text in _texts(path)]
    of = {name: tuple(text for text in entries if text.author in split[name]) for name in ("dev", "test")}
    used = {*split["dev"], *split["test"]}
    return Parts((*(text for text in entries if text.author not in used), *hard), of["dev"], of["test"])


def second_reading(folder: Path, first: tuple[Text, ...]) -> list[tuple[Text, tuple[Labelled, ...]]]:
    """Each text that was read twice, with what the second reader said of the same sentences."""
    known = {text.id: text for text in first}
    return [
        (known[line["id"]], tuple(map(_labelled, line["sentences"]))) for line in lines(folder / "second-reading.jsonl")
    ]


def cases(folder: Path) -> list[Case]:
    """The adversarial set, each case as one text: before, sentence and after, a space between."""
    found = []
    for line in lines(folder / "adversarial.jsonl"):
        start = len(line["before"]) + bool(line["before"])
        whole = " ".join(part for part in (line["before"], line["text"], line["after"]) if part)
        sentence = _labelled({**line, "start": start, "end": start + len(line["text"])})
        found.append(Case(line["kind"], line["pair"], line["variant"], Text(line["id"], whole, (sentence,))))
    return found


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _texts(path: Path) -> Iterator[Text]:
    for line in lines(path):
        if line.get("sentences"):
            about = {name: line.get(name, "") for name in ("writer", "style", "first_language", "profession")}
            yield Text(line["id"], line["text"], tuple(_placed(line)), **about)


def _placed(line: Mapping[str, Any]) -> Iterator[Labelled]:
    """Sentences given by offsets, or by their own words one after another."""
    at = 0
    for raw in line["sentences"]:
        if "start" not in raw:
            start = line["text"].index(raw["text"], at)
            raw = {**raw, "start": start, "end": start + len(raw["text"])}
        at = raw["end"]
        yield _labelled(raw)


def _labelled(raw: Mapping[str, Any]) -> Labelled:
    return Labelled(raw["start"], raw["end"], raw["level"], tuple(raw["acts"]), raw["frame"])
