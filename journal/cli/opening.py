"""Which journal a command works on, and how it is unlocked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.saying import tell, tell_progress
from journal.cli.secrets import asked, given_passphrase
from journal.errors import AnalysisUnavailable, BadInput, NoVault, WrongPassphrase

if TYPE_CHECKING:
    from journal.service import Journal

TRIES = 3
"""Times a person is asked for a passphrase before the command gives up; nothing is ever locked out."""


@dataclass
class Where:
    """What was said of the journal, before or after the command's name."""

    named: str | None = None
    passphrase_fd: int | None = None
    floor: Any = None
    """The least cost of a guess that is accepted, if not the usual one.

    Tests pass a cheap one from Python; nothing on a command line or in the environment reaches it.
    """

    @property
    def home(self) -> Path:
        """The vault's folder, whole."""
        from journal.paths import default_home

        if self.named is not None and not self.named.strip():
            raise BadInput("--home names no folder.", "Give the folder of the journal, or leave --home out.")
        return (Path(self.named).expanduser() if self.named else default_home()).absolute()


def _remember(ctx: click.Context, option: click.Parameter, value: object) -> None:
    if value is not None and option.name:
        setattr(ctx.ensure_object(Where), option.name, value)


home_option = click.option(
    "--home",
    "named",
    metavar="DIR",
    expose_value=False,
    callback=_remember,
    help="The journal's folder, if not the usual one or JOURNAL_HOME.",
)
passphrase_option = click.option(
    "--passphrase-fd",
    type=click.IntRange(min=0),
    metavar="N",
    expose_value=False,
    callback=_remember,
    help="Read the passphrase from the first line of file descriptor N.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON Lines: one object a line.")


def over_a_journal(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that name and open a journal, and a `Where` as its first argument."""
    return click.pass_obj(home_option(passphrase_option(command)))


@contextmanager
def unlocked(where: Where, passphrase: str | None = None) -> Iterator[Journal]:
    """The open journal, closed when this ends.

    Where no source of the passphrase is named, the keyring of the computer opens it if the person switched that on;
    else the passphrase is asked for.
    """
    from journal.service import opening

    require_journal(where.home)
    passphrase = passphrase or given_passphrase(where.passphrase_fd)
    if passphrase:
        journal = opening.unlock(where.home, passphrase, floor=where.floor)
    else:
        journal = _unlocked_by_keyring(where) or _unlocked_by_hand(where)
    try:
        yield journal
    finally:
        journal.close()


def require_journal(home: Path) -> None:
    """Raises NoVault before anybody is asked for a passphrase."""
    from journal.service import opening

    if not opening.exists(home):
        raise NoVault(
            f"There is no journal in {home}.", "Start one with: journal init — or name its folder with --home."
        )


def _unlocked_by_keyring(where: Where) -> Journal | None:
    """None where that is not switched on, or, with a word why, where the keyring does not open it."""
    from journal.service import keys, opening

    if not keys.opens_by_keyring(where.home):
        return None
    try:
        return opening.unlock_by_keyring(where.home, floor=where.floor)
    except keys.KeyringUnavailable as error:
        tell(error.title)
        return None


def _unlocked_by_hand(where: Where) -> Journal:
    from journal.service import opening

    for left in reversed(range(TRIES)):
        try:
            return opening.unlock(where.home, asked("Passphrase: "), floor=where.floor)
        except WrongPassphrase as error:
            if not left:
                raise
            tell(f"{error.title} Once more.")
    raise AssertionError("the last try either opens the journal or raises")


def read_all(journal: Journal) -> None:
    """Read what the present model has not read, telling how far; raises AnalysisUnavailable where that is off."""
    from journal.service.texts import read_the_rest

    if not journal.readings.on:
        raise AnalysisUnavailable(
            "Analysis is switched off in this journal.", "It can be switched on in the settings of the app."
        )
    for done, all_of_them in read_the_rest(journal):
        tell_progress(f"Reading your entries: {done:,} of {all_of_them:,}")
    tell_progress("")
