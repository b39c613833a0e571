"""Whole journals in and out: `import` from several forms, `export` to JSON Lines and Markdown."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.given import opened
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import flush, say, say_json, say_json_text, tell
from journal.cli.secrets import asked, line_of_text
from journal.errors import BadInput, NotFound
from journal.lines import reading_faults

if TYPE_CHECKING:
    from journal.domain import Entry
    from journal.importers.form import Form
    from journal.importers.given import Given
    from journal.importers.jsonl import Record
    from journal.importers.report import Report
    from journal.service.journal import Journal

FORMS = ("jrnl", "dayone", "markdown", "text", "jsonl")


@click.command("import")
@click.argument("file", metavar="FILE|DIR|-")
@click.option("--from", "form", type=click.Choice(FORMS), help="What it is, if that is not clear from what it holds.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; keep nothing.")
@click.option("--skip-bad", is_flag=True, help="Keep the rest where some of it cannot be used.")
@click.option("--whole", is_flag=True, help="Take a plain text file as one entry, dated by its name or last change.")
@click.option(
    "--password-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the password of an encrypted jrnl file from the first line of file descriptor N.",
)
@json_option
@over_a_journal
def import_entries(
    where: Where,
    file: str,
    form: Form | None,
    dry_run: bool,
    skip_bad: bool,
    whole: bool,
    password_fd: int | None,
    as_json: bool,
) -> None:
    """Import entries, all or nothing.

    Takes what export writes (JSON Lines, a folder of Markdown), and jrnl (its file, encrypted or not, its folder, its
    JSON), Day One (JSON or zip), Markdown (a file or a folder, one entry a file) and plain text (each entry begins with
    a line that begins with its date). What cannot be used is named by its line or file, and ends a dry run with code 2.
    An entry with the time and the text of one that is here is a duplicate: counted, not kept. With --json: {"form",
    "dry_run", "new", "already_here", "learning", "first", "last", "duplicates", "problems", "left_out", "notes"}.
    """
    from journal.importers import form as forms
    from journal.importers.report import reported

    if whole and form not in (None, "text"):
        raise BadInput("--whole is for plain text alone.", "Leave out --whole, or --from.")
    given = _given(file)
    with unlocked(where) as journal:
        form = form or ("text" if whole else forms.guessed(given))
        manner = forms.Manner(journal.now().date(), partial(_password, password_fd), whole, _changed(given))
        found = forms.read(given, form, manner)
        report = reported(found, journal.all_entries(), partial(_kept, journal), journal.learning.known())
        stopped = bool(report.problems) and not skip_bad
        if not (dry_run or stopped):
            _keep(journal, report)
    if as_json and (dry_run or not stopped):
        say_json({"form": form, "dry_run": dry_run, **report.fields()})
    elif dry_run or stopped:
        for line in report.lines():
            (say if dry_run else tell)(line)
    tell(f"Read as {forms.NAMES[form]}.")
    if stopped:
        raise report.refusal()
    _tell_done(report, dry_run)


@click.command()
@click.argument("file", metavar="FILE|DIR|-")
@click.option(
    "--form",
    type=click.Choice(("jsonl", "markdown")),
    default="jsonl",
    help="JSON Lines, one file (as it stands), or a folder of Markdown, one file an entry.",
)
@click.option("--force", is_flag=True, help="Replace FILE where there is one.")
@json_option
@over_a_journal
def export(where: Where, file: str, form: str, force: bool, as_json: bool) -> None:
    """Export every entry as JSON Lines or Markdown, unencrypted.

    Oldest first, without what is in the bin, then the learning points; readable by anyone who gets it. Import takes it
    back unchanged. Markdown goes into a new or empty folder. Revisions, small acts, readings and corrections stay in
    the journal, which records that this left: see journal departures. With --json, where it goes to a file or folder:
    {"file", "entries"}.
    """
    from journal.exporters import file as one_file
    from journal.exporters import folder
    from journal.service.outside import export_lines

    target = Path(file)
    if form == "markdown":
        if file == "-" or force:
            raise BadInput("Markdown goes into a folder that is new or empty.", "Name one, without --force.")
        folder.check_folder(target)
        with unlocked(where) as journal, _ending_in_order(), _recorded(journal, form, target) as count:
            folder.write_folder(target, _pages(journal))
    elif file == "-":
        with unlocked(where) as journal, _recorded(journal, form, None):
            for line in export_lines(journal):
                say_json_text(line)
            flush()
        return
    else:
        one_file.check_file(target, force)
        with unlocked(where) as journal, _ending_in_order(), _recorded(journal, form, target) as count:
            one_file.write_file(target, export_lines(journal), force)
    if as_json:
        say_json({"file": str(target), "entries": count})
    tell(f"{_entries(count)} written to {target}.")
    what = "folder" if form == "markdown" else "file"
    tell(f"The {what} is not encrypted: anyone who gets it can read it. Delete it when it has served.")


def _pages(journal: Journal) -> Iterator[tuple[str, str]]:
    from journal.exporters import markdown

    yield from markdown.files(journal.all_entries())
    yield from markdown.point_files(journal.learning.every())


@contextlib.contextmanager
def _recorded(journal: Journal, form: str, target: Path | None) -> Iterator[int]:
    """Record what is about to leave before it does; how many entries that is."""
    from journal.service.departures import parcel, weight_of_folder, weight_of_lines
    from journal.service.outside import export_lines

    weight = weight_of_folder(_pages(journal)) if form == "markdown" else weight_of_lines(export_lines(journal))
    to = str(target) if target else "standard output"
    leaving = parcel("export", form, weight, journal.all_entries(), journal.learning.every(), to=to)
    with journal.departures.leaving(leaving, whole=target is not None):
        yield sum(item.part == "entry" for item in leaving.items)


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
    from journal.cli.saying import json_text
    from journal.service.departures import weight_of_lines

    with unlocked(where) as journal:
        lines = list(journal.corrections.lines(with_text=with_text))
        weight = weight_of_lines(map(json_text, lines))
        leaving = journal.corrections.parcel(weight, with_text=with_text)
        with journal.departures.leaving(leaving, whole=False) if lines else contextlib.nullcontext():
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


def _given(file: str) -> Given:
    """A folder or a zip file by its name, anything else by its bytes."""
    from journal.importers.given import LARGEST_FILE, ZIP, Given, too_large

    path = None if file == "-" else Path(file)
    with reading_faults(file):
        if path and path.is_dir():
            return Given(file, path)
    with opened(file) as source:
        parts, left = [source.part(1 << 16)], LARGEST_FILE
        if path and parts[0].startswith(ZIP):
            return Given(file, path, is_zip=True)
        while parts[-1]:
            left -= len(parts[-1])
            if left < 0:
                raise too_large(source.where)
            parts.append(source.part(1 << 20))
        return Given(source.where, path, b"".join(parts))


def _changed(given: Given) -> datetime | None:
    """When a file was last changed, on this computer's clock."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        return datetime.fromtimestamp(given.path.stat().st_mtime).astimezone() if given.path else None
    return None


