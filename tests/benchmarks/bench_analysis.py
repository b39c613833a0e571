"""How fast the analysis reads, and what it takes of the machine, printed as a table.

Run: uv run python tests/benchmarks/bench_analysis.py [--entries N]

Everything is measured in one run on the same texts, entries of about 150 words from the corpus, and put beside
spaCy's English pipeline alone, so that the ratios hold on another machine.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench_app import Stalls

from journal.analysis.client import AnalysisClient
from journal.analysis.pipeline import load
from journal.domain import EntryContent
from journal.importers.jsonl import Record
from journal.service import Journal, opening
from journal.tui.reader import Reader
from journal.vault.keys import FLOOR

PHRASE = "wrong horse staple lamp"
CORPUS = Path(__file__).parents[2] / "models" / "corpus"
WORDS = 150
ALONE = 200
"""Texts for the speed of each part."""

Row = tuple[str, str, str]


def texts() -> Iterator[str]:
    """Entries of the corpus again and again, put together or cut to about 150 words."""
    lines = [line for path in sorted(CORPUS.glob("entries-*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    words = itertools.chain.from_iterable(json.loads(line)["text"].split(" ") for line in itertools.cycle(lines))
    while True:
        yield " ".join(itertools.islice(words, WORDS))


def first(count: int) -> list[str]:
    return list(itertools.islice(texts(), count))


def each_part(rows: list[Row]) -> None:
    """Words a second of every part, on one core and in its own processor time."""
    nlp, some = load().nlp, first(ALONE)
    words = sum(len(text.split()) for text in some)
    list(nlp.pipe(some[:10]))
    spent: dict[str, float] = {}
    docs: Iterable[Any] = _timed(spent, "tokenizer", lambda: [nlp.make_doc(text) for text in some])
    for name, part in nlp.pipeline:
        docs = _timed(spent, name, lambda part=part, docs=docs: _through(part, docs))
    whole = sum(spent.values())
    english = sum(spent[name] for name in spent if not name.startswith("small_l"))
    rows.append(("spaCy's English pipeline alone", f"{words / english:,.0f} words/s", "one core"))
    for name in ("small_l_encoder", "small_l_readings", "small_l_level", "small_l_acts", "small_l_frame"):
        rows.append((f"  and {name.removeprefix('small_l_')}", f"{spent[name] / english:.2f} times as long", ""))
    rows.append(("the whole analysis", f"{words / whole:,.0f} words/s", "wanted: 3,000 on one core"))
    rows.append(("  beside spaCy's English pipeline", f"{whole / english:.1f} times as long", ""))


def _through(part: Any, docs: Iterable[Any]) -> list[Any]:
    return list(part.pipe(docs, batch_size=32)) if hasattr(part, "pipe") else [part(doc) for doc in docs]


def _timed(spent: dict[str, float], name: str, work: Any) -> Any:
    began = time.process_time()
    done = work()
    spent[name] = time.process_time() - began
    return done


def command(rows: list[Row]) -> None:
    """The command for scripts, beyond the time it takes to load, and the most memory it holds."""
    took = []
    for count in (1, 1 + ALONE):
        lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(first(count)))
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "journal", "analyse", "--lines", "--json"],
            input=lines.encode(), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        took.append(time.perf_counter() - began)
    rows.append(("journal analyse --lines --json", f"{ALONE * WORDS / (took[1] - took[0]):,.0f} words/s", "loaded"))
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    rows.append(("  most memory held", f"{peak:.0f} MB", "wanted: under 700"))


async def in_the_app(rows: list[Row], entries: int) -> None:
    """One entry through the app's child process; then a long history with the event loop watched."""
    client = AnalysisClient()
    await client.start()
    for text in first(5):
        await client.analyse(text)
    waits = []
    for text in first(40)[5:]:
        began = time.perf_counter()
        await client.analyse(text)
        waits.append(time.perf_counter() - began)
    await client.close()
    rows.append(("one entry in the app", f"{statistics.median(waits) * 1000:.0f} ms", "wanted: under 300"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "journal"
        journal = opening.create(home, opening.new_keys(), PHRASE, kdf=FLOOR)
        journal.keep_records(_records(entries))
        await _history(rows, journal, entries)
        journal.close()


def _records(entries: int) -> Iterator[Record]:
    start = datetime(2016, 1, 1, 20, tzinfo=UTC)
    for number, text in enumerate(first(entries)):
        written = (start + timedelta(days=number)).isoformat(timespec="seconds")
        yield Record(None, written, EntryContent(text), number)


async def _history(rows: list[Row], journal: Journal, entries: int) -> None:
    reader, told = Reader(), 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        told += 1

    await reader.read("")
    async with Stalls() as stalls:
        began = time.perf_counter()
        await reader.catch_up(journal, progress)
        took = time.perf_counter() - began
    await reader.stop()
    left = len(journal.readings.missing(journal.readings.model or ""))
    rows.append((f"{entries:,} entries read anew", f"{took:.0f} s", f"wanted: 3,650 in 120 s; {os.cpu_count()} cores"))
    rows.append(("  told of it", f"{told} times, {left} left unread", ""))
    rows.append(("  longest hold-up of the event loop", f"{stalls.worst:.0f} ms", "wanted: under 100"))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=3650)
    given = parser.parse_args()
    rows: list[Row] = []
    each_part(rows)
    command(rows)
    asyncio.run(in_the_app(rows, given.entries))
    width = max(len(name) for name, _, _ in rows)
    for name, value, wanted in rows:
        print(f"{name:<{width}}  {value:<28}  {wanted}")


if __name__ == "__main__":
    main()
