"""Reading texts in this process: those of a journal that were not read yet, and those of no journal at all."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from journal.domain import Analysis, Shift, ShiftEntry
from journal.service.journal import Journal

BATCH = 16
"""Entries read between two reports of progress."""


def read_texts(texts: Iterable[str]) -> Iterator[Analysis]:
    """A reading of each text, in order; raises AnalysisUnavailable."""
    from journal.analysis.analyser import Analyser

    return Analyser().analyse_many(texts)


def analysis_fields(analysis: Analysis, text_id: str | int | None = None) -> dict[str, Any]:
    """A reading as the object that every file and process of ours shares."""
    from journal.analysis.codec import to_dict

    return {**to_dict(analysis), "id": text_id}


def read_the_rest(journal: Journal) -> Iterator[tuple[int, int]]:
    """Read and keep every entry of a journal that this model has not read; yields how many of how many.

    At the end what this model gets wrong of this writer is learnt from their answers, if it was not yet.
    """
    from journal.analysis.analyser import Analyser

    if not journal.readings.on:
        return
    analyser = Analyser()
    journal.readings.use_model(analyser.model)
    ids = journal.readings.missing(analyser.model)
    for start in range(0, len(ids), BATCH):
        entries = [journal.entry(entry_id) for entry_id in ids[start : start + BATCH]]
        analyses = analyser.analyse_many(entry.content.text for entry in entries)
        for entry, analysis in zip(entries, analyses, strict=True):
            journal.readings.keep(entry, analysis)
        yield start + len(entries), len(ids)
    journal.corrections.adapt()


def shift_of(entries: Sequence[ShiftEntry]) -> Shift:
    """How the share of system sentences moves over entries that lie in no journal."""
    from journal.analysis.rates import rates
    from journal.analysis.shift import shift

    return shift(entries, confusion=rates().confusion)


def shift_fields(shift: Shift) -> dict[str, Any]:
    """A shift as the object that scripts are given: all but its curves."""
    from journal.analysis.shift_codec import shift_to_dict

    return {name: value for name, value in shift_to_dict(shift).items() if name != "curves"}


def months(points: Iterable[ShiftEntry]) -> list[tuple[str, int, float, float]]:
    """Month as 2026-03, entries, system sentences and classifiable sentences, for each month written in."""
    ordered = sorted(points, key=lambda point: point.day)
    found = []
    for month, group in itertools.groupby(ordered, key=lambda point: f"{point.day:%Y-%m}"):
        counts = [point.counts for point in group]
        found.append((month, len(counts), sum(c.system for c in counts), sum(c.classifiable for c in counts)))
    return found
