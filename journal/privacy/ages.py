"""Ages that only a few people reach."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier

_AGE = (
    r"(?P<n>9\d|1[01]\d|ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"(?:a|one)\s+hundred(?:\s+and\s+\w+)?)"
)
_NO_UNIT = (
    r"(?![\w%/]|[.,:]\d|\s*(?:%|percent|per\s?cent|kg|mg|ml|mls|mm|cm|bpm|sats|systolic|over|on\s+(?:room|air|ra|\d|"
    r"o2|oxygen|"
    r"high|nasal|cpap|a\s+venturi)|/|minutes?|mins?|seconds?|secs?|hours?|hrs?|days?|weeks?|miles|quid|pounds|times|"
    r"beats|patients|"
    r"beds|people|degrees|staff|calls|units|micrograms|mcg|mmol|µ|-\s?odd|odd|ish|and\s+(?:the\s+)?(?:bp|sats|hr|"
    r"pulse)))"
)

_AGES = (
    re.compile(rf"(?<![\w./£$-]){_AGE}(?=[\s-]*(?:years?[\s-]+(?:old|of\s+age|young)|yrs?\s+old|yo\b|y/o|y\.o|"
               rf"yr[\s-]old|[MF]\b|♀|♂))", re.I),
    re.compile(rf"\b(?:aged?|age\s+of|age:|turn(?:ed|s|ing)|nearly|almost|man\s+of|woman\s+of|lady\s+of|"
               rf"gentleman\s+of|old\s+of|"
               rf"reached|in\s+at)\s+(?:about\s+)?{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"\b(?:s?he|they|who|lady|man|woman|gentleman|patient|pt|mother|mum|father|dad|nan|gran|granny|grandad|"
               rf"grandma|grandmother|grandfather|nana|resident|widow|widower|husband|wife|sister|brother|aunt|uncle|"
               rf"one|"
               rf"farmer|miner|teacher|bachelor|chap|fella|bloke|bed\s\d+)(?:\s+(?:is|was|are|were|be|being)|['’]s|"
               rf"['’]d\s+be|,)?"
               rf"\s+(?:(?:now|only|just|actually|also|still|already|about|nearly|all\s+of|"
               rf"at\s+least)\s+)?{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"\b(?!Sats|Temp|Pulse|Hb|Ca|Ward|Page|Bleep|Ext|Room|Bed|Bay|Only|About|Around|Over|"
               rf"Nearly)(?:[A-Z][^\W\d_]+(?:['’-][^\W\d_]+)*),\s+(?:aged\s+)?"
               rf"{_AGE}(?![a-z]){_NO_UNIT}(?=[,.;)]|\s+(?:and|with|from|who|was|is|but|year)\b)"),
    re.compile(
        rf"\b(?!Sats|Temp|Pulse|Hb|Ca|Ward|Page|Bleep|Room|Bed|Bay|It|That|This|Which|Lactate|Glucose|Weight|Urea|"
        rf"Count|Score)"
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
    re.compile(r"(?<![\w.-])(?P<n>9\dth|9[123](?:st|nd|rd)|1[01]\d(?:st|nd|rd|th)|ninetieth|(?:ninety[\s-](?:first|"
               r"second|third|fourth|"
               r"fifth|sixth|seventh|eighth|ninth))|(?:one\s)?hundredth)(?=\s(?:birthday|year\b))", re.I),
    re.compile(rf"\b(?:coming\sup\s(?:to|for)|pushing|rising|getting\son\sfor|touching|just\sshy\sof|going\son|past|"
               rf"made\sit\sto|"
               rf"lived\sto(?:\sbe)?|lives\sto\sbe|got\sto)\s{_AGE}(?![a-z]){_NO_UNIT}(?=[\s,.;)]|$)", re.I),
    re.compile(rf"(?<![\w.-]){_AGE}(?=\s(?:next\s(?:week|month|year|birthday|spring)|last\s(?:week|month|birthday)|"
               rf"this\s(?:year|month|week)|"
               rf"come\s\w+|on\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in\s(?:January|February|March|April|May|"
               rf"June|July|August|"
               rf"September|October|November|December)|(?:and|but)\s(?:still|sharp|never|lives|living|fit)))", re.I),
    re.compile(rf"\b(?:in\sbed\s\w+|side\sroom(?:\s\w+)?|my\s\w+|a\s\w+|lady\sin\s\w+\s\w+)\s(?:is|was|"
               rf"at)\s{_AGE}(?![a-z]){_NO_UNIT}", re.I),
    re.compile(rf"(?<=\bat )\b{_AGE}(?=\s(?:you|he|she|they|I|we|one|it)\b)", re.I),
)  # fmt: skip
_SET_APART = re.compile(
    r"(?:(?<=[a-z)], )|(?<=\()|(?:(?<=^)|(?<=[.!?\n] )|(?<=\n)))(?P<n>9\d|1[01]\d|ninety(?:[\s-]\w+)?)(?=\)|"
    r"[,.;]\s*(?:[A-Za-z(]|$)|,$|"
    r"\s(?:and|with|from|who|but|lives?|off)\s|\s(?:years|M|F)\b)",
    re.M,
)
_MEASURES = re.compile(
    r"\b(?:sats?|spo2|hr|rr|bp|pulse|heart\srate|systolic|diastolic|map|temp|crp|urea|creat\w*|hb|haemoglobin|"
    r"platelets|plts?|glucose|"
    r"bm|bms|sodium|na|albumin|ferritin|troponin|trop|alt|alp|ggt|weigh\w*|weight|kg|egfr|gfr|bpm|rate|percent|"
    r"per\scent|score[ds]?|"
    r"mm|cm|ml|mls|mg|page|room|bay|ward|bleep|ext|route|bus|number|no|junction|mph|lines?|minutes|hours|days|o2|"
    r"oxygen|air|mcv|"
    r"litres|beds|patients|came|back|level|reading|saturations|saturation|desat\w*|tachy\w*|count|ph|lactate|"
    r"potassium|bilirubin)\b",
    re.I,
)


def find(text: str) -> Iterator[Identifier]:
    """Every age from 90 on."""
    for pattern in _AGES:
        for match in pattern.finditer(text):
            yield Identifier(*match.span("n"), "AGE_OVER_89", "medium", "an age few people reach")
    for match in _SET_APART.finditer(text):
        clause = re.split(r"[.;\n(]", text[max(0, match.start() - 60) : match.start()])[-1]
        if not _MEASURES.search(clause) and not _MEASURES.match(text[match.end() :].lstrip(" ,")):
            yield Identifier(*match.span("n"), "AGE_OVER_89", "medium", "a number that stands as an age does")
