"""What came back, and answering: `reply`, `replies`, `answer`, and `read` for a supervisor who has the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journal.cli.given import at_keyboard, opened, text_of
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import flush, say, say_json, tell
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain import Card, Excerpt
    from journal.domain.shares import KeptReply
    from journal.domain.writing import ActState
    from journal.service import Journal
    from journal.service.replies import Answered

LARGEST = 4_000_000
"""Bytes of a reply or a sealed file that are read at most; one more shows that it is too large."""
SHORT_ID = 8
_WAYS = {
    "text": "typed into a mail, which anybody who had the excerpt could have done",
    "page": "from the sealed page, by somebody who knew its passphrase",
    "file": "sealed by the owner of the card",
}
_BOXES = {"noticed": "Noticed", "question": "Asks", "next_step": "Suggests"}


@click.command()
@click.argument("file", metavar="[FILE|-]", default="-")
@over_a_journal
def reply(where: Where, file: str) -> None:
    """Take in what a supervisor answered, and show it.

    A mail pasted whole, with whatever stands around the reply, a page's reply or a sealed file. It is checked against
    what was sent and kept beside the entry.
    """
    with unlocked(where) as journal:
        if file == "-" and at_keyboard():
            tell("Paste the mail or the reply, whole. End with Ctrl-D on a line of its own (Ctrl-Z, Enter on Windows).")
        found, new = journal.sharing.replies.take(_bytes_of(file))
        revision = journal.entry(found.share.entry_id).revision
    say_answered(found, revision)
    tell(f"Kept beside entry {found.share.entry_id[:SHORT_ID]}." if new else "This reply was here already.")


@click.command()
@json_option
@over_a_journal
def replies(where: Where, as_json: bool) -> None:
    """List what was shared, oldest first, and what came back.

    With --json one object a reply: {"share", "entry", "revision", "to", "form", "shared", "at", "way", "name", "role",
    "noticed", "question", "next_step", "marks": [{"passage", "text", "comment"}], "answer", "became", "answered"}. Way:
    text (typed), page (its sender knew the passphrase), file (signed by the owner of the card).
    """
    from journal.service.replies import reply_fields

    with unlocked(where) as journal:
        every = journal.sharing.replies.every()
        revisions = {found.share.entry_id: journal.entry(found.share.entry_id).revision for found in every}
    for found in every:
        if as_json:
            for kept in found.replies:
                say_json(reply_fields(found, kept))
        else:
            say_answered(found, revisions[found.share.entry_id])
    if not every:
        tell("Nothing was shared from this journal.")


@click.command()
@click.argument("share_id", metavar="SHARE")
@click.argument("text", metavar="[-]", type=click.Choice(("-",)), required=False)
@click.option("--became", type=click.Choice(("done", "not_yet", "dropped")), help="What became of the suggestion.")
@over_a_journal
def answer(where: Where, share_id: str, text: str | None, became: ActState | None) -> None:
    """Keep your own answer to the newest reply of a share.

    SHARE is the first digits of its id, as journal replies shows it; - reads your words from standard input. They stay
    in the journal: nothing is sent.
    """
    if text is None and became is None:
        raise BadInput("There is nothing to keep.", "Give your words with -, or what became of it with --became.")
    with unlocked(where) as journal:
        words = text_of("-").strip() if text else None
        found = journal.sharing.replies.answer(share_id, words, became)
        revision = journal.entry(found.share.entry_id).revision
    say_answered(found, revision)


# --------------------------------------------------------------------------- showing


def say_answered(found: Answered, revision: int) -> None:
    """One share and what came back, with the sentences it speaks of; `revision` is the entry's now."""
    share = found.share
    since = f"; you changed the entry since (then revision {share.revision})" if share.revision != revision else ""
    say(f"Shared {share.at[:10]} with {share.recipient} as {share.form}, share {share.id[:SHORT_ID]}{since}.")
    for kept in found.replies:
        _say_reply(found, kept)
    if not found.replies:
        say("  Nothing has come back yet.")


def _say_reply(found: Answered, kept: KeptReply) -> None:
    reply = kept.reply
    who = ", ".join(part for part in (reply.name, reply.role) if part) or "No name"
    say(f"  {who}, taken in {kept.at[:10]} ({_WAYS[reply.way]}):")
    for mark in reply.marks:
        _say_block("On", f"“{found.excerpt.passages[mark.passage - 1].text}” {mark.comment}".rstrip())
    for box, name in _BOXES.items():
        if words := getattr(reply, box):
            _say_block(name, words)
    if kept.answer:
        _say_block("You", kept.answer)
    if kept.became != "open":
        _say_block("What became of it", kept.became.replace("_", " "))
    elif reply.next_step:
        say(f"    What happened? journal answer {found.share.id[:SHORT_ID]} --became done|not_yet|dropped")


def _say_block(name: str, words: str) -> None:
    say(f"    {name}: " + words.replace("\n", "\n      "))


def _bytes_of(file: str) -> bytes:
    """A file or standard input, one byte more than is allowed where it is longer."""
    with opened(file) as source:
        parts, left = list[bytes](), LARGEST + 1
        while left > 0 and (part := source.part(left)):
            parts.append(part)
            left -= len(part)
    return b"".join(parts)


# --------------------------------------------------------------------------- for a supervisor with the app


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--card", "card_file", metavar="FILE", required=True, help="The card of who sealed it.")
@click.option("--reply", "replying", is_flag=True, help="Answer it, and print the sealed reply.")
@over_a_journal
def read(where: Where, file: str, card_file: str, replying: bool) -> None:
    """Open a sealed file that was made for your card.

    With --reply it asks for your answer at a terminal; else it reads the form below the excerpt, filled in, from
    standard input. What it prints then is sealed for the sender alone: paste it into a mail. Nothing of the excerpt is
    kept in your journal.
    """
    from journal.service.cards import card_in

    if replying and file == "-":
        raise BadInput("The file and your answer cannot both come from standard input.", "Name the file.")
    sender = card_in(text_of(card_file))
    with unlocked(where) as journal:
        made = journal.sharing.cards.opened(_bytes_of(file), sender)
        if not replying or at_keyboard():
            (tell if replying else say)(journal.sharing.preview(made).removesuffix("\n"))
        if replying:
            lines = _answered(journal, made, sender)
            with journal.sharing.cards.answering(made, sender, lines, journal.departures):
                say(lines.removesuffix("\n"))
                flush()


def _answered(journal: Journal, made: Excerpt, sender: Card) -> str:
    """The sealed reply, typed at the terminal or from the form."""
    cards = journal.sharing.cards
    if not at_keyboard():
        return cards.typed_reply(made, sender, text_of("-"))
    tell("A line for each, or Enter to leave it empty.")
    return cards.reply(
        made,
        sender,
        noticed=_line("What I noticed"),
        question=_line("A question for you"),
        next_step=_line("A suggested next step"),
        role=_line("My role"),
    )


def _line(label: str) -> str:
    return str(click.prompt(f"{label}: ", default="", show_default=False, prompt_suffix="", err=True))
