"""A sentence as the rules see it: its words marked with the classes of the field, its clauses and its traits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from journal.analysis.lexicon import Lexicon

_TAGS = {
    "VBD": "PAST", "VBN": "PART", "VBZ": "PRES", "VBP": "PRES", "VB": "BASE", "VBG": "ING", "MD": "MODAL",
    "CD": "NUM", "NNP": "NAME", "NNPS": "NAME", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "RB": "ADV",
}  # fmt: skip
TAG_CLASSES = tuple(sorted({*_TAGS.values(), "CAPS"}))
TRAITS = frozenset(
    {
        "short", "fragment", "no_verb", "question", "past", "present", "modal", "first_person",
        "no_subject", "speech", "comm_two", "roles_two",
    }
)  # fmt: skip
FOREIGN = "foreign"
"""The trait of a sentence in another language, of which nothing is said."""
SHORT = 5
"""Words below which a sentence without a verb is a fragment that leans on its neighbours."""
_UNSAFE = re.compile(r"[‹›\s\ue000-\uf8ff]")
_SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
_OBJECTS = {"dobj", "attr", "dative", "oprd", "pobj", "acomp"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb with what the parse hangs on it, as token numbers."""

    verb: int
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    aux: tuple[int, ...]
    marks: tuple[int, ...]
    dep: str
    negated: bool


@dataclass(slots=True)
class Reading:
    """One sentence marked up: `marked` holds `word‹classes› ` for each token, offsets given by `at`."""

    start: int
    end: int
    words: list[str] = field(repr=False)
    classes: list[frozenset[str]] = field(repr=False)
    offsets: list[tuple[int, int]] = field(repr=False)
    """Character range of each token in the text."""
    marked: str = field(repr=False, default="")
    at: list[int] = field(repr=False, default_factory=list)
    vocabulary: frozenset[str] = field(repr=False, default=frozenset())
    kinds: frozenset[str] = frozenset()
    present: frozenset[str] = field(repr=False, default=frozenset())
    """Its words, and its classes as `@class`."""
    traits: frozenset[str] = frozenset()
    clauses: tuple[Clause, ...] = ()

    def token_at(self, position: int) -> int:
        """The number of the token that covers a position of `marked`."""
        low, high = 0, len(self.at)
        while low < high:
            middle = (low + high) // 2
            if self.at[middle] <= position:
                low = middle + 1
            else:
                high = middle
        return low - 1

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """The range of the text from token `first` to token `last`, both included."""
        return self.offsets[first][0], self.offsets[last][1]


