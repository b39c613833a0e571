"""`analyse`: what the sentences of any text are about; no journal is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from journal.cli.given import Source, arriving_lines, opened, text_of
from journal.cli.opening import json_option
from journal.cli.saying import flush, say, say_json
from journal.errors import BadInput
from journal.lines import TextId, line_object, text_with_id

if TYPE_CHECKING:
    from journal.domain import Analysis, Sentence

Item = tuple[TextId, str]
"""The id and the text of one line."""

BATCH = 64
"""Texts of one read at most, so that the first answers come soon."""


@click.command()
@click.argument("file", metavar="[FILE|-]", default="-")
@click.option("--lines", "by_line", is_flag=True, help='Read JSON Lines: {"id", "text"}, one text a line.')
@json_option
def analyse(file: str, by_line: bool, as_json: bool) -> None:
    """Say of each sentence what it is about, and why.

    With --json, for each text {"id", "model", "sentences", "counts"}, in the order given; "id" is null for plain
    text. A line that cannot be used is named by its number with exit code 2; the readings of all lines before it
    are out by then.
    """
    if by_line:
        with opened(file) as source:
            for batch in _batches(source):
                _read_batch(batch, as_json)
                flush()
    else:
        _read_batch([(None, text_of(file))], as_json)


def _read_batch(batch: list[Item], as_json: bool) -> None:
    from journal.service.texts import analysis_fields, read_texts

    for (text_id, text), analysis in zip(batch, read_texts(text for _, text in batch), strict=True):
        if as_json:
            say_json(analysis_fields(analysis, text_id))
        else:
            if text_id is not None:
                say(f"— {text_id}")
            _say_reading(text, analysis)


# --------------------------------------------------------------------------- lines in


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


def _say_reading(text: str, analysis: Analysis) -> None:
    for sentence in analysis.sentences:
        say(f"{_level(sentence):<9} {_on_a_line(text[sentence.start : sentence.end])}")
        for why in _reasons(text, sentence):
            say(f"          {why}")
    counts = analysis.counts()
    say(f"{counts.task:.0f} task, {counts.team:.0f} team, {counts.system:.0f} system, {counts.other:.0f} other")


def _level(sentence: Sentence) -> str:
    return sentence.level if sentence.sure else f"{sentence.level}?"


def _reasons(text: str, sentence: Sentence) -> Iterator[str]:
    for evidence in sentence.evidence:
        yield f"{evidence.why}: “{_on_a_line(text[evidence.start : evidence.end])}”"
    if sentence.acts:
        yield "shows: " + ", ".join(act.replace("_", " ") for act in sentence.acts)
    if sentence.frame:
        yield "work as " + sentence.frame.replace("_", " ")


def _on_a_line(text: str) -> str:
    return " ".join(text.split())
