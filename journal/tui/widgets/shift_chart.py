"""The shift as a chart: the curve of a level's share, its 90 % range, and the entries behind them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from journal.domain import Shift, ShiftEntry
from journal.tui.widgets.shift_cells import cursor_marks, draw
from journal.tui.widgets.shift_scales import Measure, drawable
from journal.tui.widgets.shift_sheet import INKS, Ink, Picture, Sheet
from journal.tui.widgets.shift_words import describe, fit_clauses, point_line

LEAST_WIDTH, LEAST_HEIGHT = 40, 8


class ShiftChart(Widget, can_focus=True):
    """Paints the shift and the entries it is given; says which entry was looked at or chosen."""

    HELP = """\
# The shift

Each dot is one of your entries: how many of its sentences were about the system, the team or the task.
A larger dot holds eight sentences or more. The line is the estimate, the band its 90 % range.

Move between entries with **left** and **right**; **enter** opens the one marked ◆.
"""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h",
            "step(-1)",
            "Earlier",
            id="chart.earlier",
            tooltip="Mark the entry before",
            key_display="←",
        ),
        Binding("right,l", "step(1)", "Later", id="chart.later", tooltip="Mark the entry after", key_display="→"),
        Binding("home", "first", "First", id="chart.first", tooltip="Mark the first entry", show=False),
        Binding("end", "last", "Last", id="chart.last", tooltip="Mark the last entry", show=False),
        Binding("enter", "choose", "Read entry", id="chart.choose", tooltip="Open the marked entry"),
    ]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "shift-chart--paper",
        "shift-chart--label",
        "shift-chart--title",
        "shift-chart--placement",
        "shift-chart--axis",
        "shift-chart--rule",
        "shift-chart--grid",
        "shift-chart--band",
        "shift-chart--beside",
        "shift-chart--curve",
        "shift-chart--point",
        "shift-chart--crowd",
        "shift-chart--cursor",
        "shift-chart--thread",
    }

    DEFAULT_CSS = """
    ShiftChart {
        width: 1fr;
        height: 1fr;
        & > .shift-chart--label { color: $foreground 65%; }
        & > .shift-chart--title { color: $text-primary; text-style: bold; }
        & > .shift-chart--placement { color: $foreground 85%; }
        & > .shift-chart--axis { color: $foreground 40%; }
        & > .shift-chart--rule { color: $foreground 40%; }
        & > .shift-chart--grid { color: $foreground 28%; }
        & > .shift-chart--band { color: $text-primary; background: $primary 28%; }
        & > .shift-chart--beside { color: $foreground 55%; }
        & > .shift-chart--curve { color: $text-primary; text-style: bold; }
        & > .shift-chart--point { color: $foreground 80%; }
        & > .shift-chart--crowd { color: $foreground 60%; }
        & > .shift-chart--cursor { color: $text-accent; text-style: bold reverse; }
        & > .shift-chart--thread { color: $text-accent; }
        &:focus > .shift-chart--axis { color: $text-primary; }
        &:ansi {
            & > .shift-chart--label, & > .shift-chart--placement, & > .shift-chart--point,
            & > .shift-chart--beside { color: ansi_default; }
            & > .shift-chart--title, & > .shift-chart--curve { color: $primary; }
            & > .shift-chart--axis, & > .shift-chart--rule { color: ansi_bright_black; }
            & > .shift-chart--grid, & > .shift-chart--crowd { color: ansi_bright_black; }
            & > .shift-chart--band { color: $primary; background: ansi_default; }
            & > .shift-chart--cursor, & > .shift-chart--thread { color: ansi_default; }
        }
    }
    """

    shift: reactive[Shift | None] = reactive(None)
    points: reactive[tuple[ShiftEntry, ...]] = reactive(())
    measure: reactive[Measure] = reactive[Measure]("system")
    """Whose curve is in front."""
    beside: reactive[bool] = reactive(False)
    """Whether the other two curves are drawn thin beside it."""
    caption: reactive[bool] = reactive(True)
    """Whether the lowest row says in words what is drawn or which entry is marked."""
    cursor: reactive[int | None] = reactive[int | None](None, repaint=False)
    """Index in `points` of the marked entry."""

    @dataclass
    class PointHighlighted(Message):
        """Another entry was marked; `index` is its place in `points`."""

        index: int

    @dataclass
    class PointChosen(Message):
        """The person asked to see an entry."""

        entry_id: str

    _drawn: _Drawn | None = None

    def describe(self) -> str:
        """The chart in one line of words."""
        return describe(self.shift, self.points, self.measure)

    # ----------------------------------------------------------------- state

    def watch_points(self, old: tuple[ShiftEntry, ...], new: tuple[ShiftEntry, ...]) -> None:
        """The mark stays with its entry when the entries change."""
        if self.cursor is not None and self.cursor < len(old):
            marked = old[self.cursor].id
            self.cursor = next((n for n, point in enumerate(new) if point.id == marked), None)
        self.refresh_bindings()

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        """Repaint only the columns of the old and the new mark, and the words."""
        sheet = self._drawn.sheet if self._drawn else None
        if sheet is None:
            self.refresh()
        else:
            cells = [sheet.bins.cell_of[index] for index in (old, new) if index in sheet.bins.cell_of]
            regions = [Region(sheet.place_of(cell)[0], 0, 1, sheet.height) for cell in cells]
            if sheet.caption is not None:
                regions.append(Region(0, sheet.caption, sheet.width, 1))
            self.refresh(*regions)
        if new is not None and 0 <= new < len(self.points):
            self.post_message(self.PointHighlighted(new))

    def notify_style_update(self) -> None:
        self._drawn = None
        super().notify_style_update()

    # ----------------------------------------------------------------- keys and mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.points) if action in {"step", "first", "last", "choose"} else True

    def action_step(self, by: int) -> None:
        """Mark the next entry in time; the first step marks the newest going back, the oldest going on."""
        order = self._order()
        if not order:
            return
        if self.cursor in order:
            self.cursor = order[min(max(order.index(self.cursor) + by, 0), len(order) - 1)]
        else:
            self.cursor = order[-1 if by < 0 else 0]

    def action_first(self) -> None:
        self.cursor = next(iter(self._order()), self.cursor)

    def action_last(self) -> None:
        self.cursor = next(reversed(self._order()), self.cursor)

    def action_choose(self) -> None:
        if self.cursor is not None and 0 <= self.cursor < len(self.points):
            self.post_message(self.PointChosen(self.points[self.cursor].id))

    def on_click(self, event: events.Click) -> None:
        """Mark and choose the entry nearest to a click in the plot."""
        place = event.get_content_offset(self)
        sheet = self._sheet().sheet
        if place is None or sheet is None or not sheet.top <= place.y < sheet.axis:
            return
        nearest = sheet.bins.nearest(place.x - sheet.left, sheet.axis - 1 - place.y)
        if nearest is not None:
            self.cursor = nearest
            self.action_choose()

    def _order(self) -> tuple[int, ...]:
        sheet = self._sheet().sheet
        return sheet.bins.order if sheet else drawable(self.points)

    # ----------------------------------------------------------------- painting

    def render_line(self, y: int) -> Strip:
        drawn = self._sheet()
        sheet, width = drawn.sheet, self.content_size.width
        if sheet is None or y == sheet.caption:
            caption = y == (0 if sheet is None else sheet.caption)
            return self._words(width) if caption else Strip.blank(width, drawn.styles["paper", False])
        strip = drawn.strips[y]
        if self.cursor not in sheet.bins.cell_of:
            return strip
        for (x, row), (char, ink, shaded) in cursor_marks(sheet, self.cursor).items():
            if row == y:
                mark = Strip([Segment(char, drawn.styles[ink, shaded])], 1)
                return Strip.join([strip.crop(0, x), mark, strip.crop(x + 1)])
        return strip

    def _words(self, width: int) -> Strip:
        """The marked entry, or else the whole chart, in as many words as fit."""
        sheet, style = self._sheet().sheet, self._sheet().styles["label", False]
        if sheet and self.cursor in sheet.bins.cell_of:
            together = sheet.bins.members[sheet.bins.cell_of[self.cursor]]
            clauses = point_line(self.points[self.cursor], self.measure, together.index(self.cursor) + 1, len(together))
            line = fit_clauses(("◆ " + clauses[0], *clauses[1:]), width, " · ")
        else:
            whole = self.describe()
            if cell_len(whole) > width:
                whole = describe(self.shift, self.points, self.measure, "%b")
            line = fit_clauses(whole.split("; "), width, "; ")
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)

    def _sheet(self) -> _Drawn:
        """What is drawn, drawn anew only when the size, the data or the colours have changed."""
        size = self.content_size
        plain = self.app.no_color or self.app.native_ansi_color or self.app.console.color_system in _FEW_COLOURS
        given = (self.shift, self.points, self.measure, self.beside, self.caption, plain)
        if self._drawn is None or self._drawn.size != size or not _same(self._drawn.given, given):
            sheet = None
            if size.width >= LEAST_WIDTH and size.height >= LEAST_HEIGHT:
                curves = self.shift.curves if self.shift else {}
                picture = Picture(self.points, curves, self.measure, self.beside, plain)
                sheet = draw(picture, size.width, size.height, self.caption)
            styles = self._styles(plain)
            self._drawn = _Drawn(size, given, sheet, _strips(sheet, styles) if sheet else [], styles)
        return self._drawn

    def _styles(self, plain: bool) -> dict[tuple[Ink, bool], Style]:
        """Inks on plain ground and on the band, in the colours of the theme."""
        paper = self.get_component_rich_style("shift-chart--paper")
        band = self.get_component_rich_style("shift-chart--band")
        styles: dict[tuple[Ink, bool], Style] = {}
        for ink in INKS:
            style = self.get_component_rich_style(f"shift-chart--{ink}")
            if ink == "band" and not plain:
                style = Style(color=band.bgcolor)
            elif ink == "paper":
                style = Style(color=paper.bgcolor)
            styles[ink, False] = style + Style(bgcolor=paper.bgcolor)
            styles[ink, True] = style + Style(bgcolor=band.bgcolor)
        return styles


_FEW_COLOURS = {"standard", "windows"}


@dataclass(frozen=True)
class _Drawn:
    """The last drawing, and what it was drawn from."""

    size: Size
    given: tuple[object, ...]
    sheet: Sheet | None
    strips: list[Strip]
    styles: dict[tuple[Ink, bool], Style]


def _same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    """By identity: comparing thousands of entries by value would cost more than it saves."""
    return all(a is b for a, b in zip(old, new, strict=True))


def _strips(sheet: Sheet, styles: dict[tuple[Ink, bool], Style]) -> list[Strip]:
    """Each row as a strip, neighbouring cells of one style joined."""
    strips = []
    for chars, inks, shaded in zip(sheet.chars, sheet.inks, sheet.shaded, strict=True):
        cells = zip(chars, zip(inks, shaded, strict=True), strict=True)
        runs = groupby(cells, key=lambda cell: cell[1])
        segments = [Segment("".join(char for char, _ in run), styles[key]) for key, run in runs]
        strips.append(Strip(segments, sheet.width))
    return strips
