"""What was shared beside the entries: the excerpts that left, the replies, and what was decided of a name."""

from __future__ import annotations

import hmac
import json
import unicodedata
from dataclasses import asdict
from typing import Any

from journal.domain.shares import Decision, KeptReply, Share
from journal.domain.sharing import Card, Mark, Reply, Sent
from journal.domain.writing import ActState
from journal.errors import BadInput, NotFound
from journal.vault.contents import storable
from journal.vault.database import Database
from journal.vault.finding import EntryReading

_SHARE = """SELECT s.id, s.digest, json_array_length(s.spans) AS passages, s.page_key, s.card, e.id AS entry_id,
            s.revision, s.at, s.form, s.recipient, s.spans, s.excerpt FROM shares s JOIN entries e USING (place)"""
_REPLY = """SELECT r.turn, r.at, r.reply, r.answer, r.became, r.answered FROM replies r
            JOIN shares s ON s.turn = r.share WHERE s.id = ? ORDER BY r.turn"""
ID_BYTES = 16


class Sharing:
    """Shares, replies and decisions of an open vault; all but the identity goes when the entry is deleted for good.

    `key` hides identifiers that were decided of, and gives share ids that tell nothing.
    """

    def __init__(self, database: Database, key: bytes) -> None:
        self._database = database
        self._entries = EntryReading(database)
        self._key = key

    # ----------------------------------------------------------------- the person's own keys

    def identity(self) -> tuple[bytes, str] | None:
        """The seed of the person's own keys and the name on their card; None before the first use."""
        row = self._database.row("SELECT seed, name FROM identity")
        return (bytes(row["seed"]), row["name"]) if row else None

    def set_identity(self, seed: bytes, name: str) -> None:
        """Keep them, in place of what was there."""
        with self._database.atomic():
            self._database.run("INSERT OR REPLACE INTO identity VALUES (1, ?, ?)", (seed, storable(name)))

    # ----------------------------------------------------------------- what left

    def next_id(self, entry_id: str, excerpt: bytes) -> bytes:
        """The 16 bytes that name this excerpt if it leaves next of its entry; random to whoever lacks the key."""
        query = "SELECT count(*) FROM shares WHERE place = ?"
        count = self._database.value(query, (self._entries.place(entry_id),))
        told = b"share\0" + str(count).encode() + b"\0" + entry_id.encode() + excerpt
        return hmac.digest(self._key, told, "sha256")[:ID_BYTES]

    def keep(self, share: Share) -> None:
        """Keep what is needed to read a reply. Raises NotFound, or BadInput where it is here already."""
        sent = share.sent
        with self._database.atomic():
            if self._database.value("SELECT 1 FROM shares WHERE id = ?", (sent.share,)):
                raise BadInput("This excerpt was shared already.", "Share it again from the beginning.")
            place = self._entries.place(share.entry_id)
            values = (sent.share, place, share.revision, share.at, share.form, storable(share.recipient), sent.digest)
            query = """INSERT INTO shares (id, place, revision, at, form, recipient, digest, spans, excerpt, page_key,
                       card) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
            rest = (json.dumps(share.spans), share.excerpt, sent.page_key, _card_text(sent.card))
            self._database.run(query, (*values, *rest))

    def drop(self, share_id: str) -> None:
        """Forget a share that did not leave after all."""
        with self._database.atomic():
            self._database.run("DELETE FROM shares WHERE id = ?", (share_id,))

    def get(self, share_id: str) -> Share:
        """A share by its id, or by as many first digits as name it alone. Raises NotFound, BadInput."""
        rows = self._database.rows(f"{_SHARE} WHERE substr(s.id, 1, ?) = ? LIMIT 2", (len(share_id), share_id))
        if not share_id or not rows:
            raise NotFound("There is no such share.", "journal replies shows what came back, and to which.")
        if len(rows) > 1:
            raise BadInput("Several shares begin like this.", "Give more digits.")
        return _share(rows[0])

    def of(self, entry_id: str) -> list[Share]:
        """What was shared of an entry, oldest first. Raises NotFound."""
        place = self._entries.place(entry_id)
        return [_share(row) for row in self._database.rows(f"{_SHARE} WHERE s.place = ? ORDER BY s.turn", (place,))]

    def all(self) -> list[Share]:
        """Every share, oldest first."""
        return [_share(row) for row in self._database.rows(f"{_SHARE} ORDER BY s.turn")]

    # ----------------------------------------------------------------- what came back

    def keep_reply(self, reply: Reply, at: str) -> bool:
        """Keep a reply beside its share; False where the same one is there already. Raises NotFound."""
        text = storable(json.dumps(asdict(reply), ensure_ascii=False, sort_keys=True))
        with self._database.atomic():
            share = self._database.value("SELECT turn FROM shares WHERE id = ?", (reply.share,))
            if share is None:
                raise NotFound("There is no such share.", "Nothing was changed.")
            query = """INSERT OR IGNORE INTO replies (share, at, reply, answer, became) VALUES (?, ?, ?, '', 'open')"""
            return self._database.run(query, (share, at, text)) == 1

    def replies(self, share_id: str) -> list[KeptReply]:
        """What came back to a share, oldest first."""
        return [_reply(row) for row in self._database.rows(_REPLY, (share_id,))]

    def answer(self, number: int, answer: str | None, became: ActState | None, at: str) -> None:
        """Keep what the trainee says to a reply, and what became of it; None leaves what was said. Raises NotFound."""
        query = """UPDATE replies SET answer = coalesce(?, answer), became = coalesce(?, became), answered = ?
                   WHERE turn = ?"""
        with self._database.atomic():
            if not self._database.run(query, (None if answer is None else storable(answer), became, at, number)):
                raise NotFound("There is no such reply.", "Nothing was changed.")

    # ----------------------------------------------------------------- what was decided

    def decide(self, entry_id: str, identifier: str, decision: Decision, at: str) -> None:
        """Remember what is to stand in an identifier's place, and not the identifier. Raises NotFound."""
        with self._database.atomic():
            values = (self._entries.place(entry_id), self._mark(identifier), at)
            words = (decision.word, storable(decision.reason), storable(decision.recipient))
            self._database.run("INSERT OR REPLACE INTO redactions VALUES (?, ?, ?, ?, ?, ?)", (*values, *words))

    def decision(self, entry_id: str, identifier: str) -> Decision | None:
        """What was decided of an identifier in this entry. Raises NotFound."""
        query = "SELECT word, reason, recipient FROM redactions WHERE place = ? AND mark = ?"
        row = self._database.row(query, (self._entries.place(entry_id), self._mark(identifier)))
        return Decision(*row) if row else None

    def _mark(self, identifier: str) -> bytes:
        plain = " ".join(unicodedata.normalize("NFKC", identifier).casefold().split())
        return hmac.digest(self._key, b"identifier\0" + plain.encode(), "sha256")


def _card_text(card: Card | None) -> str | None:
    if card is None:
        return None
    return json.dumps([storable(card.name), card.keys.hex(), card.signature.hex()], ensure_ascii=False)


def _card(text: str | None) -> Card | None:
    if text is None:
        return None
    name, keys, signature = json.loads(text)
    return Card(name, bytes.fromhex(keys), bytes.fromhex(signature))


def _share(row: Any) -> Share:
    key = None if row["page_key"] is None else bytes(row["page_key"])
    return Share(
        sent=Sent(row["id"], row["digest"], row["passages"], key, _card(row["card"])),
        entry_id=row["entry_id"],
        revision=row["revision"],
        at=row["at"],
        form=row["form"],
        recipient=row["recipient"],
        spans=tuple((start, end) for start, end in json.loads(row["spans"])),
        excerpt=bytes(row["excerpt"]),
    )


def _reply(row: Any) -> KeptReply:
    fields = json.loads(row["reply"])
    fields["marks"] = tuple(Mark(**mark) for mark in fields["marks"])
    return KeptReply(row["turn"], row["at"], Reply(**fields), row["answer"], row["became"], row["answered"])
