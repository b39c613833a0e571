"""The page: a question, a place to write, and nothing in the way."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import AppBlur
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static, TextArea

from journal.domain import Draft, EntryContent, Step, join_steps
from journal.errors import JournalError
from journal.service import Journal
from journal.tui.app import complain
from journal.tui.display import harmless, plain
from journal.tui.drafts import DraftKeeper
from journal.tui.help import help_text
from journal.tui.messages import DetailsChosen, EntrySaved
from journal.tui.widgets.journal_area import JournalArea
from journal.tui.widgets.top_line import TopLine

STEPS = ("What?", "So what?", "Now what?")
PAUSE = 0.6
"""Seconds without a key after which the draft is kept."""
LONGEST_WAIT = 1.5
"""Seconds of unbroken typing after which it is kept all the same."""


class WriteScreen(Screen[None]):
    """Writes a new entry, goes on with a draft, or edits an entry (`entry_id`)."""

    CSS_PATH = "write.tcss"
    HELP = help_text("write")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="write.save", tooltip="Keep this as an entry", priority=True),
        Binding("f2", "details", "Particulars", id="write.details", tooltip="When, where, tags, analysis"),
        Binding("f3", "steps", "Steps", id="write.steps", tooltip="What? · So what? · Now what?, and back"),
        Binding("escape", "leave", "Leave, keep draft", id="write.leave", tooltip="Leave; the draft is kept"),
    ]

    def __init__(
        self,
        journal: Journal,
        content: EntryContent,
        *,
        draft: Draft | None = None,
        entry_id: str | None = None,
        follow_ups: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.journal = journal
        self._content = content
        self._entry_id = draft.entry_id if draft else entry_id
        self._follow_ups = follow_ups
        self._keeper = DraftKeeper(journal, draft, self._entry_id)
        self._pause: Timer | None = None
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopLine("Edit" if self._entry_id else "Write")
        with Vertical(classes="column", id="page"):
            if self._content.prompt:
                yield Static(plain(self._content.prompt), id="question")
            if self._follow_ups:
                yield Static(plain("\n".join(f"· {harmless(line)}" for line in self._follow_ups)), id="follow")
            yield Vertical(id="areas")
            yield Static(id="facts", classes="muted")
        yield Footer(show_command_palette=False)

    async def on_mount(self) -> None:
        await self._lay_out(self._content.steps)
        self._count()

    async def _lay_out(self, steps: tuple[Step, ...]) -> None:
        areas = self.query_one("#areas")
        await areas.remove_children()
        if steps:
            for step in steps:
                await areas.mount(Static(plain(step.name), classes="step"), JournalArea(step.text))
        else:
            await areas.mount(JournalArea(self._content.text, placeholder="Begin anywhere."))
        first = self._areas()[0]
        first.move_cursor(first.document.end)
        first.focus()

    def _areas(self) -> list[JournalArea]:
        return list(self.query(JournalArea))

    def content(self) -> EntryContent:
        """What is on the page now."""
        texts = [area.text for area in self._areas()]
        if not texts:
            return self._content
        if len(texts) == 1:
            return replace(self._content, text=texts[0], steps=())
        names = [str(label.content) for label in self.query(".step").results(Static)]
        steps = tuple(Step(name, text) for name, text in zip(names, texts, strict=True))
        return replace(self._content, text=join_steps(steps), steps=steps)

    # ----------------------------------------------------------------- keeping the draft

    @on(TextArea.Changed)
    def typed(self) -> None:
        self._count()
        if self._pause:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._keep_soon)
        if self._waiting is None:
            self._waiting = self.set_timer(LONGEST_WAIT, self._keep_soon)

    def _keep_soon(self) -> None:
        for timer in (self._pause, self._waiting):
            if timer:
                timer.stop()
        self._pause = self._waiting = None
        self._keep_in_thread(self.content())

    @work(thread=True, group="draft", exit_on_error=False)
    def _keep_in_thread(self, content: EntryContent) -> None:
        try:
            kept = self._keeper.keep(content)
        except JournalError as error:
            self.app.call_from_thread(self._not_kept, error)
        else:
            if kept:
                self.app.call_from_thread(self._say_state, "draft kept")

    def _not_kept(self, error: JournalError) -> None:
        self._say_state("draft NOT kept")
        complain(self.app, error)

    def keep_draft(self) -> bool:
        """Keep what is typed, now: before a lock, a suspend, or the way out. Whether it is kept."""
        try:
            self._keeper.keep(self.content())
        except JournalError as error:
            complain(self.app, error)
            return False
        return True

    @on(AppBlur)
    def away(self) -> None:
        self.keep_draft()

    def _say_state(self, words: str) -> None:
        if self.is_mounted:
            self.query_one(TopLine).say(state=words)

    def _count(self) -> None:
        words = sum(len(area.text.split()) for area in self._areas())
        facts = [f"{words:,} {'word' if words == 1 else 'words'}", *self._particulars()]
        self.query_one("#facts", Static).update(plain("  ·  ".join(facts)))

    def _particulars(self) -> list[str]:
        content = self._content
        happened = f"happened {content.event_date:%d %B}" if content.event_date else None
        quiet = None if content.analyse else "not analysed"
        tags = " ".join(f"#{tag}" for tag in content.tags) or None
        return [part for part in (content.placement, content.setting, content.role, happened, tags, quiet) if part]

    # ----------------------------------------------------------------- what a key does

    def action_save(self) -> None:
        draft_id = self._keeper.finish()
        try:
            content = self.content()
            if self._entry_id:
                entry = self.journal.revise(self._entry_id, content, draft_id=draft_id)
            else:
                entry = self.journal.write(content, draft_id=draft_id)
        except JournalError as error:
            self._keeper.go_on()
            complain(self.app, error)
            return
        self.app.post_message(EntrySaved(entry.id))

    def action_leave(self) -> None:
        self.keep_draft()
        self._keeper.finish()
        if self._keeper.draft_id:
            self.app.notify("Your draft is kept; Today offers it back.", timeout=4)
        self.app.pop_screen()

    async def action_steps(self) -> None:
        """Split the page into steps, what is written going to the first; or join them again."""
        content = self.content()
        if content.steps:
            self._content = replace(content, steps=())
            await self._lay_out(())
        else:
            texts = (content.text, *("" for _ in STEPS[1:]))
            self._content = content
            await self._lay_out(tuple(Step(name, text) for name, text in zip(STEPS, texts, strict=True)))

    def action_details(self) -> None:
        from journal.tui.screens.details import DetailsScreen

        self.app.push_screen(DetailsScreen(self.journal, self.content()))

    @on(DetailsChosen)
    def take_details(self, message: DetailsChosen) -> None:
        self._content = replace(message.content, text=self._content.text, steps=self._content.steps)
        self._count()
        self._keep_soon()
