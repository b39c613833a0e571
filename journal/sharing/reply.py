"""What a supervisor answers: as bytes, sealed, and read again from whatever came back."""

from __future__ import annotations

from typing import Any

from journal.domain.sharing import Card, Excerpt, Mark, Reply, ReplyWay, Sent
from journal.errors import BadInput
from journal.sharing import armour, envelope, faults, page
from journal.sharing.cleaning import cleaned, cleaned_line
from journal.sharing.excerpt import (
    LONGEST_LINE,
    SHARE_BYTES,
    canonical,
    digest_of,
    hexadecimal,
    json_object,
    short_text,
)
from journal.sharing.identity import Identity
from journal.sharing.text import LONGEST_ANSWER, read_text_reply, references

FORMAT = "small-l reply"
VERSION = 1
PAGE_ARMOUR = "REPLY"
_BOXES = ("noticed", "question", "next_step")


def make_reply(
    made: Excerpt,
    *,
    name: str,
    role: str = "",
    noticed: str = "",
    question: str = "",
    next_step: str = "",
    marks: tuple[Mark, ...] = (),
) -> Reply:
    """An answer to an excerpt that was opened here; raises BadInput where it says nothing, or too much."""
    numbers = [mark.passage for mark in marks]
    if len(set(numbers)) != len(numbers) or not all(0 < number <= len(made.passages) for number in numbers):
        raise BadInput("A mark points at no sentence.", f"There are {len(made.passages)}, counted from 1.")
    reply = Reply(
        share=made.share,
        digest=digest_of(made),
        name=cleaned_line(name),
        role=cleaned_line(role),
        noticed=cleaned(noticed),
        question=cleaned(question),
        next_step=cleaned(next_step),
        marks=tuple(Mark(m.passage, cleaned(m.comment)) for m in sorted(marks, key=lambda m: m.passage)),
        way="file",
    )
    if not (reply.noticed or reply.question or reply.next_step or reply.marks):
        raise BadInput("This reply says nothing yet.", "Write a line in one of the boxes, or mark a sentence.")
    answers = [reply.noticed, reply.question, reply.next_step, *(mark.comment for mark in reply.marks)]
    if max(map(len, answers)) > LONGEST_ANSWER or max(len(reply.name), len(reply.role)) > LONGEST_LINE:
        raise BadInput(
            "A part of this reply is too long.",
            f"A box may have {LONGEST_ANSWER:,} characters, a name and a role {LONGEST_LINE}.",
        )
    return reply


def to_bytes(reply: Reply) -> bytes:
    """The bytes that are sealed: a JSON object in ASCII, keys sorted, no blanks."""
    return canonical(
        {
            "format": FORMAT,
            "version": VERSION,
            "share": reply.share,
            "digest": reply.digest,
            "name": reply.name,
            "role": reply.role,
            **{box: getattr(reply, box) for box in _BOXES},
            "marks": [[mark.passage, mark.comment] for mark in reply.marks],
        }
    )


def from_bytes(raw: bytes, sent: Sent, way: ReplyWay) -> Reply:
    """The reply in some bytes that were unsealed, cleaned, and checked against what was sent; raises BadInput."""
    fields = json_object(raw, FORMAT, VERSION, "reply")
    try:
        reply = _read(fields, sent.passages, way)
    except (KeyError, TypeError, ValueError):
        raise faults.damaged("reply") from None
    if reply.share != sent.share or reply.digest != sent.digest:
        raise faults.other_share()
    return reply


def seal_reply(reply: Reply, sender: Identity, reader: Card) -> str:
    """A reply as lines that only the trainee can open; raises BadInput for a card nothing can be sealed for."""
    return envelope.seal(envelope.REPLY, reply.share, to_bytes(reply), sender, reader)


# --------------------------------------------------------------------------- what comes back


def shares_named(given: str | bytes) -> tuple[str, ...]:
    """The share ids that a pasted text or a file names, so that the right entry can be found; raises BadInput."""
    text = armour.text_of(given) if isinstance(given, bytes) else given
    found = [page.reply_share(raw) for raw in armour.blocks(PAGE_ARMOUR, text)]
    sealed = armour.blocks(envelope.ARMOUR[envelope.REPLY], text)
    found += [envelope.read_header(raw, "sealed reply").share for raw in sealed]
    return tuple(dict.fromkeys([*found, *references(text)]))


def read_reply(given: str | bytes, sent: Sent, own: Identity | None = None) -> Reply:
    """The reply in a pasted text or a file: sealed by a page, sealed by the app, or typed below the text form.

    It must answer what was sent, and a sealed one must be from whom it was sent to. Raises BadInput.
    """
    text = armour.text_of(given) if isinstance(given, bytes) else given
    from_pages = armour.blocks(PAGE_ARMOUR, text)
    from_files = armour.blocks(envelope.ARMOUR[envelope.REPLY], text)
    if len(from_pages) + len(from_files) > 1:
        raise BadInput("There are several replies in this text.", "Paste one at a time. Nothing was changed.")
    if from_pages:
        return _from_page(from_pages[0], sent)
    if from_files:
        return _from_file(from_files[0], sent, own)
    return read_text_reply(text, sent)


def _from_page(raw: bytes, sent: Sent) -> Reply:
    if page.reply_share(raw) != sent.share:
        raise faults.other_share()
    if sent.page_key is None:
        raise BadInput("This excerpt did not leave as a page.", "Look for the reply to the way it was sent.")
    return from_bytes(page.unseal_reply(raw, sent.page_key), sent, "page")


def _from_file(raw: bytes, sent: Sent, own: Identity | None) -> Reply:
    if envelope.read_header(raw, "sealed reply").share != sent.share:
        raise faults.other_share()
    if sent.card is None or own is None:
        raise BadInput("This excerpt did not leave as a sealed file.", "Look for the reply to the way it was sent.")
    _, payload, _ = envelope.open_sealed(raw, envelope.REPLY, own, [sent.card])
    return from_bytes(payload, sent, "file")


def _read(fields: dict[str, Any], passages: int, way: ReplyWay) -> Reply:
    """Raises KeyError, TypeError or ValueError for a field that is missing, of another kind, or unknown."""
    name, role = (cleaned_line(short_text(fields.pop(part), LONGEST_LINE)) for part in ("name", "role"))
    boxes = {box: cleaned(short_text(fields.pop(box), LONGEST_ANSWER)) for box in _BOXES}
    reply = Reply(
        share=hexadecimal(fields.pop("share"), SHARE_BYTES),
        digest=hexadecimal(fields.pop("digest"), 32),
        name=name,
        role=role,
        marks=_marks(fields.pop("marks"), passages),
        way=way,
        **boxes,
    )
    if fields:
        raise ValueError
    return reply


def _marks(given: Any, passages: int) -> tuple[Mark, ...]:
    if not isinstance(given, list) or len(given) > passages:
        raise ValueError
    marks = list[Mark]()
    for passage, comment in given:
        after = marks[-1].passage if marks else 0
        if type(passage) is not int or not after < passage <= passages:
            raise ValueError
        marks.append(Mark(passage, cleaned(short_text(comment, LONGEST_ANSWER))))
    return tuple(marks)
