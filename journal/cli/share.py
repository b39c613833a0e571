"""Showing chosen sentences to a supervisor: `share`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.given import at_keyboard, text_of, words
from journal.cli.opening import Where, over_a_journal, unlocked
from journal.cli.saying import flush, say, tell
from journal.cli.settling import settled
from journal.errors import BadInput, CannotWrite

if TYPE_CHECKING:
    from journal.domain import Card, Entry, Excerpt
    from journal.domain.shares import Share
    from journal.service import Journal
    from journal.service.choosing import Piece
    from journal.service.redacting import Hit
    from journal.service.sharing import Sealed, Wish

FORMS = ("text", "page", "file")
_ADVICE = {
    "text": "This text is not sealed: send it only through a mail system that you both share and trust with it.",
    "page": "Give the passphrase by telephone or in person, never with the page. It is kept nowhere.",
    "file": "Only the owner of that card can open it, with the app.",
}


@click.command()
@click.argument("entry_id", metavar="ENTRY")
@click.option("--sentences", metavar="N,N-N", default="", help="Which sentences, by number.")
@click.option("--steps", metavar="NAME", multiple=True, help="All sentences of a step, such as “So what?”.")
@click.option("--question", metavar="TEXT|-", help="What you ask them; - reads it from standard input.")
@click.option("--to", "recipient", metavar="NAME", callback=words, help="Who is to read it.")
@click.option("--from", "sender", metavar="NAME", callback=words, help="Your name, if you want to give one.")
@click.option("--form", type=click.Choice(FORMS), help="How it leaves; text if not said.")
@click.option("--card", "card_file", metavar="FILE", help="The reader's card, for a sealed file.")
@click.option("--when", type=click.Choice(("month", "season", "none")), default="none", help="When it happened.")
@click.option("--shift", "with_shift", is_flag=True, help="A line on how your writing has moved.")
@click.option("--redact", is_flag=True, help="Put a role, a season or a kind in place of every possible identifier.")
@click.option("--keep", "kept", metavar="N=REASON", multiple=True, help="Leave a possible identifier as it is.")
@click.option("--preview", is_flag=True, help="Show exactly what would leave, and write nothing.")
@click.option("--diff", is_flag=True, help="Show what is new against the last time, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@click.option("--out", "out_file", metavar="FILE", help="Where to put it, if not on standard output.")
@over_a_journal
def share(
    where: Where,
    entry_id: str,
    sentences: str,
    steps: tuple[str, ...],
    question: str | None,
    recipient: str | None,
    sender: str | None,
    form: str | None,
    card_file: str | None,
    when: str,
    with_shift: bool,
    redact: bool,
    kept: tuple[str, ...],
    preview: bool,
    diff: bool,
    yes: bool,
    out_file: str | None,
) -> None:
    """Show a supervisor some sentences of an entry, and nothing else.

    Nothing is chosen to begin with: without --sentences or --steps it lists the sentences with their numbers. Possible
    identifiers are listed before anything leaves, and those of high severity stop it until you put something else in
    their place or say why they stay. What leaves is recorded: see journal departures.

    \b
    text  plain, to paste into a mail system that you both share and trust
    page  one sealed HTML file; opens in any browser with the passphrase
    file  sealed to the reader's card, for those who have the app
    """
    from journal.service.choosing import chosen
    from journal.service.sharing import Wish

    form = form or ("file" if card_file else "text")
    target = Path(out_file) if out_file and out_file != "-" else None
    _check_way(form, card_file, target, writing=not (preview or diff))
    card = _card(card_file) if card_file else None
    with unlocked(where) as journal:
        entry = journal.entry(entry_id)
        if entry.deleted:
            raise BadInput("This entry is in the bin.", "Restore it before you share of it.")
        pieces = journal.sharing.pieces(entry)
        picked = chosen(pieces, sentences, steps)
        if not picked:
            _list_pieces(pieces)
            return
        wish = Wish(
            entry,
            picked,
            recipient or (card.name if card else ""),
            text_of("-").strip() if question == "-" else _short(question),
            sender or "",
            when,
            _shift_line(journal) if with_shift else "",
        )
        asking = at_keyboard() and not (yes or preview or diff)
        hits = settled(journal.sharing, wish, kept, redact, asking)
        made = journal.sharing.excerpt(wish, hits)
        before = journal.sharing.before(entry)
        _tell_before(entry, before)
        if diff:
            _say_difference(journal, before, made)
        elif preview:
            _say_preview(journal, made, form)
        else:
            _agree(journal, made, form, asking, yes)
            _send(journal, wish, hits, journal.sharing.seal(made, form, card), target)  # type: ignore[arg-type]


def _check_way(form: str, card_file: str | None, target: Path | None, *, writing: bool) -> None:
    """Raises BadInput, before anything is asked, for a way that cannot be gone."""
    if form == "file" and not card_file:
        raise BadInput("It is not said for whom the file is sealed.", "Give their card: --card FILE")
    if form != "file" and card_file:
        raise BadInput("A card is for a sealed file.", "Leave out --card, or say --form file.")
    if form == "page" and target is None and writing:
        raise BadInput("A page is a file.", "Name it: --out excerpt.html")
    if target and writing:
        _refuse_in_use(target)


def _short(question: str | None) -> str:
    from journal.service.outside import checked_words

    return checked_words(question, "The question") if question else ""


def _shift_line(journal: Journal) -> str:
    """How the writing has moved, in a sentence or two; nothing while that cannot be said."""
    found = journal.readings.shift()
    if found.state == "too_early":
        tell("It is too early to say how your writing has moved: that line is left out.")
        return ""
    return found.statement


def _card(file: str) -> Card:
    from journal.service.cards import card_in

    return card_in(text_of(file))


def _list_pieces(pieces: tuple[Piece, ...]) -> None:
    """Every sentence with its number; what was learnt and is planned before the story."""
    step = None
    for piece in sorted(pieces, key=lambda one: (not one.learning, one.number)):
        if piece.step != step:
            step = piece.step
            say(f"({step or 'without a step'})")
        say(f"{piece.number:>4}  {' '.join(piece.text.split())}")
    tell("Nothing is chosen yet. Choose by number, such as --sentences 2,4-6, or by step: --steps “So what?”")
    tell("What you learnt and what you plan is often enough; the story may stay with you.")


# --------------------------------------------------------------------------- before it leaves


def _tell_before(entry: Entry, before: list[Share]) -> None:
    """What was shared of this entry before, and to whom."""
    for share in before:
        changed = f", before you changed it (revision {share.revision})" if share.revision != entry.revision else ""
        many = f"{share.sent.passages} {'sentence' if share.sent.passages == 1 else 'sentences'}"
        tell(f"Shared before: {share.at[:10]} with {share.recipient}, {many} as {share.form}{changed}.")


def _say_difference(journal: Journal, before: list[Share], made: Excerpt) -> None:
    """What is new against the last time, for the same reader where they had one."""
    import difflib

    if not before:
        tell("Nothing of this entry was shared before.")
        return
    last = next((share for share in reversed(before) if share.recipient == made.recipient), before[-1])
    old = journal.sharing.replies.one(last.id).excerpt
    lines = difflib.unified_diff(_lines(old), _lines(made), f"shared {last.at[:10]}", "now", lineterm="", n=1)
    shown = list(lines)
    for line in shown:
        say(line)
    if not shown:
        tell("The words are the same as the last time.")


def _lines(made: Excerpt) -> list[str]:
    return [*(passage.text for passage in made.passages), *([made.question] if made.question else [])]


def _say_preview(journal: Journal, made: Excerpt, form: str) -> None:
    say(journal.sharing.preview(made).removesuffix("\n"))
    tell("This is all that can be read in it. Nothing has left.")
    if form != "text":
        tell(f"It would leave sealed, as a {form}.")


def _agree(journal: Journal, made: Excerpt, form: str, asking: bool, yes: bool) -> None:
    """Show what leaves and ask once; raises BadInput where nobody can be asked."""
    if yes:
        return
    if not asking:
        raise BadInput("Nobody is there to be asked.", "Look at it with --preview, then say --yes. Nothing has left.")
    tell(journal.sharing.preview(made))
    if not click.confirm(f"This is all that leaves, as {form}, for {made.recipient}. Go on?", err=True):
        raise BadInput("Nothing has left.", "Change what you chose, or leave it.")


# --------------------------------------------------------------------------- leaving


def _send(journal: Journal, wish: Wish, hits: tuple[Hit, ...], sealed: Sealed, target: Path | None) -> None:
    to = str(target) if target else "standard output"
    with journal.sharing.leaving(wish, hits, sealed, to, whole=target is not None):
        if target:
            _put(target, sealed.content)
        else:
            say(sealed.content.decode().removesuffix("\n"))
            flush()
    if target:
        tell(f"Written to {target}, for {wish.recipient}.")
    if sealed.passphrase:
        tell(f"\nPassphrase: {sealed.passphrase}\n")
    tell(_ADVICE[sealed.form])
    tell(f"When an answer comes: journal reply — this is share {sealed.sent.share[:8]}.")


def _put(target: Path, content: bytes) -> None:
    """Put a new file in place, whole or not at all; raises BadInput, CannotWrite."""
    from journal.files import write_whole

    _refuse_in_use(target)
    try:
        write_whole(target, content)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}).", "Free some room, or name another file. Nothing has left."
        ) from None


def _refuse_in_use(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BadInput(f"There is a file {target} already.", "Name another. Nothing has left.")
    if not target.parent.is_dir():
        raise BadInput(f"There is no folder {target.parent}.", "Make it first, or name another. Nothing has left.")
