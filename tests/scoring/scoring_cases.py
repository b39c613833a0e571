"""Small corpora, what must come of them, and a watch that remembers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.analysis.analyser import Analyser
from journal.analysis.codec import to_dict
from journal.domain import LEVELS
from journal.scoring.corpus import Chunk
from journal.scoring.reader import Scored, outcome_of, score_chunk

ENTRIES = Path(__file__).parents[2] / "models" / "corpus" / "entries-a.jsonl"


@dataclass
class Told:
    """A watch that keeps what it is told, and does something at the first chunk."""

    then: Callable[[], None] = lambda: None
    before: int = 0
    changed: int = 0
    progress: list[int] = field(default_factory=list)

    def surveyed(self, texts: int) -> None:
        pass

    def begun(self, texts: int, changed: int) -> None:
        self.before, self.changed = texts, changed

    def scored(self, texts: int, of: int) -> None:
        self.progress.append(texts)
        if len(self.progress) == 1:
            self.then()


def diary_texts(number: int) -> list[str]:
    """The beginnings of so many diary entries, the last of them a second time, and one of no words."""
    entries = [json.loads(line)["text"] for line in ENTRIES.read_text("utf-8").splitlines()[: number - 2]]
    texts = [entry[:130] for entry in entries]
    return [*texts, texts[-1], " "]


def written(path: Path, texts: Iterable[str]) -> Path:
    """The texts as JSON Lines."""
    path.write_text("".join(json.dumps({"id": f"t{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return list(pq.read_table(path).to_pylist())


def as_analyse_reads(texts: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of sentences that must come out, from the objects that `analyse` prints."""
    found = []
    for row, analysis in enumerate(Analyser().analyse_many(texts)):
        for number, sentence in enumerate(to_dict(analysis)["sentences"]):
            levels = {f"p_{level}": sentence["p"][level] for level in LEVELS}
            kept = {name: value for name, value in sentence.items() if name not in ("p", "evidence")}
            found.append({"row": row, "id": f"t{row}", "sentence": number, **kept, **levels})
    return found


def here(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Scored]]:
    """A scorer in this process, which has loaded the pipeline already."""
    for chunk in chunks:
        yield chunk, outcome_of(score_chunk(chunk))
