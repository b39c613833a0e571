"""Everything written, newest first; search as you type."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from journal.domain import EntrySummary, Filters
from journal.errors import JournalError
from journal.service import Journal
from journal.tui.app import complain
from journal.tui.display import count_words, day_words, family_words, harmless, plain, summary_facts
from journal.tui.help import help_text
from journal.tui.widgets.top_line import TopLine

PAGE = 100
"""Entries fetched at a time; more come as the cursor nears the end."""


class EntriesScreen(Screen[None]):
    """A list to find an entry in, with what is under the cursor beside it where there is room."""

    CSS_PATH = "entries.tcss"
    HELP = help_text("entries")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", id="entries.back", tooltip="Clear the search, then back"),
        Binding("f2", "filter", "Narrow", id="entries.filter", tooltip="By date, placement, kind of question, tag"),
        Binding("f4", "bin", "Bin", id="entries.bin", tooltip="Show what is in the bin, or go back"),
        Binding("slash", "search", "Search", id="entries.search", tooltip="To the search line", show=False),
        Binding("delete", "delete", "To bin", id="entries.delete", tooltip="Put this entry in the bin"),
        Binding("delete", "delete_for_good", "Delete", id="entries.gone", tooltip="Delete this entry for good"),
        Binding("u", "undo", "Undo", id="entries.undo", tooltip="Bring the last one back", show=False),
        Binding("r", "restore", "Restore", id="entries.restore", tooltip="Bring this entry back from the bin"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self.filters = Filters()
        self._rows: list[EntrySummary] = []
        self._all_here = False
        self._binned: list[str] = []

    def compose(self) -> ComposeResult:
        yield TopLine("Entries")
        with Vertical(id="page"):
            yield Input(placeholder="search", id="query")
            yield Static(id="narrowed", classes="muted")
            with Horizontal(id="both"):
                yield OptionList(id="list", markup=False)
                with VerticalScroll(id="preview", can_focus=False):
                    yield Static(id="text")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#query").focus()

    def on_screen_resume(self) -> None:
        self.reload(keep=True)

    def reload(self, *, keep: bool = False) -> None:
        """Fetch the first page anew; `keep` leaves the cursor where it is."""
        listed = self.query_one("#list", OptionList)
        place = listed.highlighted if keep else 0
        wanted = max(PAGE, (place or 0) + 1)
        self._rows = self.journal.entries(self.filters, limit=wanted)
        self._all_here = len(self._rows) < wanted
        listed.set_options(self._option(row) for row in self._rows)
        listed.highlighted = min(place or 0, len(self._rows) - 1) if self._rows else None
        self._say()

    def _option(self, row: EntrySummary) -> Option:
        today = self.journal.now().date()
        head = Content.assemble(
            (day_words(row.day, today), "bold"),
            (self._gone_words(row), "$quiet"),
            ("   " + summary_facts(row), "$quiet"),
            (f"   {count_words(row.words, 'word')}", "$quiet"),
        )
        return Option(Content("\n").join([head, Content(harmless(row.opening)).truncate(200)]))

    def _gone_words(self, row: EntrySummary) -> str:
        day = self.journal.keeping.gone_on(row.deleted) if row.deleted else None
        return f"   deleted on {day.day} {day:%B}" if day else ""

    def _say(self) -> None:
        number = self.journal.count(self.filters)
        place = "in the bin" if self.filters.bin else ("found" if self.filters != Filters() else "")
        self.query_one(TopLine).say(
            where="Bin" if self.filters.bin else "Entries",
            state=f"{count_words(number, 'entry', 'entries')} {place}".strip(),
        )
        self.query_one("#narrowed", Static).update(self._narrowing(number))
        self.query_one("#text", Static).update("" if not self._rows else self._preview())
        self.refresh_bindings()

    def _narrowing(self, number: int) -> Content:
        f = self.filters
        parts = [
            f"from {f.since}" if f.since else "",
            f"to {f.until}" if f.until else "",
            f.placement or "",
            family_words(f.prompt_family),
            f"#{f.tag}" if f.tag else "",
        ]
        words = " · ".join(part for part in parts if part)
        if number == 0:
            if f.query or words:
                nothing = "Nothing found. Escape clears the search."
            else:
                nothing = "The bin is empty." if f.bin else "Nothing written yet. Escape, then enter, to write."
            words = f"{words}   {nothing}".strip()
        elif f.bin:
            hold = self.journal.keeping.held
            kept = "Legal hold is on: nothing is deleted." if hold else "Each is deleted for good after 30 days."
            words = f"{kept}   {words}"
        return Content(harmless(words))

    def _preview(self) -> Content:
        chosen = self._chosen()
        if chosen is None:
            return Content("")
        content = self.journal.entry(chosen.id).content
        question = [Content(harmless(content.prompt) + "\n").stylize("bold $primary")] if content.prompt else []
        return Content("\n").join([*question, plain(content.text)])

    def _chosen(self) -> EntrySummary | None:
        place = self.query_one("#list", OptionList).highlighted
        return self._rows[place] if place is not None and place < len(self._rows) else None

    # ----------------------------------------------------------------- search and cursor

    @on(Input.Changed, "#query")
    def search(self, message: Input.Changed) -> None:
        self.filters = replace(self.filters, query=message.value)
        self.reload()

    @on(Input.Submitted, "#query")
    def open_first(self) -> None:
        self._open()

    @on(OptionList.OptionHighlighted)
    def follow(self, message: OptionList.OptionHighlighted) -> None:
        if self.query_one("#preview").display:
            self.query_one("#text", Static).update(self._preview())
            self.query_one("#preview").scroll_home(animate=False)
        if message.option_index > len(self._rows) - 20 and not self._all_here:
            more = self.journal.entries(self.filters, limit=PAGE, offset=len(self._rows))
            self._rows += more
            self._all_here = len(more) < PAGE
            message.option_list.add_options(self._option(row) for row in more)

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        from journal.tui.screens.entry import EntryScreen

        chosen = self._chosen()
        if chosen and not self.filters.bin:
            self.app.push_screen(EntryScreen(self.journal, chosen.id))
        elif chosen:
            self.app.notify("r brings it back from the bin; then it opens.", timeout=4)

    def on_key(self, event: Key) -> None:
        """Arrows go between the search line and the list."""
        listed, query = self.query_one("#list", OptionList), self.query_one("#query", Input)
        if query.has_focus and event.key in ("down", "pagedown"):
            listed.focus()
            event.stop()
        elif listed.has_focus and event.key == "up" and not listed.highlighted:
            query.focus()
            event.stop()

    # ----------------------------------------------------------------- what a key does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "delete":
            return not self.filters.bin
        if action in ("restore", "delete_for_good"):
            return self.filters.bin
        return True

    def action_leave(self) -> None:
        query = self.query_one("#query", Input)
        if query.value or self.filters != Filters():
            self.filters = Filters()
            query.value = ""
            self.reload()
            query.focus()
        else:
            self.app.pop_screen()

    def action_search(self) -> None:
        self.query_one("#query").focus()

    def action_filter(self) -> None:
        from journal.tui.screens.narrow import NarrowScreen

        self.app.push_screen(NarrowScreen(self.journal, self.filters), self._narrow)

    def _narrow(self, filters: Filters | None) -> None:
        if filters is not None:
            self.filters = filters
            self.reload()

    def action_bin(self) -> None:
        self.filters = replace(self.filters, bin=not self.filters.bin)
        self.reload()
        self.query_one("#list").focus()

    def action_delete(self) -> None:
        if (chosen := self._chosen()) is None:
            return
        try:
            self.journal.put_in_bin(chosen.id)
        except JournalError as error:
            complain(self.app, error)
            return
        self._binned.append(chosen.id)
        self.app.notify("In the bin for 30 days. u takes that back.", timeout=5)
        self.reload(keep=True)

    def action_undo(self) -> None:
        if self._binned:
            self.journal.restore(self._binned.pop())
            self.app.notify("Brought back.", timeout=3)
            self.reload(keep=True)

    def action_restore(self) -> None:
        if chosen := self._chosen():
            self.journal.restore(chosen.id)
            self.app.notify("Brought back.", timeout=3)
            self.reload(keep=True)

    def action_delete_for_good(self) -> None:
        from journal.tui.screens.delete_for_good import DeleteForGoodScreen

        if (chosen := self._chosen()) is None:
            return
        try:
            self.journal.keeping.refuse_held()
        except JournalError as error:
            complain(self.app, error)
            return
        screen = DeleteForGoodScreen(self.journal, self.journal.entry(chosen.id))
        self.app.push_screen(screen, lambda sure: self._delete_for_good(chosen.id) if sure else None)

    def _delete_for_good(self, entry_id: str) -> None:
        try:
            self.journal.delete_for_good(entry_id)
        except JournalError as error:
            complain(self.app, error)
            return
        self._binned = [binned for binned in self._binned if binned != entry_id]
        self.app.notify("Deleted for good.", timeout=4)
        self.reload(keep=True)
