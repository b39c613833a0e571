"""Ways to reach somebody: telephone, e-mail, web, address, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy import addresses, postcodes

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.U)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"“”]+|(?<![\w@.-])(?:[\w-]+\.)+(?:co\.uk|org\.uk|nhs\.uk|ac\.uk|gov\.uk|com\.au|"
    r"co\.za|"
    r"com|org|net|io|ie|info|uk|eu|example|co|me|app|tv|ng|in)(?:/[^\s<>()\"“”]*)?(?![\w@])",
    re.I,
)
_HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_][\w.]{2,}")
_NATIONAL = re.compile(r"(?:https?://)?(?:www\.)?(?:nhs\.(?:uk|net)|nice\.org\.uk|gmc-uk\.org|gov\.uk|bnf\.nice\S*|"
                       r"patient\.info|nhs111|resus\.org\.uk|google\.com|bbc\.co\.uk)(?:/\S*)?$", re.I)  # fmt: skip
_PHONE = re.compile(
    r"(?<![\w/.+-])(?:\+\d{1,3}[ -]?(?:\(0\)[ -]?)?\d{1,5}|\(0\d{1,5}\)|0\d{1,5})(?:(?:[ -]|"
    r"\.(?=\d{3}))?\d{2,8}){1,4}(?![\w/]|\.\d)"
)
_PHONE_SAID = re.compile(
    r"\b(?:phone|tel(?:ephone)?|mob(?:ile)?|cell|landline|number|ring|rang|call(?:ed)?|contact|whatsapp|fax|"
    r"text(?:ed)?)\b"
    r"[^\d\n.;]{0,25}?(?<![A-Za-z])(?P<n>\d{3,5}[ -]?\d{3,4}(?:[ -]?\d{2,4})?)(?![\w/])",
    re.I,
)
_EMAIL_SAID = re.compile(
    r"\b[\w+-]+(?:\s?(?:\.|\bdot\b)\s?[\w+-]+){0,3}\s(?:at|\(at\)|\[at\])\s[\w-]+(?:\s(?:dot|\(dot\))\s[\w-]+){1,3}\b",
    re.I,
)


def find(text: str) -> Iterator[Identifier]:
    """Every way to reach somebody."""
    for match in _EMAIL.finditer(text):
        yield Identifier(
            match.start(), match.start() + len(match.group().rstrip(".-")), "EMAIL", "high", "an e-mail address"
        )
    for match in _EMAIL_SAID.finditer(text):
        yield Identifier(*match.span(), "EMAIL", "high", "an e-mail address in words")
    for pattern in (_URL, _HANDLE):
        for match in pattern.finditer(text):
            found = match.group().rstrip(".,;:!?'’")
            if not _NATIONAL.fullmatch(found) and not _slip(found):
                yield Identifier(match.start(), match.start() + len(found), "URL", "medium", "a web address or handle")
    yield from _phones(text)
    houses = list(addresses.find(text))
    yield from houses
    yield from postcodes.find(text, {found.end for found in houses})


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
            r"\b(?:hosp|nhs|case|unit|ref|service|assign|staff|payroll|serial|passport|licence|pt|"
            r"patient)\w*\.?\s(?:no|num|id)|"
            r"\b(?:hosp|nhs|ref|case|bleep|serial)\w*",
            match.group(),
            re.I,
        ):
            yield Identifier(*match.span("n"), "PHONE", "high", "a telephone number")
