"""Text in, possible identifiers out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from journal.domain import Hint, Identifier, Identifiers
from journal.privacy import (
    ages,
    contact,
    dates,
    geography,
    hints,
    institutions,
    language,
    numbers,
    organisations,
    people,
    places,
    spread,
)
from journal.privacy.words import read_words

BATCH = 32
"""Texts the English pipeline reads at once."""

_FIRST = (
    "EMAIL", "URL", "ADDRESS", "NHS_NUMBER", "HOSPITAL_NUMBER", "ID", "PHONE", "DATE", "POSTCODE", "AGE_OVER_89",
    "ORGANISATION", "LOCATION", "PERSON",
)  # fmt: skip
"""Which kind holds where two overlap."""


def find(text: str, own: Sequence[str] = ()) -> Identifiers:
    """What could identify somebody in one text; `own` are names a person always wants found.

    Raises AnalysisUnavailable where the English pipeline is missing or altered.
    """
    return next(find_many([text], own))


def find_many(texts: Iterable[str], own: Sequence[str] = ()) -> Iterator[Identifiers]:
    """The same for each text, in order."""
    nlp = language.load()
    for doc in nlp.pipe(texts, batch_size=BATCH):
        yield _found(doc.text, doc, own)


def _found(text: str, doc: object, own: Sequence[str]) -> Identifiers:
    words = read_words(text, doc)
    kept: list[Identifier] = []
    _keep(kept, [*contact.find(text), *numbers.find(text), *dates.find(text), *ages.find(text)])
    _keep(kept, numbers.find_bare(text))
    _keep(
        kept,
        [*institutions.find(text), *organisations.find(text, words), *geography.find(text), *places.find(text, words)],
    )
    _keep(kept, people.find(text, words, kept))
    _keep(kept, spread.spread(words, kept, text, own))
    return Identifiers(tuple(sorted(kept, key=lambda one: one.start)), _hints(text, kept))


def _keep(kept: list[Identifier], found: Iterable[Identifier]) -> None:
    """Add what overlaps nothing kept so far: by kind, then the longer, then the earlier."""
    for one in sorted(found, key=lambda one: (_FIRST.index(one.kind), one.start - one.end)):
        if one.start < one.end and not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)


def _hints(text: str, kept: Sequence[Identifier]) -> tuple[Hint, ...]:
    free = [h for h in hints.find(text) if not any(h.start < one.end and one.start < h.end for one in kept)]
    return tuple(sorted(free, key=lambda hint: hint.start))
