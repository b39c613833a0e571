"""Numbers of a register, an event or a thing: registrations, incidents, inquests, vehicles, papers, devices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier

NUMBER = r"\s*(?:numbers?|nos?\b\.?|nums?\b\.?|id\b|#)?"
"""What may stand between a label and its number: “no.”, “number”, “#”."""
JOIN = r"[\s:.,#=\-–(]*(?:(?:is|was|of|as|being|reads?|said|ending)\s+)?[\s:#=(]*"
"""What joins a label and its number."""
_REGISTER = (
    (re.compile(r"\b(?:gmc|imc|gdc|gphc|mcrn|hpcsa|ahpra)" + NUMBER + JOIN + r"(?P<n>(?:[A-Z]{2,3})?\d{6,10})\b",
                re.I),
     "a professional registration"),
    (re.compile(rf"\b(?:hcpc|hpcsa|ahpra|registration|reg){NUMBER}{JOIN}(?P<n>[A-Z]{{2,3}} ?0?\d{{5,10}})(?!\w)", re.I),
     "a professional registration"),
    (re.compile(r"(?<!\w)(?P<n>(?:MED|NMW|PHY|PHA|OCC|PSY)000\d{7}|(?:MP|DP) ?0\d{6})(?!\w)"),
     "a professional registration"),
    (re.compile(r"\b(?:nmc|"
                r"pin)" + NUMBER + JOIN + r"(?P<n>\d{2}[ -]?[A-L][ -]?\d{4}[ -]?[A-Z])(?!\w)", re.I), "an NMC Pin"),
    (re.compile(r"\bgmc" + NUMBER + JOIN + r"(?P<n>\d(?:[ .-]?\d){5,6})(?!\w)", re.I), "a GMC number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{3}[ -]\d{3}[ -]?[A-Z]{2})(?!\w)"), "the form of a vehicle registration"),
    (re.compile(r"(?<!\w)(?P<n>\d{2}[A-La-l]\d{4}[A-Za-z])(?!\w)"), "the form of an NMC Pin"),
    (re.compile(r"(?<!\w)(?P<n>(?:PYL|PH|OT|PA|RA|DT|SL|CH|ODP|BS|CS|OR|PO|HAD|AS|CSO|DR|SW)\d{5,6})(?!\w)"),
     "the form of an HCPC number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D])(?!\w)"), "as a National Insurance number"),
    (re.compile(rf"\b(?:nino|ni|"
                rf"national\s+insurance){NUMBER}{JOIN}(?P<n>[a-z]{{2}}(?: ?\d\d){{3}} ?[a-d])(?!\w)", re.I),
     "the form of a National Insurance number"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{2}\d{2} ?[A-Z]{3})(?!\w)"), "the form of a vehicle registration"),
    (re.compile(r"\b(?:reg(?:istration)?|(?:number\s?)?plates?|car|van|vehicle|taxi|cab|minicab|ambulance|motorbike|"
                r"lorry|truck|"
                r"(?:land|range)\srover|mini|fiesta|corsa|golf|polo|astra|focus|bmw|audi|volvo|skoda|tractor|tesla|"
                r"moped|rrv)\b"
                r"[^.\n]{0,25}?(?<![\w-])(?P<n>[a-z]\d{1,3} ?[a-z]{3}|(?-i:[A-Z]{3} ?\d{1,4}[A-Z]?)|"
                r"[a-z]{2}\d{2} ?[a-z]{3}|"
                r"\d{2,3}[ -][A-Z]{1,2}[ -]\d{1,6}|\d[A-Z]{2} ?\d[A-Z]{2}|[A-Z]{2} \d{2,3}[ -]\d{3}|"
                r"[A-Z]{2} \d{2} [A-Z]{2} GP|"
                r"(?-i:[A-Z]{1,2} \d{3,6}))(?![\w-])", re.I),
     "a vehicle registration"),
    (re.compile(r"(?<!\w)(?P<n>\d{2,3}-[A-Z]{1,2}-\d{1,6}|[A-Z]{3} \d{3}[A-Z]|[A-Z]\d{2,3} [A-HJ-Y][A-Z]{2})(?!\w)"),
     "the form of a vehicle registration"),
    (re.compile(r"(?<!\w)(?P<n>[A-Z]{2,5}9{0,3} ?\d{6} ?[A-Z9]{1,2}\d?[A-Z\d]{1,3})(?!\w)"), "the form of a driving "
                "licence"),
    (re.compile(r"\b(?:licen[cs]e|serial|device|pacemaker|icd|implant|recorder)\b[^.\n\d]{0,25}?(?:no\.?\s|number\s)?"
                r"(?P<n>\b[A-Z]{2,5} \d{5,8}(?: [A-Z\d]{1,5})?)(?!\w)"), "a serial or licence number"),
    (re.compile(r"\b(?:visa|vignette|permit|brp|smart\s?card|card|account|policy|iban|bank)\b[^.\n\d]{0,25}?"
                r"(?P<n>\d{3,4}(?:[ -]\d{3,4}){2,4})(?!\w)", re.I), "the number of a paper or card"),
    (re.compile(r"\b(?:collar|warrant|badge|epaulette|shoulder|locker|roll)\s(?:number|no\.?)[\s:,]*(?:is\s|was\s)?"
                r"(?P<n>[A-Z]{0,3}\d{3,6})(?!\w)", re.I), "a number of one officer"),
    (re.compile(r"\b(?:log|ref(?:erence)?|police|crime|cad|incident)\b[^.\n\d]{0,20}(?P<n>\d{3,6}(?: of |"
                r"/)\d{1,2}/\d{1,2}(?:/\d{2,4})?)"
                r"(?!\w)", re.I), "a police log"),
)  # fmt: skip
_REFERENCE = re.compile(
    r"\b(?P<w>datix(?:ed|es)?|dcirs?|incident|inquest|coroner(?:['’]?s)?|case|ref(?:erence)?|complaint|crime|police|"
    r"pals|claim|"
    r"passport|licence|license|serial|device|pacemaker|implant|icd|prisoner|prison|policy|court|log|form|report|job|"
    r"cad|"
    r"ulysses|lfpse|steis|riddor|safeguarding|ticket|account|visa|brp|membership|staff|payroll|employee|badge|student|"
    r"service|assignment|vignette|permit|warrant|certificate|registration|regimental|army|force|union|hssib|mbrrace|"
    r"smartcard|asset|tag|book|pin|nmc|nmbi|gmc|hcpc|riq|sui|psii)\b(?P<gap>(?:[^.\n;?!]|\bno\.){0,28}?)(?<![\w./-])"
    r"(?P<n>(?:[A-Za-z]{1,5}(?:[-/][A-Za-z]{1,4})?[-/ ]?)?"
    r"\d[\dA-Za-z]*(?:[-/.][\dA-Za-z]+)*(?: [B-HJ-Z](?=[\s,.;)]))?)(?![\w%])",
    re.I,
)
_SHAPES = (
    re.compile(r"(?<![\w/-])(?P<n>(?:INC|INQ|DTX|DX|W|WEB|IR|CAS|REF|PALS|COMP|COM|SI|CN|IN|IR1|SG|CR|MI|"
               r"EV)[-/]?(?:\d+[-/])*\d{3,}"
               r"(?:[-/]\d+)*)(?![\w-])"),
    re.compile(r"(?<![\w/-])(?P<n>[A-Z]{1,6}[-/](?:[A-Z]{1,4}[-/])?\d{4,}(?:[-/][\dA-Z]+)*)(?![\w-])"),
    re.compile(r"(?<![\w/-])(?P<n>[A-Z]{1,5}[-/](?:19|20)?\d\d[-/]\d{3,}(?:[-/]\d+)?)(?![\w-])"),
    re.compile(r"(?<![\w/.-])(?P<n>20\d\d[-/]\d{4,7})(?![\w-])"),
)  # fmt: skip

