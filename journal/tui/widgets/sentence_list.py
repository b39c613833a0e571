"""An entry's sentences, each with its mark and word in the margin."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal.domain import Analysis, Lift, Sentence
from journal.tui.display import harmless, level_label

MARGIN = 12
"""Columns of the margin that holds a sentence's mark and word."""


class Hanging(Visual):
    """Text with a label in a margin of its own, which wrapped lines keep clear of."""

    def __init__(self, label: Content, body: Content, margin: int) -> None:
        self._label, self._body, self._margin = label, body, margin

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        body = self._body.render_strips(max(width - self._margin, 10), height, style, options)
        label = self._label.render_strips(self._margin, 1, style, options) if self._margin else []
        blank = Strip.blank(self._margin, style.rich_style)
        head = label[0].adjust_cell_length(self._margin, style.rich_style) if label else blank
        return [Strip.join([blank if row else head, line]) for row, line in enumerate(body)]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self._margin + self._body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._body.get_height(rules, max(width - self._margin, 10))


class SentenceList(OptionList):
    """Shows a text by sentences; `marks` shows or hides what they were read as."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "Next", id="sentences.down", show=False),
        Binding("k", "cursor_up", "Previous", id="sentences.up", show=False),
    ]

    class Chosen(Message):
        """Another sentence is under the cursor."""

        def __init__(self, sentence: Sentence | None) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._text = ""
        self._analysis: Analysis | None = None
        self._lift: Lift | None = None
        self._marks = True
        self._why = False
        self._rows: list[int | None] = []
        """For each row of the list the place of its sentence; None for a blank line."""

    def show(self, text: str, analysis: Analysis | None, lift: Lift | None, *, marks: bool, why: bool) -> None:
        """Show a text; without an analysis it stands as it was written, unmarked."""
        same = text == self._text and _spans(analysis) == _spans(self._analysis)
        kept = self.highlighted if same else None
        self._text, self._analysis, self._lift = text, analysis, lift
        self._marks, self._why = marks, why
        self.set_options(self._make_options())
        self.highlighted = kept or 0

    @property
    def sentence(self) -> Sentence | None:
        """The sentence under the cursor."""
        if self._analysis is None or self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        place = self._rows[self.highlighted]
        return None if place is None else self._analysis.sentences[place]

    def go_to(self, sentence: Sentence) -> None:
        """Put the cursor on a sentence."""
        if self._analysis and sentence in self._analysis.sentences:
            self.highlighted = self._rows.index(self._analysis.sentences.index(sentence))

    def _make_options(self) -> list[Option]:
        self._rows = []
        if self._analysis is None or not self._analysis.sentences:
            return [Option(Hanging(Content(""), Content(harmless(self._text)), 0))]
        options, before = [], 0
        for place, sentence in enumerate(self._analysis.sentences):
            if "\n\n" in self._text[before : sentence.start]:
                options.append(Option("", disabled=True))  # a blank line between paragraphs
                self._rows.append(None)
            options.append(Option(self._visual(sentence)))
            self._rows.append(place)
            before = sentence.end
        return options

    def _visual(self, sentence: Sentence) -> Hanging:
        written = self._text[sentence.start : sentence.end]
        body = Content(" ".join(harmless(written).split("\n")))
        if self._why and len(body) == len(written):  # else the offsets no longer fit what is shown
            for item in sentence.evidence:
                if (item.start, item.end) == (sentence.start, sentence.end):
                    continue  # the whole sentence spoke; to underline all of it points at nothing
                body = body.stylize("underline", item.start - sentence.start, item.end - sentence.start)
        if self._lift and sentence.start == self._lift.start:
            answer = Content(f"\n↳ it was for: {harmless(self._lift.answer)}").stylize("$level-system italic")
            body = Content.assemble(body, answer)
        colour = "$quiet" if not sentence.sure or sentence.level == "other" else f"$level-{sentence.level}"
        label = Content(level_label(sentence)).stylize(colour)
        return Hanging(label, body, MARGIN if self._marks else 0)

    def on_resize(self) -> None:
        """Keep the cursor in sight when something opens beneath."""
        self.call_after_refresh(self.scroll_to_highlight)

    def on_option_list_option_highlighted(self) -> None:
        self.post_message(self.Chosen(self.sentence))


def _spans(analysis: Analysis | None) -> list[tuple[int, int]] | None:
    """Where the sentences begin and end, whatever they are about."""
    return None if analysis is None else [(sentence.start, sentence.end) for sentence in analysis.sentences]
