"""The same sentences from four sides; every row opens the sentences it counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static, Tab, Tabs

from journal.errors import JournalError
from journal.service import Journal
from journal.service import views_words as words
from journal.service.views import Views
from journal.tui.app import complain
from journal.tui.display import count_words, plain
from journal.tui.help import help_text
from journal.tui.messages import Adapted, HistoryRead
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.view_list import ViewList
from journal.tui.widgets.view_rows import (
    Opens,
    Rows,
    act_rows,
    frame_rows,
    leading_rows,
    managing_rows,
    place_rows,
)

SIDES = (
    ("where", "1 Where", words.ABOUT_PLACES),
    ("frames", "2 Kind of work", words.ABOUT_FRAMES),
    ("acts", "3 Voice and silence", words.ABOUT_ACTS),
    ("leading", "4 Leading, managing", words.ABOUT_LEADING),
)
"""Id of each side, its tab, and what is said of it."""
DOUBTS: Mapping[str, Callable[[], str]] = {
    "where": lambda: words.RANGES,
    "frames": lambda: words.doubt_words("frame"),
    "acts": lambda: words.doubt_words("act"),
    "leading": lambda: words.doubt_words("act"),
}


class ViewsScreen(Screen[None]):
    """Shows one side at a time; reckons off the event loop, and keeps nothing."""

    CSS_PATH = "views.tcss"
    HELP = help_text("views")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="views.back", tooltip="Back"),
        Binding("tab", "next(1)", id="views.next", tooltip="The next view, or the next column", show=False),
        Binding("shift+tab", "next(-1)", id="views.before", tooltip="The view or column before", show=False),
        *(
            Binding(str(n), f"side({n - 1})", side[1][2:], id=f"views.{side[0]}", tooltip=side[1][2:], show=False)
            for n, side in enumerate(SIDES, 1)
        ),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._views: Views | None = None
        self._opens: dict[str, Opens] = {}

    def compose(self) -> ComposeResult:
        yield TopLine("Views")
        with Vertical(id="page"):
            yield Tabs(*(Tab(name, id=side) for side, name, _ in SIDES))
            yield Static(id="about", classes="muted")
            with Horizontal(id="lists"):
                yield ViewList(id="left")
                yield ViewList(id="right")
            yield Static(id="doubt", classes="muted")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Tabs).can_focus = False
        self.query_one("#right").add_class("hidden")
        self.query_one("#left").focus()

    def on_screen_resume(self) -> None:
        self.load()

    @on(Adapted)
    def read_anew(self) -> None:
        self.load()

    @on(HistoryRead)
    def read_more(self, message: HistoryRead) -> None:
        """Reckon anew at the end, and some twenty times on the way there."""
        self._say_left(message.total - message.done)
        if message.done == message.total or message.done % max(10, message.total // 200 * 10) == 0:
            self.load()

    @work(exclusive=True, exit_on_error=False, group="views")
    async def load(self) -> None:
        if not self.journal.readings.on:
            self._say_nothing(words.OFF)
            return
        try:
            views = await asyncio.to_thread(self.journal.viewing.views)
        except JournalError as error:
            complain(self.app, error)
            return
        if self.is_mounted:
            self._views = views
            self._say_left(views.left)
            self._show()

    def _say_left(self, left: int) -> None:
        entries, trouble = count_words(left, "entry", "entries"), self.app.reader.trouble  # type: ignore[attr-defined]
        state = f"{entries} not read" if trouble else f"reading, {entries} to go"
        self.query_one(TopLine).say(state=state if left else "")

    def _say_nothing(self, why: str) -> None:
        self._views = None
        self.query_one("#about", Static).update(plain(why))
        self.query_one("#doubt", Static).update("")
        self._fill("left", [])
        self._fill("right", [])

    # ----------------------------------------------------------------- what is shown

    @property
    def _side(self) -> int:
        return [side for side, _, _ in SIDES].index(self.query_one(Tabs).active or SIDES[0][0])

    @on(Tabs.TabActivated)
    def show_side(self) -> None:
        self._show()

    def _show(self) -> None:
        if self._views is None:
            return
        if not self._views.entries:
            trouble = self.app.reader.trouble  # type: ignore[attr-defined]
            self._say_nothing(trouble or words.NOTHING)
            return
        side, _, about = SIDES[self._side]
        self.query_one("#about", Static).update(plain(about))
        self.query_one("#doubt", Static).update(plain(DOUBTS[side]()))
        left, right = self._rows(side, self._views)
        self._opens = {}
        self._fill("left", left)
        self._fill("right", right)

    def _rows(self, side: str, views: Views) -> tuple[Rows, Rows]:
        whole = not views.left  # of some entries only, nothing is said that holds for all
        if side == "where":
            return place_rows(views, whole=whole), []
        if side == "frames":
            return frame_rows(views, whole=whole), []
        if side == "acts":
            return act_rows(views), []
        return leading_rows(views), managing_rows(views)

    def _fill(self, column: str, rows: Rows) -> None:
        listed = self.query_one(f"#{column}", ViewList)
        listed.fill([option for option, _ in rows])
        self._opens |= {option.id: opens for option, opens in rows if option.id and opens}
        if column == "right":
            if listed.has_focus and not rows:
                self.query_one("#left").focus()
            listed.set_class(not rows, "hidden")

    # ----------------------------------------------------------------- what a key does

    @on(OptionList.OptionSelected)
    def open_row(self, message: OptionList.OptionSelected) -> None:
        from journal.tui.screens.found import FoundScreen

        if opens := self._opens.get(message.option_id or ""):
            self.app.push_screen(FoundScreen(self.journal, opens))

    def action_side(self, place: int) -> None:
        self.query_one(Tabs).active = SIDES[place][0]

    def action_next(self, step: int) -> None:
        """To the next column where there is one, else to the next view."""
        left, right = self.query_one("#left"), self.query_one("#right")
        here, there = (left, right) if step > 0 else (right, left)
        if here.has_focus and not right.has_class("hidden"):
            there.focus()
            return
        left.focus()
        self.action_side((self._side + step) % len(SIDES))
