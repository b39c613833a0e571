"""How much of what identifies somebody is found in marked notes, and how much else is flagged, printed as a table.

Run: uv run python tests/benchmarks/bench_identifiers.py [NOTES.jsonl] [--errors]

A line of the notes is {"id", "text", "spans": [{"start", "end", "kind", "origin"?}]}. A marked span is found when one
of the same kind covers exactly it; "touched" counts any overlap of any kind. A false flag overlaps no marked span.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from journal.domain import Identifier
from journal.privacy import detect

NOTES = Path(__file__).parents[1] / "privacy" / "notes-dev-2.jsonl"
STRUCTURED = (
    "NHS_NUMBER", "HOSPITAL_NUMBER", "ID", "PHONE", "EMAIL", "URL", "POSTCODE", "AGE_OVER_89", "DATE",
)  # fmt: skip


def overlaps(span: dict[str, Any], found: Identifier) -> bool:
    return span["start"] < found.end and found.start < span["end"]


def is_found(span: dict[str, Any], found: Sequence[Identifier]) -> bool:
    return any((f.start, f.end, f.kind) == (span["start"], span["end"], span["kind"]) for f in found)


class Score:
    """Counts over all notes."""

    def __init__(self) -> None:
        self.all: Counter[str] = Counter()
        self.found: Counter[str] = Counter()
        self.touched: Counter[str] = Counter()
        self.false: Counter[str] = Counter()
        self.words = 0

    def add(self, note: dict[str, Any], found: Sequence[Identifier]) -> None:
        self.words += len(note["text"].split())
        for span in note["spans"]:
            names = ["all kinds", span["kind"]]
            names += ["structured numbers"] if span["kind"] in STRUCTURED else []
            names += [f"names: {span['origin']}"] if span.get("origin") else []
            for name in names:
                self.all[name] += 1
                self.found[name] += is_found(span, found)
                self.touched[name] += any(overlaps(span, f) for f in found)
        for f in found:
            if not any(overlaps(span, f) for span in note["spans"]):
                self.false[f.kind] += 1

    def lines(self) -> Iterator[str]:
        yield f"{'':<22} marked  found  touched"
        order = sorted(self.all, key=lambda name: (name.startswith("names"), name != "all kinds", name))
        for name in order:
            total = self.all[name]
            yield f"{name:<22} {total:>6}  {self.found[name] / total:.3f}  {self.touched[name] / total:.3f}"
        false = sum(self.false.values())
        yield f"false flags: {false} in {self.words} words, {100 * false / self.words:.2f} per 100 words"
        yield "  " + ", ".join(f"{kind} {count}" for kind, count in self.false.most_common())


def errors(note: dict[str, Any], found: Sequence[Identifier]) -> Iterator[str]:
    text = note["text"]

    def around(start: int, end: int) -> str:
        return " ".join(f"{text[max(0, start - 35) : start]}[[{text[start:end]}]]{text[end : end + 25]}".split())

    for span in note["spans"]:
        if not is_found(span, found):
            got = [f"{f.kind}:{text[f.start : f.end]}" for f in found if overlaps(span, f)]
            yield f"MISSED {span['kind']} {around(span['start'], span['end'])}   got {got}"
    for f in found:
        if not any(overlaps(span, f) for span in note["spans"]):
            yield f"FALSE  {f.kind} {around(f.start, f.end)}   ({f.why})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notes", nargs="?", type=Path, default=NOTES)
    parser.add_argument("--errors", action="store_true", help="show every miss and false flag")
    given = parser.parse_args()
    notes = [json.loads(line) for line in given.notes.read_text("utf-8").splitlines() if line.strip()]
    detect.find("Warm up.")
    score, begun = Score(), time.process_time()
    for note, found in zip(notes, detect.find_many(note["text"] for note in notes), strict=True):
        score.add(note, found.spans)
        if given.errors:
            print(*errors(note, found.spans), sep="\n")
    taken = time.process_time() - begun
    print(*score.lines(), sep="\n")
    print(f"processor time: {1000 * taken * 400 / score.words:.0f} ms for 400 words")


if __name__ == "__main__":
    main()
