"""Whole journals in and out: `import` and `export`, as JSON Lines."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from journal.cli.given import lines_of, opened
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import flush, say_json, say_json_text, tell
from journal.errors import BadInput, CannotWrite


@click.command("import")
@click.argument("file", metavar="FILE|-")
@json_option
@over_a_journal
def import_entries(where: Where, file: str, as_json: bool) -> None:
    """Import entries from JSON Lines, all or nothing.

    Each line holds one object with "text" and "date", and what else export writes. A line that cannot be used is
    named by its number, and nothing is imported. Entries that are here already are counted, not doubled. With
    --json: {"new", "already_here", "left_out"}.
    """
    from journal.service.outside import import_lines

    with opened(file) as source, unlocked(where) as journal:
        done = import_lines(journal, lines_of(source))
    if as_json:
        say_json({"new": done.new, "already_here": done.already_here, "left_out": list(done.left_out)})
    tell(f"{_entries(done.new)} imported, {done.already_here:,} here already.")
    if done.left_out:
        names = ", ".join(name[:40] for name in done.left_out[:10])
        tell(f"Fields this journal has no place for were left out: {names}.")


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option("--force", is_flag=True, help="Replace FILE where there is one.")
@json_option
@over_a_journal
def export(where: Where, file: str, force: bool, as_json: bool) -> None:
    """Export every entry as JSON Lines, unencrypted.

    Oldest first, without what is in the bin, and readable by anyone who gets the file. Import takes the file back
    unchanged. Revisions, small acts, readings and corrections stay in the journal. With --json, where it goes to a
    file: {"file", "entries"}.
    """
    from journal.service.outside import export_lines

    if file == "-":
        with unlocked(where) as journal:
            for line in export_lines(journal):
                say_json_text(line)
            flush()
        return
    target = Path(file)
    _check_target(target, force)
    with unlocked(where) as journal, _ending_in_order():
        count = _write_whole(target, export_lines(journal), force)
    if as_json:
        say_json({"file": str(target), "entries": count})
    tell(f"{_entries(count)} written to {target}.")
    tell("The file is not encrypted: anyone who gets it can read it. Delete it when it has served.")


@click.command()
@click.option("--with-text", is_flag=True, help="The sentences themselves, too.")
@json_option
@over_a_journal
def corrections(where: Where, with_text: bool, as_json: bool) -> None:
    """Print what you said your sentences are about, as JSON Lines with --json or without.

    For those who want to give it to a study. One object for each sentence you answered for, in entries as they now
    stand: {"entry", "start", "end", "level", "acts", "frame", "model", "model_level", "p", "at"}. Entries are numbered,
    oldest first, not named; "model_level" and "p" are what the analysis had made of the sentence; "acts" is null where
    you answered for the level only; "at" is the day of your answer. No word of yours is in it, unless you ask for it
    with --with-text, which adds "text".
    """
    with unlocked(where) as journal:
        lines = list(journal.corrections.lines(with_text=with_text))
    for line in lines:
        say_json(line)
    flush()
    if not lines:
        tell("You have not said of any sentence what it is about.")
        return
    count = f"{len(lines):,} {'sentence' if len(lines) == 1 else 'sentences'} of {_entries(lines[-1]['entry'])}"
    if with_text:
        tell(f"{count}, word for word and not encrypted: anyone who gets this can read it.")
        tell("Before you give it away, take out whatever could name a patient, a colleague or you.")
    else:
        tell(f"{count}: where each stands, what you said and when, and what the analysis had said; none of your words.")


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"


def _check_target(target: Path, force: bool) -> None:
    """Raises BadInput where the file may not be written, before anybody is asked for a passphrase."""
    try:
        mode = target.lstat().st_mode
    except OSError:
        if not target.parent.is_dir():
            raise BadInput(f"There is no folder {target.parent}.", "Make it first, or name another.") from None
        return
    if stat.S_ISDIR(mode):
        raise BadInput(f"{target} is a folder, not a file.", "Name a file in it.")
    if not stat.S_ISREG(mode):
        raise BadInput(f"{target} is no plain file.", "Name another; - stands for standard output.")
    if not force:
        raise BadInput(f"There is a file {target} already.", "Name another, or replace it with --force.")


def _write_whole(target: Path, lines: Iterator[str], force: bool) -> int:
    """Write all lines, or leave everything as it was; the file is for its owner alone. Returns how many."""
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")
    count = 0
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            for line in lines:
                stream.write(line + "\n")
                count += 1
            stream.flush()
            os.fsync(stream.fileno())
        _check_target(target, force)  # again: somebody may have made it meanwhile
        beside.replace(target)
    except OSError as error:
        raise CannotWrite(
            f"{target} cannot be written ({error.strerror}).", "Free some room, or name another file."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _sync_folder(target.parent)
    return count


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """A hang-up or a polite kill cleans up, too: half an export is plain text that must not be left lying."""
    numbers = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]
    before = [signal.signal(number, lambda received, _: sys.exit(128 + received)) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable where the system has a way to."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
