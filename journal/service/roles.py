"""Words that say who or what it was without saying which: a role for a name, a season for a day, a kind for a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from journal.domain import Identifier

_BEFORE = 60
"""Characters before a name in which its title or role is looked for."""
_TITLES = {"mr": "patient", "mrs": "patient", "ms": "patient", "miss": "patient", "mx": "patient", "master": "patient"}
_TITLES |= {"dr": "doctor", "doctor": "doctor", "prof": "doctor", "professor": "doctor"}
_STAFF = {"sister": "nurse", "nurse": "nurse", "matron": "nurse", "midwife": "midwife", "hca": "healthcare assistant"}
_STAFF |= {word: word for word in ("consultant", "registrar", "physio", "pharmacist", "porter", "paramedic", "student")}
_RELATIONS = frozenset(
    re.findall(
        "[a-z]+",
        "son daughter wife husband mother father mum dad brother sister partner aunt uncle cousin niece nephew "
        "grandson granddaughter grandmother grandfather carer neighbour friend",
    )
)
_OWNERS = frozenset({"my", "our", "his", "her", "their", "your", "the", "a", "an"})
_KINDS = {
    "NHS_NUMBER": "[NHS number]",
    "HOSPITAL_NUMBER": "[hospital number]",
    "PHONE": "[telephone number]",
    "EMAIL": "[e-mail address]",
    "ADDRESS": "[address]",
    "POSTCODE": "[postcode]",
    "ID": "[reference number]",
    "URL": "[web address]",
}
_PLACES = (
    (r"hospital|infirmary|trust|nhs", "hospital"),
    (r"\bward\b|\bunit\b", "ward"),
    (r"practice|surgery|health centre|medical centre|clinic", "practice"),
    (r"care home|nursing home|\bhouse\b|\blodge\b|\bcourt\b", "care home"),
    (r"hospice", "hospice"),
    (r"school|college|university|academy", "school"),
    (r"road|street|lane|avenue|close\b|drive\b", "street"),
)
_MONTHS = {name: month for month, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), 1)}
_SEASONS = ("winter", "spring", "summer", "autumn")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_STARTS = re.compile(r"(?:^|[.!?:]['\"\u2019\u201d)]*\s+|\n\s*[-*\u2022]?\s*)['\"\u2018\u201c(]*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word for one place, and how much of the text it takes the place of."""

    start: int
    """A title, an article or "on" before the identifier goes with it."""
    end: int
    word: str = field(repr=False)
    here: str = field(repr=False)
    """The same as the grammar of this place wants it."""
    capital: bool = False

    def instead(self, word: str) -> str:
        """A word as it is to stand here, be it the one suggested or another."""
        put = self.here if word == self.word else word
        return put[:1].upper() + put[1:] if self.capital else put


def suggestions(text: str, spans: Sequence[Identifier]) -> list[Suggestion]:
    """A suggestion for each place; the same person or place has the same one throughout."""
    nouns = _nouns(text, spans)
    groups = dict[str, list[int]]()
    for group, noun in nouns.items():
        groups.setdefault(noun, []).append(group)
    of_span = _groups(text, spans)
    words = {g: _named(noun, groups[noun].index(g), len(groups[noun])) for g, noun in nouns.items()}
    return [
        _for_group(text, span, words[of_span[at]]) if at in of_span else _for_kind(text, span)
        for at, span in enumerate(spans)
    ]


def _named(noun: str, place: int, many: int) -> str:
    """ "the patient" where there is one, "patient B" where there are several."""
    if many > 1:
        return f"{noun} {chr(ord('A') + place)}" if place < 26 else f"{noun} {place + 1}"
    if noun == "patient" or noun in _RELATIONS:
        return f"the {noun}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


# --------------------------------------------------------------------------- who and where


def _groups(text: str, spans: Sequence[Identifier]) -> dict[int, int]:
    """The first place of the same person or organisation, for each that is one; names that share a word are one."""
    first, known = dict[int, int](), dict[tuple[str, str], int]()
    longest_first = sorted(range(len(spans)), key=lambda at: -(spans[at].end - spans[at].start))
    for at in longest_first:
        span = spans[at]
        if span.kind not in ("PERSON", "LOCATION", "ORGANISATION"):
            continue
        name = _plain(text[span.start : span.end])
        parts = [name] if span.kind != "PERSON" else [name, *(w for w in name.split() if len(w) > 2)]
        keys = [(span.kind, part) for part in parts]
        group = next((known[key] for key in keys if key in known), at)
        first[at] = group
        for key in keys:
            known.setdefault(key, group)
    return first


