"""How the writer's sentences move over months: the verdict, the chart, and sentences then and now."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import DataTable, Footer, Static

from journal.domain import Pair, Shift, ShiftEntry
from journal.service import Journal
from journal.tui.display import MARKS, count_words, harmless
from journal.tui.help import help_text
from journal.tui.messages import Adapted, HistoryRead
from journal.tui.widgets.shift_chart import ShiftChart
from journal.tui.widgets.shift_words import rows
from journal.tui.widgets.top_line import TopLine

MOST_ROWS = 500
"""Newest entries in the table; the shell's `journal shift` and `journal list` have them all."""
MEASURES = ("system", "team", "task")


class ShiftScreen(Screen[None]):
    """Shows the shift; every point opens the sentences behind it."""

    CSS_PATH = "shift.tcss"
    HELP = help_text("shift")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="shift.back", tooltip="Back"),
        Binding("m", "measure", "Measure", id="shift.measure", tooltip="Draw another share"),
        Binding("t", "table", "Table", id="shift.table", tooltip="The same as a table"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._points: tuple[ShiftEntry, ...] = ()
        self._left = 0

    def compose(self) -> ComposeResult:
        yield TopLine("Shift")
        with VerticalScroll(id="page", can_focus=False):
            yield Static("Reckoning…", id="statement")
            yield ShiftChart(id="chart")
            yield DataTable(id="table", classes="hidden", cursor_type="row", zebra_stripes=False)
            yield Static(id="notes", classes="muted")
            yield Static(id="pairs")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for column in ("day", "placement", "sentences"):
            table.add_column(column)
        self.query_one(ShiftChart).focus()
        if not self.journal.readings.on:
            self.query_one("#statement", Static).update("The analysis is off. Settings (,) turns it on again.")
            return
        self.load()

    def on_screen_resume(self) -> None:
        if self._points:  # back from an entry, whose sentences may have been corrected
            self.load()

    @on(HistoryRead)
    def read_more(self, message: HistoryRead) -> None:
        self._left = message.total - message.done
        self.load()

    @on(Adapted)
    def read_anew(self) -> None:
        self.load()

    @work(exclusive=True, exit_on_error=False, group="shift")
    async def load(self) -> None:
        readings = self.journal.readings
        points = await asyncio.to_thread(readings.points)
        if self._left:  # a verdict on part of the entries would be a verdict on something else
            self._show_part(points)
            return
        self._show(points, await self.app.reader.shift(self.journal, points))  # type: ignore[attr-defined]
        if self.is_mounted:
            pairs = await asyncio.to_thread(readings.then_and_now)
            self.query_one("#pairs", Static).update(self._then_and_now(pairs))

    def _show_part(self, points: tuple[ShiftEntry, ...]) -> None:
        self._draw(points, None)
        self._say(f"Reading your sentences: {count_words(self._left, 'entry', 'entries')} to go.", "")

    def _draw(self, points: tuple[ShiftEntry, ...], shift: Shift | None) -> None:
        if self.is_mounted:
            self._points = points
            chart = self.query_one(ShiftChart)
            chart.points, chart.shift = points, shift
            self._fill_table()

    def _show(self, points: tuple[ShiftEntry, ...], shift: Shift) -> None:
        if not self.is_mounted:
            return
        self._draw(points, shift)
        verdict, _, rest = shift.statement.partition(". ")
        self._say(verdict + ("." if rest else ""), rest)
        self.query_one("#notes", Static).update(Content("\n".join(f"· {harmless(note)}" for note in shift.notes)))

    def _say(self, verdict: str, rest: str) -> None:
        words = Content.assemble((verdict, "bold"), " " if rest else "", rest)
        self.query_one("#statement", Static).update(words)

    def _then_and_now(self, pairs: tuple[Pair, ...]) -> Content:
        if not pairs:
            return Content("")
        parts = [Content("Then and now, in your own sentences\n").stylize("bold")]
        for pair in pairs:
            for day, text, level in (
                (pair.then_day, pair.then, pair.then_level),
                (pair.now_day, pair.now, pair.now_level),
            ):
                label = Content(f"{MARKS[level]} {level:<7}").stylize(f"$level-{level}")
                sentence = " ".join(harmless(text).split())
                parts.append(Content.assemble((f"{day:%b %Y}  ", "$quiet"), label, sentence))
            parts.append(Content(""))
        return Content("\n").join(parts)

    def _fill_table(self) -> None:
        table = self.query_one(DataTable)
        table.clear()
        if table.has_class("hidden"):
            return
        newest = self._points[-MOST_ROWS:]
        for point, row in zip(newest, rows(newest, self.query_one(ShiftChart).measure), strict=True):
            table.add_row(*(Content(cell) for cell in row), key=point.id)

    # ----------------------------------------------------------------- what a key does

    def action_measure(self) -> None:
        chart = self.query_one(ShiftChart)
        chart.measure = MEASURES[(MEASURES.index(chart.measure) + 1) % len(MEASURES)]  # type: ignore[assignment]
        self._fill_table()

    def action_table(self) -> None:
        chart, table = self.query_one(ShiftChart), self.query_one(DataTable)
        table.toggle_class("hidden")
        chart.set_class(not table.has_class("hidden"), "hidden")
        self._fill_table()
        (chart if table.has_class("hidden") else table).focus()

    @on(ShiftChart.PointChosen)
    def open_point(self, message: ShiftChart.PointChosen) -> None:
        self._open(message.entry_id)

    @on(DataTable.RowSelected)
    def open_row(self, message: DataTable.RowSelected) -> None:
        if message.row_key.value:
            self._open(message.row_key.value)

    def _open(self, entry_id: str) -> None:
        from journal.tui.screens.entry import EntryScreen

        self.app.push_screen(EntryScreen(self.journal, entry_id))
