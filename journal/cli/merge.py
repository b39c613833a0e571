"""`merge`: two copies of one journal become one, and nothing of either is lost."""

from __future__ import annotations

import shutil
import textwrap
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import say, say_json, tell
from journal.cli.secrets import all_of, asked, line_of_text
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain import EntryContent, MergeItem, MergeReport

_BETWEEN = " │ "
_HEADINGS = {
    "new": "Only there, and taken in:",
    "continued": "Changed there only, and taken in as later versions:",
    "both_kept": "Changed on both sides, and both kept, each as an entry of its own:",
    "held_back": "Deleted for good here, and left there (--bring-back takes them in):",
    "deleted_there": "Deleted for good there, and kept here:",
    "bin_differs": "In the bin on one side only, and left here as they are:",
}


@click.command()
@click.argument("other", metavar="OTHER")
@click.option("--dry-run", is_flag=True, help="Say what would happen, changed entries side by side; change nothing.")
@click.option("--bring-back", is_flag=True, help="Take in what was deleted for good here and is still there.")
@click.option("--another-journal", "another", is_flag=True, help="OTHER is no copy of this journal; take all of it.")
@click.option(
    "--other-passphrase-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the passphrase of OTHER from the next line of file descriptor N.",
)
@click.option(
    "--other-recovery-fd",
    type=click.IntRange(min=0),
    metavar="N",
    help="Read the recovery words of OTHER from file descriptor N, in place of its passphrase.",
)
@json_option
@over_a_journal
def merge(
    where: Where,
    other: str,
    dry_run: bool,
    bring_back: bool,
    another: bool,
    other_passphrase_fd: int | None,
    other_recovery_fd: int | None,
    as_json: bool,
) -> None:
    """Take in what another copy of this journal holds.

    OTHER is the folder of the other copy, or a backup file; it is only read. All or nothing, and a second time changes
    nothing. Entries that are only there come with all their versions and dates. An entry changed on one side goes on
    from there. One changed on both sides is kept twice: yours stays as it is, and theirs becomes an entry of its own
    beside it, with all its versions, for you to put together or to delete. No date decides which one wins.

    \b
    What you deleted for good here does not come back unless you say --bring-back,
    and nothing here is deleted because it was deleted there; the report names both.
    Begin with a look:  journal merge OTHER --dry-run

    Drafts, learning points, small acts, lifts, corrections, the record of what left and a legal hold that is on come
    along; settings stay as they are on each side. With --json: {"dry_run", "same", "drafts", "lifts", "small_acts",
    "small_acts_that_differ", "corrections", "learning_points", "learning_points_held_back", "departures", "hold",
    "entries": [{"kind", "entry", "written", "revisions", "beside", "ours", "theirs"}]}.
    """
    path = Path(other).expanduser()
    if not path.exists():
        raise BadInput(f"There is nothing at {path}.", "Name the folder of the other copy, or a backup file.")
    with unlocked(where) as journal:
        phrase, words = _other_secret(other_passphrase_fd, other_recovery_fd)
        report = journal.merging.merge(
            path, phrase, words, bring_back=bring_back, another=another, dry_run=dry_run, floor=where.floor
        )
    if as_json:
        say_json({"dry_run": dry_run, **_fields(report)})
    else:
        _say(report)
    _tell_end(report, dry_run)


def _other_secret(passphrase_fd: int | None, recovery_fd: int | None) -> tuple[str, str]:
    if recovery_fd is not None:
        return "", all_of(recovery_fd)
    if passphrase_fd is not None:
        return line_of_text(passphrase_fd), ""
    try:
        return asked("Passphrase of the other copy: "), ""
    except BadInput as error:
        raise BadInput(error.title, "The passphrase of OTHER can come from --other-passphrase-fd N.") from None


def _say(report: MergeReport) -> None:
    for kind, heading in _HEADINGS.items():
        items = report.of(kind)  # type: ignore[arg-type]
        if items:
            say(f"{heading} {len(items):,}")
        for item in items:
            _say_item(item)


def _say_item(item: MergeItem) -> None:
    versions = f"{item.revisions} version{'s' if item.revisions != 1 else ''}" if item.revisions else ""
    say("  " + ", ".join(part for part in (item.entry_id[:8], f"written {item.written[:10]}", versions) if part))
    if item.ours and item.theirs:
        for line in side_by_side(item.ours, item.theirs, item.entry_id, item.beside, _width()):
            say(f"  {line}")
        say()


def _width() -> int:
    return max(shutil.get_terminal_size((80, 24)).columns - 2, 24)


def side_by_side(ours: EntryContent, theirs: EntryContent, here: str, beside: str, width: int) -> list[str]:
    """Two states of an entry in two columns, each headed by the entry that keeps it."""
    column = (width - len(_BETWEEN)) // 2
    left = [f"here: {here[:8]}", "─" * column, *_wrapped(ours, column)]
    right = [f"there, kept as {beside[:8]}"[:column], "─" * column, *_wrapped(theirs, column)]
    rows = zip_longest(left, right, fillvalue="")
    return [f"{one:<{column}}{_BETWEEN}{other}".rstrip() for one, other in rows]


def _wrapped(content: EntryContent, width: int) -> list[str]:
    lines = [f"#{tag}" for tag in content.tags]
    for paragraph in content.text.splitlines():
        lines += textwrap.wrap(paragraph, width) or [""]
    return lines


def _fields(report: MergeReport) -> dict[str, Any]:
    entries = [
        {
            "kind": item.kind,
            "entry": item.entry_id,
            "written": item.written,
            "revisions": item.revisions,
            "beside": item.beside,
            "ours": item.ours.text if item.ours else None,
            "theirs": item.theirs.text if item.theirs else None,
        }
        for item in report.items
    ]
    return {
        "same": report.same,
        "drafts": report.drafts,
        "lifts": report.lifts,
        "small_acts": report.acts,
        "small_acts_that_differ": report.acts_that_differ,
        "corrections": report.corrections,
        "learning_points": report.learning,
        "learning_points_held_back": report.learning_held_back,
        "departures": report.departures,
        "hold": report.hold,
        "entries": entries,
    }


def _tell_end(report: MergeReport, dry_run: bool) -> None:
    beside = {
        "draft": report.drafts,
        "lift": report.lifts,
        "small act": report.acts,
        "correction": report.corrections,
        "learning point": report.learning,
        "departure": report.departures,
    }
    came = [f"{count:,} {name}{'s' if count != 1 else ''}" for name, count in beside.items() if count]
    if came:
        tell(f"Taken in as well: {', '.join(came)}.")
    if report.acts_that_differ:
        tell(f"Small acts that you answered for otherwise there, left as they are here: {report.acts_that_differ:,}.")
    if report.learning_held_back:
        tell(f"Learning points that you deleted for good here, left there: {report.learning_held_back:,}.")
    if report.hold:
        tell("A legal hold is on in the other copy, and so it is in this one.")
    if not report.changes:
        tell("The other copy holds nothing new.")
    elif dry_run:
        tell("Nothing was changed: this was a dry run.")
    else:
        tell("Merged. The other copy is as it was: to have the same in both, merge this one into it, too.")
