"""One line at the foot of an entry: what the sentence under the cursor is about, in the person's own judgement."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from journal.domain import ACTS, LEVELS, Act, Frame, Level, Sentence
from journal.tui.display import MARKS

LEVEL_KEYS: dict[Level, str] = {"task": "t", "team": "m", "system": "s", "other": "o"}
FRAME_KEYS: dict[Frame, str] = {"production": "p", "problem_solving": "b", "learning": "l"}
FRAME_NAMES: dict[Frame, str] = {
    "production": "carrying out",
    "problem_solving": "solving a problem",
    "learning": "learning",
}


class CorrectLine(Static, can_focus=True):
    """Asks for the level with one key; `a` opens a second step for acts and frame. It keeps nothing itself."""

    DEFAULT_CSS = """
    CorrectLine { height: auto; border-top: solid $primary; padding: 0 1; background: $background; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"say('{level}')", level, id=f"correct.{level}", tooltip=f"It is {level}", show=False)
            for level, key in LEVEL_KEYS.items()
        ),
        Binding("enter", "keep", "Right", id="correct.keep", tooltip="Right as it is", show=False),
        Binding("a", "acts", "Acts", id="correct.acts", tooltip="What the sentence shows, besides", show=False),
        *(
            Binding(str(place), f"act('{act}')", act, id=f"correct.{act}", tooltip=f"It shows {act}", show=False)
            for place, act in enumerate(ACTS, 1)
        ),
        *(
            Binding(
                key, f"frame('{frame}')", id=f"correct.{frame}", show=False, tooltip=f"Work as {FRAME_NAMES[frame]}"
            )
            for frame, key in FRAME_KEYS.items()
        ),
        Binding("backspace", "take_back", "Take back", id="correct.back", tooltip="Take your answer back", show=False),
        Binding("up,k", "look(-1)", "Sentence above", id="correct.up", show=False),
        Binding("down,j", "look(1)", "Sentence below", id="correct.down", show=False),
        Binding("escape,c", "close", "Close", id="correct.close", tooltip="Leave it as it is", show=False),
    ]

    class Said(Message):
        """What the sentence is about.

        `level` is None where what is shown is right, `acts` where only the level was answered.
        """

        def __init__(
            self, level: Level | None, acts: tuple[Act, ...] | None = None, frame: Frame | None = None
        ) -> None:
            super().__init__()
            self.level, self.acts, self.frame = level, acts, frame

    class TakenBack(Message):
        """The analysis's own reading is to stand again."""

    class Looked(Message):
        """The person moved to another sentence while being asked."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Closed(Message):
        """Nothing more is to be said."""

    def __init__(self) -> None:
        super().__init__(classes="hidden")
        self._sentence: Sentence | None = None
        self._by_acts = False
        self._acts: set[Act] = set()
        self._frame: Frame | None = None

    @property
    def asking(self) -> bool:
        return not self.has_class("hidden")

    def ask(self, sentence: Sentence) -> None:
        """Ask about a sentence, or about another one instead; what is being chosen of the same one stands."""
        same = self.asking and self._sentence is not None and self._sentence.start == sentence.start
        self._sentence = sentence
        if not same:
            self._begin(sentence)
        self.remove_class("hidden")
        self._show()
        self.focus()

    def _begin(self, sentence: Sentence) -> None:
        self._by_acts, self._acts, self._frame = False, set(sentence.acts), sentence.frame

    def close(self) -> None:
        self.add_class("hidden")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("act", "frame"):
            return self._by_acts
        if action in ("say", "acts", "look"):
            return not self._by_acts
        return action != "take_back" or (not self._by_acts and self._sentence is not None and self._sentence.corrected)

    def _show(self) -> None:
        self.update(self._acts_asked() if self._by_acts else self._level_asked())

    def _level_asked(self) -> Content:
        corrected = self._sentence is not None and self._sentence.corrected
        choices = [("What is it about?  ", "bold")]
        for level in LEVELS:
            choices.append((LEVEL_KEYS[level], "bold $accent"))
            choices.append((f" {MARKS[level].strip()} {level}   ".replace("  o", " o"), _colour(level)))
        keys = [("enter", "right as it is"), ("a", "acts")]
        keys += [("backspace", "take back")] if corrected else []
        return Content("\n").join([Content.assemble(*choices), _keys(*keys, ("escape", "leave it"))])

    def _acts_asked(self) -> Content:
        acts = [_choice(str(place), act, act in self._acts) for place, act in enumerate(ACTS, 1)]
        frames = [_choice(key, FRAME_NAMES[frame], frame == self._frame) for frame, key in FRAME_KEYS.items()]
        half = len(acts) // 2
        shown = Content.assemble(("It shows  ", "bold"), *acts[:half], "\n          ", *acts[half:])
        work = Content.assemble(("Work as   ", "bold"), *frames)
        return Content("\n").join([shown, work, _keys(("enter", "keep"), ("escape", "back"))])

    # ----------------------------------------------------------------- what a key does

    def action_say(self, level: Level) -> None:
        self.post_message(self.Said(level))

    def action_keep(self) -> None:
        acts = tuple(act for act in ACTS if act in self._acts) if self._by_acts else None
        self.post_message(self.Said(None, acts, self._frame if self._by_acts else None))

    def action_acts(self) -> None:
        self._by_acts = True
        self._show()

    def action_act(self, act: Act) -> None:
        self._acts ^= {act}
        self._show()

    def action_frame(self, frame: Frame) -> None:
        self._frame = None if self._frame == frame else frame
        self._show()

    def action_take_back(self) -> None:
        self.post_message(self.TakenBack())

    def action_look(self, step: int) -> None:
        self.post_message(self.Looked(step))

    def action_close(self) -> None:
        if self._by_acts and self._sentence:
            self._begin(self._sentence)
            self._show()
            self.refresh_bindings()
        else:
            self.post_message(self.Closed())


def _colour(level: Level) -> str:
    return "$quiet" if level == "other" else f"$level-{level}"


def _choice(key: str, word: str, chosen: bool) -> Content:
    """A word that can be switched; a tick and not only a colour says that it is on."""
    shown = Content(f" ✓{word:<9}").stylize("bold") if chosen else Content(f"  {word:<9}")
    return Content.assemble((key, "bold $accent"), shown, "  ")


def _keys(*keys: tuple[str, str]) -> Content:
    parts = [Content.assemble((key, "$accent"), (f" {words}", "$quiet")) for key, words in keys]
    return Content("   ").join(parts)
