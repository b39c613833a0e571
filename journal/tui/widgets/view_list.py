"""Rows of a view: a name that gives way, figures in columns, and a line beneath where there is something to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal.tui.display import harmless

Cell = tuple[str, int, str]
"""A figure, the columns it has, and its style."""


class ViewRow(Visual):
    """`name` on the left, `cells` flush right, `note` on lines of its own; never markup.

    A name that finds no room beside its figures has the lines above them: neither is ever cut.
    """

    def __init__(self, name: str, cells: Sequence[Cell], *, note: str = "", style: str = "") -> None:
        self._name, self._cells, self._style = " ".join(harmless(name).split()), tuple(cells), style
        self._note = Content(harmless(note))

    def _lines(self, width: int) -> list[Content]:
        """The parts of the row, one above the other."""
        name, room = Content(self._name), width - sum(columns for _, columns, _ in self._cells)
        name = name.stylize(self._style) if self._style else name
        figures = [Content(words.rjust(columns)).stylize(style) for words, columns, style in self._cells]
        if figures and room < 0:  # the blanks before the first figure are the last thing to spare
            words, columns, style = self._cells[0]
            figures[0] = Content(words.rjust(columns + room)).stylize(style)
        if not figures:
            lines = [name]
        elif name.cell_length < room:
            lines = [Content("").join([name, Content(" " * (room - name.cell_length)), *figures])]
        else:
            lines = [name, Content("").join([Content(" " * max(room, 0)), *figures])]
        return [*lines, *([self._note.stylize("$quiet italic")] if self._note else [])]

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        return [strip for line in self._lines(width) for strip in line.render_strips(width, None, style, options)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        return sum(line.get_height(rules, width) for line in self._lines(width))


class ViewList(OptionList):
    """Rows to open, under headings that cannot be."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Sentences", id="views.open", tooltip="The sentences behind this row"),
        Binding("left", "screen.next(-1)", "Before", id="views.left", tooltip="The view or column before"),
        Binding("right", "screen.next(1)", "Next view", id="views.right", tooltip="The next view, or the next column"),
        Binding("j", "cursor_down", "Next", id="views.down", show=False),
        Binding("k", "cursor_up", "Previous", id="views.up", show=False),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def fill(self, options: Sequence[Option]) -> None:
        """Show other rows, the cursor where it was if that row is still there."""
        chosen = self.highlighted_option.id if self.highlighted_option else None
        self.set_options(options)
        places = [place for place, option in enumerate(options) if not option.disabled]
        same = [place for place in places if chosen is not None and options[place].id == chosen]
        self.highlighted = next(iter([*same, *places]), None)
