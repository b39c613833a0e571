"""The first run: what this is, a passphrase, the recovery words, and who one is; nothing is written before the end."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Button, ContentSwitcher, Footer, Input, Static

from journal.domain import Profile
from journal.errors import JournalError
from journal.service import opening
from journal.tui.help import help_text
from journal.tui.messages import Unlocked
from journal.tui.widgets.strength import StrengthLine

STEPS = ("hello", "phrase", "words", "proof", "you")
PROVED = 3
"""Recovery words asked back."""


class WelcomeScreen(Screen[None]):
    """Five short steps; leaving at any of them leaves nothing behind."""

    CSS_PATH = "welcome.tcss"
    HELP = help_text("welcome")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="welcome.back", tooltip="One step back"),
        Binding("ctrl+q", "app.quit", "Quit", id="welcome.quit", tooltip="Leave; nothing has been written"),
    ]

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self._keys = opening.new_keys()
        self._asked = sorted(secrets.SystemRandom().sample(range(len(self._keys.words)), PROVED))

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="column", can_focus=False):
            yield Static("small [$accent]l[/]", id="name")
            with ContentSwitcher(initial="hello", id="steps"):
                yield from self._hello()
                yield from self._phrase()
                yield from self._words()
                yield from self._proof()
                yield from self._you()
            yield Static("", id="answer", markup=False)
        yield Footer(show_command_palette=False)

    def _hello(self) -> ComposeResult:
        with Vertical(id="hello"):
            yield Static(
                "A private place to think about a shift: one question, three minutes, your own words.\n"
                "Over months it shows you, in your own sentences, how you move from single tasks to what the work "
                "is for.",
                classes="say",
            )
            yield Static(
                "Everything is encrypted on this machine. Nothing ever leaves it unless you send it.",
                classes="say muted",
            )
            with Horizontal(classes="buttons"):
                yield Button("Begin", id="begin", classes="-primary")
            yield Static(
                "About two minutes. Have pen and paper by you for the recovery words.\n"
                "To look round first, leave and run:  journal demo",
                classes="say muted",
            )

    def _phrase(self) -> ComposeResult:
        with Vertical(id="phrase"):
            yield Static("Choose a passphrase", classes="heading")
            yield Static("You will type it each time. Four or five words that do not belong together are good.")
            yield Input(password=True, placeholder="passphrase", id="first")
            yield StrengthLine()
            yield Input(password=True, placeholder="the same again", id="second")

    def _words(self) -> ComposeResult:
        with Vertical(id="words"):
            yield Static("Write down your recovery words", classes="heading")
            yield Static("If you forget the passphrase, these 24 words are the only way in. They are shown once.")
            with Grid(id="wordgrid"):
                for number, word in enumerate(self._keys.words, 1):
                    yield Static(f"[$quiet]{number:>2}[/] {word}")
            with Horizontal(classes="buttons"):
                yield Button("I have written them down", id="kept", classes="-primary")

    def _proof(self) -> ComposeResult:
        with Vertical(id="proof"):
            yield Static("Three of them, to be sure", classes="heading")
            yield Static("From your paper:")
            for number in self._asked:
                with Horizontal(classes="row"):
                    yield Static(f"word {number + 1}", classes="label")
                    yield Input(id=f"word{number}", classes="proof")

    def _you(self) -> ComposeResult:
        with Vertical(id="you"):
            yield Static("Where you are now", classes="heading")
            yield Static("Each can be left empty, and changed for any entry.")
            for name, example in (
                ("role", "FY1, student nurse, registrar …"),
                ("setting", "ward, clinic, emergency, community …"),
                ("placement", "Renal, General surgery, Riverside practice …"),
            ):
                with Horizontal(classes="row"):
                    yield Static(name, classes="label")
                    yield Input(id=name, placeholder=example, classes="about")
            with Horizontal(classes="buttons"):
                yield Button("Start my journal", id="start", classes="-primary")

    def on_mount(self) -> None:
        self.query_one("#begin").focus()

    # ----------------------------------------------------------------- going on and back

    @property
    def _step(self) -> str:
        return self.query_one(ContentSwitcher).current or "hello"

    def _show(self, step: str) -> None:
        self.query_one(ContentSwitcher).current = step
        self._say("")
        first = next(iter(self.query(f"#{step} Input, #{step} Button")), None)
        if first:
            first.focus()

    def action_back(self) -> None:
        place = STEPS.index(self._step)
        if place:
            self._show(STEPS[place - 1])

    def _say(self, words: str) -> None:
        self.query_one("#answer", Static).update(words)

    @on(Button.Pressed, "#begin")
    def begin(self) -> None:
        self._show("phrase")

    @on(Input.Changed, "#first")
    def show_strength(self, message: Input.Changed) -> None:
        self.query_one(StrengthLine).passphrase = message.value

    @on(Input.Submitted, "#first")
    def to_second(self) -> None:
        self.query_one("#second").focus()

    @on(Input.Submitted, "#second")
    def check_phrase(self) -> None:
        first, second = self.query_one("#first", Input).value, self.query_one("#second", Input).value
        if not first:
            self._say("Type a passphrase first.")
            self.query_one("#first").focus()
        elif first != second:
            self._say("The two are not the same. Type the second again.")
            self.query_one("#second", Input).value = ""
        else:
            self._show("words")

    @on(Button.Pressed, "#kept")
    def ask_back(self) -> None:
        self._show("proof")

    @on(Input.Submitted, ".proof")
    def check_proof(self, message: Input.Submitted) -> None:
        for number in self._asked:
            field = self.query_one(f"#word{number}", Input)
            right = field.value.strip().lower() == self._keys.words[number]
            if not right:
                if field is message.input:
                    self._say(f"That is not word {number + 1}. Look again, or press escape to see them once more.")
                else:
                    self._say("")
                field.focus()
                return
        self._show("you")

    @on(Input.Submitted, ".about")
    def next_about(self) -> None:
        self.focus_next()

    @on(Button.Pressed, "#start")
    def start(self) -> None:
        self.query_one("#start", Button).disabled = True
        self._say("Making your journal…")
        profile = Profile(
            *(self.query_one(f"#{name}", Input).value.strip() for name in ("role", "setting", "placement"))
        )
        self._create(self.query_one("#first", Input).value, profile)

    @work(thread=True, exclusive=True, exit_on_error=False, group="unlock")
    def _create(self, passphrase: str, profile: Profile) -> None:
        try:
            journal = opening.create(self._home, self._keys, passphrase, profile)
        except JournalError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            self.app.post_message(Unlocked(journal))

    def _failed(self, error: JournalError) -> None:
        self.query_one("#start", Button).disabled = False
        self._say(f"{error.title}\n{error.advice}")
