"""Section: whether the model reads some voices worse than others."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from evaluation import markdown as md
from evaluation.agreement import confusion, estimate, kappa
from evaluation.corpus import Text
from evaluation.labels import Part

ENOUGH = 5
"""Writers from which on the interval draws writers; below, it can only draw entries."""

_NURSE = re.compile(r"\b(?:nurses?|midwife|midwives)\b", re.IGNORECASE)
_DOCTOR = re.compile(r"\b(?:doctor|physician(?! associate)|anaesthetist)\b", re.IGNORECASE)
_OF_TEETH = re.compile(r"\bdental\b", re.IGNORECASE)


def profession(text: Text) -> str:
    """One of three groups."""
    if _NURSE.search(text.profession) and not _OF_TEETH.search(text.profession):
        return "nurse or midwife"
    return "doctor" if _DOCTOR.search(text.profession) else "another profession"


def first_language(text: Text) -> str:
    """English, in any of its kinds, or another."""
    return "English" if text.first_language.startswith("English") else "another language"


GROUPS: dict[str, Callable[[Text], str]] = {
    "style": lambda text: text.style.replace("_", " "),
    "first language": first_language,
    "profession": profession,
}


def section(part: Part) -> str:
    """The section of the test writers."""
    rows = [row for name, group in GROUPS.items() for row in _rows(part, name, group)]
    return "\n\n".join(
        [
            "### Voices",
            "† Fewer than five writers: the interval comes from drawing entries and is too narrow, for it leaves out "
            "how writers differ.",
            md.table(["", "voice", "writers", "sentences", "κ", "agreement"], rows),
        ]
    )


def _rows(part: Part, name: str, group: Callable[[Text], str]) -> list[list[str]]:
    of_text = np.array([group(text) for text in part.texts])
    rows = []
    for voice in sorted(set(of_text.tolist())):
        of = (of_text == voice)[part.owner]
        true, read = part.truth.level[of], part.model.level[of]
        writers = len(set(part.writers[of]))
        few = writers < ENOUGH
        groups = part.owner[of] if few else part.writers[of]
        found = estimate(groups, lambda at, t=true, r=read: kappa(confusion(t[at], r[at])))
        same = md.number(float((true == read).mean()))
        rows.append([name, voice, str(writers), str(int(of.sum())), md.numbers(found) + "†" * few, same])
    return rows
