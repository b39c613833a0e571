"""Keeping and deleting: `learning`, `review`, `hold`, `departures`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from journal.cli.given import text_of
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import say, say_json, tell
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain import Departure, LearningPoint

SHORT_ID = 8


@click.command()
@click.argument("query", nargs=-1)
@click.option("--note", "noting", is_flag=True, help="Keep a new point, read from standard input, and print its id.")
@click.option("--entry", "entry_id", metavar="ID", help="Of this entry alone; with --note, beside it.")
@json_option
@over_a_journal
def learning(where: Where, query: tuple[str, ...], noting: bool, entry_id: str | None, as_json: bool) -> None:
    """List what you took from your entries, newest first, or note it.

    A learning point stays when its entry's story is deleted. With words, only points in which every word occurs, the
    last one as a beginning; QUERY - reads them from standard input. With --json each point as in an export; with
    --note {"id", "date"}.
    """
    if noting and query:
        raise BadInput("--note reads the words from standard input.", "Leave the words out.")
    with unlocked(where) as journal:
        entry = journal.entry(entry_id) if entry_id else None
        if noting:
            point = journal.learning.note(text_of("-"), entry.id if entry else None)
            if as_json:
                say_json({"id": point.id, "date": point.day})
            else:
                say(point.id)
            return
        wanted = text_of("-") if query == ("-",) else " ".join(query)
        found = [p for p in journal.learning.find(wanted) if entry is None or p.entry_id == entry.id]
        for point in found:
            _say_point(point, as_json)
    if not found:
        tell(
            "Nothing was found."
            if wanted.strip()
            else "No learning points yet. In an entry: p, or journal learning --note"
        )


def _say_point(point: LearningPoint, as_json: bool) -> None:
    from journal.service.outside import point_fields

    if as_json:
        say_json(point_fields(point))
        return
    facts = " · ".join((point.placement or "", *(f"#{tag}" for tag in point.tags))).strip(" ·")
    parts = (point.day, point.id[:SHORT_ID], " ".join(facts.split()), " ".join(point.text.split()))
    say("  ".join(part for part in parts if part))


@click.command()
@click.option("--years", type=click.IntRange(0, 100), metavar="N", help="Ask from this age on, kept; 0 asks never.")
@json_option
@over_a_journal
def review(where: Where, years: int | None, as_json: bool) -> None:
    """List entries old enough to look at again: keep, distil or let go?

    Two years old, if not said otherwise, and then each year. The look itself is in the app: journal, then k on Today.
    Oldest first, at most 100. With --json: {"id", "date", "years", "reviewed", "hold"}.
    """
    with unlocked(where) as journal:
        keeping = journal.keeping
        if years is not None:
            keeping.set_years(years)
        due, held, age = keeping.due(), keeping.held, keeping.years
    for one in due:
        if as_json:
            fields = {"id": one.entry_id, "date": str(one.day), "years": one.years, "reviewed": one.reviewed}
            say_json(fields | {"hold": held})
        else:
            last = f"  kept {one.reviewed[:10]}" if one.reviewed else ""
            say(f"{one.day}  {one.entry_id[:SHORT_ID]}  {_counted(one.years, 'year')} old{last}")
    if not due:
        tell(f"No entry over {_counted(age, 'year')} old waits for a look." if age else "You are never asked.")
    if held:
        tell("A legal hold is on: nothing is deleted.")


@click.command()
@click.argument("state", type=click.Choice(("on", "off")), required=False)
@click.option("--reason", metavar="TEXT|-", help="Why, kept with the change; - reads it from standard input.")
@json_option
@over_a_journal
def hold(where: Where, state: str | None, reason: str | None, as_json: bool) -> None:
    """Stop all deletion while a claim, a complaint or a request is on foot.

    While the legal hold is on nothing is deleted for good: the bin hides and does not empty. To destroy a note then can
    be an offence. Take advice from your defence body or union. Every change is dated and kept. Without on or off, it
    shows them, oldest first; with --json: {"at", "on", "reason"}.
    """
    if reason is not None and state is None:
        raise BadInput("A reason goes with a change.", "Say on or off.")
    with unlocked(where) as journal:
        keeping = journal.keeping
        if state:
            words = text_of("-") if reason == "-" else reason or ""
            changed = keeping.switch_hold(state == "on", words)
        changes = keeping.hold_changes()
    if state:
        tell(_switched(state == "on", changed))
        changes = changes[-1:]
    for change in changes if as_json or not state else ():
        if as_json:
            say_json({"at": change.at, "on": change.on, "reason": change.reason})
        else:
            say(f"{change.at}  {'on' if change.on else 'off'}  {change.reason}".rstrip())
    if not changes:
        tell("The legal hold has never been on.")


def _switched(on: bool, changed: bool) -> str:
    from journal.service.keeping import BIN_DAYS, HOLD_GUIDANCE

    if not changed:
        return f"The legal hold was {'on' if on else 'off'} already. Nothing was changed."
    if on:
        return f"The legal hold is on: nothing is deleted until you switch it off.\n{HOLD_GUIDANCE}"
    return f"The legal hold is off. What lies in the bin stays there for another {BIN_DAYS} days."


@click.command()
@json_option
@over_a_journal
def departures(where: Where, as_json: bool) -> None:
    """Show all that ever left the journal: when, how, where to, what, and its SHA-256; never what it said.

    Oldest first. Recorded are exports of any kind, before anything leaves; not what you read on the screen, copy by
    hand or back up encrypted. With --json: {"id", "at", "way", "form", "to", "recipient", "state", "ended", "bytes",
    "sha256", "items": [{"id", "revision", "part"}], "redactions"}. State: left; begun (never heard of again: it may
    have left); stayed (nothing left); broken (a part may have left). Of a folder, the SHA-256 is that of what
    "sha256sum *" prints in it.
    """
    with unlocked(where) as journal:
        found = journal.departures.all()
    for departure in found:
        if as_json:
            say_json(_fields(departure))
        else:
            _say_departure(departure)
    if not found:
        tell("Nothing has left this journal.")


_STATES = {
    "left": "left",
    "begun": "begun, and not known to have ended: it may have left",
    "stayed": "could not be written: nothing left",
    "broken": "broken off: a part may have left",
}


def _say_departure(departure: Departure) -> None:
    parcel = departure.parcel
    entries = len({item.entry_id for item in parcel.items if item.part != "learning"})
    points = sum(item.part == "learning" for item in parcel.items)
    what = _counted(entries, "entry", "entries") + (f", {_counted(points, 'learning point')}" if points else "")
    to = " ".join(part for part in (f"for {parcel.recipient}" if parcel.recipient else "", parcel.description) if part)
    say(f"{departure.at}  {parcel.way} as {parcel.form}: {what}, {parcel.size:,} bytes, to {to}")
    taken = f", {_counted(len(parcel.redactions), 'redaction')}" if parcel.redactions else ""
    say(f"    {_STATES[departure.state]}{taken}; SHA-256 {parcel.digest}")


def _fields(departure: Departure) -> dict[str, Any]:
    parcel = departure.parcel
    return {
        "id": departure.id,
        "at": departure.at,
        "way": parcel.way,
        "form": parcel.form,
        "to": parcel.description,
        "recipient": parcel.recipient,
        "state": departure.state,
        "ended": departure.ended,
        "bytes": parcel.size,
        "sha256": parcel.digest,
        "items": [{"id": item.entry_id, "revision": item.revision, "part": item.part} for item in parcel.items],
        "redactions": [
            {"id": r.entry_id, "part": r.part, "start": r.start, "end": r.end, "kind": r.kind}
            for r in parcel.redactions
        ],
    }


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
