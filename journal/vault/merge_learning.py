"""Learning points of another copy: new ones come, later wordings follow, and two that parted are both kept."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from journal.domain import LearningPoint
from journal.vault.chain import Chain
from journal.vault.database import Database
from journal.vault.learning import Learning

Wordings = tuple[tuple[int, str, str], ...]
"""Number, time and text of every kept state, oldest first."""


def take_learning(
    ours: Database, theirs: Database, places: dict[str, str], at: str, bring_back: bool
) -> tuple[int, int]:
    """How many came, and how many were held back because they were deleted for good here; within a transaction.

    `places` gives the entry here that holds the same as one there.
    """
    mine, other = Learning(ours), Learning(theirs)
    here = {point.id: mine.revisions(point.id) for point in _all(mine)}
    gone = {link["id"] for link in Chain(ours).of(["forget"])} - set(here)
    came = held = 0
    for point in reversed(_all(other)):
        wordings = other.revisions(point.id)
        if any(kept[: len(wordings)] == wordings for kept in here.values()):
            continue
        earlier = [point_id for point_id, kept in here.items() if wordings[: len(kept)] == kept]
        if not earlier and point.id in gone and not bring_back:
            held += 1
            continue
        came += 1
        if earlier:
            target = max(earlier, key=lambda point_id: len(here[point_id]))
            mine.bring_back(target)  # new words are not left where they would be deleted
            new = wordings[len(here[target]) :]
        else:
            target = _other_id(point.id, wordings) if point.id in here else point.id
            entry_id = places.get(point.entry_id or "", point.entry_id)
            mine.add(replace(point, id=target, text=wordings[0][2], entry_id=entry_id))
            new = wordings[1:]
        for _, said, text in new:
            mine.reword(target, text, said)
        if point.put_away:
            mine.put_away(target, at)
        here[target] = wordings
    return came, held


def _all(learning: Learning) -> list[LearningPoint]:
    """Those put away among them."""
    return [*learning.all(), *learning.all(put_away=True)]


def _other_id(point_id: str, wordings: Wordings) -> str:
    """An id for the same point as it was worded there, the same every time."""
    return hashlib.sha256(f"{point_id}\0{wordings}".encode()).hexdigest()[:32]
