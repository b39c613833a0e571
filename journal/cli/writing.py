"""Writing: `add` keeps an entry, `prompt` asks a question."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import click

from journal.cli.given import at_keyboard, day, text_of, words
from journal.cli.opening import Where, json_option, over_a_journal, unlocked
from journal.cli.saying import say, say_json, tell
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.domain import Prompt
    from journal.service import Journal


@click.command()
@click.option(
    "--date", "written", metavar="DATE", help="When it was written, if not now: 2026-03-09, also with a time."
)
@click.option("--event-date", type=day, metavar="DATE", help="The day it happened, if not that of writing.")
@click.option("--prompt", "prompt_given", callback=words, metavar="ID|TEXT", help="The question it answers, or its id.")
@click.option("--placement", callback=words, help="Such as Acute medicine; else that of your settings.")
@click.option("--setting", callback=words, help="Such as ward; else that of your settings.")
@click.option("--role", callback=words, help="Such as FY1; else that of your settings.")
@click.option("--tag", "tag", callback=words, multiple=True, help="A tag; may be given several times.")
@json_option
@over_a_journal
def add(
    where: Where,
    written: str | None,
    event_date: date | None,
    prompt_given: str | None,
    placement: str | None,
    setting: str | None,
    role: str | None,
    tag: tuple[str, ...],
    as_json: bool,
) -> None:
    """Keep an entry read from standard input, and print its id.

    The text is kept exactly, but for one line end at its end. With --json: {"id", "date"}.
    """
    from journal.domain import EntryContent

    _check_days(written, event_date)
    with unlocked(where) as journal:  # first, so that nobody types an entry that then cannot be kept
        prompt_id, question, family = _prompt(journal, prompt_given) if prompt_given else (None, None, None)
        if at_keyboard():
            tell("Write your entry. Ctrl-D on a new line keeps it, Ctrl-C throws it away.")
        content = EntryContent(
            text=_without_line_end(text_of("-")),
            event_date=event_date,
            prompt_id=prompt_id,
            prompt=question,
            prompt_family=family,
            placement=placement,
            setting=setting,
            role=role,
            tags=tuple(dict.fromkeys(bare for given in tag if (bare := given.lstrip("#")))),
        )
        entry = journal.write(journal.with_profile(content), written=written)
    if as_json:
        say_json({"id": entry.id, "date": entry.written})
    else:
        say(entry.id)


def _check_days(written: str | None, event_date: date | None) -> None:
    from journal.service.opening import local_now
    from journal.service.outside import checked_moment

    today = local_now().date()
    if written is not None:
        checked_moment(written, today, grace=0)
    if event_date is not None:
        checked_moment(event_date.isoformat(), today, "event date", grace=0)


def _without_line_end(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text


def _prompt(journal: Journal, asked: str) -> tuple[str | None, str, str | None]:
    """The id, question and family of a prompt of the library or of now; of any other text, the text alone."""
    found = next((p for p in journal.prompts.library if p.id == asked), None)
    if found is None and asked == "plan":
        current = journal.prompts.suggest().prompt
        found = current if current.id == "plan" else None
    if found:
        return found.id, found.question, found.family
    if re.fullmatch(r"[a-z0-9_-]+", asked):
        raise BadInput(
            "No prompt has this id.", "journal prompt --json shows the id of one; or give the question itself."
        )
    return None, asked, None


@click.command()
@click.option("--skip", multiple=True, metavar="ID", help="A prompt not to ask; may be given several times.")
@click.option(
    "--energy", type=click.Choice(["low", "medium", "high"]), default="medium", help="How much you have left."
)
@json_option
@over_a_journal
def prompt(where: Where, skip: tuple[str, ...], energy: str, as_json: bool) -> None:
    """Ask one question, and say why this one.

    Its follow-ups come with it. With --json: {"id", "family", "question", "follow_ups", "why"}.
    """
    with unlocked(where) as journal:
        suggestion = journal.prompts.suggest(skip=skip, energy=energy)  # type: ignore[arg-type]
    asked = suggestion.prompt
    if as_json:
        say_json({**_fields(asked), "why": suggestion.why})
        return
    say(asked.question)
    for follow_up in asked.follow_ups:
        say(f"  {follow_up}")
    say()
    say(suggestion.why)
    tell(f"To answer it: journal add --prompt {asked.id}")


def _fields(prompt: Prompt) -> dict[str, object]:
    return {
        "id": prompt.id,
        "family": prompt.family,
        "question": prompt.question,
        "follow_ups": list(prompt.follow_ups),
    }
