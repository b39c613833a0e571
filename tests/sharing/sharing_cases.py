"""Values that the tests of sharing have in common."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date

from journal.domain.sharing import Chosen, Excerpt
from journal.sharing import excerpt

ENTRY = (
    "We were four down. I was asked to hold the bleep and I said yes before I had thought. "
    "Nobody had told the night team about the second list.\n\nNext time I shall ask who else knows. "
    "Then we can plan it — not one by one, but as a team."
)
CHOSEN = ("I was asked to hold the bleep and I said yes before I had thought.", ENTRY[ENTRY.index("Next") :])
TODAY = date(2026, 3, 9)
WORDS = "able acid actor adapt again album"


def drawn(start: int = 0) -> Callable[[int], bytes]:
    """Bytes that look random and are the same on every run."""
    count = start

    def some(length: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(count.to_bytes(4, "big")).digest(length)

    return some


def made_excerpt(**more: object) -> Excerpt:
    """An excerpt of ENTRY with every part given, unless said otherwise."""
    chosen = [Chosen(ENTRY.index(text), ENTRY.index(text) + len(text), text) for text in CHOSEN]
    given = {
        "question": "What would you have asked first?",
        "sender": "Amina",
        "recipient": "Dr Okafor",
        "when": excerpt.month_words(TODAY),
        "shift": "Two in ten of my sentences were about how the work is arranged; now it is four.",
        "expires": date(2026, 6, 30),
        "randomness": drawn(),
        "today": TODAY,
    }
    return excerpt.make_excerpt(chosen, ENTRY, **(given | more))  # type: ignore[arg-type]


def changed(raw: bytes, *, every: int, whole: int) -> Iterator[bytes]:
    """Bytes with one of them flipped, and cut before it: the first and last `whole` ones, and `every` so many between.

    What is longer by a byte comes last.
    """
    for at in range(len(raw)):
        if at < whole or at >= len(raw) - whole or at % every == 0:
            yield raw[:at] + bytes([raw[at] ^ 1 << at % 8]) + raw[at + 1 :]
            yield raw[:at]
    yield raw + b"\0"
