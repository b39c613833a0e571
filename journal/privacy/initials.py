"""Initials that stand for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy.wordlists import allowed, context, fold, names, words_of

_TITLES = r"(?:Mrs?|Ms|Miss|Mx|Dr|Prof(?:essor)?|Sister|Nurse|Sr|Matron|mrs?|ms|miss|dr|prof)"


_INITIALS = r"(?:(?:[A-Z]\.[ ]?){1,3}(?![A-Za-z])|[A-Z]{1,3}\b)"


_TITLED_INITIALS = re.compile(rf"\b{_TITLES}\.?[ ](?P<n>{_INITIALS})(?![\w’'-]*[a-z]{{2}})(?!\.?[ ][A-Z][a-z])")


_PATIENT_INITIALS = re.compile(
    r"\b(?:[Pp]t|[Pp]atient|[Bb]aby|[Cc]hild|[Cc]olleague|[Ii]nitials|[Cc]all (?:him|her|"
    r"them))\.?[ ](?P<n>(?:[A-Z]\.[ ]?){1,3}(?![A-Za-z])|[A-Z]{2}\b)"
)


_DOTTED_INITIALS = re.compile(r"(?<![\w.])(?P<n>(?:[A-Z]\.){2,3})(?![\w])")


_LAST_FIRST = re.compile(r"(?<![\w.])(?P<n>[A-Z][a-z]+(?:-[A-Z][a-z]+)?,\s(?:[A-Z]\.\s?){1,2})(?![\w])")
_NICKNAME = re.compile(
    r"\b(?:known\sas|calls?(?:ed|ing)?(?:\s(?:him|her|them|me|himself|herself|you))?|goes\sby|nick-?named?|"
    r"answers\sto|there['’]s|"
    r"name\swas|name\sis|wrote\s(?:on\s[a-z ]+)?)\s[\"“‘'](?P<n>[A-Z][a-z]{2,}(?:\s[A-Z][a-z]+)?)(?=[,.]?[\"”’']|,)",
    re.I,
)


_NO_INITIALS = words_of(
    "PS EG IE VS CC NB RIP A B X Y Z US UK AM PM BD OD TV PE ED DC CT OT MI AF CTG MRI ECG HCA PT GP DR SR MR "
    "I IV IM PO PR NG ID HR BP SLT NHS ICU ITU RN SN OK QDS TDS NBM DNA EM NO IN ON AT TO IS RR UTI AKI CAP "
    "TIA CVA DKA MDT ENT HO MO FY EU GA LA "
)


def find_initials(text: str) -> Iterator[Identifier]:
    for match in _LAST_FIRST.finditer(text):
        if fold(match["n"].split(",")[0]) in names():
            yield Identifier(
                match.start(), match.start() + len(match["n"].rstrip()), "PERSON", "high", "a surname and initials"
            )
    for match in _NICKNAME.finditer(text):
        said = fold(match["n"])
        if match["n"][0].isupper() and said not in context("titles") and (said in names() or said not in allowed()):
            yield Identifier(*match.span("n"), "PERSON", "medium", "what somebody is called")
    for pattern, why in (
        (_TITLED_INITIALS, "initials after a title"),
        (_PATIENT_INITIALS, "initials of a patient"),
        (_DOTTED_INITIALS, "initials"),
    ):
        for match in pattern.finditer(text):
            said = match["n"].strip()
            bare = re.sub(r"[. ]", "", said)
            if bare in _NO_INITIALS or (pattern is _TITLED_INITIALS and len(bare) == 3 and "." not in said):
                continue
            said = bare if len(bare) == 1 else said
            start = match.start("n")
            yield Identifier(start, start + len(said), "PERSON", "medium", why)
