"""What keeps a journal from other eyes: it locks when left alone, blanks at a key, and clears what it copied."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.events import Event, InputEvent, Paste
from textual.timer import Timer

from journal.service.safety import LOCK_AFTER
from journal.tui.stillness import Stillness

WATCH = 2.0
"""Seconds between two looks at whether the terminal is still there."""
LOOK = 5.0
"""Seconds between two looks at how long nobody has touched the journal."""
CLIPBOARD_SECONDS = 20.0
"""How long what was copied stays on the clipboard."""


class Guarded(App[int]):
    """An app that holds a secret. Its child says what locking and leaving are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+b", "blank", "Blank", id="app.blank", tooltip="Show an empty page at once", show=False, priority=True
        ),
    ]

    def __init__(self, stillness: Stillness | None = None) -> None:
        super().__init__()
        self.stillness = stillness or Stillness()
        self.lock_after = LOCK_AFTER
        """Minutes."""
        self._forgetting: Timer | None = None
        self._halting: Any = None
        self._left = threading.Event()

    async def action_lock(self) -> None:
        """Keep what is being written, drop the key, and show nothing."""
        raise NotImplementedError

    async def action_quit(self) -> None:
        raise NotImplementedError

    def on_mount(self) -> None:
        self.set_interval(LOOK, self.mind_stillness)
        self._heed_signals()
        if not self.is_headless and terminal_there():
            threading.Thread(target=self._watch_terminal, daemon=True).start()

    def _watch_terminal(self) -> None:
        """End the program when its terminal is gone: Textual would wait for it for ever, with the journal open."""
        while terminal_there():
            if self._left.wait(WATCH):
                return
        with contextlib.suppress(Exception):  # what can still be kept is; the rest is lost with the screen in any case
            self.let_go()
        os._exit(0)

    def let_go(self) -> None:
        """Keep what is typed and drop the key, from any thread."""
        raise NotImplementedError

    def on_unmount(self) -> None:
        self._left.set()

    # ----------------------------------------------------------------- left alone

    async def on_event(self, event: Event) -> None:
        if isinstance(event, InputEvent | Paste):
            if self.still_too_long():  # a lid was opened: the first key must not land in an open journal
                await self.mind_stillness()
            self.stillness.touched()
        await super().on_event(event)

    def still_too_long(self) -> bool:
        return self.stillness.seconds() >= 60 * self.lock_after

    async def mind_stillness(self) -> None:
        """Lock when nobody has touched the journal for long enough."""
        if self.still_too_long():
            await self.action_lock()

    def action_blank(self) -> None:
        """Show an empty page over whatever is there."""
        from journal.tui.screens.blank import BlankScreen

        if not isinstance(self.screen, BlankScreen):
            self.push_screen(BlankScreen())

    # ----------------------------------------------------------------- told to go

    def _heed_signals(self) -> None:
        """Leave in order when the terminal goes or the system asks; lock before being stopped."""
        loop = asyncio.get_running_loop()
        for name, answer in (("SIGHUP", self._leave), ("SIGTERM", self._leave), ("SIGTSTP", self._halt)):
            number = getattr(signal, name, None)  # Windows lacks some
            if number is None:
                continue
            if name == "SIGTSTP":
                self._halting = signal.getsignal(number)
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._soon, answer)

    def _soon(self, answer: Callable[[], Any]) -> None:
        self.run_worker(answer(), group="signal", exit_on_error=False)

    async def _leave(self) -> None:
        await self.action_quit()

    async def _halt(self) -> None:
        await self.action_lock()
        if callable(self._halting):
            self._halting(signal.SIGTSTP, None)  # what Textual does: give the terminal back, then stop

    # ----------------------------------------------------------------- the clipboard

    def copy_to_clipboard(self, text: str) -> None:
        """Copy, as far as the terminal allows, and clear it again after a while."""
        super().copy_to_clipboard(text)
        if self._forgetting:
            self._forgetting.stop()
        self._forgetting = self.set_timer(CLIPBOARD_SECONDS, self.clear_clipboard) if text else None

    def clear_clipboard(self) -> None:
        """Clear what was copied here and is not cleared yet."""
        if self._forgetting:
            self.copy_to_clipboard("")


def terminal_there() -> bool:
    """Whether the terminal the app was started in still answers; true where the system has no such question."""
    try:
        import termios  # not on Windows

        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except ImportError:
        return True
    except (termios.error, OSError, ValueError):
        return False
    return True
