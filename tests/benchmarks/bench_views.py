"""How the views feel with 10,000 entries, printed as a table.

Run: uv run python tests/benchmarks/bench_views.py [--entries N]

Entries have twelve sentences with evidence, acts and frames. A timer of 20 ms runs beside the app; its longest gap is
the longest time the keyboard was held up.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
import time
from pathlib import Path

from bench_app import Stalls, fill

from journal.domain import ACTS, FRAMES, LEVELS, Analysis, Evidence, Sentence
from journal.service import Journal, opening
from journal.tui.app import SmallL
from journal.tui.screens.found import FoundScreen
from journal.tui.screens.views import ViewsScreen
from journal.vault.keys import FLOOR

PHRASE = "wrong horse staple lamp"
WHY = "says how people and steps depend on each other, and who waits for whom"


def label(journal: Journal) -> None:
    """Give every entry a reading with acts, frames and evidence."""
    chance = random.Random(2)
    for entry in journal.all_entries():
        sentences = []
        for at in range(12):
            evidence = tuple(Evidence(at + shift, at + shift + 3, WHY) for shift in range(2))
            acts = tuple(chance.sample(ACTS, k=chance.choice((0, 0, 1, 2))))
            frame = chance.choice((None, None, None, *FRAMES))
            p = dict.fromkeys(LEVELS, 0.123456789)
            level = chance.choice(LEVELS)
            sentences.append(Sentence(at * 9, at * 9 + 9, level, p, acts, frame, evidence))
        journal.readings.keep(entry, Analysis("bench-1", tuple(sentences)))


async def inside(journal: Journal, rows: list[tuple[str, str]]) -> None:
    """Open the views, go through them, and open the largest row."""
    app = SmallL(journal.home, journal=journal, analyse=False)
    async with app.run_test(size=(140, 40)) as pilot, Stalls() as stalls:
        await pilot.pause()
        await asyncio.sleep(1)
        stalls.worst, began = 0.0, time.perf_counter()
        await pilot.press("v")
        assert isinstance(app.screen, ViewsScreen)
        while app.screen._views is None:
            await asyncio.sleep(0.01)
        rows.append(("views, all entries", f"{time.perf_counter() - began:.2f} s"))
        await pilot.press("2", "3", "4", "1")
        rows.append(("longest hold-up meanwhile", f"{stalls.worst:.0f} ms"))
        stalls.worst, began = 0.0, time.perf_counter()
        await pilot.press("enter")
        while not isinstance(app.screen, FoundScreen) or not app.screen._found:
            await asyncio.sleep(0.01)
        rows.append(("the newest sentences of a placement", f"{time.perf_counter() - began:.2f} s"))
        rows.append(("longest hold-up meanwhile", f"{stalls.worst:.0f} ms"))
        await app.action_quit()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=10_000)
    given = parser.parse_args()
    rows: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        journal = opening.create(Path(folder) / "journal", opening.new_keys(), PHRASE, kdf=FLOOR)
        fill(journal, given.entries)
        label(journal)
        asyncio.run(inside(journal, rows))
    for name, took in rows:
        print(f"{name:<40}{took:>10}")


if __name__ == "__main__":
    main()
