"""What was taken from entries: the points of one entry, and all of them to search."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from journal.domain import LearningPoint
from journal.errors import JournalError, NotFound
from journal.limits import LONGEST_WORDS
from journal.service import Journal
from journal.tui.app import complain
from journal.tui.display import count_words, full_day, harmless, plain
from journal.tui.help import help_text
from journal.tui.widgets.top_line import TopLine


class NotePointsScreen(ModalScreen[bool]):
    """The learning points of one entry; each is kept as soon as enter is pressed.

    Ends with True where an empty line was entered, False on escape. `asked` is the line above.
    """

    DEFAULT_CSS = """
    NotePointsScreen #points { height: auto; margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(False)", "Back", id="points.back", tooltip="Back; what was noted stays"),
    ]

    def __init__(self, journal: Journal, entry_id: str, asked: str = "", ending: str = "done") -> None:
        super().__init__()
        self._journal = journal
        self._entry_id = entry_id
        self._asked = asked or "What do you take from it? Learning, not what happened."
        self._ending = ending

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain(self._asked), classes="heading")
            yield Static(id="points")
            yield Input(placeholder="one point", max_length=LONGEST_WORDS)
            yield Static(
                f"[$accent]enter[/] keep it; an empty line: {self._ending}   [$accent]escape[/] back",
                classes="muted",
            )

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.query_one("#points", Static).update(points_lines(self._journal.learning.of(self._entry_id)))

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        if not message.value.strip():
            self.dismiss(True)
            return
        try:
            self._journal.learning.note(message.value, self._entry_id)
        except JournalError as error:
            complain(self.app, error)
            return
        message.input.value = ""
        self._show()

    def keep_draft(self) -> bool:
        """Keep a point that was typed and not entered, before the screen goes."""
        field = self.query_one(Input)
        if field.value.strip():
            try:
                self._journal.learning.note(field.value, self._entry_id)
            except JournalError:
                return False
            field.value = ""
        return True


class LearningScreen(Screen[None]):
    """Every learning point, newest first; search as you type."""

    HELP = help_text("keeping")
    DEFAULT_CSS = """
    LearningScreen OptionList { height: 1fr; padding: 0 1; }
    LearningScreen #nothing { height: auto; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="learning.back", tooltip="Back"),
        Binding("enter", "open", "Entry", id="learning.open", tooltip="The entry it came from"),
        Binding("delete", "put_away", "Put away", id="learning.away", tooltip="Put this point away for 30 days"),
        Binding("ctrl+z", "undo", "Undo", id="learning.undo", tooltip="Bring the last one back", show=False),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._points: list[LearningPoint] = []
        self._away: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopLine("Learning points")
        with Vertical(classes="column"):
            yield Input(placeholder="search", id="query")
            yield Static(id="nothing", classes="muted")
            yield OptionList(markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_screen_resume(self) -> None:
        self.reload()

    @on(Input.Changed)
    def reload(self) -> None:
        query = self.query_one(Input).value
        self._points = self.journal.learning.find(query)
        listed = self.query_one(OptionList)
        place = listed.highlighted or 0
        listed.set_options(Option(_point_words(point)) for point in self._points)
        listed.highlighted = min(place, len(self._points) - 1) if self._points else None
        nothing = "Nothing found." if query.strip() else "None yet. In an entry, p notes what you take from it."
        self.query_one("#nothing", Static).update("" if self._points else nothing)
        self.query_one(TopLine).say(state=count_words(len(self._points), "point"))

    @on(Input.Submitted)
    def to_list(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        from journal.tui.screens.entry import EntryScreen

        chosen = self._chosen()
        if chosen is None:
            self.query_one(OptionList).focus()
            return
        try:
            entry = self.journal.entry(chosen.entry_id) if chosen.entry_id else None
        except NotFound:
            entry = None
        if entry and not entry.deleted:
            self.app.push_screen(EntryScreen(self.journal, entry.id))
        else:
            where = "in the bin" if entry else "gone"
            self.app.notify(f"Its story is {where}; the learning stays." if chosen.entry_id else "It stands by itself.")

    def action_put_away(self) -> None:
        if chosen := self._chosen():
            try:
                self.journal.learning.put_away(chosen.id)
            except JournalError as error:
                complain(self.app, error)
                return
            self._away.append(chosen.id)
            self.app.notify("Put away for 30 days. ctrl+z takes that back.", timeout=5)
            self.reload()

    def action_undo(self) -> None:
        if self._away:
            self.journal.learning.bring_back(self._away.pop())
            self.reload()

    def _chosen(self) -> LearningPoint | None:
        place = self.query_one(OptionList).highlighted
        return self._points[place] if place is not None and place < len(self._points) else None


def points_lines(points: list[LearningPoint]) -> Content:
    """Points one beneath the other."""
    return Content("\n").join(Content.assemble(("✎ ", "$accent"), harmless(point.text)) for point in points)


def _point_words(point: LearningPoint) -> Content:
    from datetime import date

    facts = " · ".join((point.placement or "", *(f"#{tag}" for tag in point.tags))).strip(" ·")
    day = full_day(date.fromisoformat(point.day))
    head = Content.assemble((day, "$quiet"), (f"   {harmless(facts)}" if facts else "", "$quiet"))
    return Content("\n").join([Content(harmless(point.text)), head])
