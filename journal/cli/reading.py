"""Looking back: `list`, `search`, `show`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from journal.cli.given import day, text_of, words
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.replies import say_answered
from journal.cli.saying import harmless, on_terminal, say, say_json, tell
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain import Entry, EntrySummary, Filters, Revision
    from journal.service import Journal

PAGE = 500
"""Entries asked of the vault at once."""
SHORT_ID = 8
"""Digits of an id in a list; `show` takes as many as name an entry alone."""

_limit = click.option(
    "--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Most entries; 0 for all."
)


@click.command("list")
@_limit
@click.option("--since", type=day, metavar="DATE", help="From this day of writing on.")
@click.option("--until", type=day, metavar="DATE", help="Up to and with this day of writing.")
@click.option("--placement", callback=words, help="Only of this placement.")
@click.option("--family", callback=words, help="Only of this family of prompts, such as framing.")
@click.option("--tag", callback=words, help="Only with this tag.")
@click.option("--bin", "binned", is_flag=True, help="What is in the bin, instead of what is not.")
@json_option
@over_a_journal
def list_entries(
    where: Where,
    limit: int,
    since: date | None,
    until: date | None,
    placement: str | None,
    family: str | None,
    tag: str | None,
    binned: bool,
    as_json: bool,
) -> None:
    """List entries, newest first."""
    from journal.domain import Filters

    filters = Filters(
        since=since,
        until=until,
        placement=placement,
        prompt_family=family,
        tag=(tag or "").lstrip("#") or None,
        bin=binned,
    )
    with unlocked(where) as journal:
        _say_list(journal, filters, limit, as_json)


@click.command()
@click.argument("query", nargs=-1, required=True)
@_limit
@json_option
@over_a_journal
def search(where: Where, query: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find entries by the words in them.

    Every word of QUERY must occur, the last one as a beginning. QUERY - reads the words from standard input, which
    leaves no trace in the shell's history.
    """
    from journal.domain import Filters

    if query != ("-",):
        wanted = _as_text(" ".join(query))
    with unlocked(where) as journal:
        if query == ("-",):
            wanted = text_of("-").strip()
        if not wanted.strip():
            raise BadInput("There is no word to look for.", "Give one or more words.")
        _say_list(journal, Filters(query=wanted), limit, as_json)


def _as_text(query: str) -> str:
    from journal.service.outside import checked_words

    return checked_words(query, "the query")


def _say_list(journal: Journal, filters: Filters, limit: int, as_json: bool) -> None:
    found = 0
    for entry in _entries(journal, filters, limit):
        found += 1
        if as_json:
            say_json(_summary_fields(entry))
        else:
            say(_row(entry))
    if not found:
        tell("Nothing was found." if filters.query else "There are no such entries.")
    elif limit and found == limit and (rest := journal.count(filters) - found) > 0 and not as_json:
        tell(f"{rest:,} more; --limit 0 shows all.")


def _entries(journal: Journal, filters: Filters, limit: int) -> Iterator[EntrySummary]:
    given = 0
    while not limit or given < limit:
        size = min(PAGE, limit - given) if limit else PAGE
        page = journal.entries(filters, limit=size, offset=given)
        yield from page
        given += len(page)
        if len(page) < size:
            return


def _row(entry: EntrySummary) -> str:
    words = f"{entry.words:,} word{'' if entry.words == 1 else 's'}"
    facts = [entry.placement or "", *(f"#{tag}" for tag in entry.tags)]
    between = " · ".join(fact for fact in facts if fact)
    parts = (str(entry.day), entry.id[:SHORT_ID], f"{words:>11}", _on_a_line(between), _on_a_line(entry.opening))
    row = "  ".join(part for part in parts if part)
    if not on_terminal():
        return row
    width = shutil.get_terminal_size().columns
    return row if len(row) < width else row[: width - 2].rstrip() + "…"


def _on_a_line(text: str) -> str:
    return " ".join(text.split())


def _summary_fields(entry: EntrySummary) -> dict[str, Any]:
    return {
        "id": entry.id,
        "date": entry.written,
        "words": entry.words,
        "opening": entry.opening,
        "prompt_family": entry.prompt_family,
        "placement": entry.placement,
        "setting": entry.setting,
        "tags": list(entry.tags),
        "deleted": entry.deleted,
    }


# --------------------------------------------------------------------------- one entry


@click.command()
@click.argument("entry_id", metavar="ID")
@click.option("--revisions", is_flag=True, help="Every kept state of it, oldest first.")
@json_option
@over_a_journal
def show(where: Where, entry_id: str, revisions: bool, as_json: bool) -> None:
    """Show one entry whole.

    The first digits of its id are enough where they name it alone. With --json its fields as in an export, with
    "revision", "revised" and "deleted".
    """
    digits = _digits(entry_id)
    with unlocked(where) as journal:
        entry = journal.entry(digits)
        if revisions:
            for revision in journal.revisions(entry.id):
                _show_revision(entry, revision, as_json)
        elif as_json:
            say_json(_entry_fields(entry))
        else:
            _show_entry(journal, entry)


def _digits(entry_id: str) -> str:
    digits = entry_id.strip().lower()
    if not digits or len(digits) > 32 or set(digits) - set("0123456789abcdef"):
        raise BadInput("This is no entry's id.", "journal list shows the ids; digits and the letters a to f.")
    return digits


def _entry_fields(entry: Entry) -> dict[str, Any]:
    from journal.service.outside import entry_fields

    return {
        **entry_fields(entry),
        "revision": entry.revision,
        "revised": entry.revised,
        "deleted": entry.deleted,
    }


def _show_revision(entry: Entry, revision: Revision, as_json: bool) -> None:
    from dataclasses import replace

    at = replace(entry, content=revision.content, revision=revision.number, revised=revision.at)
    if as_json:
        say_json(_entry_fields(at))
    else:
        say(f"Revision {revision.number}, {revision.at}")
        say()
        say(revision.content.text)
        say()


def _show_entry(journal: Journal, entry: Entry) -> None:
    content = entry.content
    facts = (content.placement, content.setting, content.role, *(f"#{tag}" for tag in content.tags))
    say(" · ".join([entry.written, *(fact for fact in facts if fact)]))
    if content.event_date:
        say(f"It happened on {content.event_date}.")
    if content.prompt:
        say(content.prompt)
    say()
    say(content.text)
    if lift := journal.lift(entry.id):
        say()
        say(f"“{lift.sentence}” What was it for? {lift.answer}")
    for act in journal.acts_of(entry.id):
        say()
        say(f"One small thing: {act.text} ({act.state.replace('_', ' ')})")
        if act.outcome:
            say(f"  {act.outcome}")
    if kin := journal.merging.kin(entry.id):
        tell(f"Two copies of the journal changed this entry. As the other has it: {', '.join(i[:8] for i in kin)}.")
    for point in journal.learning.of(entry.id):
        say()
        say(f"Learnt: {point.text}")
    for shared in journal.sharing.replies.of(entry):
        say()
        say_answered(shared, entry.revision)
    if entry.deleted:
        tell(f"This entry is in the bin since {harmless(entry.deleted[:10])}.")
