"""A look at entries that have grown old: keep, distil to learning points, or let go; and the legal hold."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input, Static

from journal.domain import Review
from journal.errors import JournalError
from journal.service import Journal
from journal.service.keeping import BIN_DAYS, HOLD_GUIDANCE, MOST
from journal.tui.app import complain
from journal.tui.display import count_words, full_day, harmless, plain
from journal.tui.help import help_text
from journal.tui.screens.learning import NotePointsScreen, points_lines
from journal.tui.widgets.keeping_line import years_words
from journal.tui.widgets.top_line import TopLine

_OF_AN_ENTRY = ("keep", "points", "distil", "let_go", "later")


class ReviewScreen(Screen[None]):
    """One old entry at a time, oldest first; nothing goes but by a key."""

    HELP = help_text("keeping")
    DEFAULT_CSS = """
    ReviewScreen #page { height: 1fr; }
    ReviewScreen #asked { height: auto; margin: 1 1 0 1; text-style: bold; color: $primary; }
    ReviewScreen #story { height: 1fr; padding: 1 1 0 1; }
    ReviewScreen #text { height: auto; }
    ReviewScreen #points { height: auto; padding: 0 1; margin: 1 0 0 0; }
    ReviewScreen #hold { height: auto; padding: 0 1; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="review.back", tooltip="Back"),
        Binding("k", "keep", "Keep", id="review.keep", tooltip="Keep it as it is; it comes again in a year"),
        Binding("p", "points", "Points", id="review.points", tooltip="Note what you take from it"),
        Binding("d", "distil", "Distil", id="review.distil", tooltip="Keep the learning, let the story go"),
        Binding("delete", "let_go", "Let go", id="review.let_go", tooltip=f"To the bin for {BIN_DAYS} days"),
        Binding("n", "later", "Later", id="review.later", tooltip="The next one; this one comes again"),
        Binding("u", "undo", "Undo", id="review.undo", tooltip="Bring the last one back", show=False),
        Binding("h", "hold", "Hold", id="review.hold", tooltip="Switch the legal hold on or off", show=False),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._later: set[str] = set()
        self._gone: list[str] = []
        self._now: Review | None = None

    def compose(self) -> ComposeResult:
        yield TopLine("Keep or let go")
        with Vertical(classes="column", id="page"):
            yield Static(id="asked")
            with VerticalScroll(id="story"):
                yield Static(id="text")
            yield Static(id="points", classes="hidden")
            yield Static(id="hold", classes="muted")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.show_next()

    def show_next(self) -> None:
        """Show the oldest entry that waits and was not put off."""
        waiting = [one for one in self.journal.keeping.due() if one.entry_id not in self._later]
        self._now = next(iter(waiting), None)
        asked, text, story = "", Content(""), self.query_one("#story")
        if self._now:
            entry = self.journal.entry(self._now.entry_id)
            age = years_words(self._now.years)
            asked = f"This entry is {age} old: keep it, distil it, or let it go?"
            facts = " · ".join(part for part in (full_day(entry.day), entry.content.placement or "") if part)
            text = Content("\n\n").join([plain(facts, "$quiet"), plain(entry.content.text)])
        else:
            text = plain(self._nothing(), "$quiet")
        number = f"more than {MOST - 1}" if len(waiting) >= MOST else f"{len(waiting)}"
        self.query_one(TopLine).say(state=f"{number} to look at" if self._now else "")
        self.query_one("#asked", Static).update(asked)
        self.query_one("#text", Static).update(text)
        story.scroll_home(animate=False)
        story.focus()
        self._show_rest()

    def _nothing(self) -> str:
        if self._later:
            return "That is all for now. What you put off comes again."
        if not self.journal.keeping.years:
            return "You are never asked. In a terminal: journal review --years 2"
        age = years_words(self.journal.keeping.years)
        return f"Nothing to look at. An entry comes up here when it is {age} old, and then once a year."

    def _show_rest(self) -> None:
        points = self.journal.learning.of(self._now.entry_id) if self._now else []
        shown = self.query_one("#points", Static)
        shown.update(points_lines(points))
        shown.set_class(not points, "hidden")
        hold = next(iter(reversed(self.journal.keeping.hold_changes())), None)
        words = "Legal hold is off. h switches it on: nothing is deleted then."
        if hold and hold.on:
            reason = f" ({harmless(hold.reason)})" if hold.reason else ""
            words = f"Legal hold is on since {hold.at[:10]}{reason}: nothing is deleted. h switches it off."
        self.query_one("#hold", Static).update(plain(words))
        self.refresh_bindings()

    # ----------------------------------------------------------------- what a key does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _OF_AN_ENTRY:
            return self._now is not None
        return True

    def action_keep(self) -> None:
        if self._now:
            self.journal.keeping.keep(self._now.entry_id)
            self.app.notify("Kept. It comes again in a year.", timeout=3)
            self.show_next()

    def action_later(self) -> None:
        if self._now:
            self._later.add(self._now.entry_id)
            self.show_next()

    def action_points(self) -> None:
        if self._now:
            self.app.push_screen(NotePointsScreen(self.journal, self._now.entry_id), lambda _: self._show_rest())

    def action_distil(self) -> None:
        if self._now is None:
            return
        try:
            self.journal.keeping.refuse_held()
        except JournalError as error:
            complain(self.app, error)
            return
        asked = "What do you take from it? The learning stays; the story goes to the bin."
        screen = NotePointsScreen(self.journal, self._now.entry_id, asked, "let the story go")
        self.app.push_screen(screen, self._distilled)

    def _distilled(self, finished: bool | None) -> None:
        if self._now and finished:
            try:
                points = self.journal.keeping.distil(self._now.entry_id)
            except JournalError as error:
                complain(self.app, error)
            else:
                kept = count_words(len(points), "learning point")
                self._let_go(self._now.entry_id, f"{kept} kept; the story is in the bin for {BIN_DAYS} days.")
                return
        self._show_rest()

    def action_let_go(self) -> None:
        if self._now is None:
            return
        try:
            self.journal.put_in_bin(self._now.entry_id)
        except JournalError as error:
            complain(self.app, error)
            return
        until = "until the legal hold is off" if self.journal.keeping.held else f"for {BIN_DAYS} days"
        self._let_go(self._now.entry_id, f"In the bin {until}.")

    def _let_go(self, entry_id: str, words: str) -> None:
        self._gone.append(entry_id)
        self.app.notify(f"{words} u takes that back.", timeout=6)
        self.show_next()

    def action_undo(self) -> None:
        if self._gone:
            self.journal.restore(self._gone.pop())
            self.app.notify("Brought back.", timeout=3)
            self.show_next()

    def action_hold(self) -> None:
        self.app.push_screen(HoldScreen(self.journal), lambda _: self._show_rest())


class HoldScreen(ModalScreen[None]):
    """The legal hold: what it is for, and the switch."""

    DEFAULT_CSS = """
    HoldScreen #guidance { height: auto; margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Back", id="hold.back", tooltip="Leave it as it is"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self._journal = journal
        self._on = journal.keeping.held

    def compose(self) -> ComposeResult:
        off = f"What lies in the bin stays there for another {BIN_DAYS} days, and is then deleted."
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Static("Switch the legal hold off?" if self._on else "Switch the legal hold on?", classes="heading")
            yield Static(f"{off} Is the matter over?" if self._on else HOLD_GUIDANCE, id="guidance", markup=False)
            yield Input(placeholder="why, in a few words, or just enter", max_length=200)
            switch = "off" if self._on else "on"
            yield Static(f"[$accent]enter[/] switch it {switch}   [$accent]escape[/] leave it", classes="muted")

    @on(Input.Submitted)
    def switch(self, message: Input.Submitted) -> None:
        try:
            self._journal.keeping.switch_hold(not self._on, message.value)
        except JournalError as error:
            complain(self.app, error)
            return
        self.app.notify(f"The legal hold is {'off' if self._on else 'on: nothing is deleted'}.", timeout=5)
        self.dismiss()
