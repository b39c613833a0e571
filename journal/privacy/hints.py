"""What names nobody and still narrows it down: rare illness, rare work, an event that was in the news."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Hint

_HINTS = (
    (re.compile(r"\b(?:triplets?|quadruplets?|conjoined|twins?)\b", re.I), "a rare birth"),
    (re.compile(r"\b(?:in|on)\s+the\s+(?:local\s+)?(?:news|papers?|paper|headlines|press|telly|"
                r"radio)\b", re.I), "something the press wrote of"),
    (re.compile(r"\b(?:mayor|councillor|MP|headteacher|headmaster|headmistress|vicar|priest|imam|rabbi|magistrate|"
                r"footballer|"
                r"jockey|lighthouse|undertaker|celebrity|actor|actress|bishop|astronaut|"
                r"lifeboat)(?:['’]s\s+(?:\w+))?\b"),
     "a person known in their town"),
    (re.compile(r"\b(?:only|first|youngest|oldest|last)\s+(?:\w+\s+){0,2}(?:in\s+the\s+(?:county|country|"
                r"village|town|trust|hospital|region|uk|world)|ever)\b", re.I),
     "the only or first of its kind"),
    (re.compile(r"\b(?:creutzfeldt|huntington['’]?s|prader|wilson['’]?s disease|pompe|fabry|gaucher|batten|rett|"
                r"moebius|"
                r"progeria|ehlers|porphyria|haemophilia|locked-in|botulism|tetanus|rabies|leprosy|anthrax|plague|"
                r"fibrodysplasia|osteogenesis|epidermolysis)\b", re.I), "a rare illness"),
    (re.compile(r"\b(?:murder(?:ed)?|stabb(?:ed|ing)|shooting|shot\s+in|plane\s+crash|train\s+crash|house\s+fire|"
                r"drown(?:ed|ing)|"
                r"abduct\w+|explosion|avalanche|inquest)\b", re.I), "an event that others will know"),
    (re.compile(r"\bthe\s+only\s+(?:female|male|black|asian|muslim|jewish|trans|deaf|blind|polish|nigerian|"
                r"white)\s+\w+", re.I),
     "one of a kind among colleagues"),
)  # fmt: skip


def find(text: str) -> Iterator[Hint]:
    """Each such place, in no order."""
    for pattern, why in _HINTS:
        for match in pattern.finditer(text):
            yield Hint(match.start(), match.end(), why)
