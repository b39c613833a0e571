"""How often the analysis finds what a careful reader finds: data that its evaluation wrote, where it did."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from journal.domain import ACTS, FRAMES
from journal.errors import ResourceMissing
from journal.resources import bundled

FILE = "found.toml"


@dataclass(frozen=True, slots=True)
class Rate:
    """How an act or a frame is found, on writers the analysis had not seen."""

    recall: float
    """Part of the sentences showing it that are found, 0 to 1."""
    precision: float
    """Part of the sentences said to show it that do, 0 to 1."""


def found_rates(models: Path | None = None) -> Mapping[str, Rate]:
    """The rates by act and frame from `config/found.toml`; empty where none were measured for this model.

    The file has a table for each act and frame, `[voice]` with `recall` and `precision`; others in it are passed over.
    """
    try:
        path = (models or bundled("models")) / "config" / FILE
        raw = tomllib.loads(path.read_text("utf-8"))
        rates = {name: Rate(*(float(raw[name][each]) for each in ("recall", "precision"))) for name in _known(raw)}
    except (OSError, ResourceMissing, ValueError, KeyError, TypeError):
        return {}
    sound = all(math.isfinite(x) and 0 <= x <= 1 for rate in rates.values() for x in (rate.recall, rate.precision))
    return rates if sound else {}


def _known(raw: Mapping[str, object]) -> list[str]:
    return [name for name in (*ACTS, *FRAMES) if name in raw]
