"""The card by which others can seal something for you: `card`."""

from __future__ import annotations

import click

from journal.cli.given import text_of, words
from journal.cli.opening import Where, over_a_journal, unlocked
from journal.cli.saying import say, tell
from journal.errors import BadInput


@click.command()
@click.option("--name", metavar="NAME", callback=words, help="The name on your card, from now on.")
@click.option("--check", "check_file", metavar="FILE|-", help="Show the name and the words of another's card.")
@over_a_journal
def card(where: Where, name: str | None, check_file: str | None) -> None:
    """Print your card, which others need to seal something for you.

    It holds no secret. Its six words, on standard error, are for the telephone: whoever gets your card reads them back
    to you, so that nobody can slip another card in between. Your keys are made at first use and stay in the journal.
    """
    from journal.service.cards import UNNAMED, card_in, card_text, fingerprint

    if check_file:
        if name:
            raise BadInput("--check looks at another's card.", "Leave --name out.")
        other = card_in(text_of(check_file))
        say(f"{other.name}: {fingerprint(other)}")
        tell("Read the words to them over the telephone: only if they have the same is it their card.")
        return
    with unlocked(where) as journal:
        own = journal.sharing.cards.rename(name) if name else journal.sharing.cards.identity()
    say(card_text(own.card).removesuffix("\n"))
    tell(f"{own.card.name}: {fingerprint(own.card)}")
    if own.card.name == UNNAMED:
        tell("Put your name on it with --name, so that others know whose it is.")
