"""The place to write: a text area without the crash of Textual 8.2.8 on undo."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets import TextArea


class JournalArea(TextArea):
    """Plain text, soft wrap, and a scrollbar that is always there.

    Textual 8.2.8 looks the cursor up in the wrapped document when a scrollbar goes, and an undo can have left
    it past the end (Textual issue 6686). The standing scrollbar and the clamp each prevent that; both are kept
    until a Textual that needs neither.
    """

    DEFAULT_CSS = """
    JournalArea {
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $panel;
        border: none;
        padding: 0;
        background: $background;
        color: $foreground;
        &:focus { border: none; }
        & .text-area--cursor-line { background: $background; }
        & .text-area--placeholder { color: $text-disabled; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", id="area.undo", show=False),
        Binding("ctrl+y", "redo", "Redo", id="area.redo", show=False),
    ]

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        super().__init__(
            text,
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            tab_behavior="focus",
            placeholder=placeholder,
            highlight_cursor_line=False,
            max_checkpoints=500,
        )
        self.cursor_blink = False

    def _recompute_cursor_offset(self) -> None:
        location = self.clamp_visitable(self.cursor_location)
        self._cursor_offset: Offset = self.wrapped_document.location_to_offset(location)