def _password(descriptor: int | None) -> str:
    try:
        return asked("Password of the jrnl file: ") if descriptor is None else line_of_text(descriptor)
    except BadInput as error:
        raise BadInput(error.title, "The password of the jrnl file can come from --password-fd N.") from None


def _kept(journal: Journal, entry_id: str) -> Entry | None:
    """The entry of an id, also where it is in the bin."""
    try:
        return journal.entry(entry_id)
    except NotFound:
        return None


def _keep(journal: Journal, report: Report) -> None:
    """All or none; raises BadInput with the place of the one that was refused."""
    place = ""

    def followed() -> Iterator[Record]:
        nonlocal place
        for record in report.new:
            place = record.place
            yield record

    try:
        journal.keep_records(followed(), report.points)
    except BadInput as error:
        raise BadInput(f"{place}: {error.title}", f"{error.advice} Nothing was imported.".lstrip()) from None


def _tell_done(report: Report, dry_run: bool) -> None:
    new, here = _entries(len(report.new)), len(report.duplicates)
    tell(f"{new} would be imported, {here:,} here already." if dry_run else f"{new} imported, {here:,} here already.")
    if points := len(report.points):
        tell(f"And {points:,} learning {'point' if points == 1 else 'points'}.")
    if report.problems:
        tell(f"Left out because it cannot be used: {len(report.problems):,}. See --dry-run.")
    for note in report.notes:
        tell(note)
    if report.left_out:
        names = ", ".join(name[:40] for name in report.left_out[:10])
        tell(f"Fields this journal has no place for were left out: {names}.")


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
