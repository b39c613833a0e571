"""The ways into a journal: what they are, and changing them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from journal.domain import WayIn
from journal.errors import JournalError
from journal.service.opening import Clock, NewKeys, local_now
from journal.vault.oskeyring import KeyringUnavailable as KeyringUnavailable

if TYPE_CHECKING:
    from journal.vault.keys import KdfProfile
    from journal.vault.waysin import WaysIn

PROVED = 3
"""Recovery words asked back before they count."""


def ways_in(home: Path) -> tuple[WayIn, ...]:
    """Every way in but the recovery words, in the order they are tried; nothing is unlocked. Raises VaultDamaged."""
    from journal.vault import waysin

    return waysin.listed(home)


def opens_by_keyring(home: Path) -> bool:
    """Whether the person switched on that the keyring of this computer opens the journal."""
    try:
        return any(way.kind == "keyring" for way in ways_in(home))
    except JournalError:
        return False


def renewal_to_end(home: Path) -> bool:
    """Whether a renewal was cut off and waits for the next opening. Raises VaultDamaged."""
    from journal.vault import waysin

    return waysin.renewing(home)


@contextmanager
def changing(
    home: Path, passphrase: str, *, now: Clock = local_now, floor: KdfProfile | None = None
) -> Iterator[WaysIn]:
    """The ways into a journal that a passphrase opens, to be changed. Raises what unlocking raises."""
    from journal.vault.vault import Vault

    options: dict[str, Any] = {"floor": floor} if floor else {}
    with Vault.open(home, passphrase, now=now(), **options) as vault:
        yield vault.ways_in(passphrase)


def close_keyring(home: Path) -> bool:
    """Stop the keyring of this computer from opening the journal; False where it did not."""
    from journal.vault import waysin

    return waysin.close_keyring(home)


def asked_back(words: Sequence[str], random: Random) -> tuple[int, ...]:
    """Places of the words to be typed back from paper, counted from 0."""
    return tuple(sorted(random.sample(range(len(words)), PROVED)))


def proved(new: NewKeys, typed: str) -> bool:
    """Whether all the words were typed back right. Raises BadInput where they can be no recovery words."""
    from journal.vault.keys import root_from_words

    return root_from_words(typed) == new.root
