"""Ways to reach somebody: telephone, e-mail, web, address, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy.wordlists import context

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.U)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"“”]+|(?<![\w@.-])(?:[\w-]+\.)+(?:co\.uk|org\.uk|nhs\.uk|ac\.uk|gov\.uk|com\.au|co\.za|"
    r"com|org|net|io|ie|info|uk|eu|example|co|me|app|tv|ng|in)(?:/[^\s<>()\"“”]*)?(?![\w@])",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,}")
_NATIONAL = re.compile(r"(?:https?://)?(?:www\.)?(?:nhs\.(?:uk|net)|nice\.org\.uk|gmc-uk\.org|gov\.uk|bnf\.nice\S*|"
                       r"patient\.info|nhs111|resus\.org\.uk|google\.com|bbc\.co\.uk)(?:/\S*)?$", re.I)  # fmt: skip
_PHONE = re.compile(
    r"(?<![\w/.+-])(?:\+\d{1,3}[ -]?(?:\(0\)[ -]?)?\d{1,5}|\(0\d{1,5}\)|0\d{1,5})(?:[ -]?\d{2,8}){1,4}(?![\w/]|\.\d)"
)
_PHONE_SAID = re.compile(
    r"\b(?:phone|tel(?:ephone)?|mob(?:ile)?|cell|landline|number|ring|rang|call(?:ed)?|contact|whatsapp|fax|text(?:ed)?)\b"
    r"[^\d\n.;]{0,25}?(?P<n>\d{3,5}[ -]?\d{3,4}(?:[ -]?\d{2,4})?)(?![\w/])",
    re.I,
)
_AREAS = (
    "AB|AL|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|EC|EH|EN|EX|FK|FY|GL|GU|GY|HA|"
    "HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|LA|LD|LE|LL|LN|LS|LU|ME|MK|ML|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|"
    "RG|RH|RM|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE|B|E|G|L|M|N|S|W"
)
_POSTCODE = re.compile(rf"(?<![\w-])(?:{_AREAS})\d[\dA-Z]? ?\d[ABD-HJLNP-UW-Z]{{2}}(?!\w)", re.I)
_EIRCODE = re.compile(r"(?<!\w)[A-Z]\d{2} ?[A-Z][A-Z\d]{3}(?!\w)")
_OUTWARD = re.compile(rf"(?<![\w/-])(?:{_AREAS})\d[\dA-Z]?(?![\w/%]|[-.]\w)")
_OUTWARD_LOWER = re.compile(
    r"\b(?:in|from|near|postcode|around|lives?|of)\s+(?P<n>(?:se|sw|nw|bs|ls|bt|eh|cf|ne|bn|rg|tw|kt|cr|wd|yo|le|bd|nr|cv|ng|dd|ab|sk|ol|wn|wf|hu|dn)\d{1,2})(?![\w/.%])"
)
_CLINICAL = re.compile(
    r"(?:FY|ST|CT|CO|CA|PO|PR|PE|BD|HR|IP|IV|NG|PH|PA|SA|LA|SP|SS|SO|TS|EC|HA|EN|SE[12]\b(?! )|[BEGLMNSW])\d"
)
_PLACE_BEFORE = re.compile(r"(?:\b(?:in|from|near|around|postcode|lives?|living|to|off|of|at|out)\s+|,\s*)$", re.I)
_PLACE_AFTER = re.compile(
    r"\s+(?:end|postcode|area|way|address|estate|side|lot|flats?|patch|addresses|postcodes|direction|borders?)\b", re.I
)
_VERTEBRA = re.compile(r"(?:[LS][1-5]|C[1-8]|T(?:1[0-2]|[1-9])|B(?:6|12)|G[0-9]|E[1-6]|M[1-6]|N[0-3]|W[0-9])$")

_NAME = r"(?:[A-Z][\w'’.-]*|St\.?|of|the|upon|le|y)"
_UNITS = r"(?:[Ff]lat|[Aa]partment|[Aa]pt|[Uu]nit|[Rr]oom|[Ss]uite)"
_STREETS = "|".join(sorted(context("streets"), key=len, reverse=True))
_NUMBER = r"\d{1,4}\s?[A-Za-z]?(?:\s?[-/–]\s?\d{1,4}[A-Za-z]?)?"
_BUILDINGS = "House|Court|Hotel|Lodge|Towers?|Heights|Mansions|Buildings?|Point|Apartments|Hall|Wharf|Mill|Place|Hostel"
_WITHIN = (
    rf"(?:(?:{_UNITS}\s[\w/]{{1,4}}|"
    r"(?:[Tt]op|[Gg]round|[Bb]asement|[Gg]arden|[Ff]irst)[ -](?:floor[ -])?flat|\d/\d)(?:,\s*|\s+(?:at\s+)?))?"
    rf"(?:[A-Z][\w'’-]*(?:\s[A-Z][\w'’-]*){{0,2}}\s(?:{_BUILDINGS}|Cottage|Farm),\s*)?"
)
_STREET_CASED = re.compile(
    rf"(?<![\w/.-]){_WITHIN}{_NUMBER},?\s+[A-Z][\w'’.-]*\s(?:{_NAME}\s){{0,2}}(?:{_STREETS.title()}|{_STREETS})"
    r"(?:\s(?:North|South|East|West))?\b(?!['’])"
)
_STREET_ABROAD = re.compile(
    rf"(?<![\w/.-]){_WITHIN}{_NUMBER},?\s+(?:The\s(?!Ward|Sister)[A-Z][a-z]+|"
    r"(?:Heol|Ffordd|Stryd|Lôn|Maes|Bryn|Clos|Rhodfa|Parc|Tan|Ard|Cnoc|Bóthar|Sráid|Calle|Rua|Rue|Via|Jalan)"
    r"\s(?:(?:y|yr|na|an|de|da|do|del)\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\b"
)
_STREET_SAID = re.compile(
    r"\b(?:address(?:\s(?:is|was|of|as))?:?|lives?(?:\salone)?\sat|living\sat|house\sat|flat\sat|home\sto|back\sto|moved\sto)\s+"
    r"(?P<n>\d{1,3}[A-Za-z]?\s(?!(?:Mrs?|Ms|Dr|Miss|Mx)\b)[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+){1,2})"
)
_COTTAGE = re.compile(
    r"\b(?P<n>(?:The\s)?[A-Z][a-z'’]+(?:\s[A-Z][a-z'’]+)?\s(?:Cottage|Farmhouse|Rectory|Vicarage|Bungalow))\b(?!\s(?:Hospital|[Pp]ie))"
)
_STREET_LOWER = re.compile(
    rf"(?<![\w/.-])(?:{_UNITS}\s\w{{1,3}}(?:,\s*|\s+(?:at\s+)?))?(?P<h>\d{{1,4}}\s?[a-z]?),?\s+(?P<w>[a-z'’-]+(?:\s[a-z'’-]+)?)\s"
    rf"(?:{'|'.join(sorted(context('sure_streets')))})\b(?!['’])",
    re.I,
)
_FLAT = re.compile(
    rf"\b{_UNITS}\s(?:\d{{1,3}}\s?[A-Za-z]?|[A-Z])(?:,\s*|\s+(?:in|at)?\s*)(?:{_NAME}\s){{1,3}}"
    r"(?:House|Court|Hotel|Lodge|Tower|Towers|Heights|Mansions|Buildings?|Point|Apartments|Hall|Wharf|Mill|Place|Hostel)\b",
    re.I,
)


def find(text: str) -> Iterator[Identifier]:
    """Every way to reach somebody."""
    for match in _EMAIL.finditer(text):
        yield Identifier(
            match.start(), match.start() + len(match.group().rstrip(".-")), "EMAIL", "high", "an e-mail address"
        )
    for pattern in (_URL, _HANDLE):
        for match in pattern.finditer(text):
            found = match.group().rstrip(".,;:!?'’")
            if not _NATIONAL.fullmatch(found) and not _slip(found):
                yield Identifier(match.start(), match.start() + len(found), "URL", "medium", "a web address or handle")
    yield from _phones(text)
    addresses = list(_addresses(text))
    yield from addresses
    yield from _postcodes(text, {found.end for found in addresses})


def _slip(found: str) -> bool:
    """Whether a missing blank after a full stop made it look like a web address (“ward.in”, “home.me”)."""
    return re.fullmatch(r"[A-Za-z]+\.(?:in|me|co|tv|app|io|ie|info|ng)", found) is not None


def _phones(text: str) -> Iterator[Identifier]:
    for match in _PHONE.finditer(text):
        digits = sum(c.isdigit() for c in match.group())
        if 9 <= digits <= 14:
            yield Identifier(*match.span(), "PHONE", "high", "a telephone number")
    for match in _PHONE_SAID.finditer(text):
        if 6 <= sum(c.isdigit() for c in match["n"]) <= 11 and not re.search(
            r"\b(?:hosp|nhs|case|unit|ref)\w*", match.group(), re.I
        ):
            yield Identifier(*match.span("n"), "PHONE", "high", "a telephone number")


def _addresses(text: str) -> Iterator[Identifier]:
    for pattern in (_STREET_CASED, _STREET_ABROAD, _FLAT):
        for match in pattern.finditer(text):
            yield Identifier(*match.span(), "ADDRESS", "high", "a house and its street")
    for pattern in (_STREET_SAID, _COTTAGE):
        for match in pattern.finditer(text):
            yield Identifier(*match.span("n"), "ADDRESS", "high", "a house")
    for match in _STREET_LOWER.finditer(text):
        words = set(re.split(r"\s", match["w"].lower()))
        if not words & {
            "the",
            "a",
            "to",
            "of",
            "on",
            "in",
            "were",
            "was",
            "and",
            "patients",
            "beds",
            "very",
            "too",
            "minutes",
            "at",
            "hours",
            "days",
            "people",
            "miles",
            "down",
            "up",
            "is",
            "it",
            "so",
            "my",
            "for",
            "who",
            "came",
        }:
            yield Identifier(*match.span(), "ADDRESS", "high", "a house and its street")


def _postcodes(text: str, address_ends: set[int]) -> Iterator[Identifier]:
    for match in _POSTCODE.finditer(text):
        yield Identifier(*match.span(), "POSTCODE", "high", "a postcode")
    for match in _EIRCODE.finditer(text):
        if re.search(r"\b(?:eircode|address|co\.?|county|dublin)\b[^.\n]{0,30}$", text[: match.start()], re.I):
            yield Identifier(*match.span(), "POSTCODE", "high", "an Eircode")
    for match in _OUTWARD_LOWER.finditer(text):
        if not _CLINICAL.match(match["n"].upper()):
            yield Identifier(*match.span("n"), "POSTCODE", "medium", "the first half of a postcode")
    for match in _OUTWARD.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        placed = _PLACE_BEFORE.search(before[-20:]) or _PLACE_AFTER.match(after)
        if (
            (re.search(r",?\s*$", before) and len(before.rstrip(", ")) in address_ends)
            or _PLACE_AFTER.match(after)
            or (placed and not _VERTEBRA.match(match.group()) and not _CLINICAL.match(match.group()))
            or (
                placed
                and placed.group().strip(" ,")
                and re.fullmatch(r"[A-Z]{1,2}\d{2}", match.group())
                and not _VERTEBRA.match(match.group())
                and not match.group().startswith(("ST", "CT", "FY", "CO", "CA"))
            )
            or (
                re.fullmatch(r"(?:SE|SW|NW|BS|LS|BT|EH|CF|NE|BN|RG|TW|KT|CR|WD|YO)\d{1,2}", match.group())
                and not _CLINICAL.match(match.group())
            )
        ):
            yield Identifier(*match.span(), "POSTCODE", "medium", "the first half of a postcode")
