"""Names of people: titled, bare, lower-case, initials, from any origin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.domain import Identifier
from journal.privacy.initials import find_initials
from journal.privacy.naming import is_shouted, reason_for
from journal.privacy.runs import join
from journal.privacy.words import Word


def find(text: str, words: Sequence[Word], taken: Sequence[Identifier] = ()) -> Iterator[Identifier]:
    """Every name of a person outside what was taken already."""
    blocked = {
        place for place, word in enumerate(words) if any(t.start < word.end and word.start < t.end for t in taken)
    }
    shouting = is_shouted(words)
    marks: dict[int, tuple[str, bool]] = {}
    for place in range(len(words)):
        if place not in blocked and (reason := reason_for(text, words, place, shouting)):
            marks[place] = reason
    for spot in join(text, words, marks, blocked):
        severity = "high" if spot.sure else "medium"
        yield Identifier(words[spot.first].start, words[spot.end - 1].end, "PERSON", severity, spot.why)  # type: ignore[arg-type]
    yield from find_initials(text)
