"""Showing chosen sentences to a supervisor, sure of all that leaves."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from journal.domain import Entry, Excerpt, Identifiers, Item, Parcel, now_text
from journal.domain.shares import Decision, Share, ShareForm
from journal.domain.sharing import Card, Chosen, Sent
from journal.errors import BadInput, JournalError
from journal.service.choosing import Piece, numbers_as_text, pieces
from journal.service.redacting import ENTRY, QUESTION, Hit, Scanned, hints, hits, redacted, redactions

if TYPE_CHECKING:
    from journal.service.cards import Cards
    from journal.service.replies import Replies
    from journal.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose to show, to whom, and what they say with it."""

    entry: Entry
    pieces: tuple[Piece, ...]
    recipient: str
    question: str = field(default="", repr=False)
    sender: str = ""
    when: str = "none"
    """"month", "season" or "none"."""
    shift: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An excerpt in the form it leaves in."""

    excerpt: Excerpt
    form: ShareForm
    sent: Sent
    content: bytes = field(repr=False)
    """What leaves, byte for byte."""
    passphrase: str = field(default="", repr=False)
    """Of a page: to be told by another way, and kept nowhere."""


class Sharing:
    """What leaves an open journal for a supervisor."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    @property
    def replies(self) -> Replies:
        """What came back."""
        from journal.service.replies import Replies

        return Replies(self._vault, self._now)

    @property
    def cards(self) -> Cards:
        """The person's own card, and what is sealed for it."""
        from journal.service.cards import Cards

        return Cards(self._vault)

    # ----------------------------------------------------------------- choosing, and what could identify somebody

    def pieces(self, entry: Entry) -> tuple[Piece, ...]:
        """Every sentence of an entry, by number."""
        return pieces(entry.content)

    def look(self, wish: Wish) -> tuple[tuple[Hit, ...], tuple[tuple[str, str], ...]]:
        """The possible identifiers in what was chosen and in the question, with what was decided of them before.

        And the words, each with the reason, that name nobody but may with the rest still tell who it was.

        Raises AnalysisUnavailable where they cannot be looked for; nothing may leave then.
        """
        from journal.service.privacy import find_identifiers

        text = wish.entry.content.text
        found = next(find_identifiers([text]))
        names = [text[s.start : s.end] for s in found.spans if s.kind == "PERSON" and s.severity == "high"]
        asked = next(find_identifiers([wish.question], names)) if wish.question else Identifiers()
        spans = tuple((piece.start, piece.end) for piece in wish.pieces)
        scanned = [Scanned(ENTRY, text, found, spans)]
        scanned += [Scanned(QUESTION, wish.question, asked, ((0, len(wish.question)),))]
        found_hits = tuple(replace(hit, decision=self._remembered(wish, hit)) for hit in hits(scanned))
        return found_hits, hints(scanned)

    def _remembered(self, wish: Wish, hit: Hit) -> Decision | None:
        known = self._vault.sharing.decision(wish.entry.id, hit.text)
        stays_for_another = known is not None and known.word is None and known.recipient != wish.recipient
        return None if stays_for_another else known

    def decided(self, wish: Wish, found: tuple[Hit, ...], decisions: Mapping[int, Decision]) -> tuple[Hit, ...]:
        """The hits with what is decided of each now, by its number; raises BadInput for one that stays without why."""
        for number, decision in decisions.items():
            if not 1 <= number <= len(found):
                raise BadInput("There is no possible identifier of that number.", "Look at the list again.")
            if decision.word is None and not decision.reason.strip():
                raise BadInput("An identifier stays only with a reason.", "Say why, such as: she asked to be named")
        new = {n: replace(d, recipient=wish.recipient if d.word is None else "") for n, d in decisions.items()}
        return tuple(replace(hit, decision=new.get(hit.number, hit.decision)) for hit in found)

    # ----------------------------------------------------------------- what would leave

    def excerpt(self, wish: Wish, found: tuple[Hit, ...]) -> Excerpt:
        """Exactly what would leave. Raises BadInput, too, while something that could identify is not decided of.

        The same wish gives the same bytes until the entry is next shared, so that a preview is what leaves.
        """
        from journal.sharing import excerpt as form

        if left := [hit for hit in found if hit.open]:
            raise BadInput(
                f"Nothing leaves yet: {len(left)} possible {'identifier' if len(left) == 1 else 'identifiers'} of high "
                "severity must be decided of first.",
                "Put a role in place of each with --redact, or say why one stays: --keep N=REASON",
            )
        text = wish.entry.content.text
        of_entry = [hit for hit in found if hit.part == ENTRY]
        day = wish.entry.content.event_date or wish.entry.day
        words = {"month": form.month_words, "season": form.season_words}.get(wish.when)
        made = form.make_excerpt(
            [Chosen(p.start, p.end, redacted(text, p.start, p.end, of_entry), p.step) for p in wish.pieces],
            text,
            recipient=wish.recipient,
            today=self._now().date(),
            question=redacted(wish.question, 0, len(wish.question), [hit for hit in found if hit.part == QUESTION]),
            sender=wish.sender,
            when=words(day) if words else "",
            shift=wish.shift,
            randomness=bytes,  # zeros, until the id that depends on all else
        )
        return replace(made, share=self._vault.sharing.next_id(wish.entry.id, form.to_bytes(made)).hex())

    def preview(self, made: Excerpt) -> str:
        """All that can be read in it, as the text form shows it."""
        from journal.sharing.text import preview

        return preview(made)

    def seal(self, made: Excerpt, form: ShareForm, card: Card | None = None) -> Sealed:
        """The excerpt in the form it is to leave in; `card` is that of the reader of a sealed file."""
        from journal.sharing import envelope, page
        from journal.sharing import excerpt as forms

        sent = forms.sent(made)
        if form == "page":
            sealed = page.seal_page(made)
            return Sealed(made, form, replace(sent, page_key=sealed.reply_key), sealed.html, sealed.passphrase)
        if form == "file":
            if card is None:
                raise BadInput("It is not said for whom the file is sealed.", "Give their card: --card FILE")
            lines = envelope.seal_excerpt(made, self.cards.identity(made.sender), card)
            return Sealed(made, form, replace(sent, card=card), lines.encode())
        return Sealed(made, form, sent, self.preview(made).encode())

    @contextlib.contextmanager
    def leaving(self, wish: Wish, found: tuple[Hit, ...], sealed: Sealed, to: str, *, whole: bool) -> Iterator[None]:
        """To be held around what puts it in place; recorded, and kept for the reply, before it leaves.

        `whole` as in `Departures.leaving`: where it promises that nothing left, the share is forgotten again.
        """
        from journal.service.departures import Departures
        from journal.sharing.excerpt import to_bytes

        at, entry = now_text(self._now()), wish.entry
        spans = tuple((piece.start, piece.end) for piece in wish.pieces)
        share = Share(
            sealed.sent, entry.id, entry.revision, at, sealed.form, wish.recipient, spans, to_bytes(sealed.excerpt)
        )
        with Departures(self._vault, self._now).leaving(_parcel(wish, found, sealed, to), whole=whole):
            with self._vault.together():
                self._vault.sharing.keep(share)
                for hit in found:
                    if hit.decision:
                        self._vault.sharing.decide(entry.id, hit.text, hit.decision, at)
            try:
                yield
            except JournalError:
                if whole:
                    self._vault.sharing.drop(share.id)
                raise

    def before(self, entry: Entry) -> list[Share]:
        """What was shared of an entry before, oldest first."""
        return self._vault.sharing.of(entry.id)


def _parcel(wish: Wish, found: tuple[Hit, ...], sealed: Sealed, to: str) -> Parcel:
    """What the record says of it, before it leaves."""
    part = f"sentences {numbers_as_text(piece.number for piece in wish.pieces)}"
    return Parcel(
        way="share",
        form=sealed.form,
        items=(Item(wish.entry.id, wish.entry.revision, part),),
        digest=hashlib.sha256(sealed.content).hexdigest(),
        size=len(sealed.content),
        description=f"{to}, share {sealed.sent.share[:8]}",
        recipient=wish.recipient,
        redactions=redactions(wish.entry.id, found),
    )
