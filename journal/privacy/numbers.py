"""Numbers given to one person or one event: NHS, CHI, H&C and hospital numbers, registrations, references, vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier, IdentifierKind

_JOIN = r"[\s:.,#=\-–(]*(?:(?:is|was|of|as|being|reads?|said|ending)\s+)?[\s:#=(]*"
_NO = r"\s*(?:numbers?|nos?\b\.?|nums?\b\.?|id\b|#)?"
_NHS_SAID = re.compile(
    rf"\b(?:nhs|chi|h\s?(?:&|and|\+)\s?c|hcn|health\s+(?:and|&)\s+care){_NO}{_JOIN}"
    r"(?P<n>\d(?:[ .‐–-]?\d){9})(?!\d)",
    re.I,
)
_TEN = re.compile(r"(?<![\w+/.-])(?P<n>\d{3}(?P<j>[ -])\d{3}(?P=j)\d{4}|\d{6}[ -]\d{4}|\d{10})(?![\w/-])")
_CODE = r"(?P<n>(?=[A-Za-z/ -]{0,6}\d)[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z/-]*(?:[ -]\d{3,}|[ -]?\d+)*[A-Za-z]?)"
_HOSPITAL_SAID = re.compile(
    r"\b(?:hosp\.?(?=\s[A-Z]{0,3}\d{5})|notes?\s(?:numbers?|nos?\b\.?)|file\snos?\b\.?|(?:hosp(?:ital)?|unit|pas|patient|pt|chart|case\s?note|record|folder|local|episode)\.?\s*"
    r"(?:numbers?|nos?\b\.?|nums?\b\.?|ids?\b|#)|mrns?|m\.r\.n\.?|crn|pid|urn?|ur|hrn|hn|k\s?number|x\s?number)"
    rf"{_JOIN}{_CODE}",
    re.I,
)
_HOSPITAL_BARE = re.compile(r"(?<![\w/-])(?P<n>[A-Z]{1,3}\d{6,8})(?![\w/-])")
_REGISTER = (
    (re.compile(r"\b(?:gmc|imc|gdc|gphc|mcrn|hpcsa|ahpra)" + _NO + _JOIN + r"(?P<n>(?:[A-Z]{2,3})?\d{6,10})\b",
                re.I),
     "a professional registration"),
    (re.compile(rf"\b(?:hcpc|hpcsa|ahpra|registration|reg){_NO}{_JOIN}(?P<n>[A-Z]{{2,3}} ?0?\d{{5,10}})(?!\w)", re.I),
     "a professional registration"),
    (re.compile(r"(?<!\w)(?P<n>(?:MED|NMW|PHY|PHA|OCC|PSY)000\d{7}|(?:MP|DP) ?0\d{6})(?!\w)"),
     "a professional registration"),
    (re.compile(r"\b(?:nmc|pin)" + _NO + _JOIN + r"(?P<n>\d{2} ?[A-L] ?\d{4} ?[A-Z])(?!\w)", re.I), "an NMC Pin"),
    (re.compile(r"\bgmc" + _NO + _JOIN + r"(?P<n>\d{2,4}[ -]\d{3,5}|\d{3} \d{2} \d{2})(?!\w)", re.I), "a GMC number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{3}[ -]\d{3}[ -]?[A-Z]{2})(?!\w)"), "the form of a vehicle registration"),
    (re.compile(r"(?<!\w)(?P<n>\d{2}[A-La-l]\d{4}[A-Za-z])(?!\w)"), "the form of an NMC Pin"),
    (re.compile(r"(?<!\w)(?P<n>(?:PYL|PH|OT|PA|RA|DT|SL|CH|ODP|BS|CS|OR|PO|HAD|AS|CSO|DR|SW)\d{5,6})(?!\w)"),
     "the form of an HCPC number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])(?!\w)"), "as a National Insurance number"),
    (re.compile(rf"\b(?:nino|ni|national\s+insurance){_NO}{_JOIN}(?P<n>[a-z]{{2}}(?: ?\d\d){{3}} ?[a-d])(?!\w)", re.I),
     "the form of a National Insurance number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{2}\d{2} ?[A-Z]{3})(?!\w)"), "the form of a vehicle registration"),
    (re.compile(r"\b(?:reg(?:istration)?|plate|number\s?plate|car|van|vehicle)\b[^.\n]{0,25}?"
                r"(?P<n>\b(?:[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,4}[A-Z]?|[a-z]{2}\d{2} ?[a-z]{3}|"
                r"\d{2,3}[ -][A-Z]{1,2}[ -]\d{1,6})\b)"),
     "a vehicle registration"),
    (re.compile(r"(?<!\w)(?P<n>\d{2,3}-[A-Z]{1,2}-\d{1,6})(?!\w)"), "the form of a vehicle registration"),
)  # fmt: skip
_REFERENCE = re.compile(
    r"\b(?P<w>datix(?:ed|es)?|dcirs?|incident|inquest|coroner(?:['’]?s)?|case|ref(?:erence)?|complaint|crime|pals|claim|"
    r"passport|licence|license|serial|device|pacemaker|implant|icd|prisoner|prison|policy|court|log|form|report|job|cad|"
    r"ulysses|lfpse|steis|riddor|safeguarding|ticket|account|visa|brp|membership|staff|payroll|employee|badge|student|"
    r"pin|nmc|nmbi|gmc|hcpc|riq|sui|psii)\b(?P<gap>(?:[^.\n;?!]|\bno\.){0,28}?)(?<![\w./-])"
    r"(?P<n>(?:[A-Za-z]{1,5}(?:[-/][A-Za-z]{1,4})?[-/ ]?)?\d[\dA-Za-z]*(?:[-/.][\dA-Za-z]+)*)(?![\w%])",
    re.I,
)
_PREFIXED = re.compile(
    r"(?<![\w/-])(?P<n>(?:INC|INQ|DTX|DX|W|WEB|IR|CAS|REF|PALS|COMP|SI|CN|IN|IR1)[-/]?(?:\d+[-/])*\d{3,})(?![\w-])"
)


def find(text: str) -> Iterator[Identifier]:
    """Every such number; one may be found twice, the surer first."""
    yield from _nhs(text)
    yield from _hospital_said(text)
    for pattern, why in _REGISTER:
        for match in pattern.finditer(text):
            yield _found(match, "ID", why)
    yield from _references(text)
    for match in _PREFIXED.finditer(text):
        yield _found(match, "ID", "the form of a reference number")


def find_bare(text: str) -> Iterator[Identifier]:
    """Letters and digits that nothing says more of: a hospital number by their form, unless found as something else."""
    for match in _HOSPITAL_BARE.finditer(text):
        yield _found(match, "HOSPITAL_NUMBER", "letters and digits as in a hospital number")


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
    for match in _HOSPITAL_SAID.finditer(text):
        if sum(c.isdigit() for c in match["n"]) < 4:
            continue
        yield _found(match, "HOSPITAL_NUMBER", "said to be a hospital number")
        second = re.match(r"\s*(?:,|and|or|/|&|vs|not)\s*([A-Z]{0,3}\d{5,8})\b", text[match.end() : match.end() + 20])
        if second:
            start = match.end() + second.start(1)
            yield Identifier(start, match.end() + second.end(1), "HOSPITAL_NUMBER", "high", "beside a hospital number")


def _references(text: str) -> Iterator[Identifier]:
    for match in _REFERENCE.finditer(text):
        code = match["n"]
        digits = sum(c.isdigit() for c in code)
        if (code.startswith("0") and re.match(r"\d*[ -]?\d{3}", text[match.end() :]) and digits < 11) or re.fullmatch(
            r"0\d{9,10}", code
        ):
            continue  # a telephone number
        letters = sum(c.isalpha() for c in code)
        if re.search(
            r"\b(?:hosp|mrn|unit no|nhs|chi|bleep|ext|phone|tel|ring|rang|bed|£|\$|at|aged)\b", match["gap"], re.I
        ):
            continue
        if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:19|20)\d\d(?:[-/]\d\d(?:-\d\d)?)?", code):
            continue
        sure = match["w"].lower() in ("datix", "inquest", "crime", "cad", "ulysses", "lfpse") and len(match["gap"]) < 13
        if sure and re.fullmatch(r"\d{4}", code) and not re.match(r"(?:19|20)\d\d|[01]\d[0-5][05]", code):
            yield _found(match, "ID", "a reference number")
        elif digits >= 5 or (digits >= 4 and (letters or "/" in code or "-" in code)):
            word = re.match(r"[a-z]+ ", code)
            if word:
                if digits > 4:
                    yield Identifier(match.start("n") + word.end(), match.end("n"), "ID", "high", "a reference number")
                continue
            yield _found(match, "ID", "a reference number")


def _found(match: re.Match[str], kind: IdentifierKind, why: str) -> Identifier:
    start, end = match.span("n")
    while match.string[end - 1] in " -/.":
        end -= 1
    return Identifier(start, end, kind, "high", why)
