"""The band and the curves of the shift chart, put on its sheet: blocks in eighths, braille over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from journal.domain import Estimate
from journal.tui.widgets.shift_sheet import Ink, Sheet

_RISING = " ▁▂▃▄▅▆▇█"
_DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""Braille bits by half column, from the bottom up."""


def _sampled(curve: Sequence[Estimate], ordinals: Iterable[float]) -> Iterator[tuple[float, float, float] | None]:
    """Share, low and high on each day, straight between neighbours; None outside the curve."""
    days = [estimate.day.toordinal() for estimate in curve]
    for ordinal in ordinals:
        if len(days) < 2 or not days[0] - 1e-6 <= ordinal <= days[-1] + 1e-6:
            yield None
            continue
        after = min(max(bisect_right(days, ordinal), 1), len(days) - 1)
        a, b = curve[after - 1], curve[after]
        part = min(max((ordinal - days[after - 1]) / (days[after] - days[after - 1]), 0.0), 1.0)
        share, low, high = (
            min(max(x + (y - x) * part, 0.0), 1.0) for x, y in ((a.share, b.share), (a.low, b.low), (a.high, b.high))
        )
        yield share, low, high


def _columns(sheet: Sheet, curve: Sequence[Estimate]) -> list[tuple[int, tuple[float, float, float]]]:
    """The curve at the middle of each column of the plot that it reaches."""
    ordinals = (sheet.across.ordinal(column + 0.5) for column in range(sheet.across.width))
    return [(n, found) for n, found in enumerate(_sampled(curve, ordinals)) if found is not None]


def draw_band(sheet: Sheet, curve: Sequence[Estimate]) -> None:
    for column, (_, low, high) in _columns(sheet, curve):
        bottom = round(sheet.up.eighths(low))
        ceiling = max(round(sheet.up.eighths(high)), bottom + 2)
        for row in range(bottom // 8, -(-ceiling // 8)):
            if row < sheet.up.rows:
                _shade(sheet, (column, row), max(bottom - 8 * row, 0), min(ceiling - 8 * row, 8))


def _shade(sheet: Sheet, cell: tuple[int, int], low: int, high: int) -> None:
    """Shade a cell from `low` to `high` eighths; a lower edge is paper drawn over the band."""
    x, y = sheet.place_of(cell)
    if (low, high) == (0, 8):
        boundary = sheet.chars[y][x] == "┊"
        sheet.cover[x, y] = 8
        sheet.put(x, y, "┊" if boundary else " ", "grid")
        return
    sheet.put(x, y, _RISING[high] if low == 0 else _RISING[low] if high == 8 else "━", "band")
    sheet.cover[x, y] = high - low
    sheet.shaded[y][x] = high == 8
    if high == 8:
        sheet.inks[y][x] = "paper"


def draw_band_edges(sheet: Sheet, curve: Sequence[Estimate]) -> None:
    for column, (_, low, high) in _columns(sheet, curve):
        for share in (low, high):
            sheet.put(*sheet.place_of((column, sheet.up.row(share))), "╌", "band")


def draw_curve(sheet: Sheet, curve: Sequence[Estimate], ink: Ink) -> None:
    """Braille, two dots thick for the curve in front and one for those beside it."""
    thick = ink == "curve"
    dots: set[tuple[int, int]] = set()
    before: int | None = None
    halves = range(2 * sheet.across.width)
    ordinals = (sheet.across.ordinal((half + 0.5) / 2) for half in halves)
    for half, found in zip(halves, _sampled(curve, ordinals), strict=True):
        if found is None:
            before = None
            continue
        height = int(sheet.up.eighths(found[0]) / 2 - 0.5 * thick)
        start = height if before is None else before + (height > before) - (height < before)
        reach = range(min(start, height), max(start, height) + 1)
        dots |= {(half, h + extra) for h in reach for extra in range(1 + thick)}
        before = height
    draw_dots(sheet, dots, ink)


def draw_dots(sheet: Sheet, dots: set[tuple[int, int]], ink: Ink) -> None:
    """Braille; all but the curve in front give way to an edge of the band, which would turn to stairs under them.

    The curve lies within its own band, so it stands on the band even where that is a mere edge.
    """
    patterns: dict[tuple[int, int], int] = {}
    for half, height in dots:
        cell = (half // 2, height // 4)
        patterns[cell] = patterns.get(cell, 0) | _DOTS[half % 2][height % 4]
    for cell, pattern in patterns.items():
        x, y = sheet.place_of(cell)
        if 0 <= cell[1] < sheet.up.rows and (ink == "curve" or not sheet.on_edge(cell)):
            sheet.put(x, y, chr(0x2800 + pattern), ink)
            sheet.shaded[y][x] = (x, y) in sheet.cover
