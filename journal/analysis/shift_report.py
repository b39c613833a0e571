"""The shift of entries that have reached a look: verdict, shares, curves and caveats in one value.

Imports numpy, scipy and statsmodels through the model: import this module late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from journal.analysis import shift_notes as notes
from journal.analysis import shift_words as words
from journal.analysis.shift_looks import gate, next_look
from journal.analysis.shift_model import Flat, Line, fit_share
from journal.analysis.shift_readings import Reading, readings
from journal.domain import Estimate, Shift, ShiftEntry

POINTS = 40


def report(entries: Sequence[ShiftEntry], confusion: notes.Confusion | None) -> Shift:
    """What `shift` says of entries in order, the gate having been open at one look or more."""
    found, following = gate(entries), next_look(len(entries))
    given = readings(entries)
    last = given[-1]
    trend = last.trend if last.look == len(entries) else fit_share(entries)
    curves = _curves(entries, trend)
    asked_nothing = [entry for entry in entries if notes.is_neutral(entry)]
    neutral = notes.neutral_share(asked_nothing)
    return Shift(
        state="shifted" if last.shifted else "no_clear_change",
        entries=found.entries,
        sentences=found.sentences,
        statement=_statement(given, entries, following),
        first=trend.at(entries[0].day) if trend else None,
        last=trend.at(entries[-1].day) if trend else None,
        detectable=last.trend.detectable(last.alpha) if last.trend else None,
        look=last.look,
        next_look=following,
        curves=curves,
        neutral=(neutral.at(asked_nothing[0].day), neutral.at(asked_nothing[-1].day)) if neutral else None,
        notes=(
            *notes.early_note(last.look, last.shifted),
            *notes.placement_notes(entries),
            *notes.neutral_notes(len(asked_nothing), len(entries), neutral, trend),
            *notes.error_notes(curves, entries, confusion),
        ),
    )


def _statement(given: Sequence[Reading], entries: Sequence[ShiftEntry], following: int) -> str:
    """The last look's verdict, after whatever it takes back and before what it has not yet seen."""
    last = given[-1]
    newer = len(entries) > last.look
    said = _taken_back(given) + _verdict(last, newest=last.last == entries[-1].day)
    return said + (words.standing(last.look, following) if newer else "")


def _verdict(reading: Reading, *, newest: bool) -> str:
    trend = reading.trend
    if trend is None:
        return words.inseparable()
    first, last = trend.at(reading.first), trend.at(reading.last)
    if isinstance(trend, Flat):
        return words.rarely(trend.share, last)
    if reading.shifted:
        return words.shifted(first, last, agreed=reading.agreed, newest=newest)
    return words.no_clear_change(first, last, trend.detectable(reading.alpha), newest=newest)


def _taken_back(given: Sequence[Reading]) -> str:
    """Owns up to the newest earlier verdict that the last one does not repeat."""
    *before, last = given
    told = next((reading for reading in reversed(before) if reading.shifted), None)
    if told is None or (last.shifted and told.rose == last.rose):
        return ""
    return words.earlier(told.look, last.look, turned=last.shifted)


def _curves(entries: Sequence[ShiftEntry], system: Line | Flat | None) -> dict[str, tuple[Estimate, ...]]:
    """Each measure's share on up to 40 days over the span; a measure that cannot be fitted is left out."""
    first, span = entries[0].day, (entries[-1].day - entries[0].day).days
    steps = min(POINTS, span + 1)
    days = [first + timedelta(days=round(span * at / (steps - 1))) for at in range(steps)]
    lines = {"system": system, "team": fit_share(entries, "team"), "task": fit_share(entries, "task")}
    return {level: tuple(line.at(day) for day in days) for level, line in lines.items() if line is not None}