def _nouns(text: str, spans: Sequence[Identifier]) -> dict[int, str]:
    """What each group is, by the first of its places that tells; in the order of the text."""
    told = dict[int, str]()
    groups = _groups(text, spans)
    for at, group in sorted(groups.items()):
        noun = _noun(text, spans[at])
        if told.get(group, "") in ("", "colleague"):
            told[group] = noun
    return told


def _noun(text: str, span: Identifier) -> str:
    if span.kind == "PERSON":
        before = _word_before(text, span.start)
        if before is None:
            return "colleague"
        word = before[2]
        if word in _RELATIONS and (word != "sister" or _owned(text, before[0])):
            return word
        return _TITLES.get(word) or _STAFF.get(word) or "colleague"
    name = text[span.start : span.end].lower()
    default = "town" if span.kind == "LOCATION" else "organisation"
    return next((noun for pattern, noun in _PLACES if re.search(pattern, name)), default)


def _for_group(text: str, span: Identifier, word: str) -> Suggestion:
    start, here = span.start, word
    before = _word_before(text, span.start)
    if before and span.kind == "PERSON":
        begin, _, title = before
        if title in _TITLES:
            start = begin
        elif title in _STAFF or title in _RELATIONS:
            start = begin
            if _owned(text, begin):  # "her son Tariq" is "her son", not "her the son"
                here = text[begin : begin + len(title)]
                return Suggestion(start, span.end, word, here, _begins(text, start))
    article = _word_before(text, start)
    if article and article[2] in ("the", "a", "an"):
        start = article[0]
    return Suggestion(start, span.end, word, here, _begins(text, start))


def _for_kind(text: str, span: Identifier) -> Suggestion:
    start, end, found = span.start, span.end, text[span.start : span.end]
    if span.kind == "DATE":
        word = _season(found)
        before = _word_before(text, start)
        if before and before[2] == "on":
            return Suggestion(before[0], end, word, f"in {word}", _begins(text, before[0]))
        return Suggestion(start, end, word, word, _begins(text, start))
    if span.kind == "AGE_OVER_89":
        if after := re.match(r"[-\s]?(?:years?|yrs?)?[-\s]?old\b", text[end:]):
            return Suggestion(start, end + after.end(), "very old", "very old", _begins(text, start))
        return Suggestion(start, end, "over 89", "over 89", _begins(text, start))
    word = _KINDS.get(span.kind, "[taken out]")
    return Suggestion(start, end, word, word)


def _season(found: str) -> str:
    """The season of a day or month; "a certain day" where it cannot be told. Numbers are day before month."""
    named = re.search("|".join(_MONTHS), found.lower())
    number = re.search(r"\d{1,4}[-/.](\d{1,2})[-/.]\d{1,4}", found)
    month = _MONTHS[named[0]] if named else int(number[1]) if number else 0
    return _SEASONS[month % 12 // 3] if 1 <= month <= 12 else "a certain day"


# --------------------------------------------------------------------------- words around


def _word_before(text: str, at: int) -> tuple[int, int, str] | None:
    """Start, end and small letters of the word right before a place, a full stop after it left out."""
    match = re.search(r"([^\W\d_]+(?:['\u2019][^\W\d_]+)*)\.?[ \t]+$", text[max(0, at - _BEFORE) : at])
    if not match:
        return None
    begin = max(0, at - _BEFORE) + match.start(1)
    return begin, begin + len(match[1]), match[1].lower()


def _owned(text: str, at: int) -> bool:
    """Whether an article or an owner stands before: "her son", "Mrs Begum's son"."""
    before = _word_before(text, at)
    return bool(before and (before[2] in _OWNERS or before[2].endswith(("'s", "\u2019s", "s'", "s\u2019"))))


def _begins(text: str, at: int) -> bool:
    """Whether a capital letter stands here because a sentence begins."""
    return text[at : at + 1].isupper() and bool(_STARTS.search(text[max(0, at - _BEFORE) : at]))


def _plain(name: str) -> str:
    name = re.sub(r"['\u2019]s?$", "", unicodedata.normalize("NFKC", name))
    return " ".join(_WORD.findall(name.casefold())) or name.casefold()
