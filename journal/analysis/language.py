"""Which sentences are not English and so cannot be read: by the small words of other languages, or by their script.

A sentence counts as another language where its small words (spaCy's stop words) speak for one more than twice as
loudly as for English. A text whose sentences together do so is another language throughout.
"""

from __future__ import annotations

import functools
import importlib
import unicodedata
from collections.abc import Iterable, Sequence

LANGUAGES = ("cs", "da", "de", "es", "fi", "fr", "hr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro", "sv", "tl", "tr")
"""Of the Latin script; a sentence in another script is told by its letters."""
FEWEST, LEAST = 2, 0.28
"""Different small words of another language that it takes, and the part of all words that they make."""


def foreign(sentences: Sequence[Sequence[str]]) -> list[bool]:
    """For the words of each sentence of a text, in lower case, whether it is in another language than English."""
    whole = _is_foreign(word for words in sentences for word in words)
    return [whole or _is_foreign(words) for words in sentences]


def _is_foreign(words: Iterable[str]) -> bool:
    letters = [word for word in words if word.isalpha()]
    if not letters:
        return False
    if sum(not _is_latin(word) for word in letters) > len(letters) / 2:
        return True
    english = sum(word in _small("en") for word in letters)
    if 3 * english > len(letters):
        return False  # enough of English; most sentences end here
    for language in LANGUAGES:
        other = [word for word in letters if word in _small(language) and word not in _small("en")]
        if len(set(other)) >= FEWEST and len(other) > max(2 * english, LEAST * len(letters)):
            return True
    return False


def _is_latin(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("LATIN")


@functools.cache
def _small(language: str) -> frozenset[str]:
    found = importlib.import_module(f"spacy.lang.{language}.stop_words").STOP_WORDS
    return frozenset(word for word in found if len(word) > 1)
