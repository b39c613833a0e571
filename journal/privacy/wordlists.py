"""The lists this room looks words up in: names, places, harmless capitals, ordinary English, contexts."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from journal.privacy import language

_DATA = Path(__file__).parent / "data"
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "ı": "i", "’": "'"})
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("est", ""),
    ("ness", ""),
)
_BEGINNINGS = ("un", "re", "non", "pre", "post", "over", "under", "out", "mis", "dis", "de", "anti")


def words_of(text: str) -> frozenset[str]:
    """The words of a line, for a short list that stands in the code."""
    return frozenset(text.split())


@functools.lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word in lower case, without accents and with a straight apostrophe.

    >>> fold("Bożena’s")
    "bozena's"
    """
    apart = unicodedata.normalize("NFD", word.lower().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@functools.cache
def names() -> frozenset[str]:
    """Given names and surnames of every origin, folded."""
    return frozenset(fold(word) for line in _lines("names.txt") if line[0] != "[" for word in line.split())


@functools.cache
def places() -> frozenset[str]:
    """Towns, villages, districts, counties and regions, folded; some of several words."""
    return frozenset(part.strip() for line in _lines("places.txt") for part in fold(line).split(",") if part.strip())


@functools.cache
def ambiguous() -> frozenset[str]:
    """Names and places that are ordinary words too."""
    return frozenset(word for line in _lines("ambiguous.txt") for word in line.split())


@functools.cache
def allowed(section: str | None = None) -> frozenset[str]:
    """Capitalised words that identify nobody, of one section or of all."""
    found: set[str] = set()
    here = ""
    for line in _lines("allow.txt"):
        if line[0] == "[":
            here = line.strip("[]")
        elif section in (None, here):
            found.update(fold(line).split())
    return frozenset(found)


@functools.cache
def context(name: str) -> frozenset[str]:
    """Words of one context in `contexts.toml`."""
    return frozenset(_contexts()[name].split())


@functools.cache
def _contexts() -> dict[str, str]:
    return {name: str(words) for name, words in tomllib.loads((_DATA / "contexts.toml").read_text("utf-8")).items()}


@functools.cache
def _ordinary() -> frozenset[str]:
    return frozenset(_lines("ordinary.txt"))


@functools.lru_cache(maxsize=20_000)
def is_ordinary(word: str, *, noun: bool = True) -> bool:
    """Whether a folded word is English in some form; without `noun`, nouns of the dictionary do not count.

    >>> is_ordinary("catheterised"), is_ordinary("okafor")
    (True, False)
    """
    word = re.sub(r"'(?:s|d|ll|ve|re|m)$|n't$", "", word)
    if word in _ordinary() or (word in ambiguous() and word not in places()):
        return True
    if "-" in word:
        return all(is_ordinary(part) and part not in names() for part in word.split("-") if part)
    stems = list(_stems(word))
    if any(stem in language.dictionary() or stem in _ordinary() for stem in stems):
        return True
    if noun and any(stem in language.nouns() for stem in stems):
        return True
    if _is_a_compound(word):
        return True
    return any(
        word.startswith(start)
        and len(word) > len(start) + 3
        and (rest := word[len(start) :])
        and (rest in _ordinary() or rest in language.dictionary() or rest in language.nouns())
        for start in _BEGINNINGS
    )


def _is_a_compound(word: str) -> bool:
    """Whether two ordinary words make it: crewmate, handrub."""
    return any(word[:at] in _ordinary() and word[at:] in _ordinary() for at in range(4, len(word) - 3))


@functools.lru_cache(maxsize=20_000)
def is_exactly_ordinary(word: str) -> bool:
    """Whether a folded word stands in this form among the ordinary words, so that “pargeter” is none."""
    return word in _ordinary() or word in ambiguous() or word in language.dictionary()


def _stems(word: str) -> Iterator[str]:
    yield word
    yield word.replace("ise", "ize")
    for ending, basic in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + basic
            yield stem
            if stem.endswith(("is", "ise")):
                yield re.sub("ise?$", "ize", stem)
            if not basic and len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]
