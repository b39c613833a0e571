"""The sheet the shift chart is drawn on: what to draw, and a grid of characters, each with its ink.

Free of Textual: the widget gives the inks their colours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from rich.cells import cell_len

from journal.domain import Estimate, ShiftEntry
from journal.tui.widgets.shift_scales import Bins, DateScale, Measure, ShareScale

Ink = Literal[
    "paper",
    "label",
    "title",
    "placement",
    "axis",
    "rule",
    "grid",
    "band",
    "beside",
    "curve",
    "point",
    "crowd",
    "cursor",
    "thread",
]

INKS: tuple[Ink, ...] = get_args(Ink)

_ENOUGH = 3
"""Eighths of a cell covered by the band from which a glyph there stands on the band, so that it leaves no notch."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is to be drawn; `plain` draws by shape alone, for screens without colour or shades."""

    points: tuple[ShiftEntry, ...]
    curves: Mapping[str, tuple[Estimate, ...]]
    measure: Measure = "system"
    beside: bool = False
    plain: bool = False

    def front(self) -> tuple[Estimate, ...]:
        return tidy(self.curves.get(self.measure, ()))

    def others(self) -> dict[str, tuple[Estimate, ...]]:
        """The curves shown thin, by name."""
        if not self.beside:
            return {}
        found = {name: tidy(self.curves.get(name, ())) for name in ("system", "team", "task")}
        return {name: curve for name, curve in found.items() if curve and name != self.measure}


def tidy(curve: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """The estimates in order of time, one a day, without any that are not numbers; empty for fewer than two days."""
    sound = (e for e in curve if all(math.isfinite(value) for value in (e.share, e.low, e.high)))
    days = {estimate.day: estimate for estimate in sorted(sound, key=lambda e: e.day)}
    return tuple(days.values()) if len(days) > 1 else ()


@dataclass(slots=True)
class Sheet:
    """The drawn chart: rows from the top, with what is needed to find a place in it again."""

    width: int
    height: int
    left: int
    """Columns of the share labels, before the plot."""
    top: int
    """Rows above the plot."""
    across: DateScale
    up: ShareScale
    bins: Bins
    caption: int | None
    """The row kept for words, if any."""
    chars: list[list[str]]
    inks: list[list[Ink]]
    shaded: list[list[bool]]
    cover: dict[tuple[int, int], int] = field(default_factory=dict)
    """Eighths of a sheet cell that the band covers, by column and row."""

    @property
    def axis(self) -> int:
        """The row of the date axis."""
        return self.top + self.up.rows

    def put(self, x: int, y: int, char: str, ink: Ink) -> None:
        """A glyph; it keeps the band behind it where enough of the cell is band."""
        if 0 <= x < self.width and 0 <= y < self.height:
            self.chars[y][x], self.inks[y][x] = char, ink
            self.shaded[y][x] = self.on_band(x, y)

    def write(self, x: int, y: int, text: str, ink: Ink) -> None:
        """Words from a column on; a wide character takes two cells, the second left empty."""
        for char in text:
            size = cell_len(char)
            if not size:
                continue
            if x + size > self.width:
                return
            self.put(x, y, char, ink)
            if size == 2:
                self.put(x + 1, y, "", ink)
            x += size

    def on_band(self, x: int, y: int) -> bool:
        """Whether a glyph here stands on the band."""
        return self.cover.get((x, y), 0) >= _ENOUGH

    def on_edge(self, cell: tuple[int, int]) -> bool:
        """Whether an edge of the band runs through a cell of the plot."""
        return 0 < self.cover.get(self.place_of(cell), 0) < 8

    def place_of(self, cell: tuple[int, int]) -> tuple[int, int]:
        """Column and row on the sheet of a cell of the plot."""
        return self.left + cell[0], self.top + self.up.rows - 1 - cell[1]
