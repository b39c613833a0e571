"""An excerpt: made of what was chosen, and as the bytes that are sealed (see FORMAT.md)."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from journal.domain.sharing import Chosen, Excerpt, Passage, Sent
from journal.errors import BadInput
from journal.sharing import faults
from journal.sharing.cleaning import cleaned, cleaned_line
from journal.sharing.words import Randomness

FORMAT = "small-l excerpt"
VERSION = 1
SHARE_BYTES = 16
MOST_PASSAGES = 5_000
LONGEST_WHOLE = 400_000
"""Characters of all passages together: six times 10,000 words."""
LONGEST_LINE = 200
"""Characters of a name, a step's name or a date."""
LONGEST_QUESTION = 4_000
_SEASONS = ("winter", "spring", "summer", "autumn")
_WHAT = "excerpt"
_LINES = {"from": LONGEST_LINE, "to": LONGEST_LINE, "when": LONGEST_LINE, "shift": LONGEST_QUESTION}


def make_excerpt(
    chosen: Iterable[Chosen],
    entry_text: str,
    *,
    recipient: str,
    today: date,
    question: str = "",
    sender: str = "",
    when: str = "",
    shift: str = "",
    expires: date | None = None,
    randomness: Randomness = secrets.token_bytes,
) -> Excerpt:
    """What was chosen of one entry, in the entry's order and cleaned of invisible characters; raises BadInput.

    `when` comes from `month_words` or `season_words`. Of `entry_text` only whether something was left out is used.
    """
    in_order = sorted(chosen, key=lambda one: one.start)
    if not in_order:
        raise BadInput("Nothing is chosen yet.", "Choose at least one sentence or step.")
    if any(left.end > right.start for left, right in pairwise(in_order)):
        raise BadInput("Two of the chosen pieces overlap.", "Choose a step, or sentences in it, but not both.")
    if not cleaned_line(recipient):
        raise BadInput("It is not said who this is for.", "Give the name of the person who is to read it.")
    if expires and expires < today:
        raise BadInput("The day to delete it by is over.", "Choose a day that is still to come, or none.")
    starts = [0, *(one.end for one in in_order)]
    made = Excerpt(
        share=randomness(SHARE_BYTES).hex(),
        passages=tuple(
            Passage(cleaned(one.text), cleaned_line(one.step), gap=bool(entry_text[before : one.start].strip()))
            for before, one in zip(starts, in_order, strict=False)
        ),
        question=cleaned(question),
        recipient=cleaned_line(recipient),
        sender=cleaned_line(sender),
        created=f"{today:%Y-%m}",
        when=cleaned_line(when),
        shift=cleaned_line(shift),
        expires=expires,
    )
    _check(made, lambda title, advice: BadInput(title, advice))
    return made


def month_words(day: date) -> str:
    """A day by its month only: "March 2026"."""
    return f"{day:%B %Y}"


def season_words(day: date) -> str:
    """A day by its season only: "spring 2026"; a winter has both its years: "winter 2025/26"."""
    season = _SEASONS[day.month % 12 // 3]
    if season != "winter":
        return f"{season} {day.year}"
    first = day.year if day.month == 12 else day.year - 1
    return f"winter {first}/{(first + 1) % 100:02}"


def _check(excerpt: Excerpt, refusal: Callable[[str, str], BadInput]) -> None:
    """Raises what `refusal` makes for an excerpt beyond the limits."""
    whole = sum(len(passage.text) for passage in excerpt.passages)
    lines = [excerpt.recipient, excerpt.sender, excerpt.when, *(passage.step for passage in excerpt.passages)]
    if whole > LONGEST_WHOLE or len(excerpt.passages) > MOST_PASSAGES:
        raise refusal("This is too much for one excerpt.", "Choose less: a few sentences get the better answer.")
    if max(map(len, (excerpt.question, excerpt.shift))) > LONGEST_QUESTION or max(map(len, lines)) > LONGEST_LINE:
        raise refusal(
            "A name, the question or another short text is too long.",
            f"A name may have {LONGEST_LINE} characters, a question {LONGEST_QUESTION:,}.",
        )
    if not all(passage.text for passage in excerpt.passages):
        raise refusal("One of the chosen pieces has no words.", "Choose pieces with words in them.")


# --------------------------------------------------------------------------- bytes


def to_bytes(excerpt: Excerpt) -> bytes:
    """The bytes that are sealed: a JSON object in ASCII, keys sorted, no blanks."""
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "share": excerpt.share,
            "from": excerpt.sender,
            "to": excerpt.recipient,
            "created": excerpt.created,
            "when": excerpt.when,
            "question": excerpt.question,
            "shift": excerpt.shift,
            "expires": excerpt.expires.isoformat() if excerpt.expires else "",
            "passages": [{"text": p.text, "step": p.step, "gap": p.gap} for p in excerpt.passages],
        }
    )


