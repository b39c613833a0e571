"""Backups of a journal: `backup` makes, checks and plans them, `restore` makes a journal of one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.opening import TRIES, Where, json_option, over_a_journal, unlocked
from journal.cli.saying import say, say_json, tell, tell_progress
from journal.cli.secrets import all_of, asked, given_passphrase, line_of_text
from journal.errors import BadInput, WrongPassphrase

if TYPE_CHECKING:
    from journal.domain import Backup, BackupPlan, BackupState
    from journal.service.safekeeping import Progress

words_option = click.option("--words", "by_words", is_flag=True, help="Open it with the 24 recovery words.")
recovery_option = click.option(
    "--recovery-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the recovery words from file descriptor N.",
)

Attempt = Callable[[str, str], "Backup"]
"""Tries a passphrase, or else recovery words."""


@click.command()
@click.argument("file", metavar="[FILE]", required=False)
@click.option("--check", is_flag=True, help="Open FILE, a backup, and look through all of it; make none.")
@click.option("--to-folder", metavar="DIR", help="Make one in DIR now, and by themselves from now on.")
@click.option("--every", type=click.IntRange(1, 366), metavar="DAYS", help="Days between them; 7 if not said.")
@click.option(
    "--keep", type=click.IntRange(1, 1000), metavar="N", help="How many good ones stay in DIR; 5 if not said."
)
@click.option("--stop", is_flag=True, help="Make none by themselves any more; those that are there stay.")
@words_option
@recovery_option
@json_option
@over_a_journal
def backup(
    where: Where,
    file: str | None,
    check: bool,
    to_folder: str | None,
    every: int | None,
    keep: int | None,
    stop: bool,
    by_words: bool,
    recovery_fd: int | None,
    as_json: bool,
) -> None:
    """Make a backup: one encrypted file, opened and checked before it counts.

    It holds all of the journal, and opens with the passphrase of today or the recovery words. A FILE that is there is
    only replaced where it is an earlier backup of this journal and the new one is good.

    \b
    With --to-folder, the app makes one after unlocking whenever DAYS have passed,
    and only good ones count towards the N that stay:
      journal backup --to-folder /media/stick --every 7 --keep 5

    Without anything, it says how it stands, and makes one where a folder is named. With --check no journal is needed:
    the passphrase is the one of the day the backup was made. With --json: {"file", "made", "entries", "first", "last",
    "bytes"}.
    """
    _refuse_mixture(file, check, to_folder, stop, every, keep, by_words or recovery_fd is not None)
    if check and file:
        done = _checked(where, Path(file), by_words, recovery_fd)
        _report(done, as_json, f"{done.file} is a good backup of {_contents(done)}.")
        return
    with unlocked(where) as journal:
        safekeeping = journal.safekeeping
        if stop:
            safekeeping.set_plan(None)
            tell("No backup is made by itself any more. Those that are there stay.")
            return
        if file:
            done = safekeeping.back_up(Path(file).expanduser(), _watched("Backing up"))
        else:
            if to_folder or every or keep:
                safekeeping.set_plan(_plan(safekeeping.state().plan, to_folder, every, keep))
            _tell_state(safekeeping.state())
            done = safekeeping.back_up_as_planned(_watched("Backing up"))
        state = safekeeping.state()
    tell_progress("")
    _report(done, as_json, f"Backed up {_contents(done)} to {done.file}, opened and checked.")
    if state.plan and not file:
        tell(
            f"The app makes one every {_days(state.plan.every)} from now on; the last {state.plan.keep} good ones stay."
        )
    tell("It opens with the passphrase of today, or with the recovery words. Keep it on another disk than the journal.")


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--to", "target", metavar="DIR", required=True, help="A folder that is new or empty.")
@words_option
@recovery_option
@json_option
@over_a_journal
def restore(where: Where, file: str, target: str, by_words: bool, recovery_fd: int | None, as_json: bool) -> None:
    """Make a journal of a backup, in a new or empty folder.

    The passphrase is the one of the day the backup was made; --words opens it with the recovery words instead. Your
    present journal is not touched. Nothing is written unless every byte of the backup is as it was. With --json:
    {"file", "made", "entries", "first", "last", "bytes", "home"}.
    """
    from journal.service import safekeeping

    folder = Path(target).expanduser().absolute()
    done = _opened_by(
        where,
        Path(file),
        by_words,
        recovery_fd,
        lambda phrase, words: safekeeping.restore(
            Path(file), folder, phrase, words, _watched("Restoring"), where.floor
        ),
    )
    _report(done, as_json, f"Restored {_contents(done)} to {folder}.", home=folder)
    tell(f"To use it:  journal --home {_quoted(folder)}")
    tell("To put it in the place of your present journal, close that everywhere and rename the two folders:")
    here = where.home
    tell(f"  mv {_quoted(here)} {_quoted(here.with_name(f'{here.name}-before'))}")
    tell(f"  mv {_quoted(folder)} {_quoted(here)}")
    tell("To have both, with nothing lost, keep the present one and run: journal merge " + _quoted(folder))
    if by_words or recovery_fd is not None:
        tell(f"For a new passphrase:  journal --home {_quoted(folder)} recover")


def _refuse_mixture(
    file: str | None,
    check: bool,
    to_folder: str | None,
    stop: bool,
    every: int | None,
    keep: int | None,
    words: bool,
) -> None:
    planned = to_folder is not None or every is not None or keep is not None
    if sum((bool(file), planned, stop)) > 1:
        raise BadInput("These do not go together.", "Give FILE, or --to-folder with --every and --keep, or --stop.")
    if check and not file:
        raise BadInput("--check needs the FILE to look through.", "Name it: journal backup --check FILE")
    if words and not check:
        raise BadInput("A backup is made of a journal that its passphrase opens.", "--words goes with --check.")


def _plan(before: BackupPlan | None, to_folder: str | None, every: int | None, keep: int | None) -> BackupPlan:
    """The plan with what was said now in the place of what was said before."""
    from journal.domain import BackupPlan

    if before is None and to_folder is None:
        raise BadInput("No folder for backups is named.", "Name one: journal backup --to-folder DIR")
    plan = BackupPlan(Path(to_folder).expanduser().absolute()) if before is None else before  # type: ignore[arg-type]
    folder = Path(to_folder).expanduser().absolute() if to_folder else plan.folder
    return BackupPlan(folder, keep or plan.keep, every or plan.every)


def _checked(where: Where, file: Path, by_words: bool, recovery_fd: int | None) -> Backup:
    from journal.service import safekeeping

    return _opened_by(
        where,
        file,
        by_words,
        recovery_fd,
        lambda phrase, words: safekeeping.check_file(file, phrase, words, _watched("Checking"), where.floor),
    )


def _opened_by(where: Where, file: Path, by_words: bool, recovery_fd: int | None, attempt: Attempt) -> Backup:
    """What opens a backup: words, a passphrase that is given, or one that is asked for."""
    from journal.service import safekeeping

    safekeeping.refuse_no_backup(file)
    if recovery_fd is not None:
        same = recovery_fd == where.passphrase_fd
        done = attempt("", line_of_text(recovery_fd) if same else all_of(recovery_fd))
    elif by_words:
        done = attempt("", asked("The 24 recovery words: "))
    elif (phrase := given_passphrase(where.passphrase_fd)) is not None:
        done = attempt(phrase, "")
    else:
        done = _asked_for(attempt)
    tell_progress("")
    return done


def _asked_for(attempt: Attempt) -> Backup:
    for left in reversed(range(TRIES)):
        try:
            return attempt(asked("Passphrase of the backup: "), "")
        except WrongPassphrase as error:
            if not left:
                raise
            tell(f"{error.title} Once more.")
    raise AssertionError("the last try either opens the backup or raises")


def _watched(what: str) -> Progress:
    """Progress in percent, for whoever watches."""
    shown = -1

    def told(done: int, total: int) -> None:
        nonlocal shown
        if (percent := done * 100 // max(total, 1)) != shown:
            shown = percent
            tell_progress(f"{what}: {percent} %")

    return told


def _tell_state(state: BackupState) -> None:
    from journal.service.safekeeping import ago

    if state.days is not None:
        tell(f"The last backup was made {ago(state.days)}: {state.file}")
    if state.failure:
        tell(f"The last try failed: {state.failure}")


def _report(done: Backup, as_json: bool, sentence: str, home: Path | None = None) -> None:
    if not as_json:
        say(sentence)
        return
    fields = {
        "file": str(done.file),
        "made": done.made.isoformat(timespec="seconds"),
        "entries": done.entries,
        "first": done.first,
        "last": done.last,
        "bytes": done.size,
    }
    say_json(fields | ({"home": str(home)} if home else {}))


def _contents(done: Backup) -> str:
    entries = f"{done.entries:,} {'entry' if done.entries == 1 else 'entries'}"
    span = f" ({done.first} to {done.last})" if done.first else ""
    return f"{entries}{span}, as of {done.made:%Y-%m-%d %H:%M}"


def _days(number: int) -> str:
    return "day" if number == 1 else f"{number} days"


def _quoted(path: Path) -> str:
    """A path as a shell takes it."""
    import shlex
    import subprocess

    return subprocess.list2cmdline([str(path)]) if sys.platform == "win32" else shlex.quote(str(path))
