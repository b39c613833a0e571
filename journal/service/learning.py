"""Learning points: what a person takes from an entry, kept even when its story goes."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from journal.domain import LearningPoint, now_text
from journal.errors import BadInput
from journal.limits import LONGEST_WORDS, checked_length

if TYPE_CHECKING:
    from journal.vault.vault import Vault


class Learning:
    """The learning points of an open journal."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    def note(self, text: str, entry_id: str | None = None) -> LearningPoint:
        """Keep a point beside an entry, with its day, placement and tags; or one that stands by itself.

        Raises NotFound, BadInput.
        """
        at = now_text(self._now())
        text, point_id = _checked(text), uuid.uuid4().hex
        if entry_id is None:
            point = LearningPoint(
                point_id, text, at[:10], at, placement=self._vault.settings.profile().placement or None
            )
        else:
            entry = self._vault.entries.get(entry_id)
            content = entry.content
            point = LearningPoint(point_id, text, entry.written[:10], at, entry.id, content.placement, content.tags)
        self._vault.learning.add(point)
        return point

    def reword(self, point_id: str, text: str) -> LearningPoint:
        """Keep other words of a point; the earlier ones stay, too."""
        return self._vault.learning.reword(point_id, _checked(text), now_text(self._now()))

    def put_away(self, point_id: str) -> None:
        """Take a point out of sight; it is deleted for good when the bin's days are over."""
        self._vault.learning.put_away(point_id, now_text(self._now()))

    def bring_back(self, point_id: str) -> None:
        """Undo `put_away`."""
        self._vault.learning.bring_back(point_id)

    def get(self, point_id: str) -> LearningPoint:
        """A point by its id, or by as many first digits as name it alone."""
        return self._vault.learning.get(point_id)

    def revisions(self, point_id: str) -> tuple[tuple[int, str, str], ...]:
        """Number, time and text of each kept state, oldest first."""
        return self._vault.learning.revisions(point_id)

    def of(self, entry_id: str) -> list[LearningPoint]:
        """The points of an entry, in the order they were noted."""
        return self._vault.learning.of(entry_id)

    def find(self, query: str = "", *, put_away: bool = False) -> list[LearningPoint]:
        """Points in which every word of the query occurs, the last as a beginning; the newest day first."""
        wanted = _words(query)
        points = self._vault.learning.all(put_away=put_away)
        return [point for point in points if _holds(point, wanted)] if wanted else points

    def every(self) -> list[LearningPoint]:
        """Every point that was not put away, in the order of the days, as it is exported."""
        return list(reversed(self._vault.learning.all()))

    def known(self) -> dict[str, LearningPoint]:
        """Every point by its id, those put away among them."""
        points = (*self._vault.learning.all(), *self._vault.learning.all(put_away=True))
        return {point.id: point for point in points}

    def keep(self, points: Iterable[LearningPoint]) -> None:
        """Take in points from outside, all or none, in the order given."""
        with self._vault.together():
            for point in points:
                self._vault.learning.add(point)


def _checked(text: str) -> str:
    words = checked_length(text, "this learning point").strip()
    if not words:
        raise BadInput("A learning point needs a few words.", "Write what you take from it, not what happened.")
    if len(words) > LONGEST_WORDS:
        raise BadInput(
            f"A learning point may have {LONGEST_WORDS:,} characters.", "Make it shorter, or split it into two."
        )
    return words


def _holds(point: LearningPoint, wanted: list[str]) -> bool:
    here = _words(" ".join((point.text, point.placement or "", *point.tags)))
    return all(word in here for word in wanted[:-1]) and any(word.startswith(wanted[-1]) for word in here)


def _words(text: str) -> list[str]:
    """Its words without accents and capitals, as the search of entries takes them."""
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", "".join(bare).casefold())
