"""Numbers that care gives to one person: NHS, CHI, H&C and hospital numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier, IdentifierKind
from journal.privacy import references
from journal.privacy.references import JOIN, NUMBER

_NHS_SAID = re.compile(
    rf"\b(?:nhs|chi|h\s?(?:&|and|\+)\s?c|hcn|health\s+(?:and|&)\s+care){NUMBER}{JOIN}"
    r"(?P<n>\d(?:[ .‐–-]{0,2}\d){9})(?!\d)",
    re.I,
)
_TEN = re.compile(
    r"(?<![\w+/.-])(?P<n>\d{3}(?P<j>[ .-]| {2})\d{3}(?P=j)\d{4}|\d{4}[ -]\d{3}[ -]\d{3}|\d{6}[ -]\d{4}|"
    r"\d{10})(?![\w/-])"
)
_CODE = r"(?P<n>(?=[A-Za-z/ -]{0,6}\d)[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z/-]*(?:[ -]\d{3,}|[ -]?\d+)*[A-Za-z]?)"
_HOSPITAL_SAID = re.compile(
    r"\b(?:hosp\.?(?=\s[A-Z]{0,3}\d{5})|notes?\s(?:numbers?|nos?\b\.?)|case\s?notes?(?=\s[A-Z]{0,3}[-/ ]?\d{5})|"
    r"(?:file|sticker|wrist\s?band|label|id\sband|chart)(?:\s(?:numbers?|nos?\b\.?|said|says|read|"
    r"reads))?(?=\W{0,3}[A-Z]{0,3}[-/ ]?\d[\d ]{4})|"
    r"(?:hosp(?:ital)?|unit|pas|patient|pt|chart|case\s?note|record|folder|local|episode|file|clinic|district|"
    r"admission|ip|opd|"
    r"radiology|x-?ray|theatre)\.?\s*(?:numbers?|nos?\b\.?|nums?\b\.?|ids?\b|#)|"
    r"mrns?|m\.r\.n\.?|crn|pid|uhid|urn?|ur|hrn|hn|(?:k|x|d|r|t)[\s-]number)"
    rf"{JOIN}{_CODE}",
    re.I,
)
_HIS_NUMBER = re.compile(r"\b(?:his|her|their|the\spatient['’]s)\snumber\W{1,3}(?P<n>[A-Z]{1,3}\d{5,8})(?![\w/-])")
_HOSPITAL_BARE = re.compile(
    r"(?<![\w/-])(?P<n>[A-Z]{1,3}\d{6,8}|[a-z]\d{7}|(?<![.,£$€])\d{7,9}(?!\s?(?:/|mls?|mg|units|cells)))(?![\w/-]|"
    r"[.,]\d)"
)
_PAPERS = re.compile(r"\b(?:passport|visa|book|licen[cs]e|gmc|nmc|registration|account|login|booking|order)\b", re.I)


def find(text: str) -> Iterator[Identifier]:
    """Every such number; one may be found twice, the surer first."""
    yield from _nhs(text)
    yield from _hospital_said(text)
    yield from references.find(text)


def find_bare(text: str) -> Iterator[Identifier]:
    """Letters and digits that nothing says more of: a hospital number by their form, unless found as something else."""
    for match in _HOSPITAL_BARE.finditer(text):
        if match["n"].isdigit() and (
            len(match["n"]) == 9 or _PAPERS.search(text[max(0, match.start() - 60) : match.start()])
        ):
            yield _found(match, "ID", "a long number, as of a paper or an account")
        else:
            yield _found(match, "HOSPITAL_NUMBER", "a number as hospitals give them")


def is_valid_nhs(digits: str) -> bool:
    """Whether the tenth digit checks the first nine (weights 10 to 2, modulus 11), for NHS, CHI and H&C numbers alike.

    >>> is_valid_nhs("9434765919"), is_valid_nhs("9434765918")
    (True, False)
    """
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and rest != 10 and rest % 11 == int(digits[9])


def _nhs(text: str) -> Iterator[Identifier]:
    for match in _NHS_SAID.finditer(text):
        yield _found(match, "NHS_NUMBER", "said to be an NHS, CHI or H&C number")
    for match in _TEN.finditer(text):
        digits = re.sub(r"\D", "", match["n"])
        if (digits.startswith("0") and len(match["n"]) == 12) or (re.match(r"0[1-9]\d\d", digits) and not _day(digits)):
            continue  # a telephone number
        grouped = match["n"] != digits
        if is_valid_nhs(digits):
            yield _found(match, "NHS_NUMBER", "ten digits whose check digit fits")
        elif grouped or _day(digits):
            yield _found(match, "NHS_NUMBER", "ten digits in the groups of an NHS or CHI number")


def _day(digits: str) -> bool:
    """Whether ten digits could be a CHI number, which opens with a date of birth."""
    return 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 12 and is_valid_nhs(digits)


def _hospital_said(text: str) -> Iterator[Identifier]:
    for match in _HIS_NUMBER.finditer(text):
        yield _found(match, "HOSPITAL_NUMBER", "said to be a patient's number")
    for match in _HOSPITAL_SAID.finditer(text):
        if sum(c.isdigit() for c in match["n"]) < 4:
            continue
        yield _found(match, "HOSPITAL_NUMBER", "said to be a hospital number")
        second = re.match(
            r"\s*(?:,|and|or|/|&|vs|not|and\snot)\s*([A-Z]{0,3}\d{5,8})\b", text[match.end() : match.end() + 20]
        )
        if second:
            start = match.end() + second.start(1)
            yield Identifier(start, match.end() + second.end(1), "HOSPITAL_NUMBER", "high", "beside a hospital number")


def _found(match: re.Match[str], kind: IdentifierKind, why: str) -> Identifier:
    start, end = match.span("n")
    while match.string[end - 1] in " -/.":
        end -= 1
    return Identifier(start, end, kind, "high", why)
