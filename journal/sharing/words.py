"""Words to say over the telephone: the passphrase of a page, and the fingerprint of a card."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable
from functools import cache

PASSPHRASE_WORDS = 6
"""66 bits: with a million rounds for each guess, about 2^86 rounds to try them all."""

Randomness = Callable[[int], bytes]
"""Gives so many random bytes."""


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 English words of BIP-39: common, short, and each told from all others by its first four letters."""
    from mnemonic import Mnemonic  # 40 ms; only when words are shown

    return tuple(Mnemonic("english").wordlist)


def new_passphrase(randomness: Randomness = secrets.token_bytes) -> str:
    """Six words, each drawn evenly from the list: 2,048 divides 65,536, so no word is likelier than another."""
    raw = randomness(2 * PASSPHRASE_WORDS)
    drawn = (int.from_bytes(raw[at : at + 2], "big") % 2048 for at in range(0, len(raw), 2))
    return " ".join(word_list()[index] for index in drawn)


def plain_passphrase(typed: str) -> str:
    """The words in the one form from which a key is made: capitals, numbers, commas and line breaks do not matter.

    >>> plain_passphrase(" 1. Able  2. acid,\\nactor")
    'able acid actor'
    """
    return " ".join(re.findall("[a-z]+", unicodedata.normalize("NFKC", typed).lower()))


def as_words(raw: bytes, count: int) -> tuple[str, ...]:
    """The first bits of some bytes as words, 11 bits each."""
    bits = int.from_bytes(raw, "big") >> (8 * len(raw) - 11 * count)
    return tuple(word_list()[bits >> (11 * place) & 2047] for place in reversed(range(count)))
