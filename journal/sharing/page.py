"""A sealed page: one HTML file that opens with a passphrase in any browser, loads nothing and sends nothing."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from journal.domain.sharing import Excerpt
from journal.errors import BadInput, WrongPassphrase
from journal.sharing import excerpt, faults
from journal.sharing.words import Randomness, new_passphrase, plain_passphrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"SLPG"
REPLY_MAGIC = b"SLPR"
VERSION = 1
ROUNDS = 1_000_000
FEWEST_ROUNDS = 600_000
"""OWASP, Password Storage Cheat Sheet: the least for PBKDF2 with SHA-256."""
MOST_ROUNDS = 10_000_000
"""More would only hang a browser: somebody changed the page."""
LARGEST_PAGE = 8_000_000
"""Bytes of a page with the largest excerpt."""
_SALT, _NONCE, _TAG, _KEY = 16, 12, 16, 32
_HEADER = 4 + 1 + 4 + _SALT + excerpt.SHARE_BYTES
_REPLY_HEADER = 4 + 1 + excerpt.SHARE_BYTES
_LABELS = {"page": b"small-l/page/1", "reply": b"small-l/page reply/1"}
_POLICY = (
    "default-src 'none'; script-src '{script}'; style-src '{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""No load, no connection, no script but the one in the page, and no text that turns into markup."""
_SEALED = re.compile(rb'<pre id="sealed" hidden>([A-Za-z0-9+/=\s]*)</pre>')
_WHAT = "sealed page"
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class SealedPage:
    """A page to send, and what goes another way or stays."""

    html: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    """To be told by telephone or in person, never with the page."""
    reply_key: bytes = field(repr=False)
    """Stays in the vault: opens the reply, and not the page."""


def seal_page(
    made: Excerpt, passphrase: str = "", *, rounds: int = ROUNDS, randomness: Randomness = secrets.token_bytes
) -> SealedPage:
    """A page of an excerpt under a passphrase, a new one unless given; takes about half a second."""
    passphrase = passphrase or new_passphrase(randomness)
    salt, nonce = randomness(_SALT), randomness(_NONCE)
    header = MAGIC + bytes([VERSION]) + rounds.to_bytes(4, "big") + salt + bytes.fromhex(made.share)
    master = stretched(passphrase, salt, rounds)
    sealed = _cipher(derived(master, "page")).encrypt(nonce, excerpt.to_bytes(made), header)
    return SealedPage(_html(header + nonce + sealed), passphrase, derived(master, "reply"))


def open_page(html: bytes, passphrase: str) -> Excerpt:
    """The excerpt in a page, read without a browser; raises WrongPassphrase or BadInput."""
    sealed = sealed_part(html)
    rounds, salt = check_sealed(sealed)
    return unsealed(sealed, stretched(passphrase, salt, rounds))


def sealed_part(html: bytes) -> bytes:
    """The sealed bytes in a page; raises BadInput."""
    if len(html) > LARGEST_PAGE:
        raise faults.too_large(_WHAT)
    found = _SEALED.findall(html)
    if len(found) != 1:
        raise faults.none_here(_WHAT)
    try:
        return base64.b64decode(b"".join(found[0].split()), validate=True)
    except ValueError:
        raise faults.damaged(_WHAT) from None


def check_sealed(sealed: bytes) -> tuple[int, bytes]:
    """The rounds and the salt of some sealed bytes, looked at before any work is done; raises BadInput."""
    if sealed[:4] != MAGIC:
        raise faults.none_here(_WHAT)
    if sealed[4:5] not in (b"", bytes([VERSION])):
        raise faults.newer(_WHAT)
    rounds = int.from_bytes(sealed[5:9], "big")
    if len(sealed) < _HEADER + _NONCE + _TAG or not FEWEST_ROUNDS <= rounds <= MOST_ROUNDS:
        raise faults.damaged(_WHAT)
    return rounds, sealed[9 : 9 + _SALT]


def unsealed(sealed: bytes, master: bytes) -> Excerpt:
    """The excerpt under a stretched passphrase; raises WrongPassphrase or BadInput."""
    from cryptography.exceptions import InvalidTag

    header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :]
    try:
        raw = _cipher(derived(master, "page")).decrypt(nonce, body, header)
    except InvalidTag:
        raise WrongPassphrase(
            "These words do not open this page, or the page was changed on the way.",
            "Look at the spelling and the order of the words; if they are right, ask for the page again.",
        ) from None
    made = excerpt.from_bytes(raw)
    if bytes.fromhex(made.share) != header[-excerpt.SHARE_BYTES :]:
        raise faults.damaged(_WHAT)
    return made


def stretched(passphrase: str, salt: bytes, rounds: int) -> bytes:
    """32 bytes by PBKDF2-SHA256 from the words in their plain form; raises BadInput where there are none."""
    words = plain_passphrase(passphrase)
    if not words:
        raise BadInput("There are no words in this.", "Type the words that came with the page.")
    return hashlib.pbkdf2_hmac("sha256", words.encode("ascii"), salt, rounds, dklen=_KEY)


def derived(master: bytes, use: str) -> bytes:
    """The key for one use: HKDF-SHA256 (RFC 5869) without salt."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY, salt=None, info=_LABELS[use]).derive(master)


# --------------------------------------------------------------------------- the reply


def reply_share(raw: bytes) -> str:
    """The share id that a reply from a page says openly; raises BadInput."""
    if raw[:4] != REPLY_MAGIC:
        raise faults.none_here("reply")
    if raw[4:5] not in (b"", bytes([VERSION])):
        raise faults.newer("reply")
    if len(raw) < _REPLY_HEADER + _NONCE + _TAG:
        raise faults.damaged("reply")
    return raw[5:_REPLY_HEADER].hex()


def unseal_reply(raw: bytes, reply_key: bytes) -> bytes:
    """What a reply from a page holds; raises BadInput."""
    from cryptography.exceptions import InvalidTag

    reply_share(raw)
    nonce, body = raw[_REPLY_HEADER : _REPLY_HEADER + _NONCE], raw[_REPLY_HEADER + _NONCE :]
    try:
        return _cipher(reply_key).decrypt(nonce, body, raw[:_REPLY_HEADER])
    except InvalidTag:
        raise faults.does_not_open("reply") from None


def _cipher(key: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


# --------------------------------------------------------------------------- HTML


def _html(sealed: bytes) -> bytes:
    """The page around some sealed bytes; all else in it is the same for everybody."""
    script, style = ((_HERE / name).read_text("utf-8") for name in ("page.js", "page.css"))
    whole = base64.b64encode(sealed).decode("ascii")
    parts = {
        "policy": _POLICY.format(script=_hash_source(script), style=_hash_source(style)),
        "style": style,
        "script": script,
        "sealed": "\n".join(whole[at : at + 76] for at in range(0, len(whole), 76)),
    }
    template = (_HERE / "page.html").read_text("utf-8")
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], template).encode()


def _hash_source(content: str) -> str:
    """A content security policy's name for exactly this content."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode("ascii")
