"""Text from elsewhere without what could move a cursor, turn a line round or hide a word."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # colours and cursor movements
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f]).*?(?:\x07|\x1b\\|\x9c|$)"  # titles, links, strings to a device
    r"|\x1b[ -/]*[0-~]?",
    re.MULTILINE,
)
_JOINERS = "\u200c\u200d"
"""Hold letters and pictures together, and are needed for some languages."""
_FILLERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters and marks that show nothing."""
_KEPT = {"\n", "\t", *_JOINERS}
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """The text in NFC, its lines ended by a newline, without escape sequences, controls and invisible marks.

    Tabs become blanks, blanks at line ends go, and of empty lines at most one in a row stays.

    >>> cleaned("It was\\x1b[31m late\\u202e.")
    'It was late.'
    """
    text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
    unseen = {ord(character): None for character in set(text) - _KEPT if _unseen(character)}
    text = _few_accents(text.translate(unseen).replace("\t", "    "))
    text = "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def cleaned_line(text: str) -> str:
    """The same on one line."""
    return " ".join(cleaned(text).split())


def _few_accents(text: str) -> str:
    """At most 30 accents in a row: no language has more (UAX 15, stream-safe text), and ordering many is slow."""
    accents = "".join(map(re.escape, sorted(c for c in set(text) if unicodedata.combining(c))))
    return re.sub(f"([{accents}]{{30}})[{accents}]+", r"\1", text) if accents else text


def _unseen(character: str) -> bool:
    """Controls, formats (the bidirectional ones among them), halves of characters, private ones, and hidden marks."""
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co"):
        return True
    code = ord(character)
    return character in _FILLERS or 0xE0000 <= code <= 0xE0FFF or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
