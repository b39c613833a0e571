"""Days, and months of one year."""

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
        rf"(?<![\w/.-])(?:{_WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{_D}(?:\s?(?:st|nd|rd|th))?|"
        rf"{_ORDINAL})(?:\s+of)?[\s-](?P<m>{_MONTH})"
        rf"(?:,?[\s-]{_YEAR}|[\s-]\d\d(?![\w:.]|\s?(?:mg|ml|%)))?(?!\w)", re.I), "a day of the year"),
    (re.compile(
        rf"(?<![\w/.-])(?:{_WEEKDAY},?\s+)?(?P<m>{_MONTH})\s+(?:the\s+)?(?P<d>{_D}(?:st|nd|rd|th)|{_D}(?!\d|[:./]\d|"
        rf"\s?%))"
        rf"(?:,?\s+{_YEAR})?(?!\w)", re.I), "a day of the year"),
    (re.compile(rf"(?<![\w/.-])(?P<m>{_MONTH}),?\s+(?:of\s+)?(?:19|20)\d\d(?!\w)", re.I), "a month of one year"),
    (re.compile(rf"(?<![\w/.-])(?P<m>{_LONG}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\s?['’]\d\d(?!\w)", re.I),
     "a month of one year"),
    (re.compile(rf"(?<!\w){_WEEKDAY},?\s+(?:the\s+)?(?:{_D}(?:st|nd|rd|th)|{_ORDINAL})(?!\w)", re.I), "a day"),
    (re.compile(rf"(?<![\w/.-]){_D}(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:(?:19|20)\d\d|"
                rf"\d\d)(?!\w)", re.I), "a day"),
    (re.compile(rf"(?<![\w/.-]){_D}(?P<s>[/.-])(?:i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii)(?P=s)(?:(?:19|20)\d\d|"
                rf"\d\d)(?!\w)", re.I), "a day"),
    (re.compile(r"(?<=\b[Oo]n the )(?:[12]?\d|3[01])(?:st|nd|rd|th)(?!\w|\s(?:floor|attempt|day|time|of|ward|hour|try|"
                r"go|lap|page|"
                r"one|patient|call|week|visit|line|step|centile|postnatal|post|night|bed|shift|year|anniversary|"
                r"birthday|fairway))"),
     "a day of a month"),
)  # fmt: skip
_SHORT = re.compile(
    rf"(?:\b(?P<said>on|by|dated?|since|until|till|dob|born|due|from|for|between|and|before|after|"
    rf"{_WEEKDAY})\s+(?:the\s+)?|"
    r"(?<![\w/.-]))(?P<n>(?P<d>0?[1-9]|[12]\d|3[01])/(?P<m>0?[1-9]|1[0-2]))(?![\w/%]|\.\d|\s?(?:dose|units|power|pain|"
    r"mg))",
    re.I,
)
_VERBS = re.compile(r"(?:may|march|mar|dec|sun|sat|second)\b", re.I)


def find(text: str) -> Iterator[Identifier]:
    """Every date that names a day or a month of one year."""
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