_NO_REFERENCE = re.compile(
    r"\b(?:hosp\w*|mrn|unit no|nhs|chi|bleep|ext|phone|tel|ring|rang|bed|at|aged|call-?back|mobile|landline|born|"
    r"dob)\b|[£$€]",
    re.I,
)


def find(text: str) -> Iterator[Identifier]:
    """Every such number; one may be found twice, the surer first."""
    for pattern, why in _REGISTER:
        for match in pattern.finditer(text):
            yield _found(match, why)
    yield from _references(text)
    for pattern in _SHAPES:
        for match in pattern.finditer(text):
            yield _found(match, "the form of a reference number")


def _references(text: str) -> Iterator[Identifier]:
    for match in _REFERENCE.finditer(text):
        code = match["n"]
        digits = sum(c.isdigit() for c in code)
        if (code.startswith("0") and re.match(r"\d*[ -]?\d{3}", text[match.end() :]) and digits < 11) or re.fullmatch(
            r"0\d{9,10}", code
        ):
            continue  # a telephone number
        letters = sum(c.isalpha() for c in code)
        if _NO_REFERENCE.search(match["gap"]):
            continue
        if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:19|20)\d\d(?:[-/]\d\d(?:-\d\d)?)?", code):
            continue
        sure = match["w"].lower() in ("datix", "inquest", "crime", "cad", "ulysses", "lfpse") and len(match["gap"]) < 13
        if sure and re.fullmatch(r"\d{4}", code) and not re.match(r"(?:19|20)\d\d|[01]\d[0-5][05]", code):
            yield _found(match, "a reference number")
        elif digits >= 5 or (digits >= 4 and (letters or "/" in code or "-" in code)):
            word = re.match(r"(?:[a-z]+|PALS|NHS|GMC|HCPC|NMC|Ref) ", code)
            if word:
                if digits > 4:
                    yield Identifier(match.start("n") + word.end(), match.end("n"), "ID", "high", "a reference number")
                continue
            yield _found(match, "a reference number")


def _found(match: re.Match[str], why: str) -> Identifier:
    start, end = match.span("n")
    while match.string[end - 1] in " -/.":
        end -= 1
    return Identifier(start, end, "ID", "high", why)
