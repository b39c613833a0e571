"""Possible identifiers in what was chosen, one at a time, and words that keep the meaning in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from journal.domain import Identifier, Identifiers, Redaction, Severity
from journal.domain.shares import Decision
from journal.service.roles import Suggestion, suggestions

MISSES = (
    "The search misses some: of notes it had never seen, about 1 name in 40 and 1 of 10 identifiers of any kind were "
    "missed or not found whole. Read it yourself, as somebody who was there would."
)
"""As measured in journal/privacy/README.md."""
ENTRY, QUESTION = "entry", "question"


@dataclass(frozen=True, slots=True)
class Hit:
    """One possible identifier in what is about to leave."""

    number: int
    """Counted from 1, as in `--keep 2=…`."""
    part: str
    """"entry" or "question"."""
    found: Identifier
    text: str = field(repr=False)
    suggestion: Suggestion = field(repr=False)
    decision: Decision | None = field(default=None, repr=False)

    @property
    def severity(self) -> Severity:
        return self.found.severity

    @property
    def open(self) -> bool:
        """Whether nothing may leave before it is decided of."""
        return self.severity == "high" and self.decision is None

    @property
    def instead(self) -> str:
        """What would stand there now."""
        word = self.decision.word if self.decision else None
        return self.text if word is None else self.suggestion.instead(word)


@dataclass(frozen=True, slots=True)
class Scanned:
    """One text that was searched, and where in it what was chosen stands."""

    part: str
    text: str = field(repr=False)
    found: Identifiers
    chosen: tuple[tuple[int, int], ...]

    def touches(self, start: int, end: int) -> bool:
        """Whether some of it is about to leave."""
        return any(start < last and first < end for first, last in self.chosen)


def hits(scanned: Iterable[Scanned]) -> tuple[Hit, ...]:
    """The possible identifiers that touch what was chosen, in order.

    Roles are handed out over the whole of each text, so that a person keeps theirs in every excerpt of an entry.
    """
    found = list[Hit]()
    for one in scanned:
        for span, suggestion in zip(one.found.spans, suggestions(one.text, one.found.spans), strict=True):
            if one.touches(span.start, span.end):
                found.append(Hit(len(found) + 1, one.part, span, one.text[span.start : span.end], suggestion))
    return tuple(found)


def hints(scanned: Iterable[Scanned]) -> tuple[tuple[str, str], ...]:
    """Words of what was chosen that name nobody and may still tell, each with why."""
    return tuple(
        (one.text[hint.start : hint.end], hint.why)
        for one in scanned
        for hint in one.found.hints
        if one.touches(hint.start, hint.end)
    )


def redacted(text: str, start: int, end: int, found: Iterable[Hit]) -> str:
    """What leaves of a text between two places: its words, and others where it was decided so."""
    pieces, at = list[str](), start
    for hit in found:
        if hit.decision is None or hit.decision.word is None:
            continue
        first, last = max(hit.suggestion.start, at), min(hit.suggestion.end, end)
        if first < last:
            pieces += [text[at:first], hit.instead]
            at = last
    return "".join([*pieces, text[at:end]])


def redactions(entry_id: str, found: Iterable[Hit]) -> tuple[Redaction, ...]:
    """What the record of departures says of the places that were replaced."""
    return tuple(
        Redaction(entry_id, hit.part, hit.found.start, hit.found.end, hit.found.kind)
        for hit in found
        if hit.decision is not None and hit.decision.word is not None
    )


def by_role(found: Iterable[Hit]) -> Mapping[int, Decision]:
    """The suggestion for every possible identifier nothing was decided of yet."""
    return {hit.number: Decision(hit.suggestion.word) for hit in found if hit.decision is None}