def from_bytes(raw: bytes) -> Excerpt:
    """The excerpt in some bytes that were unsealed; raises BadInput. Its text is cleaned, whoever made it."""
    fields = json_object(raw, FORMAT, VERSION, _WHAT)
    try:
        made = _read(fields)
    except (KeyError, TypeError, ValueError):
        raise faults.damaged(_WHAT) from None
    _check(made, lambda _title, _advice: faults.damaged(_WHAT))
    return made


def digest_of(excerpt: Excerpt) -> str:
    """SHA-256 in hexadecimal digits of the bytes that are sealed: what a reply must name."""
    return hashlib.sha256(to_bytes(excerpt)).hexdigest()


def sent(excerpt: Excerpt) -> Sent:
    """What to keep of it when it leaves as text; a page and a file add what opens their replies."""
    return Sent(excerpt.share, digest_of(excerpt), len(excerpt.passages))


def canonical(fields: Mapping[str, Any]) -> bytes:
    """A JSON object in its one form: ASCII, keys sorted, no blanks."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def json_object(raw: bytes, form: str, version: int, what: str) -> dict[str, Any]:
    """The fields of an unsealed JSON object without `format` and `version`, which must be these; raises BadInput."""
    try:
        fields = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise faults.damaged(what) from None
    if not isinstance(fields, dict) or fields.pop("format", None) != form:
        raise faults.damaged(what)
    found = fields.pop("version", None)
    if type(found) is not int:
        raise faults.damaged(what)
    if found != version:
        raise faults.newer(what)
    return fields


def _read(fields: dict[str, Any]) -> Excerpt:
    """Raises KeyError, TypeError or ValueError for a field that is missing, of another kind, or unknown."""
    lines = {name: cleaned_line(short_text(fields.pop(name), most)) for name, most in _LINES.items()}
    expires = short_text(fields.pop("expires"), 10)
    made = Excerpt(
        share=hexadecimal(fields.pop("share"), SHARE_BYTES),
        passages=tuple(_passage(dict(one)) for one in _list(fields.pop("passages"))),
        question=cleaned(short_text(fields.pop("question"), LONGEST_QUESTION)),
        recipient=lines["to"],
        sender=lines["from"],
        created=_month(fields.pop("created")),
        when=lines["when"],
        shift=lines["shift"],
        expires=date.fromisoformat(expires) if expires else None,
    )
    if fields or not made.passages:
        raise ValueError
    return made


def _passage(fields: dict[str, Any]) -> Passage:
    if fields.keys() != {"text", "step", "gap"} or type(fields["gap"]) is not bool:
        raise ValueError
    text, step = short_text(fields["text"], LONGEST_WHOLE), short_text(fields["step"], LONGEST_LINE)
    return Passage(cleaned(text), cleaned_line(step), fields["gap"])


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_PASSAGES:
        raise ValueError
    return value


def _month(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value, re.ASCII):
        raise ValueError
    return value


def short_text(value: Any, most: int) -> str:
    """The value where it is a text of at most so many characters; raises ValueError."""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError
    return value


def hexadecimal(value: Any, size: int) -> str:
    """The value where it is so many bytes in lower-case hexadecimal; raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(f"[0-9a-f]{{{2 * size}}}", value):
        raise ValueError
    return value
