"""A recorded folder as a disk could hold it after the power went, at any moment of the record.

A disk is taken to be as POSIX promises and no kinder. What a file holds is safe once it was synced; writes since then
may each be there, not there, or half there, in any combination. Names are safe once their folder was synced; changes
of names reach the disk in their order, so that those since then may be missing from some point on.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator

from recorded_writes import Disk, Record, Rename, Sync, Write

from journal.domain import Filters
from journal.vault.vault import Vault

SECTOR = 512

Fate = Callable[[Write], "Write | None"]
"""What became of a write that was not synced: all of it, None of it, or a part."""


def kept(write: Write) -> Write | None:
    return write


def lost(write: Write) -> Write | None:
    return None


def torn(write: Write) -> Write | None:
    """The first half of it, as far as it spans more than one sector."""
    if write.data is None or len(write.data) <= SECTOR:
        return write
    return Write(write.file, write.at, write.data[: len(write.data) // 2 // SECTOR * SECTOR])


def by_chance(chance: random.Random) -> Fate:
    """Some written, some not, and some torn between two sectors."""

    def decide(write: Write) -> Write | None:
        fate = chance.random()
        if write.data is None or len(write.data) <= SECTOR or fate < 0.8:
            return write if fate < 0.4 else None
        middle = len(write.data) // 2 // SECTOR * SECTOR or SECTOR
        if fate < 0.9:
            return Write(write.file, write.at, write.data[:middle])
        return Write(write.file, write.at + middle, write.data[middle:])

    return decide


def after_a_cut(record: Record, at: int, fate: Fate, names: Callable[[int, int], int]) -> Disk:
    """The disk when the power goes before step `at`; `names` chooses how many changes of names are on it.

    It is given the least number, which were synced, and the number of all there were.
    """
    steps = record.steps[:at]
    synced: dict[int, int] = {}
    touched: dict[int, int] = {}
    changes = safe = 0
    for place, step in enumerate(steps):
        if isinstance(step, Sync):
            synced[step.number] = place
            safe = max(safe, touched.get(step.number, 0))
        elif isinstance(step, Rename):
            changes += 1
            touched |= {folder: changes for folder, _ in filter(None, (step.old, step.new))}
    left, disk = names(safe, changes), record.before.copy()
    for place, step in enumerate(steps):
        if isinstance(step, Rename):
            if left > 0:
                disk.carry_out(step)
            left -= 1
        elif isinstance(step, Write):
            done = step if place < synced.get(step.file, -1) else fate(step)
            if done:
                disk.carry_out(done)
    return disk


def moments(record: Record) -> list[int]:
    """The places in a record before which the power may go; after a sync there is only less to lose than before it."""
    return [at for at in range(len(record.steps) + 1) if not at or not isinstance(record.steps[at - 1], Sync)]


def cuts(record: Record, at: int, chance: random.Random, some: int) -> Iterator[tuple[str, Disk]]:
    """The disk when the power goes before step `at`: all written, only what was synced, torn, and `some` between."""

    def all_names(safe: int, every: int) -> int:
        return every

    def safe_names(safe: int, every: int) -> int:
        return safe

    yield "all written", after_a_cut(record, at, kept, all_names)
    yield "only what was synced", after_a_cut(record, at, lost, safe_names)
    yield "every write torn", after_a_cut(record, at, torn, all_names)
    for number in range(some):
        yield f"some of it, {number}", after_a_cut(record, at, by_chance(chance), chance.randint)


def seen(vault: Vault) -> str:
    """A digest of all that a person wrote in an open vault."""
    rows = [*vault.entries.list(Filters(), limit=999), *vault.entries.list(Filters(bin=True), limit=999)]
    entries = {
        row.id: [row.deleted, *(revision.content.text for revision in vault.entries.revisions(row.id))] for row in rows
    }
    drafts = {draft.id: draft.content.text for draft in vault.drafts.all()}
    return hashlib.sha256(json.dumps([entries, drafts], sort_keys=True).encode()).hexdigest()
