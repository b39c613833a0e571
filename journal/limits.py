"""What a text, and a day, must be to be kept or read."""

from datetime import date, datetime, timedelta

from journal.errors import BadInput

LONGEST_TEXT = 1_000_000
"""Characters of one text: about 150,000 words, and as much as the language pipeline reads at once."""


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
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise BadInput(
            f"The text in {where} holds half a character.", "Save it as plain text in UTF-8 and try again."
        )
    return text


def too_long(where: str) -> BadInput:
    """The refusal of a text beyond the limit."""
    return BadInput(
        f"The text in {where} is longer than {LONGEST_TEXT:,} characters.",
        "Split it into several entries.",
    )


def checked_moment(value: str, today: date, what: str = "date") -> str:
    """An ISO 8601 date, or date and time, as given; raises BadInput if it is none or lies ahead."""
    day = _parsed(value, what)
    if day > today + timedelta(days=1):  # a day of grace for writers east of this clock
        raise BadInput(f"The {what} {value} lies in the future.", "Give a day that has been.")
    return value


def _parsed(value: str, what: str) -> date:
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
    except ValueError:
        raise BadInput(
            f"“{value[:40]}” is not a {what}.", "Write it as 2026-03-09 or 2026-03-09T20:40."
        ) from None
