"""Days, and ages that only a few people reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier

_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
_MONTH = rf"(?:{_LONG}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_YEAR = r"(?:(?:19|20)\d\d|['’]\d\d)"
_ORDINAL = (
    r"(?:twenty[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirt(?:ieth|y[\s-]first)|twentieth|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth)"
)
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_M = r"(?:0?[1-9]|1[0-2])"
_PATTERNS = (
    (re.compile(rf"(?<![\w/.-])(?:{_WEEKDAY},?\s+)?{_D}(?P<s>[/.-])\s?{_M}(?P=s)\s?(?:(?:19|20)\d\d|"
                rf"\d\d)(?![\w/]|[.-]\d)", re.I), "a day"),
    (re.compile(rf"(?<![\w/.-])(?:19|20)\d\d(?P<s>[/.-]){_M}(?P=s){_D}(?![\w/]|[.-]\d)"), "a day"),
    (re.compile(
        rf"(?<![\w/.-])(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{_D}(?:\s?(?:st|nd|rd|th))?|{_ORDINAL})(?:\s+of)?[\s-](?P<m>{_MONTH})"
        rf"(?:,?[\s-]{_YEAR}|[\s-]\d\d(?![\w:.]|\s?(?:mg|ml|%)))?(?!\w)", re.I), "a day of the year"),
    (re.compile(
        rf"(?<![\w/.-])(?:{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_D}(?:st|nd|rd|th)|{_D}(?!\d|[:./]\d|\s?%))"
        rf"(?:,?\s+{_YEAR})?(?!\w)", re.I), "a day of the year"),
    (re.compile(rf"(?<![\w/.-])(?P<m>{_MONTH}),?\s+(?:of\s+)?(?:19|20)\d\d(?!\w)", re.I), "a month of one year"),
    (re.compile(rf"(?<![\w/.-])(?P<m>{_LONG}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\s?['’]\d\d(?!\w)", re.I),
     "a month of one year"),
    (re.compile(rf"(?<!\w){_WEEKDAY},?\s+(?:the\s+)?{_D}(?:st|nd|rd|th)(?!\w)", re.I), "a day"),
)  # fmt: skip
_SHORT = re.compile(
    rf"(?:\b(?P<said>on|by|dated?|since|until|till|dob|born|due|from|for|between|and|before|after|{_WEEKDAY})\s+(?:the\s+)?|"
    r"(?<![\w/.-]))(?P<n>(?P<d>0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2]))(?![\w/%]|\.\d|\s?(?:dose|units|power|pain|mg))",
    re.I,
)
_VERBS = re.compile(r"(?:may|march|mar|dec|sun|sat|second)\b", re.I)

_AGE = (
    r"(?P<n>9\d|1[01]\d|ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"(?:a|one)\s+hundred(?:\s+and\s+\w+)?)"
)
_NO_UNIT = (
    r"(?![\w%/]|[.,:]\d|\s*(?:%|percent|per\s?cent|kg|mg|ml|mls|mm|cm|bpm|sats|systolic|over|on\s+(?:room|air|ra|\d|o2|oxygen|"
    r"high|nasal|cpap|a\s+venturi)|/|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|weeks?|miles|quid|pounds|times|beats|patients|"
    r"beds|people|degrees|staff|calls|units|micrograms|mcg|mmol|µ|-\s?odd|odd|ish|and\s+(?:the\s+)?(?:bp|sats|hr|pulse)))"
)
_OLD = r"(?:\s*-?\s*(?:years?|yrs?|y)\b|\s*-?\s*(?:yo|y/o|yrs?/o|y\.o\.?)\b|\s?(?:[MF]|F\b|male|female)\b|[- ]year)"
_AGES = (
    re.compile(rf"(?<![\w./£$-]){_AGE}(?=[\s-]*(?:years?[\s-]+(?:old|of\s+age|young)|yrs?\s+old|yo\b|y/o|y\.o|"
               rf"yr[\s-]old|[MF]\b|♀|♂))", re.I),
    re.compile(rf"\b(?:aged?|age\s+of|age:|turn(?:ed|s|ing)|nearly|almost|man\s+of|woman\s+of|lady\s+of|gentleman\s+of|old\s+of|"
               rf"reached|in\s+at)\s+(?:about\s+)?{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"\b(?:s?he|they|who|lady|man|woman|gentleman|patient|pt|mother|mum|father|dad|nan|gran|granny|grandad|"
               rf"grandma|grandmother|grandfather|nana|resident|widow|widower|husband|wife|sister|brother|aunt|uncle|one|"
               rf"farmer|miner|teacher|bachelor|chap|fella|bloke|bed\s\d+)(?:\s+(?:is|was|are|were|be|being)|['’]s|['’]d\s+be|,)?"
               rf"\s+(?:(?:now|only|just|actually|also|still|already|about|nearly|all\s+of|"
               rf"at\s+least)\s+)?{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"\b(?!Sats|Temp|Pulse|Hb|Ca|Ward|Page|Bleep|Ext|Room|Bed|Bay|Only|About|Around|Over|Nearly)(?:[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*),\s+(?:aged\s+)?"
               rf"{_AGE}(?![a-z]){_NO_UNIT}(?=[,.;)]|\s+(?:and|with|from|who|was|is|but|year)\b)"),
    re.compile(
        rf"\b(?!Sats|Temp|Pulse|Hb|Ca|Ward|Page|Bleep|Room|Bed|Bay|It|That|This|Which|Lactate|Glucose|Weight|Urea|Count|Score)"
        rf"[A-Z][a-z]+(?:['’-][A-Za-z]+)*(?:['’]s|\s(?:is|was|turned|turns|at))\s(?:now\s|only\s|just\s)?"
        rf"{_AGE}(?![a-z]){_NO_UNIT}"
    ),
    re.compile(rf"\b(?:alone|driving|living|dead|died|dying|independent|even|knitting|dancing|working|still\s\w+)\s"
               rf"at\s{_AGE}(?![a-z])(?!\s[A-Z]){_NO_UNIT}", re.I),
    re.compile(rf"\b(?:s?he['’]d|would)\s(?:have\sbeen|be)\s{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"(?<=\(){_AGE}(?=\)|,\s*(?:[MF]\b|from|with|off))", re.I),
    re.compile(rf"\b(?P<x>[a-z]+),\s+{_AGE},\s+(?:and\s+)?(?:living|lives|off|ex|retired|from|with|frail|"
               rf"independent|who|never|deaf|blind|fell|admitted|usually)\b", re.I),
    re.compile(r"(?<![\w-])(?P<n>ninety[\s-](?:one|two|three|four|five|six|seven|eight|"
               r"nine))(?![\w-])" + _NO_UNIT, re.I),
)  # fmt: skip


def find(text: str) -> Iterator[Identifier]:
    """Every date that names a day or a month of one year, and every age from 90 on."""
    for pattern, why in _PATTERNS:
        for match in pattern.finditer(text):
            if _is_a_verb(match):
                continue
            start = match.start()
            if (lead := re.match(r"the\s+", match.group(), re.I)) is not None:
                start += lead.end()
            end = match.end() - (1 if match.group().endswith(".") and not re.search(r"\d$", match.group()) else 0)
            yield Identifier(start, end, "DATE", "medium", why)
    yield from _short(text)
    for pattern in _AGES:
        for match in pattern.finditer(text):
            yield Identifier(*match.span("n"), "AGE_OVER_89", "medium", "an age few people reach")


def _is_a_verb(match: re.Match[str]) -> bool:
    """Whether “may 2” or “bed 12 may” is no date: a lower-case word of other meanings, without ordinal or year."""
    groups = match.groupdict()
    month, day = groups.get("m") or "", groups.get("d") or ""
    if not month or not _VERBS.match(month) or not month[0].islower():
        return False
    sure = re.search(r"(?:st|nd|rd|th)$", day) or re.search(r"\bof\b|(?:19|20)\d\d$", match.group(), re.I)
    return not sure


def _short(text: str) -> Iterator[Identifier]:
    """Days such as 30/11, which look like durations (3/7 is three days) and fractions (9/10)."""
    for match in _SHORT.finditer(text):
        day, month = int(match["d"]), int(match["m"])
        said = (match["said"] or "").lower()
        likely = said not in ("", "for", "from", "and", "after", "before", "between") or day > 12
        counted = (month in (5, 7, 10, 12) and day <= month) or (month == 12 and day <= 24 and not said)
        if likely and not (counted and said not in ("on", "by", "dob", "dated", "date", "due", "born")):
            yield Identifier(*match.span("n"), "DATE", "medium", "a day of the year")
