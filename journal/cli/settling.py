"""Possible identifiers, settled one by one before anything leaves: by what was said, or asked at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journal.cli.saying import tell
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain.shares import Decision
    from journal.service.redacting import Hit
    from journal.service.sharing import Sharing, Wish


def settled(sharing: Sharing, wish: Wish, kept: tuple[str, ...], redact: bool, asking: bool) -> tuple[Hit, ...]:
    """The possible identifiers with what is decided of each, told one by one."""
    from journal.service.redacting import MISSES, by_role

    seen, hints = sharing.look(wish)
    found = sharing.decided(wish, seen, _kept(kept))
    if redact:
        found = sharing.decided(wish, found, by_role(found))
    elif asking:
        found = sharing.decided(wish, found, {hit.number: _asked(hit) for hit in found if hit.decision is None})
    for words, why in hints:
        tell(f"      {' '.join(words.split())}  ({why}; names nobody, and may still tell who it was)")
    if not found:
        tell(f"No possible identifiers found. That does not mean there are none. {MISSES}")
        return found
    tell(f"Possible identifiers found: {len(found)}.")
    for hit in found:
        tell(_hit_line(hit))
    tell(MISSES)
    return found


def _hit_line(hit: Hit) -> str:
    where = "in the question" if hit.part == "question" else hit.severity
    what = f"{hit.number:>4}  {' '.join(hit.text.split())}  ({hit.found.why}; {where})"
    if hit.decision is None:
        return f"{what}  still there; suggested: {hit.suggestion.word}"
    if hit.decision.word is None:
        return f"{what}  stays: {hit.decision.reason}"
    return f"{what}  becomes: {hit.instead}"


def _kept(given: tuple[str, ...]) -> dict[int, Decision]:
    from journal.domain.shares import Decision

    found = dict[int, Decision]()
    for one in given:
        number, sign, reason = one.partition("=")
        if not number.strip().isdecimal() or not sign:
            raise BadInput("--keep needs a number and a reason.", "Such as: --keep 2=she asked to be named")
        found[int(number)] = Decision(None, _reason(reason))
    return found


def _reason(given: str) -> str:
    from journal.service.outside import checked_words

    return checked_words(given, "The reason")


def _asked(hit: Hit) -> Decision:
    """What the person at the terminal says to one of them."""
    from journal.domain.shares import Decision

    tell(_hit_line(hit))
    word = click.prompt(
        "      Enter takes the suggestion; or type other words, or = to let it stay",
        default=hit.suggestion.word,
        show_default=False,
        err=True,
    ).strip()
    if word != "=":
        return Decision(word)
    return Decision(None, _reason(click.prompt("      Why may it stay?", err=True)))
