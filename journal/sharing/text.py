"""An excerpt as plain text for a mail, to be read before anything leaves, and the reply that is typed below it."""

from __future__ import annotations

import re
from datetime import date

from journal.domain.sharing import Excerpt, Mark, Passage, Reply, Sent
from journal.errors import BadInput
from journal.sharing import faults
from journal.sharing.armour import unquoted
from journal.sharing.cleaning import cleaned, cleaned_line
from journal.sharing.excerpt import LONGEST_LINE, digest_of, month_words

LONGEST_ANSWER = 20_000
"""Characters of one box of a reply."""
DIGEST_DIGITS = 16
ABOUT = (
    "A few sentences from a trainee's own reflective journal, chosen by them and\n"
    "shared with you alone. This is no medical record and no incident report, and it\n"
    "is not for assessment."
)
_HOW = (
    "To answer, reply to this mail and type below each mark. Please leave the marks\n"
    "in square brackets as they are. A line or two is enough; any may stay empty."
)
_BEGIN = "Small L reply 1"
_END = "End of reply"
_BOXES = {
    "A": "What I noticed",
    "B": "A question for you",
    "C": "A suggested next step",
    "D": "Numbers of sentences I would like to talk about",
    "E": "My name",
    "F": "My role",
}
_FORM = re.compile(r"\[\s*Small L reply\s+([0-9]{1,9})\s*\]", re.IGNORECASE)
_REFERENCE = re.compile(r"\s*\[\s*([0-9a-f\s]{32,64}?)\s*/\s*([0-9a-f\s]{16,32}?)\s*\]", re.IGNORECASE)
_CLOSING = re.compile(r"^[ ]*\[\s*End of reply\s*\]", re.IGNORECASE | re.MULTILINE)
_MARK = re.compile(
    rf"^[ ]*\[\s*([A-F])\s*\][ ]*(?:{'|'.join(map(re.escape, _BOXES.values()))})?[ ]*:?", re.IGNORECASE | re.MULTILINE
)

_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,6}(?![0-9])")


def preview(excerpt: Excerpt) -> str:
    """Exactly what leaves: the text form itself, in which every part of an excerpt can be read."""
    parts = [
        "AN EXCERPT FROM A REFLECTIVE JOURNAL",
        "\n".join(f"{name}: {value}" for name, value in facts(excerpt)),
        ABOUT,
    ]
    if excerpt.question:
        parts += ["MY QUESTION TO YOU", excerpt.question]
    parts += ["WHAT I WROTE", *_numbered(excerpt.passages)]
    if excerpt.shift:
        parts += ["HOW MY WRITING HAS MOVED", excerpt.shift]
    parts += ["YOUR REPLY", _HOW, _reply_form(excerpt)]
    return "\n\n".join(parts) + "\n"


def facts(excerpt: Excerpt) -> list[tuple[str, str]]:
    """What is said of an excerpt before its words: each with its name, and only what was given."""
    told = [
        ("For", excerpt.recipient),
        ("From", excerpt.sender),
        ("When it happened", excerpt.when),
        ("Shared in", month_words(date.fromisoformat(f"{excerpt.created}-01"))),
        ("Please delete it by", f"{excerpt.expires.day} {month_words(excerpt.expires)}" if excerpt.expires else ""),
    ]
    return [(name, value) for name, value in told if value]


def _numbered(passages: tuple[Passage, ...]) -> list[str]:
    """Each passage with its number, the step it stands in where that changes, and a mark for what was left out."""
    lines, step = list[str](), ""
    for number, passage in enumerate(passages, 1):
        before = []
        if passage.step != step:
            before.append(f"({passage.step or 'without a step'})")
            step = passage.step
        if passage.gap:
            before.append("   [...]")
        body = f"{number}. " + passage.text.replace("\n", "\n   ")
        lines.append("\n\n".join([*before, body]))
    return lines


