"""The shift chart: where things go, what it says in words, and what keys and clicks do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from textual import on
from textual.app import App, ComposeResult

from journal.domain import Counts, Estimate, Shift, ShiftEntry
from journal.tui.widgets.shift_cells import cursor_marks, draw
from journal.tui.widgets.shift_chart import ShiftChart
from journal.tui.widgets.shift_scales import (
    DateScale,
    PlacementSpan,
    bin_points,
    date_ticks,
    placement_spans,
    share_scale,
)
from journal.tui.widgets.shift_sheet import Picture
from journal.tui.widgets.shift_words import describe, fit_clauses, rows
from journal.tui.widgets.trend_line import TrendLine, trend_parts

START = date(2026, 3, 9)
PLACEMENTS = ("Renal", "Emergency department", "Care of older people")


def entries(count: int = 60, days: int = 240, placements: tuple[str, ...] = PLACEMENTS) -> tuple[ShiftEntry, ...]:
    return tuple(
        ShiftEntry(
            f"{n:032x}",
            START + timedelta(days=round(n * days / max(count - 1, 1))),
            Counts(task=3 + n % 3, team=2, system=n % 5, other=1),
            None,
            placements[n * len(placements) // count] if placements else None,
        )
        for n in range(count)
    )


def a_shift(points: tuple[ShiftEntry, ...]) -> Shift:
    first, last = points[0].day, points[-1].day
    system = tuple(
        Estimate(first + (last - first) * part / 10, 0.1 + part * 0.02, 0.05 + part * 0.015, 0.2 + part * 0.02)
        for part in range(11)
    )
    flat = tuple(Estimate(e.day, 0.35, 0.3, 0.4) for e in system)
    curves = {"system": system, "team": flat, "task": flat}
    return Shift("shifted", len(points), 400, "It moved.", system[0], system[-1], curves=curves)


class Host(App[None]):
    """Holds a chart and remembers what it said."""

    def __init__(self, points: tuple[ShiftEntry, ...], shift: Shift | None) -> None:
        super().__init__()
        self.chart = ShiftChart()
        self.chart.points, self.chart.shift = points, shift
        self.highlighted: list[int] = []
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.chart

    @on(ShiftChart.PointHighlighted)
    def note_highlight(self, event: ShiftChart.PointHighlighted) -> None:
        self.highlighted.append(event.index)

    @on(ShiftChart.PointChosen)
    def note_choice(self, event: ShiftChart.PointChosen) -> None:
        self.chosen.append(event.entry_id)

    def lines(self) -> list[str]:
        return [self.chart.render_line(y).text for y in range(self.chart.content_size.height)]


# --------------------------------------------------------------------------- ticks


@pytest.mark.parametrize("rows_", [4, 5, 6, 8, 11, 12, 16, 23, 24, 37, 50])
@pytest.mark.parametrize("largest", [0.0, 0.03, 0.11, 0.2, 0.34, 0.67, 1.0])
def test_share_ticks_are_round_rising_and_hold_all_that_is_shown(largest: float, rows_: int) -> None:
    scale = share_scale(largest, rows_)
    ticks = scale.ticks()
    assert ticks[0] == (0, "0")
    assert 2 <= len(ticks) <= 9
    assert all(a[0] < b[0] < rows_ for a, b in pairwise(ticks))
    assert scale.top >= largest - 1e-9
    assert len({label.split(" in ")[1] for _, label in ticks[1:]}) == 1


def test_shares_in_tenths_read_as_natural_frequencies() -> None:
    assert [label for _, label in share_scale(0.6, 16).ticks()] == ["0", "2 in 10", "4 in 10", "6 in 10"]


def test_small_shares_are_counted_in_hundreds() -> None:
    assert share_scale(0.08, 16).ticks()[1][1] == "2 in 100"


def test_eight_months_are_marked_by_the_month_with_the_year_once() -> None:
    labels = [tick.label for tick in date_ticks(DateScale(START, date(2026, 11, 4), 70))]
    assert labels == ["Apr 2026", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]


def test_five_weeks_are_marked_by_mondays() -> None:
    ticks = date_ticks(DateScale(START, START + timedelta(days=35), 70))
    assert [tick.label for tick in ticks] == ["9 Mar 2026", "16 Mar", "23 Mar", "30 Mar", "6 Apr", "13 Apr"]


def test_ten_years_are_marked_by_the_year() -> None:
    labels = [tick.label for tick in date_ticks(DateScale(date(2016, 5, 2), date(2026, 4, 30), 70))]
    assert labels == [str(year) for year in range(2017, 2027)]


@pytest.mark.parametrize("days", [0, 1, 3, 10, 20, 45, 90, 200, 400, 1000, 3650, 20000])
@pytest.mark.parametrize("width", [20, 24, 31, 70, 130, 190])
def test_date_labels_never_touch_nor_run_off(days: int, width: int) -> None:
    left, right = 8, 1
    ticks = date_ticks(DateScale(START, START + timedelta(days=days), width), left, right)
    assert ticks
    ends = [tick.start + len(tick.label) for tick in ticks]
    assert ticks[0].start >= -left
    assert ends[-1] <= width + right
    assert all(end < after.start for end, after in zip(ends, ticks[1:], strict=False))


# --------------------------------------------------------------------------- placements


def test_placements_lie_side_by_side_over_their_entries() -> None:
    points = entries()
    spans = placement_spans(points, DateScale(points[0].day, points[-1].day, 70))
    assert [span.name for span in spans] == list(PLACEMENTS)
    assert spans[0].start == 0
    assert spans[-1].end == 70
    assert all(a.end == b.start for a, b in pairwise(spans))


def test_a_long_placement_is_cut_with_an_ellipsis_and_a_very_short_one_is_not_named() -> None:
    assert PlacementSpan("Emergency department", 0, 12).label() == "Emergency…"
    assert PlacementSpan("Emergency department", 0, 3).label() == ""
    assert PlacementSpan("ED", 0, 3).label() == "ED"


def test_entries_without_a_placement_leave_a_gap() -> None:
    points = tuple(
        ShiftEntry(str(n), START + timedelta(days=n), Counts(1, 1, 1), None, name)
        for n, name in enumerate(["ED", None, "Renal"])
    )
    spans = placement_spans(points, DateScale(START, START + timedelta(days=2), 60))
    assert [span.name for span in spans] == ["ED", "Renal"]
    assert spans[0].end < spans[1].start


def test_two_jobs_on_alternate_days_read_as_mixed() -> None:
    points = entries(60, 60, tuple("ED" if n % 2 else "Clinic" for n in range(60)))
    spans = placement_spans(points, DateScale(points[0].day, points[-1].day, 70))
    assert [span.name for span in spans] == ["mixed"]


# --------------------------------------------------------------------------- entries in cells


def test_every_entry_with_a_share_has_one_cell_inside_the_plot() -> None:
    points = entries(3650, 3650)
    across, up = DateScale(points[0].day, points[-1].day, 70), share_scale(0.6, 16)
    bins = bin_points(points, "system", across, up)
    assert sorted(index for found in bins.members.values() for index in found) == list(range(3650))
    assert all(0 <= column < 70 and 0 <= row < 16 for column, row in bins.members)
    assert sum(bins.sentences.values()) == pytest.approx(sum(point.counts.classifiable for point in points))


def test_an_entry_with_nothing_to_count_is_not_drawn() -> None:
    points = (ShiftEntry("a", START, Counts(other=4)), ShiftEntry("b", START, Counts(task=1)))
    bins = bin_points(points, "task", DateScale(START, START, 10), share_scale(1, 8))
    assert bins.order == (1,)


def test_entries_are_walked_in_order_of_time_however_they_are_given() -> None:
    points = tuple(reversed(entries(5)))
    bins = bin_points(points, "system", DateScale(START, START + timedelta(days=240), 40), share_scale(1, 8))
    assert bins.order == (4, 3, 2, 1, 0)


def test_the_nearest_entry_is_found_from_anywhere_in_the_plot() -> None:
    points = entries(5)
    across, up = DateScale(points[0].day, points[-1].day, 40), share_scale(1, 10)
    bins = bin_points(points, "system", across, up)
    column, row = bins.cell_of[3]
    assert bins.nearest(column + 1, row) == 3


# --------------------------------------------------------------------------- words


def test_the_chart_is_told_in_words() -> None:
    points = entries(61)
    first = Estimate(points[0].day, 0.1, 0.05, 0.2)
    last = Estimate(points[-1].day, 0.3, 0.2, 0.4)
    shift = Shift("shifted", 61, 400, "", first, last)
    assert describe(shift, points) == (
        "System share 1 in 10 in March, 3 in 10 in November; 90 % range 2 to 4 in 10; 61 entries"
    )


def test_a_difference_that_tenths_would_hide_is_told_in_hundreds() -> None:
    first, last = Estimate(START, 0.06, 0.02, 0.1), Estimate(date(2027, 2, 1), 0.14, 0.1, 0.2)
    words = describe(Shift("shifted", 2, 20, "", first, last), entries(2))
    assert words.startswith("System share 6 in 100 in March 2026, 14 in 100 in February 2027; 90 % range 10 to 20")


def test_too_early_is_said_without_a_share() -> None:
    words = describe(Shift("too_early", 3, 12, ""), entries(3, 20))
    assert words == "System share: too early for a curve; 3 entries from 9 March to 29 March"


def test_no_entries_yet_is_said() -> None:
    assert describe(None, ()) == "No entries yet"


def test_the_table_gives_date_placement_and_k_of_n() -> None:
    points = (
        ShiftEntry("a", START, Counts(4, 1, 3, 2), None, "Renal"),
        ShiftEntry("b", START, Counts(4.2, 1.1, 2.6, 2.1)),
        ShiftEntry("c", START, Counts(other=2)),
    )
    assert rows(points) == (
        ("9 Mar 2026", "Renal", "3 of 8"),
        ("9 Mar 2026", "–", "about 3 of 8"),
        ("9 Mar 2026", "–", "none to count"),
    )


def test_words_are_dropped_by_whole_clauses() -> None:
    assert fit_clauses(("System 1 in 10", "61 entries"), 20, "; ") == "System 1 in 10"
    assert fit_clauses(("System 1 in 10", "61 entries"), 10, "; ") == "System 1…"


# --------------------------------------------------------------------------- the drawing


@pytest.mark.parametrize("size", [(40, 8), (41, 9), (60, 12), (80, 24), (140, 40), (200, 50)])
@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("count", [1, 2, 12, 60, 900])
def test_every_row_of_the_drawing_is_as_wide_as_asked(size: tuple[int, int], plain: bool, count: int) -> None:
    points = entries(count)
    sheet = draw(Picture(points, a_shift(points).curves, "system", True, plain), *size, caption=True)
    assert sheet is not None
    assert [len(row) for row in sheet.chars] == [size[0]] * size[1]
    for index in sheet.bins.order:
        assert all(0 <= x < size[0] and 0 <= y < size[1] for x, y in cursor_marks(sheet, index))


def test_an_entry_on_the_band_stands_on_the_band() -> None:
    points = entries()
    sheet = draw(Picture(points, a_shift(points).curves), 100, 30, caption=True)
    assert sheet is not None
    places = [sheet.place_of(cell) for cell in sheet.bins.members]
    assert any(sheet.cover.get(place) == 8 for place in places)
    assert all(sheet.shaded[y][x] for x, y in places if sheet.cover.get((x, y)) == 8)


@pytest.mark.parametrize("size", [(40, 8), (80, 24)])
def test_the_curve_stands_on_its_band_however_thin_that_is_drawn(size: tuple[int, int]) -> None:
    points = entries()
    sheet = draw(Picture(points, a_shift(points).curves), *size, caption=True)
    assert sheet is not None
    curve = [(x, y) for y, row in enumerate(sheet.inks) for x, ink in enumerate(row) if ink == "curve"]
    assert curve
    assert all(sheet.shaded[y][x] for x, y in curve)


def test_without_colour_the_band_has_edges_and_entries_are_letters() -> None:
    points = entries()
    sheet = draw(Picture(points, a_shift(points).curves, plain=True), 80, 24, caption=True)
    assert sheet is not None
    drawn = "".join("".join(row) for row in sheet.chars)
    assert {"╌", "o", "O"} <= set(drawn)
    assert not {"●", "•", "▄"} & set(drawn)
    assert not any(any(row) for row in sheet.shaded)


def test_too_early_shows_the_entries_without_a_band() -> None:
    points = entries(7, 30)
    sheet = draw(Picture(points, {}), 80, 24, caption=True)
    assert sheet is not None
    assert not sheet.cover
    assert any("•" in row or "●" in row for row in sheet.chars)


def test_estimates_that_are_not_numbers_are_left_out() -> None:
    points = entries(12)
    broken = (Estimate(START, float("nan"), 0, 1), Estimate(points[-1].day, 0.2, 0.1, float("inf")))
    sheet = draw(Picture(points, {"system": broken}), 80, 24, caption=True)
    assert sheet is not None
    assert not sheet.cover


def test_a_placement_with_wide_or_broken_characters_keeps_the_rows_straight() -> None:
    points = entries(12, 60, ("救急外来 ☕\n[red]",))
    sheet = draw(Picture(points, {}), 80, 24, caption=True)
    assert sheet is not None
    assert "救急外来" in "".join(sheet.chars[0])
    assert "[red]" in "".join(sheet.chars[0])


# --------------------------------------------------------------------------- in the app


async def test_the_chart_at_80_by_24_shows_axes_placements_and_words() -> None:
    points = entries()
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = app.lines()
    assert all(name in lines[0] for name in ("System", "Renal", "Emergency department", "Care of older"))
    text = "\n".join(lines)
    assert all(label in text for label in ("2 in 10", "4 in 10", "Apr 2026", "Nov"))
    assert lines[-1].startswith("System share 1 in 10 in Mar, 3 in 10 in Nov; 90 % range 2 to 4 in 10")


async def test_keys_walk_the_entries_and_enter_chooses_one() -> None:
    points = entries(5)
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.focus()
        await pilot.press("enter", "right", "l", "left", "end", "right", "h", "home", "enter")
        await pilot.pause()
        assert app.highlighted == [0, 1, 0, 4, 3, 0]
        assert app.chosen == [points[0].id]
        assert "◆" in app.lines()[-1]


async def test_a_click_chooses_the_nearest_entry() -> None:
    points = entries(5)
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        sheet = draw(Picture(points, a_shift(points).curves), 80, 24, caption=True)
        assert sheet is not None
        x, y = sheet.place_of(sheet.bins.cell_of[2])
        await pilot.click(app.chart, offset=(x + 1, y))
        await pilot.pause()
        assert app.chart.cursor == 2
        assert app.chosen == [points[2].id]


async def test_the_marked_entry_is_marked_by_shape() -> None:
    points = entries(5)
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.cursor = 3
        await pilot.pause()
        plot = "\n".join(app.lines()[:-1])
    assert plot.count("◆") == 1
    assert plot.count("▲") == 1


async def test_the_mark_stays_with_its_entry_when_entries_are_added() -> None:
    points = entries(6)
    app = Host(points[1:], None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.cursor = 2
        app.chart.points = points
        await pilot.pause()
        assert app.chart.cursor == 3


async def test_a_new_theme_brings_new_colours_and_the_same_drawing() -> None:
    points = entries()
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = "textual-dark"
        await pilot.pause()
        dark = [app.chart.render_line(y) for y in range(24)]
        app.theme = "textual-light"
        await pilot.pause()
        light = [app.chart.render_line(y) for y in range(24)]
    assert [strip.text for strip in dark] == [strip.text for strip in light]
    assert all(list(a) != list(b) for a, b in zip(dark, light, strict=True))


async def test_moving_the_mark_does_not_draw_the_chart_again() -> None:
    points = entries(3650, 3650)
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.chart.focus()
        top = app.chart.render_line(0)
        await pilot.press("end", "left", "left")
        assert app.highlighted == [3649, 3648, 3647]
        assert app.chart.render_line(0) is top


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_sixteen_colours_are_drawn_by_shape(theme: str) -> None:
    points = entries()
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = theme
        await pilot.pause()
        assert "╌" in "".join(app.lines())


async def test_no_colour_is_drawn_by_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    points = entries()
    app = Host(points, a_shift(points))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "╌" in "".join(app.lines())


@pytest.mark.parametrize("size", [(39, 24), (80, 7), (12, 3)])
async def test_a_screen_too_small_gets_one_line_of_words(size: tuple[int, int]) -> None:
    points = entries()
    app = Host(points, a_shift(points))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = app.lines()
    assert lines[0].startswith("System")
    assert not any(line.strip() for line in lines[1:])


async def test_an_empty_journal_says_so_and_keys_do_nothing() -> None:
    app = Host((), None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.chart.focus()
        await pilot.press("right", "end", "enter")
        assert app.lines()[0].startswith("No entries yet")
    assert not app.highlighted
    assert not app.chosen


def test_every_key_of_the_chart_has_a_name_and_help() -> None:
    bindings = [binding for binding in ShiftChart.BINDINGS if not isinstance(binding, tuple)]
    assert all(binding.id and binding.tooltip and binding.description for binding in bindings)
    assert len({binding.id for binding in bindings}) == len(bindings)


# --------------------------------------------------------------------------- the weeks


def test_the_weeks_are_labelled_at_both_ends() -> None:
    before, bars, after = trend_parts((3, 0, 8, 4), 60)
    assert (before, after) == ("3 weeks ago ", " this week")
    assert bars == "▃ · █ ▄"


def test_weeks_without_writing_are_dots() -> None:
    assert trend_parts((0, 0, 0), 60)[1] == "· · ·"


def test_no_weeks_at_all_are_said_in_words() -> None:
    assert trend_parts((), 60)[0] == "Nothing written yet"


@pytest.mark.parametrize("width", range(60))
def test_the_weeks_never_take_more_than_their_width(width: int) -> None:
    parts = trend_parts((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), width)
    assert sum(len(part) for part in parts) <= width


async def test_this_weeks_bar_comes_last() -> None:
    class Weeks(App[None]):
        def compose(self) -> ComposeResult:
            yield TrendLine()

    app = Weeks()
    async with app.run_test(size=(60, 3)) as pilot:
        line = app.query_one(TrendLine)
        line.weeks = (0, 5, 10)
        await pilot.pause()
        assert line.render_line(0).text.rstrip() == "2 weeks ago · ▄ █ this week"
