"""The shift chart drawn: layout, axes, placements, curves and entries, the later on top. Free of Textual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from journal.tui.widgets.shift_scales import (
    DateScale,
    PlacementSpan,
    bin_points,
    date_ticks,
    drawable,
    placement_spans,
    share_of,
    share_scale,
)
from journal.tui.widgets.shift_sheet import Ink, Picture, Sheet
from journal.tui.widgets.shift_strokes import draw_band, draw_band_edges, draw_curve, draw_dots

_CROWDED = 0.25
"""Part of the plot's cells holding an entry from which entries are drawn as small dots."""
_LONG_ENTRY = 8
"""Sentences from which a cell of entries is drawn large."""


def draw(picture: Picture, width: int, height: int, caption: bool) -> Sheet | None:
    """The chart at this size, in cells; None where no entry can be shown."""
    days = _days(picture)
    if not days:
        return None
    sheet = _lay_out(picture, days, width, height, caption)
    spans = placement_spans((picture.points[n] for n in sheet.bins.order), sheet.across)
    _draw_axes(sheet, picture)
    _draw_placements(sheet, spans)
    front = picture.front()
    if not picture.plain:
        draw_band(sheet, front)
    crowded = len(sheet.bins.members) > _CROWDED * sheet.across.width * sheet.up.rows
    if crowded:
        _draw_crowd(sheet, picture)
    if picture.plain:
        draw_band_edges(sheet, front)
    for curve in picture.others().values():
        draw_curve(sheet, curve, "beside")
    draw_curve(sheet, front, "curve")
    _name_curves(sheet, picture)
    if not crowded:
        _draw_points(sheet, picture)
    return sheet


def cursor_marks(sheet: Sheet, index: int) -> dict[tuple[int, int], tuple[str, Ink, bool]]:
    """The glyphs that mark one entry, by column and row: a diamond, a thread down to the axis, its foot."""
    x, y = sheet.place_of(sheet.bins.cell_of[index])
    marks: dict[tuple[int, int], tuple[str, Ink, bool]] = {
        (x, y): ("◆", "cursor", sheet.on_band(x, y)),
        (x, sheet.axis): ("▲", "thread", False),
    }
    for row in range(y + 1, sheet.axis):
        if sheet.chars[row][x] in " ·┊" or sheet.inks[row][x] == "crowd":
            marks[x, row] = ("│", "thread", sheet.shaded[row][x])
    return marks


# --------------------------------------------------------------------------- layout


def _days(picture: Picture) -> list[date]:
    curves = [picture.front(), *picture.others().values()]
    return [picture.points[n].day for n in drawable(picture.points)] + [e.day for c in curves for e in c]


def _lay_out(picture: Picture, days: Sequence[date], width: int, height: int, caption: bool) -> Sheet:
    named = any(picture.points[n].placement for n in drawable(picture.points))
    top = 2 if named and height >= 12 else 1
    words = caption and height >= 8
    plot_rows = height - top - 2 - words
    up = share_scale(_largest(picture), plot_rows)
    left = max(*(len(label) for _, label in up.ticks()), len(picture.measure)) + 1
    right = 1 + max(len(name) for name in (*picture.others(), picture.measure)) if picture.others() else 1
    across = DateScale(min(days), max(days), width - left - right)
    return Sheet(
        width=width,
        height=height,
        left=left,
        top=top,
        across=across,
        up=up,
        bins=bin_points(picture.points, picture.measure, across, up),
        caption=height - 1 if words else None,
        chars=[[" "] * width for _ in range(height)],
        inks=[["paper"] * width for _ in range(height)],
        shaded=[[False] * width for _ in range(height)],
    )


def _largest(picture: Picture) -> float:
    shares = [share_of(picture.points[n].counts, picture.measure) or 0.0 for n in drawable(picture.points)]
    highs = [estimate.high for estimate in picture.front()]
    beside = [estimate.share for curve in picture.others().values() for estimate in curve]
    return max((*shares, *highs, *beside))


# --------------------------------------------------------------------------- axes and placements


def _draw_axes(sheet: Sheet, picture: Picture) -> None:
    end = sheet.left + sheet.across.width
    for row, label in sheet.up.ticks():
        y = sheet.place_of((0, row))[1]
        sheet.write(sheet.left - 1 - len(label), y, label, "label")
        for x in range(sheet.left, end, 4) if row else ():
            sheet.put(x, y, "·", "grid")
    sheet.write(sheet.left - 1 - len(picture.measure), 0, picture.measure.title(), "title")
    for x in range(sheet.left, end):
        sheet.put(x, sheet.axis, "─", "axis")
    for tick in date_ticks(sheet.across, sheet.left, sheet.width - end):
        sheet.put(sheet.left + tick.column, sheet.axis, "┬", "axis")
        sheet.write(sheet.left + tick.start, sheet.axis + 1, tick.label, "label")


def _draw_placements(sheet: Sheet, spans: Sequence[PlacementSpan]) -> None:
    """Names over a thin rule, or let into the rule where rows are few."""
    rule = sheet.top - 1
    if not spans and rule == 0:
        sheet.write(sheet.left, 0, "sentences, as a share of each entry", "label")
    for number, span in enumerate(spans):
        start, end = sheet.left + span.start, sheet.left + span.end
        for x in range(start, end):
            sheet.put(x, rule, "─", "rule")
        joined = number > 0 and spans[number - 1].end == span.start
        sheet.put(start, rule, "┬" if joined else "┌", "rule")
        if number == len(spans) - 1 or spans[number + 1].start != span.end:
            sheet.put(end - 1, rule, "┐" if end - start > 1 else "╷", "rule")
        if rule:
            sheet.write(start, 0, span.label(), "placement")
        elif name := span.label(span.end - span.start - 4):
            sheet.write(start + 1, rule, f" {name} ", "placement")
        if joined:
            for y in range(sheet.top, sheet.axis):
                sheet.put(start, y, "┊", "grid")


def _name_curves(sheet: Sheet, picture: Picture) -> None:
    """Each curve's name at its right end, moved apart where they would share a row."""
    others = picture.others()
    if not others:
        return
    curves = {name: curve for name, curve in {picture.measure: picture.front(), **others}.items() if curve}
    ends = sorted((curve[-1].share, name) for name, curve in curves.items())
    taken = -1
    for number, (share, name) in enumerate(ends):
        taken = min(max(sheet.up.row(share), taken + 1), sheet.up.rows - len(ends) + number)
        x, y = sheet.place_of((sheet.across.width, taken))
        sheet.write(x + 1, y, name, "curve" if name == picture.measure else "beside")


# --------------------------------------------------------------------------- entries


def _draw_points(sheet: Sheet, picture: Picture) -> None:
    small, large = ("o", "O") if picture.plain else ("•", "●")
    for cell, sentences in sheet.bins.sentences.items():
        sheet.put(*sheet.place_of(cell), large if sentences >= _LONG_ENTRY else small, "point")


def _draw_crowd(sheet: Sheet, picture: Picture) -> None:
    """Entries too many for a glyph each: dots an eighth of a cell, which leave the band and the curve readable."""
    dots = set()
    for index in sheet.bins.order:
        point = picture.points[index]
        share = share_of(point.counts, picture.measure) or 0.0
        half = int(2 * sheet.across.place(point.day.toordinal()))
        dots.add((half, int(sheet.up.eighths(share) / 2)))
    draw_dots(sheet, dots, "crowd")
