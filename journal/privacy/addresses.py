"""Houses: a number and its street, a flat in a building, a house by its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy.wordlists import context, words_of

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŴŶ][\w'’-]*"
_PART = rf"(?:{_CAPITAL}|St\.?|of|the|upon|le|y)"
_UNIT_HEADS = (
    r"(?:[Ff]lat|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Rr]oom|[Ss]uite|[Cc]aravan|[Pp]itch|[Pp]lot|[Ll]ot|"
    r"[Cc]halet|[Vv]illa|Erf)"
)
_UNIT = rf"{_UNIT_HEADS}\s(?:\d{{1,4}}\s?[A-Za-z]?|[A-Z])(?:/\d{{1,3}})?"
_NUMBER = r"(?:[Nn]o\.?\s)?\d{1,4}\s?[A-Za-z]?(?:\s?[-/–]\s?\d{1,4}[A-Za-z]?)?"
_STREETS = "|".join(sorted(context("streets"), key=len, reverse=True))
_BUILDING_HEADS = (
    "House|Court|Hotel|Lodge|Towers?|Heights|Mansions|Buildings?|Point|Apartments|Halls?|Wharf|Mills?|Place|Hostel|"
    "Cottages?|Farm|Farmhouse|Bungalow|Manse|Rectory|Vicarage|Barns?|Croft|Maltings|Yard|Quay|Granary|Stables|Chapel|"
    "Works|Gate|Park|Bakery|Schoolhouse|Forge|Dairy|Villas?|Grange|Almshouses|Steading"
)
_WELSH = r"(?:Heol|Ffordd|Stryd|Lôn|Maes|Bryn|Clos|Rhodfa|Parc|Tan|Pen|Tŷ|Ty|Ffordd)"
_ABROAD = (
    rf"(?:{_WELSH}|Ard|Cnoc|Bóthar|Sráid|Bealach|Gleann|Calle|Rua|Rue|Via|Jalan|Rhos|Cae|Llys|Penrhos|Trem)"
    rf"\s(?:(?:y|yr|na|an|de|da|do|del|la)\s)?{_CAPITAL}(?:\s(?!I\b){_CAPITAL})?"
)
_STREET = (
    rf"(?:{_CAPITAL}\s(?:{_PART}\s){{0,3}}(?:{_STREETS.title()}|{_STREETS})(?:\s(?:North|South|East|West|Drive|Road))?|"
    rf"The\s(?!Ward|Sister)[A-Z][a-z]+|{_ABROAD}|{_CAPITAL}(?<=[a-z])(?:straat|weg|laan|strasse|straße|gatan|"
    rf"gasse))\b(?!['’])"
)
_BUILDING = rf"(?:[Tt]he\s)?{_CAPITAL}(?:\s{_PART}){{0,2}}\s(?:{_BUILDING_HEADS})|The\s[A-Z][a-z]+s?"
_BEFORE = r"(?<![\w/.-])"

_HOUSE_ON_STREET = re.compile(
    rf"{_BEFORE}(?:{_UNIT}(?:,\s*|\s+(?:at\s+)?))?(?:(?:{_BUILDING}),\s*)?{_NUMBER},?\s+{_STREET}"
)
_NAMED_ON_STREET = re.compile(
    rf"(?P<lead>\b(?:address:?|of|at|lives?(?:\sat)?|home|to|c/o|from)\s|^|[.:;(]\s?)"
    rf"(?P<n>{_CAPITAL}(?:\s{_CAPITAL}){{0,2}},\s*(?:{_NUMBER},?\s+{_STREET}|{_ABROAD}))", re.M
)  # fmt: skip
_BUILDING_ON_STREET = re.compile(
    rf"\b(?:[Tt]he\s)?{_CAPITAL}(?:\s{_CAPITAL})?\s(?:{_BUILDING_HEADS}),\s"
    rf"{_CAPITAL}(?:\s{_CAPITAL})?\s(?:{_STREETS.title()})\b"
)
_IN_A_BUILDING = re.compile(
    rf"\b{_UNIT}(?:,\s*|\s+(?:in|at)?\s*)(?:{_BUILDING}|{_STREET}|(?:{_PART}\s){{1,3}}(?:{_BUILDING_HEADS}))\b"
)
_IN_A_BUILDING_LOWER = re.compile(
    rf"\b{_UNIT}(?:,\s*|\s+(?:in|at)?\s*)[a-z'’]+(?:\s[a-z'’]+)?\s(?:{_BUILDING_HEADS})\b", re.I
)
_SAID = re.compile(
    r"\b(?:address(?:\s(?:is|was|of|as))?:?|lives?(?:\salone)?\sat|living\sat|house\sat|flat\sat|home\sto|back\sto|"
    r"moved\sto)\s+"
    r"(?P<n>\d{1,3}[A-Za-z]?\s(?!(?:Mrs?|Ms|Dr|Miss|Mx)\b)[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+){1,2})"
)
_COTTAGE = re.compile(
    r"\b(?P<n>(?:The\s)?[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+)?\s(?:Cottage|Farmhouse|Farm|Rectory|Vicarage|Bungalow|Manse|"
    r"Steading))\b"
    r"(?!\s(?:Hospital|[Pp]ie|Road|Street|Lane|Park|Surgery))"
)
_LOWER = re.compile(
    rf"(?<![\w/.-])(?:{_UNIT_HEADS}\s\w{{1,3}}(?:,\s*|"
    rf"\s+(?:at\s+)?))?\d{{1,4}}\s?[a-z]?,?\s+(?P<w>[a-z'’-]+(?:\s[a-z'’-]+)?)\s"
    rf"(?:{'|'.join(sorted(context('sure_streets') | {'row', 'drive'}))})\b(?!['’])",
    re.I,
)
_BOX = re.compile(r"\bP\.?O\.? Box \d+\b", re.I)
_NO_STREET = words_of(
    "the a to of on in were was and patients beds very too minutes at hours days people miles down up is it so my for "
    "who "
    "came in weeks months years times with from by metres yards more nurses mins hrs mg ml first front back second "
    "third next"
)
_NO_HOUSE = words_of("the our my every that this mr mrs dr miss old city dairy animal health wind fish funny home")


def find(text: str) -> Iterator[Identifier]:
    """Every house that its number, its building or its own name tells from others."""
    for pattern in (_HOUSE_ON_STREET, _BUILDING_ON_STREET, _IN_A_BUILDING, _IN_A_BUILDING_LOWER, _BOX):
        for match in pattern.finditer(text):
            yield Identifier(*match.span(), "ADDRESS", "high", "a house and its street")
    for match in _NAMED_ON_STREET.finditer(text):
        yield Identifier(*match.span("n"), "ADDRESS", "high", "a house and its street")
    for pattern in (_SAID, _COTTAGE):
        for match in pattern.finditer(text):
            if match["n"].split()[0].lower() not in _NO_HOUSE - {"the", "old"}:
                yield Identifier(*match.span("n"), "ADDRESS", "high", "a house")
    for match in _LOWER.finditer(text):
        if not set(match["w"].lower().split()) & _NO_STREET:
            yield Identifier(*match.span(), "ADDRESS", "high", "a house and its street")
