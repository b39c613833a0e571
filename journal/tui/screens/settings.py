"""What can be set: the theme, the analysis, the lock, the backups, and who and where one is."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, Checkbox, Footer, Input, Select, Static

from journal.domain import BackupPlan, Profile
from journal.errors import JournalError
from journal.service import Journal
from journal.service.safety import LOCK_CHOICES
from journal.tui import themes
from journal.tui.app import complain
from journal.tui.display import count_words
from journal.tui.help import help_text
from journal.tui.widgets.tick import Tick
from journal.tui.widgets.top_line import TopLine

ABOUT = ("role", "setting", "placement")
LOCK_OPTIONS = [(f"{minutes} minutes without a key", minutes) for minutes in LOCK_CHOICES]


class SettingsScreen(Screen[None]):
    """Every change counts at once."""

    HELP = help_text("settings")
    DEFAULT_CSS = """
    SettingsScreen .row { height: 3; }
    SettingsScreen .label { width: 14; padding: 1 1 0 0; text-align: right; color: $quiet; }
    SettingsScreen Input, SettingsScreen Select { width: 1fr; max-width: 56; }
    SettingsScreen Checkbox, SettingsScreen Checkbox:focus { margin: 1 0 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="settings.back", tooltip="Back to Today"),
    ]

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal

    def compose(self) -> ComposeResult:
        me = self.journal.profile()
        yield TopLine("Settings")
        with VerticalScroll(classes="column", can_focus=False):
            with Horizontal(classes="row"):
                yield Static("theme", classes="label")
                options = [(words, name) for name, words in themes.CHOICES]
                known = [name for name, _ in themes.CHOICES]
                theme = self.app.theme if self.app.theme in known else themes.DARK
                yield Select(options, value=theme, allow_blank=False, id="theme")
            with Horizontal(classes="row"):
                yield Static("analysis", classes="label")
                words = "read what my sentences are about"
                yield Tick(words, self.journal.readings.on, id="analysis")
            with Horizontal(classes="row", id="answers"):
                yield Static(classes="label")
                yield Button("", id="wipe", compact=True)
            with Horizontal(classes="row"):
                yield Static("lock after", classes="label")
                yield Select(LOCK_OPTIONS, value=self.journal.safety.chosen_lock_after, allow_blank=False, id="lock")
            with Horizontal(classes="row"):
                yield Static("computer", classes="label")
                yield Tick("others use it too: lock after 2 minutes", self.journal.safety.shared, id="shared")
            with Horizontal(classes="row"):
                yield Static("backups to", classes="label")
                yield Input(self._backup_folder(), placeholder="a folder: one a week, the last five kept", id="backups")
            for name in ABOUT:
                with Horizontal(classes="row"):
                    yield Static(name, classes="label")
                    yield Input(getattr(me, name), id=name, classes="about")
            yield Static(f"Your journal lies encrypted in {self.journal.home}", classes="muted", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._offer_wipe()

    @on(Select.Changed, "#theme")
    def choose_theme(self, message: Select.Changed) -> None:
        self.app.theme = str(message.value)
        self.journal.set_setting("theme", str(message.value))

    @on(Checkbox.Changed, "#analysis")
    def switch_analysis(self, message: Checkbox.Changed) -> None:
        self.journal.readings.switch(message.value)
        self._offer_wipe()
        if message.value:
            self.app.read_history()  # type: ignore[attr-defined]

    @on(Select.Changed, "#lock")
    def choose_lock(self, message: Select.Changed) -> None:
        self.journal.safety.set_lock_after(int(str(message.value)))
        self.app.mind_settings()  # type: ignore[attr-defined]

    @on(Checkbox.Changed, "#shared")
    def share_computer(self, message: Checkbox.Changed) -> None:
        self.journal.safety.share(message.value)
        self.app.mind_settings()  # type: ignore[attr-defined]

    def _backup_folder(self) -> str:
        plan = self.journal.safekeeping.state().plan
        return str(plan.folder) if plan else ""

    @on(Input.Submitted, "#backups")
    @on(Input.Blurred, "#backups")
    def plan_backups(self, message: Input.Submitted | Input.Blurred) -> None:
        """Have backups made in the folder that was typed; none where it was emptied."""
        named = message.value.strip()
        if named == self._backup_folder():
            return
        try:
            self.journal.safekeeping.set_plan(BackupPlan(Path(named).expanduser()) if named else None)
        except JournalError as error:
            complain(self.app, error)
            message.input.value = self._backup_folder()
            return
        words = (
            f"A backup each week from today, in {self._backup_folder()}" if named else "No more backups by themselves."
        )
        self.app.notify(words, timeout=6, markup=False)

    def _offer_wipe(self) -> None:
        """While the analysis is off, what the person said themselves can go too; only they can decide that."""
        self.query_one("#answers").display = not self.journal.readings.on and self.journal.corrections.any()
        answers = count_words(self.journal.corrections.count(), "sentence")
        self.query_one("#wipe", Button).label = f"Delete what I said of {answers} too"

    @on(Button.Pressed, "#wipe")
    def wipe_answers(self) -> None:
        try:
            gone = self.journal.corrections.wipe()
        except JournalError as error:
            complain(self.app, error)
            return
        self.query_one("#analysis").focus()
        self._offer_wipe()
        self.app.notify(f"Deleted: what you had said of {count_words(gone, 'sentence')}.", timeout=6)

    @on(Input.Changed, ".about")
    def keep_about(self) -> None:
        values = (self.query_one(f"#{name}", Input).value.strip() for name in ABOUT)
        self.journal.set_profile(Profile(*values))
