"""A sealed file: bytes that only the owner of one card can open, from the owner of another (see FORMAT.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal.domain.sharing import Card, Excerpt
from journal.errors import BadInput
from journal.sharing import armour, excerpt, faults
from journal.sharing.identity import AGREEING, ENCAPSULATING, SIGNATURE, SIGNING, Identity, card_id

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey, Suite

MAGIC = b"SLSF"
VERSION = 1
EXCERPT, REPLY = 1, 2
"""What is sealed."""
HEADER = 4 + 1 + 1 + 16 + 32 + 32
ARMOUR = {EXCERPT: "SEALED FILE", REPLY: "SEALED REPLY"}
_NAMES = {EXCERPT: "sealed file", REPLY: "sealed reply"}
_INFO = b"small-l/file/1\0"
_SIGNED = b"small-l/file signature/1\0"
_ENCAPSULATED, _TAG = 1120, 16


@dataclass(frozen=True, slots=True)
class Header:
    """What a sealed file says openly, and is bound to."""

    kind: int
    share: str
    sender: bytes
    reader: bytes

    def to_bytes(self) -> bytes:
        return MAGIC + bytes([VERSION, self.kind]) + bytes.fromhex(self.share) + self.sender + self.reader


def seal(kind: int, share: str, payload: bytes, sender: Identity, reader: Card) -> str:
    """Lines for a file or a mail, which only `reader` can open and only `sender` can have made; raises BadInput."""
    header = Header(kind, share, card_id(sender.card), card_id(reader)).to_bytes()
    signature = sender.signing().sign(_SIGNED + header + payload)
    try:
        sealed = _suite().encrypt(signature + payload, _public(reader), info=_INFO + header)
    except ValueError:  # keys that are none
        raise BadInput("Nothing can be sealed for this card.", "Ask for it again. Nothing has left.") from None
    return armour.armoured(ARMOUR[kind], header + sealed)


def open_sealed(raw: bytes, kind: int, reader: Identity, cards: Iterable[Card]) -> tuple[Header, bytes, Card]:
    """The header, what was sealed, and the card of who sealed it, which must be one of `cards`; raises BadInput."""
    from cryptography.exceptions import InvalidSignature, InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    what = _NAMES[kind]
    header = read_header(raw, what)
    if header.kind != kind:
        raise faults.none_here(what)
    if header.reader != card_id(reader.card):
        raise BadInput(f"This {what} is for somebody else.", "Ask its sender to seal it for your card.")
    card = next((card for card in cards if card_id(card) == header.sender), None)
    if card is None:
        raise BadInput(f"This {what} is from somebody whose card you do not have.", "Ask for their card, and add it.")
    try:
        opened = _suite().decrypt(raw[HEADER:], reader.opening(), info=_INFO + raw[:HEADER])
        signature, payload = opened[:SIGNATURE], opened[SIGNATURE:]
        Ed25519PublicKey.from_public_bytes(card.keys[:SIGNING]).verify(signature, _SIGNED + raw[:HEADER] + payload)
    except (InvalidTag, InvalidSignature, ValueError):
        raise faults.does_not_open(what) from None
    return header, payload, card


def read_header(raw: bytes, what: str) -> Header:
    """What a sealed file says openly; raises BadInput."""
    if raw[:4] != MAGIC:
        raise faults.none_here(what)
    if raw[4:5] not in (b"", bytes([VERSION])):
        raise faults.newer(what)
    if len(raw) < HEADER + _ENCAPSULATED + SIGNATURE + _TAG:
        raise faults.damaged(what)
    return Header(raw[5], raw[6:22].hex(), raw[22:54], raw[54:HEADER])


def _suite() -> Suite:
    """HPKE (RFC 9180), base mode, a key agreement that holds while either of its halves does."""
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _public(card: Card) -> MLKEM768X25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.hpke import MLKEM768X25519PublicKey

    agreeing, encapsulating = card.keys[SIGNING : SIGNING + AGREEING], card.keys[-ENCAPSULATING:]
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(encapsulating), X25519PublicKey.from_public_bytes(agreeing)
    )


# --------------------------------------------------------------------------- an excerpt


def seal_excerpt(made: Excerpt, sender: Identity, reader: Card) -> str:
    """An excerpt for a supervisor who has the app; raises BadInput for a card nothing can be sealed for."""
    return seal(EXCERPT, made.share, excerpt.to_bytes(made), sender, reader)


def open_excerpt(given: bytes, reader: Identity, cards: Iterable[Card]) -> tuple[Excerpt, Card]:
    """The excerpt in a file, and the card of who sealed it; raises BadInput."""
    raw = armour.only_block(ARMOUR[EXCERPT], armour.text_of(given))
    header, payload, card = open_sealed(raw, EXCERPT, reader, cards)
    made = excerpt.from_bytes(payload)
    if made.share != header.share:
        raise faults.damaged(_NAMES[EXCERPT])
    return made, card
