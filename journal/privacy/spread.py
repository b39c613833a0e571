"""A name once known is known everywhere in its text: in lower case, by a part of it, with a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from journal.domain import Identifier
from journal.privacy.wordlists import allowed, ambiguous, context, fold, is_ordinary, names
from journal.privacy.words import Word

_SHORTEST_SLIP = 5


def spread(
    words: Sequence[Word], found: Iterable[Identifier], text: str, own: Sequence[str] = ()
) -> Iterator[Identifier]:
    """Further copies of the names that were found, and of a person's own list."""
    found = list(found)
    known = _known(found, text, own)
    letters = {
        text[one.start : one.end].strip()
        for one in found
        if one.kind == "PERSON" and text[one.start : one.end].isupper() and one.end - one.start in (2, 3)
    }
    kept = {fold(part) for name in own for part in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", name)}
    slips = {name for name in known if len(name) >= _SHORTEST_SLIP}
    for place, word in enumerate(words):
        if word.text in letters:
            yield Identifier(word.start, word.end, "PERSON", "medium", "initials used elsewhere in this text")
        elif word.folded in kept and (word.capital or not is_ordinary(word.folded, noun=False)):
            yield Identifier(word.start, word.end, "PERSON", "high", "on your own list")
        elif word.folded in known and _may_be(words, place):
            yield Identifier(word.start, word.end, "PERSON", "high", "named elsewhere in this text")
        elif word.folded not in known and _is_a_slip(word, slips):
            yield Identifier(word.start, word.end, "PERSON", "medium", "one letter from a name in this text")


def _known(found: Iterable[Identifier], text: str, own: Sequence[str]) -> set[str]:
    spoken = [text[one.start : one.end] for one in found if one.kind == "PERSON"] + list(own)
    parts = {fold(part) for name in spoken for part in re.findall(r"[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*", name)}
    return {part for part in parts if len(part) > 2 and part not in context("particles")}


def _may_be(words: Sequence[Word], place: int) -> bool:
    """Whether a copy of a name is one here: its ordinary double needs a capital inside a sentence."""
    word = words[place]
    if word.folded in allowed("clinical") or word.folded in context("titles"):
        return False
    if word.folded in ambiguous() or is_ordinary(word.folded, noun=False) or word.folded in allowed():
        if word.possessive and word.folded + "'s" in allowed("eponyms"):
            return False
        after = words[place + 1].folded if place + 1 < len(words) else ""
        if after in context("heads") and word.folded in allowed("eponyms"):
            return False
        return word.capital and not word.shouted and (not word.opens or word.tag == "PROPN")
    return True


def _is_a_slip(word: Word, slips: set[str]) -> bool:
    if len(word.text) < _SHORTEST_SLIP - 1 or word.folded in allowed() or is_ordinary(word.folded):
        return False
    if not word.capital and word.folded in names():
        return False
    return any(
        abs(len(name) - len(word.folded)) < 2 and name[0] == word.folded[0] and _one_apart(name, word.folded)
        for name in slips
    )


def _one_apart(first: str, second: str) -> bool:
    """Whether one letter was added, dropped, changed, or two swapped.

    >>> _one_apart("kowalczyk", "kowalcyzk"), _one_apart("begum", "basin")
    (True, False)
    """
    if len(first) > len(second):
        first, second = second, first
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(first))
    if len(first) < len(second):
        return first[at:] == second[at + 1 :]
    return first[at + 1 :] == second[at + 1 :] or (
        first[at : at + 2] == second[at : at + 2][::-1] and first[at + 2 :] == second[at + 2 :]
    )
