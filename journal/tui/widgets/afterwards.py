"""After saving: a sentence lifted, then one small act; each can be passed over with one key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from journal.tui.display import harmless


class Afterwards(Vertical):
    """Asks one question at a time; `Answered` carries the words, empty where it was passed over."""

    DEFAULT_CSS = """
    Afterwards { height: auto; border: round $primary; background: $surface; padding: 0 1; margin-top: 1; }
    Afterwards > #asked { height: auto; }
    Afterwards > #offers { height: auto; color: $quiet; }
    Afterwards > #keys { color: $quiet; height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "pass_over", "Pass", id="after.pass", tooltip="Pass this over"),
        Binding("up", "sentence(-1)", "Sentences", id="after.up", show=False),
        Binding("down", "sentence(1)", "Sentences", id="after.down", show=False),
    ]

    class Answered(Message):
        """An answer to the lift (`about` = "lift") or a chosen small act ("act")."""

        def __init__(self, about: str, words: str) -> None:
            super().__init__()
            self.about = about
            self.words = words

    class Looked(Message):
        """The person moved among the sentences above while being asked."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__(classes="hidden")
        self.about = ""
        self._offers: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="asked")
        yield Static(id="offers")
        yield Input(id="answer")
        yield Static(id="keys")

    def ask_lift(self, sentence: str) -> None:
        """Offer a task sentence back."""
        self.about = "lift"
        quoted = " ".join(harmless(sentence).split())
        asked = Content.assemble(("You wrote: ", "$quiet"), f"“{quoted}”\n", ("What was it for?", "bold"))
        self._show(asked, (), "one sentence of yours")

    def ask_act(self, offers: tuple[str, ...]) -> None:
        """Offer small acts for the next shift."""
        self.about = "act"
        self._show(Content("One small act for your next shift?").stylize("bold"), offers, "your own, or a number")

    def _show(self, asked: Content, offers: tuple[str, ...], hint: str) -> None:
        self._offers = offers
        self.query_one("#asked", Static).update(asked)
        listed = self.query_one("#offers", Static)
        listed.update(Content("\n".join(f"{number}  {text}" for number, text in enumerate(offers, 1))))
        listed.set_class(not offers, "hidden")
        keys = "[$accent]enter[/] keep   [$accent]escape[/] not now   [$accent]↑ ↓[/] your sentences"
        self.query_one("#keys", Static).update(keys)
        field = self.query_one(Input)
        field.value, field.placeholder = "", hint
        self.remove_class("hidden")
        field.focus()

    @on(Input.Submitted)
    def keep(self, message: Input.Submitted) -> None:
        message.stop()
        words = message.value.strip()
        if words.isdigit() and 1 <= int(words) <= len(self._offers):
            words = self._offers[int(words) - 1]
        self.post_message(self.Answered(self.about, words))

    def action_pass_over(self) -> None:
        self.post_message(self.Answered(self.about, ""))

    def action_sentence(self, step: int) -> None:
        self.post_message(self.Looked(step))
