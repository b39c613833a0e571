"""Whole postcodes, Eircodes, and the first half of a postcode where a place is spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier

_AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|GL|"
    "GU|GY|HA|"
    "HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|"
    "PL|PO|PR|"
    "RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|B|E|"
    "G|L|M|N|S|W"
)
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_WHOLE = (
    re.compile(rf"(?<![\w-])(?:{_AREAS})\d[\dA-Z]? ?{_INWARD}(?!\w)", re.I),
    # Any two letters will do with the whole form behind them: a slip in the area identifies as well.
    re.compile(rf"(?<![\w-])[A-Z]{{1,2}}\d[\dA-Z]?  ?{_INWARD}(?!\w)"),
    re.compile(rf"(?<![\w-])[a-z]{{2}}\d{{1,2}} {_INWARD.lower()}(?!\w)"),
    re.compile(rf"(?<=postcode )[A-Z]{{1,2}}\d[\dA-Z]? ?{_INWARD}(?!\w)", re.I),
)
_EIRCODE = re.compile(r"(?<!\w)[A-Z]\d{2} ?[A-Z][A-Z\d]{3}(?!\w)")
_IRISH = re.compile(r"\b(?:eircode|address|co\.?|county|dublin|cork|galway|kerry)\b[^.\n]{0,30}$", re.I)
_OUTWARD = re.compile(rf"(?<![\w/-])(?:{_AREAS}|[A-Z]{{2}}(?=\d{{2}}\b))\d[\dA-Z]?(?![\w/%]|[-.]\w)")
_OUTWARD_LOWER = re.compile(
    r"\b(?:in|from|near|postcode|around|lives?|of)\s+(?P<n>(?:se|sw|nw|bs|ls|bt|eh|cf|ne|bn|rg|tw|kt|cr|wd|yo|le|bd|"
    r"nr|cv|"
    r"ng|dd|ab|sk|ol|wn|wf|hu|dn)\d{1,2})(?![\w/.%])"
)
_KNOWN = re.compile(rf"(?:{_AREAS})\d[\dA-Z]?")
_CLINICAL = re.compile(
    r"(?:FY|ST|CT|CO|CA|PO|PR|PE|BD|HR|IP|IV|NG|PH|PA|SA|LA|SP|SS|SO|TS|EC|HA|EN|SE[12]\b(?! )|[BEGLMNSW])\d"
)
_VERTEBRA = re.compile(r"(?:[LS][1-5]|C[1-8]|T(?:1[0-2]|[1-9])|B(?:6|12)|G[0-9]|E[1-6]|M[1-6]|N[0-3]|W[0-9])$")
_GRADE = ("ST", "CT", "FY", "CO", "CA")
_PLACE_BEFORE = re.compile(r"(?:\b(?:in|from|near|around|postcode|lives?|living|to|off|of|at|out)\s+|,\s*)$", re.I)
_PLACE_AFTER = re.compile(
    r"\s+(?:end|postcode|area|way|address|estate|side|lot|flats?|patch|addresses|postcodes|direction|borders?)\b", re.I
)
_HOME_BEFORE = re.compile(
    r"(?:\b(?:lives?|lived|living|flat|bedsit|hostel|house|home(?:\s(?:visits?|is))?|address|estate|born|grew\sup|"
    r"moved|sofa)\b"
    r"[^.\n]{0,18}\b(?:in|to|at|from|near|round|around)\s+|\bpostcode:?\s+(?:is\s+|was\s+)?|"
    r"\b(?:Road|Street|Lane|Avenue|Terrace|Crescent|Close|Drive|Row|Grove|Court|House|Hotel),?\s)$"
)
_URBAN = re.compile(r"(?:SE|SW|NW|BS|LS|BT|EH|CF|NE|BN|RG|TW|KT|CR|WD|YO)\d{1,2}")


def find(text: str, address_ends: set[int]) -> Iterator[Identifier]:
    """Every postcode; a first half right behind an address, whose end is given, needs no other sign."""
    for pattern in _WHOLE:
        for match in pattern.finditer(text):
            yield Identifier(*match.span(), "POSTCODE", "high", "a postcode")
    for match in _EIRCODE.finditer(text):
        if _IRISH.search(text[max(0, match.start() - 45) : match.start()]):
            yield Identifier(*match.span(), "POSTCODE", "high", "an Eircode")
    for match in _OUTWARD_LOWER.finditer(text):
        if not _CLINICAL.match(match["n"].upper()):
            yield Identifier(*match.span("n"), "POSTCODE", "medium", "the first half of a postcode")
    for match in _OUTWARD.finditer(text):
        if _is_a_place(text, match, address_ends):
            yield Identifier(*match.span(), "POSTCODE", "medium", "the first half of a postcode")


def _is_a_place(text: str, match: re.Match[str], address_ends: set[int]) -> bool:
    """Whether “S2” is a district here and no vertebra, grade or vitamin."""
    before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() : match.end() + 20]
    half = match.group()
    if _HOME_BEFORE.search(before):
        return True
    behind_address = match.start() - len(before) + len(before.rstrip(", ")) in address_ends
    if not _KNOWN.fullmatch(half):
        return behind_address
    if behind_address or _PLACE_AFTER.match(after):
        return True
    if _URBAN.fullmatch(half) and not _CLINICAL.match(half):
        return True
    placed = _PLACE_BEFORE.search(before)
    if not placed or _VERTEBRA.match(half):
        return False
    two_digits = re.fullmatch(r"[A-Z]{1,2}\d{2}", half) is not None and not half.startswith(_GRADE)
    return not _CLINICAL.match(half) or (two_digits and placed.group().strip(" ,") != "")
