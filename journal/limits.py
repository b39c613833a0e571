"""What a text, and a day, must be to be kept or read."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from journal.errors import BadInput

LONGEST_TEXT = 1_000_000
"""Characters of one text: about 150,000 words, and as much as the language pipeline reads at once."""

LONGEST_LINE = 16 * LONGEST_TEXT
"""Bytes of a line of JSON: the longest text with every character escaped, and the rest of an entry."""
LONGEST_WORDS = 1_000
"""Characters of a short text beside an entry, such as a placement or a question."""

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}.*)?")


def checked_text(raw: bytes, where: str) -> str:
    """The text of some bytes in UTF-8; raises BadInput for binary data and for more than can be read.

    >>> checked_text(b"Two bloods missed.", "standard input")
    'Two bloods missed.'
    """
    if len(raw) > 4 * LONGEST_TEXT:
        raise too_long(where)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"The text in {where} is not UTF-8 (byte {error.start + 1}).",
            "Save it as plain text in UTF-8 and try again.",
        ) from None
    return checked_length(text, where)


def checked_length(text: str, where: str) -> str:
    """The text itself if the vault can keep it; raises BadInput else."""
    if len(text) > LONGEST_TEXT:
        raise too_long(where)
    if "\0" in text:
        raise BadInput(f"What came from {where} is not text.", "Give a plain text file in UTF-8.")
    if _half_a_character(text):
        raise BadInput(f"The text in {where} holds half a character.", "Save it as plain text in UTF-8 and try again.")
    return text


def checked_words(value: str, what: str) -> str:
    """A short text such as a placement, on one line and without surplus blanks; raises BadInput else."""
    words = " ".join(value.split())
    if len(words) > LONGEST_WORDS:
        raise BadInput(f"{what} is longer than {LONGEST_WORDS:,} characters.", "Make it shorter.")
    if _half_a_character(words) or any(unicodedata.category(c) == "Cc" for c in words):
        raise BadInput(f"{what} holds characters that are not text.", "Type it again as plain text.")
    return words


def _half_a_character(text: str) -> bool:
    """Whether a lone surrogate is in it, which no UTF-8 can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def too_long(where: str) -> BadInput:
    """The refusal of a text beyond the limit."""
    return BadInput(
        f"The text in {where} is longer than {LONGEST_TEXT:,} characters.",
        "Split it into several entries.",
    )


def checked_moment(value: str, today: date, what: str = "date", *, grace: int = 1) -> str:
    """An ISO 8601 date, or date and time, as given; raises BadInput if it is none or lies ahead.

    `grace` is in days: one for what was written elsewhere, perhaps east of this clock.
    """
    if parsed_day(value, what) > today + timedelta(days=grace):
        raise BadInput(f"The {what} {value} lies in the future.", "Give a day that has been.")
    return value


def parsed_day(value: str, what: str = "date") -> date:
    """The day of an ISO 8601 date, or date and time; raises BadInput for other forms, such as week dates."""
    try:
        if not _MOMENT.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
    except ValueError:
        raise BadInput(
            f"The {what} is not one that can be read.", "Write it as 2026-03-09 or 2026-03-09T20:40."
        ) from None
