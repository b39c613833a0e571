"""One chunk to its part, in whichever process: a child of this one, or a worker of a cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from journal.errors import AnalysisUnavailable, JournalError
from journal.scoring.corpus import Chunk
from journal.scoring.table import Row, labelled

if TYPE_CHECKING:
    from journal.analysis.analyser import Analyser
    from journal.domain import Analysis

_TURN = threading.Lock()


@dataclass(frozen=True, slots=True)
class Scored:
    """The labels of a chunk, and who gave them."""

    model: str
    rows: list[Row] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a chunk could not be scored, in words that hold nothing of it."""

    title: str
    advice: str


Outcome = Scored | Failed
Scorer = Callable[[Iterable[Chunk]], Iterator[tuple[Chunk, Scored]]]
"""Takes chunks as it has room for them, gives them back scored in any order; raises AnalysisUnavailable."""


def score_chunk(chunk: Chunk) -> Outcome:
    """Read every text of a chunk; never raises, for a traceback or a cluster's log could show a text."""
    try:
        with _TURN:  # the pipeline serves one thread at a time
            return _scored(chunk)
    except JournalError as problem:
        return Failed(problem.title, problem.advice)
    except MemoryError:
        return Failed(f"There was not memory enough to read {span(chunk)}.", "Use fewer workers.")
    except Exception as problem:
        return Failed(f"Reading {span(chunk)} failed ({type(problem).__name__}).", "Please report this as an error.")


def _scored(chunk: Chunk) -> Scored:
    from journal.analysis.analyser import Analyser
    from journal.analysis.pipeline import load

    analyser = Analyser()
    model = analyser.model
    with load().nlp.memory_zone():  # else every new word of a large corpus would stay in memory
        try:
            return Scored(model, labelled(chunk, analyser.analyse_many(text.text for text in chunk.texts)))
        except AnalysisUnavailable:
            return Scored(model, labelled(chunk, [_read(analyser, text.number, text.text) for text in chunk.texts]))


def _read(analyser: Analyser, number: int, text: str) -> Analysis:
    """One text by itself, so that one the model fails on can be named."""
    try:
        return analyser.analyse(text)
    except AnalysisUnavailable as problem:
        raise AnalysisUnavailable(
            f"Line or row {number}: {problem.title}", "Leave it out, and run the same command again."
        ) from None


def span(chunk: Chunk) -> str:
    """A chunk as a person is told of it: its lines or rows."""
    return f"lines or rows {chunk.texts[0].number} to {chunk.texts[-1].number}"


def outcome_of(outcome: Outcome) -> Scored:
    """The labels; raises AnalysisUnavailable where there are none."""
    if isinstance(outcome, Failed):
        raise AnalysisUnavailable(outcome.title, outcome.advice)
    return outcome