class Marker:
    """Turns token ranges of a parsed Doc into Readings, by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        names = (*lexicon.classes, *TAG_CLASSES)
        self.sign = {name: chr(0xE000 + number) for number, name in enumerate(names)}

    def read(self, doc: Any, start: int, end: int) -> Reading:
        """Mark the sentence of tokens `start` to `end` (exclusive) of a tagged and parsed Doc."""
        tokens = [token for token in doc[start:end] if not token.is_space]
        words = [_UNSAFE.sub("", token.lower_.replace("’", "'").replace("`", "'")) or "_" for token in tokens]
        for i in range(1, len(words)):
            if words[i] == "one" and words[i - 1] == "no":
                words[i] = "noone"  # so that rules meet one word for nobody, however it is spelt
        classes = self._classes(tokens, words)
        offsets = [(token.idx, token.idx + len(token)) for token in tokens]
        reading = Reading(offsets[0][0], offsets[-1][1], words, classes, offsets)
        parts: list[str] = []
        length = 0
        for word, names in zip(words, classes, strict=True):
            reading.at.append(length)
            parts.append(f"{word}‹{''.join(self.sign[name] for name in sorted(names))}› ")
            length += len(parts[-1])
        reading.marked = "".join(parts)
        reading.vocabulary = frozenset(words)
        reading.kinds = frozenset().union(*classes)
        reading.present = reading.vocabulary.union("@" + kind for kind in reading.kinds)
        reading.clauses = tuple(_clauses(tokens))
        reading.traits = frozenset(_traits(reading, tokens))
        return reading

    def _classes(self, tokens: list[Any], words: list[str]) -> list[frozenset[str]]:
        found: list[set[str]] = []
        for token, word in zip(tokens, words, strict=True):
            names = set(self.lexicon.forms.get(word, ()))
            if tag := _TAGS.get(token.tag_):
                names.add(tag)
            found.append(names)
        for i, word in enumerate(words):
            for phrase, name in self.lexicon.phrases.get(word, ()):
                if tuple(words[i : i + len(phrase)]) == phrase:
                    found[i + len(phrase) - 1].add(name)
        return [frozenset(names) for names in found]


def _clauses(tokens: list[Any]) -> Iterator[Clause]:
    number = {token.i: i for i, token in enumerate(tokens)}
    kids: dict[int, list[Any]] = {}
    for token in tokens:
        if token.head.i in number and token.head.i != token.i:
            kids.setdefault(token.head.i, []).append(token)
    for token in tokens:
        if token.tag_[:2] != "VB" or token.dep_ in {"aux", "auxpass"}:
            continue
        own = kids.get(token.i, [])
        subjects = [kid for kid in own if kid.dep_ in _SUBJECTS]
        if not subjects and token.dep_ == "conj":
            subjects = [kid for kid in kids.get(token.head.i, []) if kid.dep_ in _SUBJECTS]
        objects = [kid for kid in own if kid.dep_ in _OBJECTS]
        for kid in own:
            if kid.dep_ in {"prep", "agent"}:
                objects += [grand for grand in kids.get(kid.i, []) if grand.dep_ == "pobj"]
        objects += [kid for thing in objects for kid in kids.get(thing.i, []) if kid.dep_ == "conj"]
        yield Clause(
            number[token.i],
            tuple(number[kid.i] for kid in subjects),
            tuple(number[kid.i] for kid in objects),
            tuple(number[kid.i] for kid in own if kid.dep_ in {"aux", "auxpass"}),
            tuple(number[kid.i] for kid in own if kid.dep_ in {"mark", "advmod"}),
            token.dep_,
            any(kid.dep_ == "neg" for kid in own),
        )


def _traits(reading: Reading, tokens: list[Any]) -> Iterator[str]:
    words = [word for word in reading.words if any(letter.isalnum() for letter in word)]
    verbs = reading.kinds & {"PAST", "PRES", "BASE", "MODAL", "PART", "ING"}
    if len(words) < SHORT:
        yield "short"
    if not reading.kinds & {"PAST", "PRES", "BASE", "MODAL"}:
        yield "no_verb"
        if len(words) < SHORT:
            yield "fragment"
    if reading.words[-1] == "?":
        yield "question"
    first = next((c for c in reading.clauses if c.dep in {"ROOT", "ccomp", "conj"}), None)
    if verbs and first is not None:
        helpers = [reading.classes[i] for i in (*first.aux, first.verb)]
        if any("MODAL" in names for names in helpers):
            yield "modal"
        elif any("PAST" in names for names in helpers) or reading.classes[first.verb] & {"PART"}:
            yield "past"
        elif any("PRES" in names for names in helpers):
            yield "present"
        if not first.subjects:
            yield "no_subject"
        elif any(reading.words[i] in {"i", "we"} for i in first.subjects):
            yield "first_person"
    people = {w for w, names in zip(reading.words, reading.classes, strict=True) if names & {"role", "unit"}}
    if len(people) > 1:
        yield "roles_two"
    if "comm" in reading.kinds and (people or reading.vocabulary & {"he", "she", "they", "him", "her", "them"}):
        yield "comm_two"
    if '"' in reading.vocabulary or "“" in reading.vocabulary:
        yield "speech"
