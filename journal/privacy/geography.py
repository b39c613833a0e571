"""Places told by their form: counties, islands, bays, saints, shapes such as Llan- and -thorpe."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy.wordlists import allowed, context, fold, is_exactly_ordinary, is_ordinary, names, words_of

_CAP = r"[A-ZÀ-ÖØ-Þ][a-zà-ÿ'’]+(?:-[a-zA-Z]+)*"
_COUNTY = re.compile(
    rf"\b(?:County|Co\.|Isles? of(?: the)?|Vale of|Forest of|Port|Lough|Loch|Glen|Ballina?|Mount|Lake|Cape|Inis|Ynys|"
    rf"Strath)\s{_CAP}\b(?!['’]s\b)"
    r"(?!\s(?:Hospice|Hospital|Trust|Ward|House|Surgery|Practice|General|Infirmary|Council))"
)
_FEATURE = re.compile(
    rf"\b(?P<a>{_CAP})\s(?P<b>Bay|Cape|Firth|Flow|Islands?|Valley|Moors?|Common|Estate|Beach|Harbour|Hills|Docks|"
    rf"Forest|Fell|Fells|Dales|"
    r"Coast|Peninsula|Cove|Sound|Head|Sands|Marshes|Isles|Highlands|Uplands|Territory|Heights|Springs|Downs|Levels|"
    r"Fens|Wolds)\b"
    r"(?!\s?\d)(?!['’]s\b)(?!\s(?:Hospice|Hospital|Trust|Ward|House|Surgery|Practice|General|Infirmary|Council|"
    r"Community|of|School))"
)
_ESTATE = re.compile(rf"\bthe\s(?P<n>{_CAP}\s(?:estate|flats))\b")
_SAINT = re.compile(
    rf"(?<![\w.])St\.?\s(?!(?:John|Jude|Mary|Johns)\b){_CAP}(?<!['’]s)\b(?!['’]|\s(?:Hospital|Ward|Hospice|School|"
    rf"Surgery|House|Infirmary))"
)
_THE_RUN = re.compile(
    rf"\bthe\s(?P<n>{_CAP})\s(?:clinic|run|road|bus|train|ferry|bypass|roundabout|depot|crew|round|beach|coast|"
    rf"turn-?off|hills|docks|road's)\b"
)
_APPOSED = re.compile(
    rf"\b(?:town|village|city|island|parish|hamlet|port|suburb|township|coast|son|daughter|boy|girl|lad|man|clinic|"
    rf"exchange),\s(?P<n>{_CAP})(?=[.;,]|$)"
)
_SHAPED = re.compile(
    r"\b(?:in|from|to|at|near|outside|past|of|by|via)\s(?P<n>(?:bally|kil|llan|aber|inver|drum|strath|auch|knock|clon|"
    r"rath|pont|tre)[a-z]{4,}|"
    r"[a-z]{3,}(?:thorpe|combe|wick|worth|minster|burgh|borough|leigh|hurst|mouth|bury|caster|dale|shire))\b"
)
_HEADLESS = words_of(
    "side main male female medical surgical trauma resus major minor day blue red green yellow orange purple pink "
    "white sluice sick first "
    "second third the a my our this last empty next front back same other window corner drug bed linen head happy top "
    "bariatric neuro"
)


def find(text: str) -> Iterator[Identifier]:
    """Each such place, in no order."""
    for pattern in (_COUNTY, _SAINT):
        for match in pattern.finditer(text):
            yield Identifier(*match.span(), "LOCATION", "medium", "a place by its form")
    for match in _FEATURE.finditer(text):
        first = fold(match["a"])
        if first not in _HEADLESS | allowed("roles_and_phrases") | context("titles") | context("roles") | context(
            "verbs"
        ):
            yield Identifier(*match.span(), "LOCATION", "medium", "a place by its form")
    for match in _ESTATE.finditer(text):
        yield Identifier(*match.span("n"), "LOCATION", "medium", "an estate")
    for pattern in (_THE_RUN, _APPOSED):
        for match in pattern.finditer(text):
            word = fold(match["n"])
            if word not in allowed() | names() and not is_exactly_ordinary(word) and not is_ordinary(word):
                yield Identifier(*match.span("n"), "LOCATION", "medium", "a place by the words about it")
    for match in _SHAPED.finditer(text):
        word = match["n"]
        if word not in allowed() | names() and not is_ordinary(word):
            yield Identifier(*match.span("n"), "LOCATION", "medium", "the form of a place's name")
