"""How the command line ends: every error as a title and a next step, every code documented, no traceback."""

from __future__ import annotations

import os
import sys
import traceback
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from journal.cli.saying import OutputGone, complain, finish_output, use_utf8
from journal.errors import JournalError

EXIT_CODES = """\b
Exit codes:
  0    done (also where nothing was found)
  1    something is wrong, or there is no such entry
  2    what was given cannot be used; nothing was changed
  3    the passphrase or the recovery words do not open the journal
  4    there is no journal
  5    a file of the journal is damaged
  6    another running journal holds it
  7    the disk or the output cannot be written
  70   an error of the program itself
  130  stopped with Ctrl-C
  141  whatever read the output went away
"""


class Interrupted(Exception):
    """Ctrl-C."""


class JournalGroup(click.Group):
    """A group whose every ending is in the house's own words and codes."""

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command line and exit."""
        _keep_quiet()
        code = 0
        try:
            extra |= {"prog_name": "journal", "standalone_mode": False, "windows_expand_args": False}
            result = super().main(args, **extra)
            code = result if isinstance(result, int) else 0
            finish_output()
        except BaseException as error:
            code = _ended_by(error)
        sys.exit(code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, before click gives Ctrl-C and a closed pipe endings of its own."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise Interrupted from None
        except BrokenPipeError:
            raise OutputGone from None


def _ended_by(error: BaseException) -> int:
    """Say what ended the program, and give its exit code."""
    match error:
        case SystemExit():
            return error.code if isinstance(error.code, int) else 1
        case Interrupted() | KeyboardInterrupt() | click.Abort():
            return 130
        case OutputGone() | BrokenPipeError():
            # What is left in the buffer has no reader; without this the interpreter complains at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 141
        case JournalError():
            complain(error.title, error.advice)
            return error.exit_code
        case click.UsageError():
            path = error.ctx.command_path if error.ctx else "journal"
            complain(error.format_message(), f"See: {path} --help")
            return 2
        case click.ClickException():
            complain(error.format_message())
            return 2
    complain(f"an error of the program itself ({type(error).__name__}).", _places(error))
    return 70


def _places(error: BaseException) -> str:
    """Where an unexpected error passed: file and line only, since a message or a value may hold journal text."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    places = [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames]
    advice = "Nothing that was saved is lost. If you report this, these lines hold no journal text:"
    return "\n".join([advice, *places])


def _short(name: str) -> str:
    """The last two parts of a path, which name no home folder."""
    return "/".join(Path(name).parts[-2:])


def _keep_quiet() -> None:
    """UTF-8 out, no library's warnings, and no core dump in which a key could lie."""
    use_utf8()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
