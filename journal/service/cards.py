"""A person's own keys and card, the cards of others, and what others sealed for this one."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from journal.domain import Card, Excerpt, Mark, Parcel

if TYPE_CHECKING:
    from journal.service.departures import Departures
    from journal.sharing.identity import Identity
    from journal.vault.vault import Vault

UNNAMED = "A trainee"
"""On the card of somebody who gave no name."""


def card_in(text: str) -> Card:
    """The one card in a pasted text, its signature checked; raises BadInput."""
    from journal.sharing.identity import read_card

    return read_card(text)


def card_text(card: Card) -> str:
    """A card as lines to paste into a mail."""
    from journal.sharing.identity import card_text as lines

    return lines(card)


def fingerprint(card: Card) -> str:
    """Six words to be compared over the telephone."""
    from journal.sharing.identity import fingerprint as words

    return " ".join(words(card))


class Cards:
    """The identity kept in one open vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def known(self) -> Identity | None:
        """The person's own keys; None where they were not made yet."""
        from journal.sharing.identity import identity_from

        kept = self._vault.sharing.identity()
        return identity_from(*kept) if kept else None

    def identity(self, suggested: str = "") -> Identity:
        """The person's own keys, made at first use, with this name on the card then. Raises BadInput."""
        from journal.sharing.identity import new_identity

        own = self.known()
        if own is None:
            own = new_identity(suggested or UNNAMED)
            self._vault.sharing.set_identity(own.seed, own.card.name)
        return own

    def rename(self, name: str) -> Identity:
        """The same keys with another name on the card from now on. Raises BadInput."""
        from journal.sharing.identity import identity_from

        own = identity_from(self.identity(name).seed, name)
        self._vault.sharing.set_identity(own.seed, own.card.name)
        return own

    # ----------------------------------------------------------------- what a supervisor was sent

    def opened(self, given: bytes, sender: Card) -> Excerpt:
        """The excerpt in a sealed file for this person from the owner of a card; raises BadInput."""
        from journal.sharing.envelope import open_excerpt

        return open_excerpt(given, self.identity(), [sender])[0]

    def reply(
        self,
        made: Excerpt,
        sender: Card,
        *,
        role: str = "",
        noticed: str = "",
        question: str = "",
        next_step: str = "",
        marks: tuple[Mark, ...] = (),
    ) -> str:
        """An answer, as lines that only the owner of that card can open; raises BadInput where it says nothing."""
        from journal.sharing.reply import make_reply, seal_reply

        own = self.identity()
        answer = make_reply(
            made,
            name=own.card.name,
            role=role,
            noticed=noticed,
            question=question,
            next_step=next_step,
            marks=marks,
        )
        return seal_reply(answer, own, sender)

    def typed_reply(self, made: Excerpt, sender: Card, text: str) -> str:
        """The same from the form below an excerpt, filled in; raises BadInput."""
        from journal.sharing.excerpt import sent
        from journal.sharing.text import read_text_reply

        typed = read_text_reply(text, sent(made))
        return self.reply(
            made,
            sender,
            role=typed.role,
            noticed=typed.noticed,
            question=typed.question,
            next_step=typed.next_step,
            marks=typed.marks,
        )

    @contextlib.contextmanager
    def answering(self, made: Excerpt, sender: Card, lines: str, departures: Departures) -> Iterator[None]:
        """To be held around what writes out a sealed reply: it is recorded as whatever else leaves."""
        raw = lines.encode()
        weight = (hashlib.sha256(raw).hexdigest(), len(raw))
        told = f"standard output, share {made.share[:8]}"
        leaving = Parcel("reply", "file", (), *weight, description=told, recipient=sender.name)
        with departures.leaving(leaving, whole=False):
            yield
