"""`journal` itself: the app when it stands alone, and the list of commands."""

from __future__ import annotations

import sys

import click

from journal import __version__
from journal.cli import (
    analyse,
    backup,
    cards,
    doctor,
    exchange,
    identifiers,
    keeping,
    keys,
    merge,
    reading,
    replies,
    score,
    share,
    shift,
    starting,
    views,
    writing,
)
from journal.cli.failing import EXIT_CODES, JournalGroup
from journal.cli.opening import Where, home_option, passphrase_option
from journal.cli.secrets import COMMAND, given_passphrase
from journal.errors import BadInput

_EPILOG = f"""\b
The passphrase is asked for unseen, or comes from --passphrase-fd N, or from
the first line printed by the command in {COMMAND};
never from a value on the command line.

\b
--home and --passphrase-fd may stand before or after the command's name.
Data goes to standard output, words for you to standard error.

{EXIT_CODES}
\b
Shell completion (bash; zsh and fish likewise):
  eval "$(_JOURNAL_COMPLETE=bash_source journal)"
"""


@click.group(
    cls=JournalGroup,
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@home_option
@passphrase_option
@click.version_option(__version__, message="Small L %(version)s")
@click.pass_context
def journal(ctx: click.Context) -> None:
    """Small L: a private, reflective-practice journal for healthcare trainees.

    Without a command, it opens the app.
    """
    where = ctx.ensure_object(Where)
    if ctx.invoked_subcommand is None:
        require_terminal()
        passphrase = given_passphrase(where.passphrase_fd)
        from journal.tui.app import run_app  # Textual takes 0.4 s; only the app needs it

        ctx.exit(run_app(where.home, passphrase))


@journal.command()
@click.pass_context
def demo(ctx: click.Context) -> None:
    """Open the app over a sample journal, gone when you leave."""
    require_terminal()
    from journal.tui.app import run_demo  # as above

    ctx.exit(run_demo())


def require_terminal() -> None:
    """Raises BadInput where the app would have no screen or no keyboard."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.__stderr__)):
        raise BadInput("The app needs a terminal.", "Run it in one, or see the commands: journal --help")


for command in (
    starting.init,
    writing.add,
    writing.prompt,
    reading.list_entries,
    reading.show,
    reading.search,
    shift.shift,
    views.views,
    analyse.analyse,
    identifiers.identifiers,
    score.score,
    exchange.import_entries,
    exchange.export,
    exchange.corrections,
    keeping.learning,
    keeping.review,
    keeping.hold,
    keeping.departures,
    share.share,
    cards.card,
    replies.reply,
    replies.replies,
    replies.answer,
    replies.read,
    backup.backup,
    backup.restore,
    merge.merge,
    starting.passphrase,
    starting.recover,
    keys.keys,
    doctor.doctor,
):
    journal.add_command(command)
