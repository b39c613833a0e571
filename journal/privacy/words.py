"""A text as words with their place, their form and what the English pipeline says of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from journal.privacy.wordlists import fold

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+(?:['’‐‑-](?:[^\W\d_][\u0300-\u036f]*)+)*")
_TAIL = re.compile(r"['’](?:s|S|ll|d|ve|re|m)$")
_OPENS = re.compile(r"(?:^|[.!?:;\n•*…]|\s[-–—]|[—–(/]|[\"“‘]|^\s*[-*#>]|\d[.)])\s*[\"“‘(]?\s*$")
_ENTITIES = {"PERSON", "GPE", "LOC", "ORG", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE", "EVENT"}
_CLASSES = {"NN": "NOUN", "VB": "VERB", "MD": "VERB", "RB": "ADV", "JJ": "ADJ", "UH": "INTJ", "CD": "NUM"}
_ABBREVIATION = re.compile(r"\b(?:Mrs?|Ms|Dr|Dra|Sra?|Prof|St|Rev|Fr|Sgt|vs|approx|[A-Z])\.\s*$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word without what hangs on it: `Okafor’s` is `Okafor` with `possessive`."""

    start: int
    end: int
    text: str = field(repr=False)
    folded: str = field(repr=False)
    opens: bool
    """Whether a capital here means nothing: at the start of a sentence, a line, a quotation."""
    possessive: bool
    tag: str
    entity: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """All capitals, two at least."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def parts(self) -> Sequence[str]:
        return re.split(r"[-‐‑]", self.folded)


def read_words(text: str, doc: Any) -> list[Word]:
    """The words of a text whose spaCy reading is `doc`."""
    starts = [token.idx for token in doc]
    found = []
    for match in _WORD.finditer(text):
        whole = match.group()
        tail = _TAIL.search(whole)
        end = match.end() - (len(tail.group()) if tail else 0)
        token = doc[max(bisect_right(starts, match.start()) - 1, 0)]
        form = text[match.start() : end]
        found.append(
            Word(
                match.start(),
                end,
                form,
                fold(form),
                _opens(text, match.start()),
                bool(tail and tail.group()[1:] in ("s", "S")),
                _class_of(token.tag_),
                token.ent_type_ if token.ent_type_ in _ENTITIES else "",
            )
        )
    return found


def _class_of(tag: str) -> str:
    """The word class of a Penn Treebank tag."""
    if tag.startswith("NNP"):
        return "PROPN"
    return _CLASSES.get(tag[:2], "")


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    if start - 12 <= 0 and not before.strip():
        return True
    if before.endswith((". ", ".")) and _ABBREVIATION.search(before):
        return False
    return _OPENS.search(before) is not None


# --------------------------------------------------------------------------- neighbours


_BLANK = re.compile(r"\.?[ \t]+")


_ABBREVIATED = {"mr", "mrs", "ms", "mx", "dr", "dra", "sra", "prof", "fr", "sr", "rev", "sgt", "st", "capt", "cllr"}


def touch(text: str, first: Word, second: Word) -> bool:
    between = text[first.end : second.start]
    if between.startswith("."):
        return (len(first.text) == 1 or first.folded in _ABBREVIATED) and _BLANK.fullmatch(between) is not None
    return _BLANK.fullmatch(between) is not None


def next_word(text: str, words: Sequence[Word], place: int) -> Word | None:
    if place + 1 < len(words) and re.fullmatch(r"(?:['’]s?)?[ \t]+", text[words[place].end : words[place + 1].start]):
        return words[place + 1]
    return None


def previous_word(text: str, words: Sequence[Word], place: int) -> Word | None:
    if place and re.fullmatch(r"(?:['’]s?)?\.?[ \t]+", text[words[place - 1].end : words[place].start]):
        return words[place - 1]
    return None


def touch_loosely(text: str, first: Word, second: Word) -> bool:
    """Whether a blank, an ampersand or what ends a word is all that lies between; a full stop only after “St”."""
    between = text[first.end : second.start]
    if between.startswith("."):
        return first.folded in ("st", "mt") and between == ". "
    return re.fullmatch(r"(?:['’]s?)?[ \t]+(?:& )?", between) is not None
