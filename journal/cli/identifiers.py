"""`identifiers`: what in any text could identify a patient, a colleague or a place; no journal is opened."""

from __future__ import annotations

from collections.abc import Iterator

import click

from journal.cli.given import Source, arriving_lines, opened, text_of
from journal.cli.opening import json_option
from journal.cli.saying import flush, say, say_json
from journal.domain import Identifiers
from journal.errors import BadInput
from journal.lines import TextId, line_object, text_with_id

Item = tuple[TextId, str]
"""The id and the text of one line."""

BATCH = 32
"""Texts of one look at most, so that the first answers come soon."""


@click.command()
@click.argument("file", metavar="[FILE|-]", default="-")
@click.option("--lines", "by_line", is_flag=True, help='Read JSON Lines: {"id", "text"}, one text a line.')
@click.option("--names", metavar="FILE", help="Names that are always to be found, one a line.")
@json_option
def identifiers(file: str, by_line: bool, names: str | None, as_json: bool) -> None:
    """Show what could identify a patient, a relative, a colleague or a place.

    With --json, for each text {"id", "spans", "hints"}, in the order given; a span has "start", "end", "kind",
    "severity" and "why". Rules and a language model find most of it, never all: read the text yourself before
    you share it.
    """
    if names == "-" and file == "-":
        raise BadInput("Names and text cannot both come from standard input.", "Put one of them into a file.")
    own = tuple(line.strip() for line in text_of(names).splitlines() if line.strip()) if names else ()
    if by_line:
        with opened(file) as source:
            for batch in _batches(source):
                _look(batch, own, as_json)
                flush()
    else:
        _look([(None, text_of(file))], own, as_json)


def _look(batch: list[Item], own: tuple[str, ...], as_json: bool) -> None:
    from journal.service.privacy import find_identifiers, identifier_fields

    for (text_id, text), found in zip(batch, find_identifiers((text for _, text in batch), own), strict=True):
        if as_json:
            say_json(identifier_fields(found, text_id))
        else:
            if text_id is not None:
                say(f"— {text_id}")
            _say_found(text, found)


def _batches(source: Source) -> Iterator[list[Item]]:
    """What has arrived, in small batches; a faulty line is raised once all before it were handed on."""
    number = 0
    for lines in arriving_lines(source):
        batch: list[Item] = []
        for line in lines:
            number += 1
            if not line.strip():
                continue
            try:
                batch.append(text_with_id(line_object(line, number), f"line {number}"))
            except BadInput:
                if batch:
                    yield batch
                raise
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


# --------------------------------------------------------------------------- for people


def _say_found(text: str, found: Identifiers) -> None:
    for span in found.spans:
        say(f"{_KINDS[span.kind]:<16} {_on_a_line(text[span.start : span.end])}  ({span.why})")
    for hint in found.hints:
        say(f"{'may narrow it':<16} {_on_a_line(text[hint.start : hint.end])}  ({hint.why})")
    if not found.spans and not found.hints:
        say("Nothing was found. That does not mean there is nothing: read it once yourself.")


_KINDS = {
    "PERSON": "name",
    "NHS_NUMBER": "NHS number",
    "HOSPITAL_NUMBER": "hospital number",
    "DATE": "date",
    "AGE_OVER_89": "age over 89",
    "PHONE": "telephone",
    "EMAIL": "e-mail",
    "ADDRESS": "address",
    "POSTCODE": "postcode",
    "LOCATION": "place",
    "ORGANISATION": "organisation",
    "ID": "number or code",
    "URL": "web address",
}


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
