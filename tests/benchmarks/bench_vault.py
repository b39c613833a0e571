"""What saving, listing and searching cost in journals of 100, 1,000 and 10,000 entries, in ms and against 100 entries.

Run: python tests/benchmarks/bench_vault.py [entries ...]
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from journal.domain import Draft, EntryContent, Filters
from journal.vault import keys
from journal.vault.vault import Vault

WORDS_EACH = 150
START = datetime(1996, 1, 1, 20, tzinfo=UTC)
AT = "2026-03-09T20:00:00+00:00"
PLACEMENTS = ("Acute medicine", "General surgery", "Geriatrics", "Emergency", "Renal")
COMMON = ("the", "and", "patient", "i", "ward", "nurse", "handover", "was", "to", "bloods")
RARE = "zebrafish"


def text(random_: random.Random, vocabulary: list[str], weights: list[float]) -> str:
    """Words with the frequencies of speech (Zipf), in lines such as a diary has."""
    words = random_.choices(vocabulary, cum_weights=weights, k=WORDS_EACH)
    return ". ".join(" ".join(words[i : i + 12]) for i in range(0, WORDS_EACH, 12))


def records(many: int) -> Iterator[tuple[str | None, str, EntryContent]]:
    """Entries a few hours apart; the rare word is in one of a thousand."""
    random_ = random.Random(1)
    vocabulary = [
        *COMMON,
        *("".join(random_.choices("abcdefghijklmnoprstuvwy", k=random_.randint(3, 9))) for _ in range(12000)),
    ]
    total, weights = 0.0, []
    for rank in range(1, len(vocabulary) + 1):
        total += 1 / rank
        weights.append(total)
    for number in range(many):
        body = text(random_, vocabulary, weights) + (f" {RARE}" if number % 1000 == 7 else "")
        content = EntryContent(
            body,
            prompt_id=f"p{number % 40}",
            prompt_family="framing" if number % 3 else "neutral",
            placement=PLACEMENTS[number * len(PLACEMENTS) // many],
            setting="ward",
            role="FY1",
            tags=("handover",) if number % 4 == 0 else ("nights", "tto"),
        )
        yield None, (START + timedelta(hours=9 * number)).isoformat(), content


def timed(act: Callable[[], object], times: int = 15) -> list[float]:
    """Milliseconds of each of some runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return found


def synced(folder: Path) -> None:
    """What the disk itself takes for one page; a save waits for four or five of these."""
    path = folder / "probe"
    with path.open("wb") as stream:
        stream.write(bytes(4096))
        stream.flush()
        os.fsync(stream.fileno())


def measured(vault: Vault, many: int) -> dict[str, list[float]]:
    """Each act a person waits for, on a vault of that size."""
    body = [content for _, _, content in records(60)]
    fresh = iter(body)
    page = {"limit": 50}
    entries = vault.entries
    acts: dict[str, Callable[[], object]] = {
        "list, first page": lambda: entries.list(Filters(), **page),
        "list, last page": lambda: entries.list(Filters(), limit=50, offset=many - 50),
        "list, one placement": lambda: entries.list(Filters(placement="Acute medicine"), **page),
        "list, one tag": lambda: entries.list(Filters(tag="handover"), **page),
        "search rare": lambda: entries.list(Filters(query=RARE), **page),
        "search common": lambda: entries.list(Filters(query="the"), **page),
        "search three common": lambda: entries.list(Filters(query="the ward handover"), **page),
        "search one letter": lambda: entries.list(Filters(query="t"), **page),
        "search two letters": lambda: entries.list(Filters(query="ha"), **page),
        "search common, old placement": lambda: entries.list(Filters(query="the", placement="Acute medicine"), **page),
        "count": lambda: entries.count(Filters()),
        "count common": lambda: entries.count(Filters(query="the")),
        "facets": entries.facets,
        "prompt history": entries.prompt_history,
        "words of 12 weeks": lambda: entries.written_days((START + timedelta(hours=9 * many - 2016)).date()),
        "read one": lambda: entries.get(entries.list(Filters(), limit=1)[0].id),
        "(one fsync of this disk)": lambda: synced(vault.folder),
        "save draft": lambda: vault.drafts.save(Draft("d" * 32, body[0], AT)),
        "save": lambda: entries.add(next(fresh), written=AT, at=AT),
        "revise": lambda: entries.revise(entries.list(Filters(), limit=1)[0].id, next(fresh), AT),
    }
    found = {name: timed(act) for name, act in acts.items()}
    binned = [summary.id for summary in entries.list(Filters(), limit=3)]
    for entry_id in binned:
        entries.bin(entry_id, AT)
    gone = iter(binned)
    found["delete for good"] = timed(lambda: entries.delete_for_good(next(gone)), 3)
    return found


def built(folder: Path, many: int) -> Vault:
    """A vault of that size, opened anew so that nothing is in memory."""
    now = datetime(2026, 3, 9, 20, tzinfo=UTC)
    vault = Vault.create(folder, keys.new_root_key(), "bench", kdf=keys.CHEAP, now=now)
    began = time.perf_counter()
    vault.entries.add_many(records(many))
    imported = time.perf_counter() - began
    vault.close()
    began = time.perf_counter()
    vault = Vault.open(folder, "bench", now=now, floor=keys.CHEAP)
    opened = (time.perf_counter() - began) * 1000
    size = (folder / "journal.db").stat().st_size / 1e6
    print(f"{many:,} entries: imported in {imported:.1f} s, {size:.1f} MB, opened in {opened:.1f} ms without the KDF")
    return vault


def main() -> None:
    """Build, measure, and print a Markdown table."""
    sizes = [int(arg) for arg in sys.argv[1:]] or [100, 1_000, 10_000]
    found: dict[int, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        for many in sizes:
            with built(Path(place) / str(many), many) as vault:
                found[many] = measured(vault, many)
                began = time.perf_counter()
                fine = all(check.ok for check in vault.check())
                print(f"  check: {'all well' if fine else 'FAULTS'} in {time.perf_counter() - began:.2f} s")
    print("\n| ms, median (worst) of 15 | " + " | ".join(f"{n:,}" for n in sizes) + " | ratio |")
    print("|---|" + "---|" * (len(sizes) + 1))
    for name in found[sizes[0]]:
        cells = [f"{statistics.median(found[n][name]):.2f} ({max(found[n][name]):.1f})" for n in sizes]
        ratio = statistics.median(found[sizes[-1]][name]) / statistics.median(found[sizes[0]][name])
        print(f"| {name} | " + " | ".join(cells) + f" | {ratio:.1f} |")


if __name__ == "__main__":
    main()
