"""Starting a journal, and its locks: `init`, `recover`, `passphrase`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from random import SystemRandom

import click

from journal.cli.given import words
from journal.cli.opening import TRIES, Where, json_option, over_a_journal, require_journal, unlocked
from journal.cli.saying import flush, on_terminal, say, say_json, tell
from journal.cli.secrets import COMMAND, all_of, asked, given_passphrase, line_of_text, new_passphrase
from journal.errors import BadInput, CannotWrite

_SYNCED = ("onedrive", "dropbox", "icloud", "mobile documents", "google drive", "nextcloud")


@click.command()
@click.option("--role", callback=words, help="Your role, kept so that entries need not ask, such as FY1.")
@click.option("--setting", callback=words, help="Your setting, such as ward or clinic.")
@click.option("--placement", callback=words, help="Your placement, such as Acute medicine.")
@json_option
@over_a_journal
def init(where: Where, role: str | None, setting: str | None, placement: str | None, as_json: bool) -> None:
    """Start a journal and print its 24 recovery words.

    The words open the journal if you forget the passphrase; nothing else does. They are shown this once, and where
    you type the passphrase by hand, three of them are asked back before the journal is made.
    With --json: {"home", "recovery"}, the words with a blank between.
    """
    from journal.domain import Profile
    from journal.service import opening

    home = where.home
    if opening.exists(home):
        raise BadInput(f"There is a journal in {home} already.", "Open it with: journal")
    _tell_if_synced(home)
    by_hand = typed_by_hand(where)
    passphrase = new_passphrase(where.passphrase_fd)
    keys = opening.new_keys()
    profile = Profile(role or "", setting or "", placement or "")
    if by_hand and on_terminal() and not as_json:
        say_words(keys.words)
        prove_by_hand(keys.words)
        opening.create(home, keys, passphrase, profile).close()
    else:
        opening.create(home, keys, passphrase, profile).close()
        _hand_over(home, keys.words, as_json)
    tell(f"Your journal is in {home}.")


def _hand_over(home: Path, words: Sequence[str], as_json: bool) -> None:
    """Give the words of a journal that was made to whatever program asked for it."""
    try:
        if as_json:
            say_json({"home": str(home), "recovery": " ".join(words)})
        else:
            say_words(words)
        flush()
    except CannotWrite:
        raise CannotWrite(
            "The journal was made, but its recovery words could not be shown.",
            f"Delete the folder {home} and run journal init again.",
        ) from None


def typed_by_hand(where: Where) -> bool:
    """Whether the passphrase is asked for, and not named by a descriptor or a command."""
    return where.passphrase_fd is None and not os.environ.get(COMMAND)


def say_words(words: Sequence[str]) -> None:
    """Show recovery words, which is done once."""
    if on_terminal():
        tell("These 24 words open your journal if you forget the passphrase. Write them on paper, and keep it:")
    for start in range(0, len(words), 4):
        say("".join(f"{number:>2}. {word:<12}" for number, word in enumerate(words[start : start + 4], start + 1)))


def prove_by_hand(words: Sequence[str]) -> None:
    """Ask some of the words back from paper, as the app does. Raises BadInput where they are not known."""
    from journal.service import keys

    flush()
    tell("Three of them, from your paper:")
    for place in keys.asked_back(words, SystemRandom()):
        for _ in range(TRIES):
            if asked(f"Word {place + 1}: ").strip().lower() == words[place]:
                break
            tell(f"That is not word {place + 1}. Look again.")
        else:
            raise BadInput(
                "The words were not proved to be kept, so nothing was changed.", "Try again with your paper."
            )


def _tell_if_synced(home: Path) -> None:
    """A copy that a cloud service makes is out of the person's hands, if still encrypted."""
    if any(name in part.lower() for part in home.parts for name in _SYNCED):
        tell("This folder looks synchronised to a cloud service. The journal is encrypted, but copies of it")
        tell("would lie there, and synchronising while it is open can damage it. --home DIR names another.")


@click.command()
@click.option(
    "--recovery-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the recovery words from file descriptor N.",
)
@over_a_journal
def recover(where: Where, recovery_fd: int | None) -> None:
    """Set a new passphrase by the 24 recovery words.

    Every other passphrase stops working.
    --passphrase-fd and JOURNAL_PASSPHRASE_COMMAND give the NEW passphrase. Where both descriptors are the same,
    the words stand on its first line and the passphrase on the second.
    """
    from journal.service import opening

    home = where.home
    if not home.is_dir():
        require_journal(home)
    if recovery_fd is None:
        words = asked("The 24 recovery words: ")
    else:
        words = line_of_text(recovery_fd) if recovery_fd == where.passphrase_fd else all_of(recovery_fd)
    opening.recover(home, words, new_passphrase(where.passphrase_fd)).close()
    tell("The journal opens with the new passphrase now. The recovery words stay the same.")


@click.command()
@click.option(
    "--new-passphrase-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the new passphrase from file descriptor N (its next line, where it is that of --passphrase-fd).",
)
@over_a_journal
def passphrase(where: Where, new_passphrase_fd: int | None) -> None:
    """Change the passphrase that you give.

    Others, if there are any, stay; see them with: journal keys. --passphrase-fd and
    JOURNAL_PASSPHRASE_COMMAND give the one that holds now.
    """
    require_journal(where.home)
    old = given_passphrase(where.passphrase_fd) or asked("The passphrase that holds now: ")
    with unlocked(where, old) as journal:
        journal.change_passphrase(old, new_passphrase(new_passphrase_fd, command=False))
    tell("The passphrase is changed. The recovery words stay the same.")