def _reply_form(excerpt: Excerpt) -> str:
    """The marks below which a reply is typed: all in ASCII, in lines too short for a mail program to break."""
    digest = digest_of(excerpt)[:DIGEST_DIGITS]
    head = f"[{_BEGIN}]\n[{excerpt.share} / {digest}]"
    boxes = [f"[{letter}] {label}:\n" for letter, label in _BOXES.items()]
    return "\n\n".join([head, *boxes]) + f"\n\n[{_END}]"


# --------------------------------------------------------------------------- what comes back


def references(text: str) -> tuple[str, ...]:
    """The share ids of all reply forms in a pasted text, filled or not."""
    plain = _plain(text)
    found = (_REFERENCE.match(plain, form.end()) for form in _FORM.finditer(plain))
    return tuple(dict.fromkeys(_hexadecimal(one[1]) for one in found if one))


def read_text_reply(text: str, sent: Sent) -> Reply:
    """The reply typed into the form of this share, whatever stands around it; raises BadInput.

    A thread may hold the form several times; one of them must be filled.
    """
    plain = _plain(text)
    forms = list(_FORM.finditer(plain))
    if not forms:
        raise faults.none_here("reply")
    if all(int(form[1]) != 1 for form in forms):
        raise faults.newer("reply")
    replies, faulty = dict[Reply, None](), list[BadInput]()
    for form, after in zip(forms, [*(form.start() for form in forms[1:]), len(plain)], strict=True):
        try:
            reply = _read_form(plain[form.end() : after], sent)
        except BadInput as error:
            faulty.append(error)
            continue
        if reply:
            replies[reply] = None
    if len(replies) > 1:
        raise BadInput("There are several replies in this text.", "Paste one at a time. Nothing was changed.")
    if replies:
        return next(iter(replies))
    if faulty:
        raise faulty[0]
    raise BadInput(
        "Nothing is typed into this reply.",
        "If your supervisor wrote above or below the form, move their words below its marks, and paste it again.",
    )


def _plain(text: str) -> str:
    """The text without quoting, and with plain blanks where a web mail puts others."""
    return cleaned(unquoted(text).replace("\u00a0", " ").replace("\u202f", " "))


def _hexadecimal(digits: str) -> str:
    return re.sub(r"\s+", "", digits).lower()


def _read_form(body: str, sent: Sent) -> Reply | None:
    """One form, None where nothing was typed into it; raises BadInput."""
    reference = _REFERENCE.match(body)
    closing = _CLOSING.search(body)
    if not reference:
        raise faults.damaged("reply")
    share, digest = _hexadecimal(reference[1]), _hexadecimal(reference[2])
    if share != sent.share or digest != sent.digest[:DIGEST_DIGITS]:
        raise faults.other_share()
    if not closing:
        raise BadInput(
            "The end of this reply is missing.", "Paste it again, down to the mark “End of reply”. Nothing was changed."
        )
    boxes = _boxes(body[reference.end() : closing.start()])
    if not any(boxes[letter] for letter in "ABCD"):
        return None
    if max(map(len, boxes.values())) > LONGEST_ANSWER or max(len(boxes["E"]), len(boxes["F"])) > LONGEST_LINE:
        raise faults.too_large("reply")
    numbers = sorted({int(n) for n in _NUMBER.findall(boxes["D"]) if 0 < int(n) <= sent.passages})
    return Reply(
        share=share,
        digest=digest,
        name=cleaned_line(boxes["E"]),
        role=cleaned_line(boxes["F"]),
        noticed=boxes["A"],
        question=boxes["B"],
        next_step=boxes["C"],
        marks=tuple(Mark(number) for number in numbers),
    )


def _boxes(body: str) -> dict[str, str]:
    """What stands below each mark; raises BadInput where a mark is missing or there twice."""
    marks = list(_MARK.finditer(body))
    if sorted(mark[1].upper() for mark in marks) != sorted(_BOXES):
        raise BadInput(
            "The marks of this reply are not all there once, from [A] to [F].",
            "Paste the whole reply; where a mark was lost, type it back on a line of its own. Nothing was changed.",
        )
    ends = [*(mark.start() for mark in marks[1:]), len(body)]
    return {mark[1].upper(): cleaned(body[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)}
