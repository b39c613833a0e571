"""What is to become of each entry when another copy of a journal is merged into this one; nothing is changed here.

An entry that both sides changed is two branches of one history. Merging unites the branches: one that is the beginning
of another is that other one; two that part are both kept, each as an entry of its own. No date decides anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from journal.domain import MergeKind
from journal.vault.histories import Branch, Histories


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one branch of the other copy, or of one that it lacks."""

    kind: MergeKind | None
    """None where it holds nothing new."""
    theirs: Branch | None
    ours: Branch | None
    """The branch here that it is, continues, or stands beside."""
    entry_id: str
    """Where it is kept here."""


def steps(ours: Histories, theirs: Histories, bring_back: bool) -> Iterator[Step]:
    """Every branch of theirs with what becomes of it, then those of ours that were deleted for good there."""
    lineages, taken = ours.by_first(), {branch.entry_id: branch for branch in ours.branches}
    buried = set(ours.deleted) | set(ours.deleted.values())
    met = set[str]()
    for branch in sorted(theirs.branches, key=lambda branch: branch.entry_id not in taken):  # what has its name first
        kin = lineages.setdefault(branch.first, [])
        if (own := taken.get(branch.entry_id)) and own not in kin:
            kin.append(own)
        step = _known(branch, kin) or _continued(branch, kin)
        if step is None:
            held = not bring_back and bool({branch.entry_id, branch.first} & buried)
            step = _held(branch, kin) if held else _added(branch, kin, taken)
        if step.kind in ("continued", "new", "both_kept"):
            grown = replace(branch, entry_id=step.entry_id)
            kin[:] = [grown if each.entry_id == step.entry_id else each for each in kin]
            if step.kind != "continued":
                kin.append(grown)
            taken[step.entry_id] = grown
        if step.kind != "held_back":
            met.add(step.entry_id)
        yield step
    gone = set(theirs.deleted)
    for branch in ours.branches:
        if branch.entry_id not in met and branch.entry_id in gone:
            yield Step("deleted_there", None, branch, branch.entry_id)


def _known(branch: Branch, kin: list[Branch]) -> Step | None:
    """It is here already, or has gone on here."""
    here = [own for own in kin if branch.begins(own)]
    if not here:
        return None
    own = max(here, key=lambda own: (own.entry_id == branch.entry_id, own.prints == branch.prints))
    return Step("bin_differs" if own.binned != branch.binned else None, branch, own, own.entry_id)


def _continued(branch: Branch, kin: list[Branch]) -> Step | None:
    """One that is here has gone on there."""
    here = [own for own in kin if own.begins(branch)]
    if not here:
        return None
    own = max(here, key=lambda own: (len(own.prints), own.entry_id == branch.entry_id))
    return Step("continued", branch, own, own.entry_id)


def _held(branch: Branch, kin: list[Branch]) -> Step:
    return Step("held_back", branch, _nearest(branch, kin), branch.entry_id)


def _added(branch: Branch, kin: list[Branch], taken: dict[str, Branch]) -> Step:
    entry_id = _free_id(branch, taken) if branch.entry_id in taken else branch.entry_id
    near = _nearest(branch, kin)
    return Step("both_kept" if near else "new", branch, near, entry_id)


def _free_id(branch: Branch, taken: dict[str, Branch]) -> str:
    """An id of its own, the same whenever the same branch is added, so that a dry run tells the truth."""
    whole = branch.first.encode() + b"".join(branch.prints)
    ids = (hashlib.sha256(bytes([turn]) + whole).hexdigest()[:32] for turn in range(256))
    return next(entry_id for entry_id in ids if entry_id not in taken)


def _nearest(branch: Branch, kin: list[Branch]) -> Branch | None:
    """The branch here that a person would take for the same entry."""
    same = [own for own in kin if own.entry_id == branch.entry_id]
    return next(iter(same or sorted(kin, key=lambda own: -_shared(own, branch))), None)


def _shared(one: Branch, other: Branch) -> int:
    pairs = zip(one.prints, other.prints, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one.prints), len(other.prints)))
