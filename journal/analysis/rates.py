"""How often the analysis errs, as its evaluation wrote it in `models/rates.toml`; never part of an answer."""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal.domain import ACTS, FRAMES, LEVELS, Level
from journal.errors import ResourceMissing
from journal.resources import bundled

FILE = "rates.toml"


@dataclass(frozen=True, slots=True)
class Rate:
    """How an act or a frame is found, on writers the analysis had not seen."""

    recall: float
    """Part of the sentences showing it that are found, 0 to 1."""
    precision: float
    """Part of the sentences said to show it that do, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What was measured of a model; empty where nothing was."""

    confusion: Mapping[Level, Mapping[Level, float]] | None = None
    """`confusion[true][read]`: the mean probability of each level over the sentences of a true level."""
    found: Mapping[str, Rate] = field(default_factory=dict)
    """By act and frame."""


@functools.cache
def rates(models: Path | None = None) -> Rates:
    """The rates of the bundled model or of another folder; empty where none were measured or they make no sense."""
    try:
        raw = tomllib.loads(((models or bundled("models")) / FILE).read_text("utf-8"))
        return Rates(_confusion(raw["confusion"]), _found(raw["found"]))
    except (OSError, ResourceMissing, ValueError, KeyError, TypeError):
        return Rates()


def _confusion(raw: Mapping[str, Any]) -> Mapping[Level, Mapping[Level, float]]:
    return {true: {read: _part(raw[true][read]) for read in LEVELS} for true in LEVELS}


def _found(raw: Mapping[str, Any]) -> Mapping[str, Rate]:
    return {
        name: Rate(_part(raw[name]["recall"]), _part(raw[name]["precision"]))
        for name in (*ACTS, *FRAMES)
        if name in raw
    }


def _part(value: Any) -> float:
    part = float(value)
    if not (math.isfinite(part) and 0 <= part <= 1):
        raise ValueError
    return part
