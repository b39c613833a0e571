"""A quiet row that shows how much was written week by week."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

_RISING = "▁▂▃▄▅▆▇█"
_EMPTY = "·"


class TrendLine(Widget):
    """Words or entries a week, the newest last: "12 weeks ago ▁▃·▂▅▂ this week". A record, never a target."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"trend-line--label", "trend-line--bar"}

    DEFAULT_CSS = """
    TrendLine {
        width: 1fr;
        height: 1;
        & > .trend-line--label { color: $foreground 60%; }
        & > .trend-line--bar { color: $foreground 45%; }
        &:ansi > .trend-line--label { color: ansi_default; }
        &:ansi > .trend-line--bar { color: ansi_bright_black; }
    }
    """

    weeks: reactive[tuple[int, ...]] = reactive(())
    """Words or entries written each week, the oldest first, this week last."""

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        label = self.get_component_rich_style("trend-line--label")
        bar = self.get_component_rich_style("trend-line--bar")
        before, bars, after = trend_parts(self.weeks, width) if y == 0 else ("", "", "")
        segments = [Segment(before, label), Segment(bars, bar), Segment(after, label)]
        return Strip(segments).adjust_cell_length(width, label)


def trend_parts(weeks: tuple[int, ...], width: int) -> tuple[str, str, str]:
    """The words before, the bars and the words after, in no more than `width` columns; a week without writing is a dot.

    Words give way before weeks do, and the oldest weeks before the newest.
    """
    if not weeks:
        return "Nothing written yet"[:width], "", ""
    for before, after in ((_ago(len(weeks) - 1) + " ", " this week"), ("", " this week"), ("", "")):
        room = width - len(before) - len(after)
        if room >= len(weeks):
            return before, _bars(weeks, 2 if room >= 2 * len(weeks) else 1), after
    return "", _bars(weeks[-width:], 1) if width > 0 else "", ""


def _ago(weeks: int) -> str:
    if weeks <= 1:
        return ("this week", "last week")[weeks] if weeks else ""
    return f"{weeks} weeks ago"


def _bars(weeks: tuple[int, ...], columns: int) -> str:
    """One bar a week, as a part of the fullest week shown; with two columns the second parts it from the next."""
    most = max(max(weeks), 1)
    glyphs = (_RISING[max(-(-8 * week // most) - 1, 0)] if week > 0 else _EMPTY for week in weeks)
    return "".join(glyph.ljust(columns) for glyph in glyphs).rstrip()
