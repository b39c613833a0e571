"""Where every day starts: the prompt for now, what is unfinished, and the small act from before."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static
from textual.worker import get_current_worker

from journal.domain import ActState, Draft, EntryContent, SmallAct, Suggestion
from journal.service import Journal
from journal.tui.backing_up import back_up_when_due
from journal.tui.display import count_words, day_words, full_day, harmless, one_line, plain
from journal.tui.help import help_text
from journal.tui.messages import BackedUp, HistoryRead
from journal.tui.widgets.backup_line import BackupLine
from journal.tui.widgets.keeping_line import KeepingLine
from journal.tui.widgets.prompt_card import PromptCard
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.trend_line import TrendLine


class TodayScreen(Screen[None]):
    """Shows what there is to do now; each thing one key away."""

    CSS_PATH = "today.tcss"
    HELP = help_text("today")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", id="today.write", tooltip="Answer the question"),
        Binding("a", "another", "Another", id="today.another", tooltip="Ask me something else"),
        Binding("f", "write_freely", "Free", id="today.free", tooltip="Write without a question", show=True),
        Binding("c", "continue", "Continue", id="today.continue", tooltip="Go on with the unfinished entry"),
        Binding("d", "close_act('done')", "Done", id="today.done", tooltip="The small act: done", show=False),
        Binding(
            "n", "close_act('not_yet')", "Not yet", id="today.not_yet", tooltip="The small act: not yet", show=False
        ),
        Binding(
            "x", "close_act('dropped')", "Drop", id="today.dropped", tooltip="The small act: let it go", show=False
        ),
        Binding("e,slash", "entries", "Entries", id="today.entries", tooltip="Everything written; search as you type"),
        Binding("s", "shift", "Shift", id="today.shift", tooltip="How your sentences move over months"),
        Binding("v", "views", "Views", id="today.views", tooltip="Your sentences by place, kind of work and act"),
        Binding("k", "review", "Keep or let go", id="today.review", tooltip="Old entries; the legal hold", show=False),
        Binding(
            "comma", "settings", "Settings", id="today.settings", tooltip="Theme, analysis, who you are", show=False
        ),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self._prompts = journal.prompts
        self._skipped: list[str] = []
        self._suggestion: Suggestion | None = None
        self._draft: Draft | None = None
        self._act: SmallAct | None = None

    def compose(self) -> ComposeResult:
        where = "small l · the sample journal" if self.journal.sample else "small l"
        yield TopLine(where, full_day(self.journal.now().date()))
        with VerticalScroll(classes="column", can_focus=False):
            yield PromptCard()
            with Vertical(id="rows"):
                yield Static(id="draft", classes="row")
                yield Static(id="act", classes="row")
                yield Static(id="problems", classes="row muted hidden")
            yield TrendLine(id="weeks")
            yield Static(id="history", classes="muted")
            yield BackupLine(classes="hidden")
            yield KeepingLine(classes="hidden")
        yield Footer(show_command_palette=True)

    def on_mount(self) -> None:
        self._suggest()
        if problems := self._prompts.problems:
            lines = (f"{p.path.name}, line {p.line}: {p.message}" for p in problems)
            words = "A question of your own was skipped:\n" + "\n".join(lines)
            shown = self.query_one("#problems", Static)
            shown.update(plain(words))
            shown.remove_class("hidden")

    def on_screen_resume(self) -> None:
        self.refresh_all()
        if not any(worker.group == "backup" and not worker.is_finished for worker in self.workers):
            self.back_up()

    def refresh_all(self) -> None:
        """Show things as they are now."""
        self._draft = self.journal.draft()
        self._act = self.journal.current_act()
        self.query_one("#draft", Static).update(self._draft_line())
        self.query_one("#act", Static).update(self._act_line())
        self.query_one("#draft").set_class(self._draft is None, "hidden")
        self.query_one("#act").set_class(self._act is None, "hidden")
        self.query_one(TrendLine).weeks = self.journal.words_per_week()
        self._say_history()
        self._say_backup()
        self.query_one(KeepingLine).show(self.journal)
        self._suggest()
        self.refresh_bindings()

    def _suggest(self) -> None:
        self._suggestion = self._prompts.suggest(skip=self._skipped)
        self.query_one(PromptCard).suggestion = self._suggestion

    def _say_history(self, reading: str = "") -> None:
        entries = self.journal.count()
        words = count_words(entries, "entry", "entries") if entries else "Nothing written yet. Three minutes is enough."
        self.query_one("#history", Static).update(Content(f"{words}{reading}"))

    def _say_backup(self) -> None:
        if not self.journal.sample:
            line = self.query_one(BackupLine)
            line.entries, line.state = self.journal.count(), self.journal.safekeeping.state()

    def _draft_line(self) -> Content:
        if self._draft is None:
            return Content("")
        text = self._draft.content.text
        return Content.assemble(
            ("Unfinished   ", "$quiet"),
            f"“{one_line(text, 46)}”  ",
            (count_words(len(text.split()), "word") + "   ", "$quiet"),
            ("c", "bold $accent"),
            (" continue", "$quiet"),
        )

    def _act_line(self) -> Content:
        if self._act is None:
            return Content("")
        chosen = day_words(date.fromisoformat(self._act.chosen[:10]), self.journal.now().date())
        asked_above = self._suggestion is not None and self._suggestion.prompt.id == "plan"
        return Content.assemble(
            (f"Small act, {chosen}   ", "$quiet"),
            "" if asked_above else f"{harmless(self._act.text)}\n",
            ("d", "bold $accent"),
            (" done   ", "$quiet"),
            ("n", "bold $accent"),
            (" not yet   ", "$quiet"),
            ("x", "bold $accent"),
            (" let it go", "$quiet"),
        )

    @on(HistoryRead)
    def show_reading(self, message: HistoryRead) -> None:
        left = message.total - message.done
        self._say_history(f" · reading your sentences, {left} to go" if left else "")

    @work(thread=True, exclusive=True, exit_on_error=False, group="backup")
    def back_up(self) -> None:
        """Make the backup that is due; locking and leaving stop it."""
        worker = get_current_worker()
        if back_up_when_due(self.journal, lambda: worker.is_cancelled):
            self.post_message(BackedUp())

    @on(BackedUp)
    def show_backup(self) -> None:
        self._say_backup()

    # ----------------------------------------------------------------- what a key does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "continue":
            return self._draft is not None
        if action == "close_act":
            return self._act is not None
        return True

    def action_write(self) -> None:
        if self._suggestion:
            prompt = self._suggestion.prompt
            content = EntryContent(text="", prompt_id=prompt.id, prompt=prompt.question, prompt_family=prompt.family)
            self._open_writing(content, follow_ups=prompt.follow_ups)

    def action_write_freely(self) -> None:
        self._open_writing(EntryContent(text=""))

    def action_continue(self) -> None:
        if self._draft:
            from journal.tui.screens.write import WriteScreen

            self.app.push_screen(WriteScreen(self.journal, self._draft.content, draft=self._draft))

    def _open_writing(self, content: EntryContent, follow_ups: tuple[str, ...] = ()) -> None:
        from journal.tui.screens.write import WriteScreen

        filled = self.journal.with_profile(content)
        self.app.push_screen(WriteScreen(self.journal, filled, follow_ups=follow_ups))

    def action_another(self) -> None:
        if self._suggestion:
            self._skipped.append(self._suggestion.prompt.id)
        self._suggest()

    def action_close_act(self, state: ActState) -> None:
        from journal.tui.screens.act_outcome import ActOutcomeScreen

        if self._act:
            self.app.push_screen(ActOutcomeScreen(self.journal, self._act, state), lambda _: self.refresh_all())

    def action_entries(self) -> None:
        from journal.tui.screens.entries import EntriesScreen

        self.app.push_screen(EntriesScreen(self.journal))

    def action_shift(self) -> None:
        from journal.tui.screens.shift import ShiftScreen

        self.app.push_screen(ShiftScreen(self.journal))

    def action_views(self) -> None:
        from journal.tui.screens.views import ViewsScreen

        self.app.push_screen(ViewsScreen(self.journal))

    def action_review(self) -> None:
        from journal.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.journal))

    def action_learning(self) -> None:
        from journal.tui.screens.learning import LearningScreen

        self.app.push_screen(LearningScreen(self.journal))

    def action_settings(self) -> None:
        from journal.tui.screens.settings import SettingsScreen

        self.app.push_screen(SettingsScreen(self.journal))
