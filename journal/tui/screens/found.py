"""The sentences behind one row of a view, newest first; each opens its entry."""

from __future__ import annotations

import asyncio
import itertools
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from journal.errors import JournalError
from journal.service import Journal
from journal.service.viewing import FoundSentence
from journal.service.views import Label
from journal.tui.app import complain
from journal.tui.display import MEANINGS, day_words, harmless, level_label, plain
from journal.tui.help import help_text
from journal.tui.messages import Adapted
from journal.tui.widgets.sentence_list import MARGIN, Hanging
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.view_rows import Opens

PAGE = 80
"""Sentences fetched at a time; more come as the cursor nears the end."""
LEVELS: tuple[Label | None, ...] = (None, "system", "team", "task")
NONE = "No sentence of yours is marked so. That can be the analysis, not you."


class FoundList(OptionList):
    """Sentences under the entry they stand in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Entry", id="found.open", tooltip="Open the entry at this sentence"),
        Binding("j", "cursor_down", "Next", id="found.down", show=False),
        Binding("k", "cursor_up", "Previous", id="found.up", show=False),
    ]


class FoundScreen(Screen[None]):
    """A list to read; enter opens the entry at the sentence."""

    CSS_PATH = "views.tcss"
    HELP = help_text("views")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="found.back", tooltip="Back to the views"),
        Binding("m", "level", "Which", id="found.level", tooltip="All of them, or only system, team or task"),
    ]

    def __init__(self, journal: Journal, opens: Opens) -> None:
        super().__init__()
        self.journal = journal
        self._opens = opens
        self._level: Label | None = None
        self._found: list[FoundSentence] = []
        self._all_here = False

    def compose(self) -> ComposeResult:
        yield TopLine(f"Views · {self._opens.title}")
        with Vertical(id="page"):
            yield Static(id="about", classes="muted")
            yield FoundList(id="found", markup=False)
        yield Footer(show_command_palette=False)

    def on_screen_resume(self) -> None:
        self.query_one("#found").focus()
        self.load(max(PAGE, len(self._found)))

    @on(Adapted)
    def read_anew(self) -> None:
        self.load(max(PAGE, len(self._found)))

    @work(exclusive=True, exit_on_error=False, group="found")
    async def load(self, wanted: int) -> None:
        """Fetch the first so many sentences; the cursor stays where it is."""
        label = self._level or self._opens.label
        try:
            found = await asyncio.to_thread(self._fetch, label, wanted)
        except JournalError as error:
            complain(self.app, error)
            return
        if self.is_mounted:
            self._found, self._all_here = found, len(found) < wanted
            self._show()

    def _fetch(self, label: Label | None, wanted: int) -> list[FoundSentence]:
        return list(itertools.islice(self.journal.viewing.sentences(self._opens.ids, label), wanted))

    def _show(self) -> None:
        listed = self.query_one("#found", OptionList)
        place = listed.highlighted
        options: list[Option] = []
        for entry_id, group in itertools.groupby(enumerate(self._found), key=lambda pair: pair[1].entry_id):
            pairs = list(group)
            options += [] if not options else [Option("", disabled=True)]
            options.append(Option(self._head(pairs[0][1]), id=f"entry:{entry_id}", disabled=True))
            options += [Option(_visual(found), id=str(at)) for at, found in pairs]
        listed.set_options(options)
        listed.highlighted = min(place, len(options) - 1) if place is not None and options else None
        if listed.highlighted is None or options[listed.highlighted].disabled:
            listed.action_first()
        self._say()

    def _head(self, found: FoundSentence) -> Content:
        day = day_words(found.day, self.journal.now().date())
        return Content(" · ".join(part for part in (day, harmless(found.placement or "")) if part))

    def _say(self) -> None:
        if not self._found:
            self.query_one("#about", Static).update(plain(NONE))
            return
        count = f"{len(self._found):,}" if self._all_here else f"the newest {len(self._found):,}"
        which = f" · {self._level}: {MEANINGS[self._level]}" if self._level in MEANINGS else ""
        doubt = "" if all(found.sentence.sure for found in self._found) else "   ? the analysis is not sure"
        self.query_one("#about", Static).update(plain(f"Your own sentences, {count}{which}.{doubt}"))

    # ----------------------------------------------------------------- cursor and keys

    @on(OptionList.OptionHighlighted)
    def fetch_more(self, message: OptionList.OptionHighlighted) -> None:
        place = message.option_id or ""
        if not self._all_here and place.isdecimal() and int(place) > len(self._found) - 20:
            self.load(len(self._found) + PAGE)

    @on(OptionList.OptionSelected)
    def open_entry(self, message: OptionList.OptionSelected) -> None:
        from journal.tui.screens.entry import EntryScreen

        found = self._found[int(message.option_id or 0)]
        try:
            self.app.push_screen(EntryScreen(self.journal, found.entry_id, at=found.sentence.start))
        except JournalError as error:  # deleted for good meanwhile
            complain(self.app, error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._opens.label is None if action == "level" else True

    def action_level(self) -> None:
        self._level = LEVELS[(LEVELS.index(self._level) + 1) % len(LEVELS)]
        self.query_one("#found", OptionList).highlighted = None
        self.load(PAGE)


def _visual(found: FoundSentence) -> Hanging:
    sentence = found.sentence
    colour = "$quiet" if not sentence.sure or sentence.level == "other" else f"$level-{sentence.level}"
    label = Content(level_label(sentence)).stylize(colour)
    return Hanging(label, Content(" ".join(harmless(found.text).split())), MARGIN)
