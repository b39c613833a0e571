"""A person's own keys, the card that gives the public ones to others, and its fingerprint in words."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journal.domain.sharing import Card
from journal.errors import BadInput
from journal.sharing import armour, faults
from journal.sharing.cleaning import cleaned_line
from journal.sharing.words import Randomness, as_words

if TYPE_CHECKING:  # the keys of `cryptography` take 60 ms to import
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

MAGIC = b"SLCD"
VERSION = 1
SEED_BYTES = 32
SIGNING, AGREEING, ENCAPSULATING, SIGNATURE = 32, 32, 1184, 64
KEYS = SIGNING + AGREEING + ENCAPSULATING
LONGEST_NAME = 120
"""Bytes of a name in UTF-8."""
FINGERPRINT_WORDS = 6
FINGERPRINT_ROUNDS = 100_000
"""Each try at a card with the same words costs as many rounds, so that 66 bits hold like 82."""
_NAME_AT = len(MAGIC) + 1 + KEYS + 1
_SIGNED = b"small-l/card/1\0"
_FINGERPRINT = b"small-l/fingerprint/1"
_WHAT = "card"


@dataclass(frozen=True, slots=True)
class Identity:
    """The private keys of one person, all made from one seed, and the card that goes with them."""

    seed: bytes = field(repr=False)
    """32 random bytes, to be kept in the vault."""
    card: Card

    def signing(self) -> Ed25519PrivateKey:
        """The key that signs what this person seals."""
        return _signing(self.seed)

    def opening(self) -> MLKEM768X25519PrivateKey:
        """The key that opens what was sealed for this person."""
        return _opening(self.seed)


def new_identity(name: str, randomness: Randomness = secrets.token_bytes) -> Identity:
    """New keys and their card; raises BadInput for a name that cannot be used."""
    return identity_from(randomness(SEED_BYTES), name)


def identity_from(seed: bytes, name: str) -> Identity:
    """The same keys again from their seed, with a card of this name; raises BadInput for a name that cannot be used."""
    name = cleaned_line(name)
    if not 0 < len(name.encode()) <= LONGEST_NAME:
        raise BadInput("That name cannot be used on a card.", f"Give one of at most {LONGEST_NAME} letters.")
    agreeing, encapsulating = (key.public_key() for key in _halves(seed))
    signing = _signing(seed)
    public = signing.public_key().public_bytes_raw()
    keys = public + agreeing.public_bytes_raw() + encapsulating.public_bytes_raw()
    return Identity(seed, Card(name, keys, signing.sign(_SIGNED + _unsigned(name, keys))))


def _derived(seed: bytes, use: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=None, info=b"small-l/identity/1/" + use).derive(seed)


def _signing(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(_derived(seed, b"ed25519", 32))


def _halves(seed: bytes) -> tuple[X25519PrivateKey, MLKEM768PrivateKey]:
    """The two halves of the key that opens."""
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    agreeing = X25519PrivateKey.from_private_bytes(_derived(seed, b"x25519", 32))
    return agreeing, MLKEM768PrivateKey.from_seed_bytes(_derived(seed, b"ml-kem-768", 64))


def _opening(seed: bytes) -> MLKEM768X25519PrivateKey:
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey

    agreeing, encapsulating = _halves(seed)
    return MLKEM768X25519PrivateKey(encapsulating, agreeing)


# --------------------------------------------------------------------------- cards


def card_text(card: Card) -> str:
    """A card as lines to paste into a mail."""
    return armour.armoured("CARD", card_bytes(card))


def read_card(text: str) -> Card:
    """The one card in a pasted text, whatever stands around it; raises BadInput."""
    return card_from(armour.only_block("CARD", text))


def card_bytes(card: Card) -> bytes:
    """A card as bytes (see FORMAT.md)."""
    return _unsigned(card.name, card.keys) + card.signature


def card_from(raw: bytes) -> Card:
    """The card in some bytes, its signature checked; raises BadInput."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if raw[: len(MAGIC)] != MAGIC:
        raise faults.none_here("Small L card")
    if raw[len(MAGIC) : len(MAGIC) + 1] not in (b"", bytes([VERSION])):
        raise faults.newer(_WHAT)
    if not _NAME_AT + SIGNATURE < len(raw) == _NAME_AT + raw[_NAME_AT - 1] + SIGNATURE:
        raise faults.damaged(_WHAT)
    unsigned, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    keys = raw[len(MAGIC) + 1 : _NAME_AT - 1]
    try:
        Ed25519PublicKey.from_public_bytes(keys[:SIGNING]).verify(signature, _SIGNED + unsigned)
        name = unsigned[_NAME_AT:].decode("utf-8")
    except (InvalidSignature, ValueError):
        raise faults.damaged(_WHAT) from None
    if not name or len(name.encode()) > LONGEST_NAME or cleaned_line(name) != name:
        raise faults.damaged(_WHAT)
    return Card(name, keys, signature)


def fingerprint(card: Card) -> tuple[str, ...]:
    """Six words that stand for the keys of a card, to be compared over the telephone; the name is not in them."""
    raw = hashlib.pbkdf2_hmac("sha256", card.keys, _FINGERPRINT, FINGERPRINT_ROUNDS, dklen=9)
    return as_words(raw, FINGERPRINT_WORDS)


def card_id(card: Card) -> bytes:
    """SHA-256 of a card's keys: how a sealed file names its sender and its reader, whatever they are called."""
    return hashlib.sha256(card.keys).digest()


def _unsigned(name: str, keys: bytes) -> bytes:
    raw = name.encode()
    return MAGIC + bytes([VERSION]) + keys + bytes([len(raw)]) + raw
