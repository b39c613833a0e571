"""An empty page over whatever is shown, for when somebody comes in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key, MouseDown
from textual.screen import Screen
from textual.widgets import Static


class BlankScreen(Screen[None]):
    """Shows nothing of the journal; any key or a click goes on. Left alone it locks like any screen."""

    DEFAULT_CSS = """
    BlankScreen { align: center bottom; }
    BlankScreen Static { width: auto; color: $quiet; margin-bottom: 1; }
    """
    HELP = None
    BINDINGS: ClassVar[list[BindingType]] = []

    def compose(self) -> ComposeResult:
        yield Static("any key goes on")

    def on_key(self, event: Key) -> None:
        event.stop()
        event.prevent_default()
        self.app.pop_screen()

    def on_mouse_down(self, event: MouseDown) -> None:
        event.stop()
        self.app.pop_screen()
