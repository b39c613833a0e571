"""The app: it chooses screens, holds the open journal, and lets nothing be lost on the way out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.screen import Screen

from journal.domain import Entry
from journal.errors import JournalError
from journal.service import Journal, opening
from journal.tui import themes
from journal.tui.crash import safe_report
from journal.tui.guarded import Guarded
from journal.tui.messages import Adapted, EntryRead, EntrySaved, HistoryRead, Unlocked
from journal.tui.reader import Reader
from journal.tui.stillness import Stillness

SMALLEST = (60, 18)
"""Columns and rows below which the app says so instead of cutting its screens."""


class SmallL(Guarded):
    """Small L in the terminal.

    `home` is the vault's folder; `passphrase` opens it without asking, where a script gave one; `journal` is an
    open journal to start with, as the sample is; `analyse` false starts no analysis at all; `stillness` tells how long
    nobody has touched it.
    """

    TITLE = "Small L"
    CSS_PATH = Path(__file__).parent / "base.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 — declared so by Textual
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", id="app.quit", tooltip="Leave; drafts are kept", show=False),
        Binding("ctrl+l", "lock", "Lock", id="app.lock", tooltip="Lock the journal now", show=False),
        Binding("f1", "help", "Help", id="app.help", tooltip="Help for this screen, and all its keys"),
    ]

    def __init__(
        self,
        home: Path,
        passphrase: str | None = None,
        *,
        journal: Journal | None = None,
        analyse: bool = True,
        stillness: Stillness | None = None,
    ) -> None:
        super().__init__(stillness)
        self.home = home
        self.journal = journal
        self.reader = Reader(on=analyse)
        self._passphrase = passphrase
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = themes.DARK

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.FALLBACK_VARIABLES

    def on_mount(self) -> None:
        if self.console.color_system == "standard" and not self.no_color:
            self.theme = "ansi-dark"  # sixteen colours: the terminal's own palette reads better than ours bent to it
        if self.journal:
            self.post_message(Unlocked(self.journal))
        elif opening.exists(self.home):
            from journal.tui.screens.unlock import UnlockScreen

            self.push_screen(UnlockScreen(self.home, self._passphrase, by_keyring=True))
        else:
            from journal.tui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.home))
        self._passphrase = None
        self.call_after_refresh(self.reader.start)

    # ----------------------------------------------------------------- what has happened

    @on(Unlocked)
    def open_today(self, message: Unlocked) -> None:
        from journal.tui.screens.today import TodayScreen

        self.journal = message.journal
        self.mind_settings()
        if chosen := message.journal.setting("theme"):
            self.theme = chosen if chosen in self.available_themes else themes.DARK
        self.switch_screen(TodayScreen(message.journal)) if self.screen_stack[1:] else self.push_screen(
            TodayScreen(message.journal)
        )
        self._say_notices()
        self.read_history()

    @on(EntrySaved)
    def show_saved(self, message: EntrySaved) -> None:
        from journal.tui.screens.entry import EntryScreen

        assert self.journal is not None  # noqa: S101 — only an open journal saves
        self.switch_screen(EntryScreen(self.journal, message.entry_id, fresh=True))

    def _say_notices(self) -> None:
        if self.journal and not self.journal.sample:
            for notice in self.journal.safety.unread_notices():
                self.notify(notice.advice, title=notice.title, severity="warning", timeout=15, markup=False)

    def mind_settings(self) -> None:
        """Lock when the person wants it; sooner on a computer that others use too."""
        if self.journal:
            self.lock_after = self.journal.safety.lock_after
            self.stillness.touched()

    # ----------------------------------------------------------------- reading in the background

    def read_history(self) -> None:
        """Read what the present model has not read yet."""
        if self.journal:
            self.run_worker(self._read_history(self.journal), group="history", exclusive=True, exit_on_error=False)

    async def _read_history(self, journal: Journal) -> None:
        await self.reader.catch_up(journal, lambda done, total: self._tell(HistoryRead(done, total)))
        await self._adapt(journal)

    def read_entry(self, entry: Entry) -> None:
        """Have an entry's sentences read; EntryRead comes to the screen when they are."""
        if self.journal:
            self.run_worker(self._read_entry(self.journal, entry), group="entry", exit_on_error=False)

    async def _read_entry(self, journal: Journal, entry: Entry) -> None:
        self._tell(EntryRead(entry.id, entry.revision, await self.reader.read_entry(journal, entry)))

    def adapt(self) -> None:
        """Learn from what the person said of their sentences; Adapted comes where that changed how all are read."""
        if self.journal:
            self.run_worker(self._adapt(self.journal), group="adapt", exit_on_error=False)

    async def _adapt(self, journal: Journal) -> None:
        with contextlib.suppress(JournalError):  # locked meanwhile, or no model to learn for
            if await asyncio.to_thread(journal.corrections.adapt):
                self._tell(Adapted())
                self.notify("All your sentences are now read with your answers in mind.", timeout=6)

    def _tell(self, message: Adapted | EntryRead | HistoryRead) -> None:
        for screen in self.screen_stack[1:]:
            screen.post_message(message)

    # ----------------------------------------------------------------- ways out

    async def action_lock(self) -> None:
        """Keep what is being written, drop the key, and show nothing."""
        if self.journal is None or self.journal.sample:
            return
        if not self.keep_writing():
            self.action_blank()  # to lock would lose what is typed; it is tried again soon
            return
        from journal.tui.screens.unlock import UnlockScreen

        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(UnlockScreen(self.home))
        self.clear_notifications()
        await self._close_journal()

    async def action_quit(self) -> None:
        await self._close_journal()
        self.exit(0)

    async def _close_journal(self) -> None:
        self.keep_writing()
        self.clear_clipboard()
        self.workers.cancel_group(self, "history")
        self.workers.cancel_group(self, "entry")
        self.workers.cancel_group(self, "adapt")
        await self.reader.stop()
        if self.journal and not self.journal.sample:
            self.journal.close()
        self.journal = None

    def let_go(self) -> None:
        self.keep_writing()
        if self.journal and not self.journal.sample:
            self.journal.close()

    def keep_writing(self) -> bool:
        """Have every screen keep, now, what is typed and not yet kept; whether all of it is."""
        kept = [keep() for screen in self.screen_stack if (keep := getattr(screen, "keep_draft", None))]
        return all(kept)

    def _fatal_error(self) -> None:
        """Replaces Textual's report, which prints local variables and with them what was being written."""
        self.bell()
        self._exit_renderables.append(Text(safe_report(self._exception or RuntimeError())))
        self._close_messages_no_wait()

    # ----------------------------------------------------------------- help, commands, size

    def action_help(self) -> None:
        """Show the help of the screen one is on."""
        from journal.tui.screens.help import HelpScreen

        page = self.screen.HELP
        if page and not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(page, self.screen.active_bindings.values()))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        if self.journal:
            yield SystemCommand("Write", "Answer a prompt, or write freely", self._go("write"))
            yield SystemCommand("Entries", "Everything you have written; search as you type", self._go("entries"))
            yield SystemCommand("Shift", "How your sentences move over months", self._go("shift"))
            yield SystemCommand("Views", "Your sentences by place, kind of work and act", self._go("views"))
            yield SystemCommand("Learning points", "What you took from your entries", self._go("learning"))
            yield SystemCommand("Keep or let go", "Old entries, one by one; the legal hold", self._go("review"))
            yield SystemCommand("Settings", "Theme, analysis, who and where you are", self._go("settings"))
            yield SystemCommand("Today", "Back to where every day starts", self._go("today"))
        if self.journal and not self.journal.sample:
            yield SystemCommand("Lock", "Close the journal and clear the screen", self.action_lock)
        yield SystemCommand("Blank", "Show an empty page at once; any key goes on", self.action_blank)
        yield SystemCommand("Help", "Help for this screen, and all its keys", self.action_help)
        yield SystemCommand("Quit", "Leave; drafts are kept", self.action_quit)

    def _go(self, place: str) -> Callable[[], None]:
        return lambda: self.go(place)

    def go(self, place: str) -> None:
        """Open one of the app's places over Today."""
        from journal.tui.screens.today import TodayScreen

        self.keep_writing()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        if place != "today" and isinstance(self.screen, TodayScreen):
            getattr(self.screen, f"action_{place}")()

    @on(Resize)
    def mind_the_size(self, event: Resize) -> None:
        from journal.tui.screens.too_small import TooSmallScreen

        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        showing = isinstance(self.screen, TooSmallScreen)
        if small and not showing:
            self.push_screen(TooSmallScreen(SMALLEST))
        elif showing and not small:
            self.pop_screen()


def run_app(home: Path, passphrase: str | None = None) -> int:
    """Run the app over the vault in `home`; the exit status."""
    return _run(SmallL(home, passphrase))


def run_demo() -> int:
    """Run the app over the sample journal in a temporary vault."""
    with opening.demo() as journal:
        return _run(SmallL(journal.home, journal=journal))


def _run(app: SmallL) -> int:
    try:
        app.run()
    finally:
        if app.journal and not app.journal.sample:
            app.journal.close()
    return app.return_code or 0


def complain(app: App[int], error: JournalError) -> None:
    """Tell of an error without leaving the screen."""
    app.notify(error.advice, title=error.title, severity="error", timeout=8, markup=False)
