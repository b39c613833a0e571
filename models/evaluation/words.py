"""Two counts of words that simple tools go by."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from evaluation.labels import Marks

FIRST_PLURAL = re.compile(r"\b(?:[Ww]e|us|[Oo]urs?|[Oo]urselves|[Ll]et['’]s)\b")
"""`us` in lower case only: US is an ultrasound."""
LIST = (
    "system* process* pathway* policy policies protocol* guideline* culture* team* purpose* improve* change* "
    "changing why always every whenever"
)
WORD_LIST = re.compile(r"\b(?:" + "|".join(word.replace("*", r"\w*") for word in LIST.split()) + r")\b", re.IGNORECASE)


def holds(pattern: re.Pattern[str], sentences: Sequence[str]) -> Marks:
    """(n) Whether each sentence holds one of the words."""
    return np.array([bool(pattern.search(sentence)) for sentence in sentences])
