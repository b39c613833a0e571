"""One entry, its sentences and what they are about; and, just after saving, the two questions."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Static

from journal.domain import Analysis, Entry
from journal.errors import JournalError
from journal.service import Journal
from journal.tui.app import complain
from journal.tui.display import counts_line, full_day, harmless, plain
from journal.tui.help import help_text
from journal.tui.messages import Adapted, EntryRead
from journal.tui.widgets.afterwards import Afterwards
from journal.tui.widgets.correct_line import CorrectLine
from journal.tui.widgets.sentence_list import SentenceList
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.why import WhyPanel

_OWN_KEYS = ("why", "marks", "correct", "take_back", "lift", "points", "edit", "versions", "bin")
"""What the keys of the screen do; not while a sentence is being corrected, when letters are answers."""


class EntryScreen(Screen[None]):
    """Shows an entry; `fresh` when it has just been saved, `at` the start of the sentence to have under the cursor."""

    CSS_PATH = "entry.tcss"
    HELP = help_text("entry")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", "Back", id="entry.back", tooltip="Back"),
        Binding("w,enter", "why", "Why", id="entry.why", tooltip="Why is this sentence marked so?"),
        Binding("m", "marks", "Marks", id="entry.marks", tooltip="Hide or show the marks"),
        Binding("c", "correct", "Correct", id="entry.correct", tooltip="Say what this sentence is about; yours counts"),
        Binding("backspace", "take_back", id="entry.take_back", tooltip="Take your answer back", show=False),
        Binding("l", "lift", "Lift", id="entry.lift", tooltip="Lift a task sentence: what was it for?"),
        Binding("p", "points", "Points", id="entry.points", tooltip="Learning points: what you take from it"),
        Binding("e", "edit", "Edit", id="entry.edit", tooltip="Change it; earlier versions are kept"),
        Binding("v", "versions", "Versions", id="entry.versions", tooltip="Earlier versions", show=False),
        Binding("delete", "bin", "Bin", id="entry.bin", tooltip="Put it in the bin for 30 days", show=False),
    ]

    def __init__(self, journal: Journal, entry_id: str, *, fresh: bool = False, at: int | None = None) -> None:
        super().__init__()
        self.journal = journal
        self.entry: Entry = journal.entry(entry_id)
        self.analysis: Analysis | None = None
        self._fresh = fresh
        self._at = at
        self._marks = True
        self._why = False

    def compose(self) -> ComposeResult:
        yield TopLine(self._where(), "saved" if self._fresh else "")
        with Vertical(classes="column", id="page"):
            if self.entry.content.prompt:
                yield Static(plain(self.entry.content.prompt), id="question")
            yield SentenceList(id="sentences")
            yield WhyPanel(classes="hidden")
            yield CorrectLine()
            yield Static(id="counts", classes="muted")
            yield Static(id="act", classes="muted hidden")
            yield Static(id="points", classes="hidden")
            yield Afterwards()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(SentenceList).focus()
        self.query_one(WhyPanel).text = self.entry.content.text
        self.query_one(WhyPanel).said = self.journal.corrections.of(self.entry)
        self._show_act()
        self._show_points()
        if not self.journal.readings.wanted(self.entry):
            self._show("")
            self._finish_reading()
            return
        self.analysis = self.journal.readings.of(self.entry)
        if self.analysis:
            self._show("")
            for sentence in self.analysis.sentences:
                if sentence.start == self._at:
                    self.query_one(SentenceList).go_to(sentence)
            self._finish_reading()
        else:
            self._show("Reading your sentences…")
            self.app.read_entry(self.entry)  # type: ignore[attr-defined]

    def _where(self) -> str:
        content = self.entry.content
        tags = " ".join(f"#{tag}" for tag in content.tags)
        return " · ".join(part for part in (full_day(self.entry.day), content.placement, tags) if part)

    @on(EntryRead)
    def take_reading(self, message: EntryRead) -> None:
        if (message.entry_id, message.revision) != (self.entry.id, self.entry.revision) or self.analysis:
            return
        self.analysis = message.analysis
        trouble = self.app.reader.trouble  # type: ignore[attr-defined]
        self._show("" if self.analysis else trouble or "Not analysed.")
        self._finish_reading()

    @on(Adapted)
    def read_anew(self) -> None:
        """Show the sentences as they are read now, after an answer or after something was learnt."""
        self.analysis = self.journal.readings.of(self.entry) or self.analysis
        self._show("")
        why = self.query_one(WhyPanel)
        why.said = self.journal.corrections.of(self.entry)
        why.sentence = self.query_one(SentenceList).sentence

    def _show(self, state: str) -> None:
        lift = self.journal.lift(self.entry.id)
        sentences = self.query_one(SentenceList)
        sentences.show(
            self.entry.content.text,
            self.analysis if self._marks else None,
            lift if lift and lift.revision == self.entry.revision else None,
            marks=self._marks,
            why=self._why,
        )
        self.query_one("#counts", Static).update(
            plain(state) if state else counts_line(self.entry.content.text, self.analysis)
        )
        self.refresh_bindings()

    def _show_act(self) -> None:
        acts = self.journal.acts_of(self.entry.id)
        shown = self.query_one("#act", Static)
        shown.set_class(not acts, "hidden")
        state = {"open": "○", "done": "●", "not_yet": "◌", "dropped": "×"}
        lines = (f"{state[act.state]} {harmless(act.text)} {harmless(act.outcome)}".rstrip() for act in acts)
        shown.update(Content("\n".join(lines)))

    def _show_points(self) -> None:
        from journal.tui.screens.learning import points_lines

        points = self.journal.learning.of(self.entry.id)
        shown = self.query_one("#points", Static)
        shown.update(points_lines(points))
        shown.set_class(not points, "hidden")

    # ----------------------------------------------------------------- the two questions

    def _finish_reading(self) -> None:
        if self._fresh and not self._ask_lift():
            self._ask_act()

    def _ask_lift(self) -> bool:
        found = self.analysis and self.journal.readings.liftable(self.entry, self.analysis)
        if not found:
            return False
        self.query_one(SentenceList).go_to(found)
        self._lifting = found
        self.query_one(Afterwards).ask_lift(self.entry.content.text[found.start : found.end])
        return True

    def _ask_act(self) -> None:
        if self.journal.acts_of(self.entry.id):
            self._close_questions()
            return
        seed = int(self.entry.id[:8], 16)
        self.query_one(Afterwards).ask_act(self.journal.prompts.suggest_acts(self.analysis, seed=seed))

    def _close_questions(self) -> None:
        self._fresh = False
        self.query_one(Afterwards).add_class("hidden")
        self.query_one(SentenceList).focus()

    @on(Afterwards.Answered)
    def take_answer(self, message: Afterwards.Answered) -> None:
        try:
            if message.about == "lift" and message.words:
                self.journal.keep_lift(self.entry, self._lifting.start, self._lifting.end, message.words)
                self._show("")
            elif message.words:
                self.journal.choose_act(message.words, self.entry.id)
                self._show_act()
                self.app.notify("Today will ask you how it went.", timeout=3)
        except JournalError as error:
            complain(self.app, error)
            return
        if message.about == "lift" and self._fresh:
            self._ask_act()
        else:
            self._close_questions()

    @on(Afterwards.Looked)
    @on(CorrectLine.Looked)
    def look(self, message: Afterwards.Looked | CorrectLine.Looked) -> None:
        sentences = self.query_one(SentenceList)
        sentences.action_cursor_up() if message.step < 0 else sentences.action_cursor_down()

    # ----------------------------------------------------------------- the person's own word

    @on(CorrectLine.Said)
    def keep_answer(self, message: CorrectLine.Said) -> None:
        sentence = self.query_one(SentenceList).sentence
        if sentence is None:
            return
        span, shown = (sentence.start, sentence.end), sentence.level
        before = self.journal.corrections.of(self.entry).get(span)
        level, acts, frame = message.level or shown, message.acts, message.frame
        if acts is None and before:  # another level says nothing against the acts that were said
            acts, frame = before.acts, before.frame
        try:
            self.journal.corrections.say(self.entry, span, level, acts, frame)
        except JournalError as error:
            complain(self.app, error)
            return
        words = f"Kept: {level} is right." if level == shown else f"Now {level}: you said so."
        self._answered(f"{words} Backspace takes it back.")

    @on(CorrectLine.TakenBack)
    def action_take_back(self) -> None:
        sentence = self.query_one(SentenceList).sentence
        try:
            gone = sentence and self.journal.corrections.take_back(self.entry, (sentence.start, sentence.end))
        except JournalError as error:
            complain(self.app, error)
            return
        if gone:
            self._answered("Taken back: the analysis's own reading stands again.")

    def _answered(self, words: str) -> None:
        self.close_correcting()
        self.read_anew()
        self.app.notify(words, timeout=4)
        self.app.adapt()  # type: ignore[attr-defined]

    @on(CorrectLine.Closed)
    def close_correcting(self) -> None:
        self.query_one(CorrectLine).close()
        self.query_one(SentenceList).focus()
        self.refresh_bindings()

    # ----------------------------------------------------------------- what a key does

    @on(SentenceList.Chosen)
    def follow_cursor(self, message: SentenceList.Chosen) -> None:
        self.query_one(WhyPanel).sentence = message.sentence
        line = self.query_one(CorrectLine)
        if line.asking and message.sentence:
            line.ask(message.sentence)

    @on(SentenceList.OptionSelected)
    def chosen(self) -> None:
        if not self.query_one(CorrectLine).asking:
            self.action_why()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.is_mounted:
            return True
        if self.query_one(CorrectLine).asking and action in _OWN_KEYS:
            return False
        if action == "take_back":
            sentence = self.query_one(SentenceList).sentence
            return sentence is not None and sentence.corrected
        if action in ("why", "marks", "correct", "lift"):
            return self.analysis is not None
        return True

    def action_correct(self) -> None:
        if not self._marks:
            self.action_marks()
        if sentence := self.query_one(SentenceList).sentence:
            self.query_one(CorrectLine).ask(sentence)
            self.refresh_bindings()

    def action_why(self) -> None:
        self._why = not self._why
        self._marks = True
        self._show("")
        panel = self.query_one(WhyPanel)
        panel.set_class(not self._why, "hidden")
        panel.sentence = self.query_one(SentenceList).sentence

    def action_marks(self) -> None:
        self._marks = not self._marks
        self._why = False
        self.query_one(WhyPanel).add_class("hidden")
        self._show("")

    def action_lift(self) -> None:
        chosen = self.query_one(SentenceList).sentence
        if self.journal.lift(self.entry.id):
            self.app.notify("One sentence of this entry has been lifted already.", timeout=4)
        elif chosen is None or chosen.level != "task":
            self.app.notify("Choose a task sentence (▪) to lift.", timeout=4)
        else:
            self._lifting = chosen
            self.query_one(Afterwards).ask_lift(self.entry.content.text[chosen.start : chosen.end])

    def action_points(self) -> None:
        from journal.tui.screens.learning import NotePointsScreen

        self.app.push_screen(NotePointsScreen(self.journal, self.entry.id), lambda _: self._show_points())

    def action_edit(self) -> None:
        from journal.tui.screens.write import WriteScreen

        self.app.switch_screen(WriteScreen(self.journal, self.entry.content, entry_id=self.entry.id))

    def action_versions(self) -> None:
        from journal.tui.screens.versions import VersionsScreen

        self.app.push_screen(VersionsScreen(self.journal, self.entry))

    def action_bin(self) -> None:
        self.journal.put_in_bin(self.entry.id)
        self.app.notify("In the bin for 30 days. F4 in Entries shows the bin.", timeout=6)
        self.app.pop_screen()
