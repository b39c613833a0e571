"""Bytes as lines that survive a mail: base64 between a first and a last line, with a checksum."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from journal.errors import BadInput
from journal.sharing import faults

LONGEST_PASTE = 4_000_000
"""Characters of a pasted text or bytes of a file: a sealed excerpt of the largest size, quoted a few times."""
_CHECKSUM = 4
_WIDTH = 64
_DASHES = re.compile("[-\u00ad\u2010-\u2015\u2212]+")
_QUOTES = re.compile(r"^[ \t\u00a0]*(?:[>|][ \t\u00a0>|]*)", re.MULTILINE)
_SOFT_BREAK = "=\n"
"""How a mail's source in quoted-printable breaks a long line."""
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def armoured(kind: str, raw: bytes) -> str:
    """Bytes as ASCII lines of at most 64 characters, such as may be pasted into a mail; `kind` is such as "CARD"."""
    whole = base64.b64encode(raw + hashlib.sha256(raw).digest()[:_CHECKSUM]).decode("ascii").rstrip("=")
    lines = [whole[at : at + _WIDTH] for at in range(0, len(whole), _WIDTH)]
    return "\n".join([f"-----BEGIN SMALL L {kind}-----", *lines, f"-----END SMALL L {kind}-----", ""])


def unquoted(text: str) -> str:
    """A pasted text without the marks by which mail programs quote; raises BadInput for more than could be pasted."""
    if len(text) > LONGEST_PASTE:
        raise faults.too_large("text from Small L")
    return _QUOTES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def blocks(kind: str, text: str) -> tuple[bytes, ...]:
    """What stands in each block of this kind in a pasted text, each once, in order; raises BadInput for a broken one.

    Blanks, line breaks, quoting, dashes turned into long ones and prose around do no harm.
    """
    text = _INVISIBLE.sub("", unquoted(text).replace(_SOFT_BREAK, ""))
    squeezed = _DASHES.sub("-", "".join(text.split()))
    squeezed_kind = kind.replace(" ", "")
    begin, end = f"-BEGINSMALLL{squeezed_kind}-", f"-ENDSMALLL{squeezed_kind}"
    found = dict[bytes, None]()
    for part in squeezed.split(begin)[1:]:
        body, ending, _ = part.partition(end)
        if not ending:
            raise faults.damaged(kind.lower())
        found[_bytes(kind, body)] = None
    return tuple(found)


def only_block(kind: str, text: str) -> bytes:
    """What stands in the one block of this kind; raises BadInput where there is none, or several."""
    found = blocks(kind, text)
    if not found:
        raise faults.none_here(f"Small L {kind.lower()}")
    if len(found) > 1:
        raise BadInput(f"There are {len(found)} of them in this text.", "Give one at a time. Nothing was changed.")
    return found[0]


def text_of(given: bytes) -> str:
    """The text of a file that holds a block; raises BadInput."""
    if len(given) > LONGEST_PASTE:
        raise faults.too_large("file from Small L")
    for encoding in ("utf-16",) if given[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return given.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise faults.damaged("file")


def _bytes(kind: str, body: str) -> bytes:
    letters = body.replace("-", "").rstrip("=")
    try:
        whole = base64.b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        raise faults.damaged(kind.lower()) from None
    raw, checksum = whole[:-_CHECKSUM], whole[-_CHECKSUM:]
    if len(whole) <= _CHECKSUM or hashlib.sha256(raw).digest()[:_CHECKSUM] != checksum:
        raise faults.damaged(kind.lower())
    return raw
