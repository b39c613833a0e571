"""What the shift is reckoned from, and the shift, to plain dicts that JSON can carry, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from journal.domain import Counts, Estimate, Shift, ShiftEntry


def point_to_dict(point: ShiftEntry) -> dict[str, Any]:
    """{"id", "day", "counts": [task, team, system, other], "prompt_family", "placement", "delay"}."""
    counts = point.counts
    return {
        "id": point.id,
        "day": point.day.isoformat(),
        "counts": [counts.task, counts.team, counts.system, counts.other],
        "prompt_family": point.prompt_family,
        "placement": point.placement,
        "delay": point.delay,
    }


def point_from_dict(raw: Mapping[str, Any]) -> ShiftEntry:
    """The ShiftEntry of such a dict; raises KeyError, TypeError or ValueError where it has another shape."""
    return ShiftEntry(
        str(raw["id"]),
        date.fromisoformat(raw["day"]),
        Counts(*(float(number) for number in raw["counts"])),
        raw["prompt_family"],
        raw["placement"],
        raw["delay"],
    )


def shift_to_dict(shift: Shift) -> dict[str, Any]:
    """The fields of a Shift; each Estimate as {"date", "share", "low", "high"}."""
    return {
        "state": shift.state,
        "entries": shift.entries,
        "sentences": _number(shift.sentences),
        "first": _estimate(shift.first),
        "last": _estimate(shift.last),
        "detectable": _number(shift.detectable),
        "statement": shift.statement,
        "look": shift.look,
        "next_look": shift.next_look,
        "neutral": dict(zip(("first", "last"), map(_estimate, shift.neutral), strict=True)) if shift.neutral else None,
        "notes": list(shift.notes),
        "curves": {level: [_estimate(at) for at in curve] for level, curve in shift.curves.items()},
    }


def shift_from_dict(raw: Mapping[str, Any]) -> Shift:
    """The Shift of such a dict; raises KeyError, TypeError or ValueError where it has another shape."""
    neutral = raw["neutral"]
    return Shift(
        state=raw["state"],
        entries=raw["entries"],
        sentences=raw["sentences"],
        statement=raw["statement"],
        first=_read(raw["first"]) if raw["first"] else None,
        last=_read(raw["last"]) if raw["last"] else None,
        detectable=raw["detectable"],
        look=raw["look"],
        next_look=raw["next_look"],
        neutral=(_read(neutral["first"]), _read(neutral["last"])) if neutral else None,
        notes=tuple(raw["notes"]),
        curves={level: tuple(_read(at) for at in curve) for level, curve in raw["curves"].items()},
    )


def _estimate(at: Estimate | None) -> dict[str, Any] | None:
    if at is None:
        return None
    return {
        "date": at.day.isoformat(),
        "share": _number(at.share),
        "low": _number(at.low),
        "high": _number(at.high),
    }


def _number(value: float | None) -> float | int | None:
    """A number JSON can hold, whole where it is whole."""
    if value is None or not math.isfinite(value):
        return None
    value = round(float(value), 6)
    return int(value) if value.is_integer() else value


def _read(raw: Mapping[str, Any]) -> Estimate:
    return Estimate(date.fromisoformat(raw["date"]), raw["share"], raw["low"], raw["high"])
