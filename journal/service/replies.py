"""What supervisors answered: taken in, kept beside the entry, and answered in turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from journal.domain import Entry, Excerpt, Reply, now_text
from journal.domain.shares import KeptReply, Share
from journal.domain.writing import ActState
from journal.errors import BadInput
from journal.service.cards import Cards

if TYPE_CHECKING:
    from journal.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Answered:
    """A share with what came back to it."""

    share: Share
    excerpt: Excerpt
    replies: tuple[KeptReply, ...]


class Replies:
    """What came back to the shares of one open vault."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    def take(self, given: bytes) -> tuple[Answered, bool]:
        """Keep the reply in a pasted text or a file; its share, and whether the reply is new here.

        Raises BadInput where it is none, damaged, or answers nothing of this journal; nothing is written then.
        """
        from journal.sharing.reply import shares_named

        named = shares_named(given)
        if not named:
            raise BadInput(
                "There is no reply in this.",
                "Give the whole of it, with its first and last lines. Nothing was changed.",
            )
        here = [share for share in self._vault.sharing.all() if share.id in named]
        if not here:
            raise BadInput(
                "This reply answers nothing that was shared from this journal.",
                "It may belong to another journal, or its entry was deleted for good. Nothing was changed.",
            )
        reply = self._the_one_read(given, here)
        new = self._vault.sharing.keep_reply(reply, now_text(self._now()))
        return self.one(reply.share), new

    def _the_one_read(self, given: bytes, shares: Sequence[Share]) -> Reply:
        """The reply to one of the shares that a text names; a thread may quote the forms of others, unfilled."""
        from journal.sharing.reply import read_reply

        own, found, faults = Cards(self._vault).known(), list[Reply](), list[BadInput]()
        for share in shares:
            try:
                found.append(read_reply(given, share.sent, own))
            except BadInput as error:
                faults.append(error)
        if len(found) > 1:
            raise BadInput("There are replies to several shares in this.", "Give one at a time. Nothing was changed.")
        if not found:
            raise faults[0]
        return found[0]

    # ----------------------------------------------------------------- reading

    def one(self, share_id: str) -> Answered:
        """A share, by its id or first digits, with what came back. Raises NotFound, BadInput."""
        return self._answered(self._vault.sharing.get(share_id.strip().lower()))

    def every(self) -> list[Answered]:
        """Every share with what came back, oldest first."""
        return [self._answered(share) for share in self._vault.sharing.all()]

    def of(self, entry: Entry) -> list[Answered]:
        """The same of one entry."""
        return [self._answered(share) for share in self._vault.sharing.of(entry.id)]

    def _answered(self, share: Share) -> Answered:
        from journal.sharing.excerpt import from_bytes

        return Answered(share, from_bytes(share.excerpt), tuple(self._vault.sharing.replies(share.id)))

    # ----------------------------------------------------------------- answering

    def answer(self, share_id: str, answer: str | None, became: ActState | None) -> Answered:
        """Keep one's own answer to the newest reply of a share, and what became of the suggestion.

        None leaves what was said before. Raises NotFound, and BadInput where nothing has come back yet.
        """
        found = self.one(share_id)
        if not found.replies:
            raise BadInput("Nothing has come back to this share yet.", "Take a reply in first: journal reply")
        self._vault.sharing.answer(found.replies[-1].number, answer, became, now_text(self._now()))
        return self.one(found.share.id)


def reply_fields(found: Answered, kept: KeptReply) -> dict[str, Any]:
    """One reply as the object that scripts are given."""
    share, reply = found.share, kept.reply
    return {
        "share": share.id,
        "entry": share.entry_id,
        "revision": share.revision,
        "to": share.recipient,
        "form": share.form,
        "shared": share.at,
        "at": kept.at,
        "way": reply.way,
        "name": reply.name,
        "role": reply.role,
        "noticed": reply.noticed,
        "question": reply.question,
        "next_step": reply.next_step,
        "marks": [
            {"passage": mark.passage, "text": found.excerpt.passages[mark.passage - 1].text, "comment": mark.comment}
            for mark in reply.marks
        ],
        "answer": kept.answer,
        "became": kept.became,
        "answered": kept.answered,
    }
