"""Why a sentence is marked as it is: its level, acts and frame, and the words that moved them."""

from collections.abc import Mapping

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from journal.domain import SAID, Correction, Sentence
from journal.tui.display import ACT_WORDS, FRAME_WORDS, MARKS, MEANINGS, harmless, level_label


class WhyPanel(Static):
    """Explains one `sentence` of a `text`."""

    DEFAULT_CSS = """
    WhyPanel {
        height: auto;
        max-height: 9;
        border-top: solid $border;
        padding: 0 1;
        background: $background;
        color: $foreground;
    }
    """

    said: Mapping[tuple[int, int], Correction] = {}
    """What the person said, by where a sentence begins and ends."""
    text: reactive[str] = reactive("", repaint=False)
    sentence: reactive[Sentence | None] = reactive(None, repaint=False)

    def watch_sentence(self, sentence: Sentence | None) -> None:
        self.update(self._explain(sentence) if sentence else Content("Choose a sentence."))

    def _explain(self, sentence: Sentence) -> Content:
        lines = [self._headline(sentence)]
        for item in sentence.evidence:
            if item.why == SAID:
                lines.append(self._answer(sentence))
                continue
            words = " ".join(harmless(self.text[item.start : item.end]).split())
            lines.append(Content.assemble(("“", "$quiet"), words, ("” ", "$quiet"), Content(item.why)))
        extra = [ACT_WORDS[act] for act in sentence.acts]
        if sentence.frame:
            extra.append(FRAME_WORDS[sentence.frame])
        if extra:
            lines.append(Content(" · ".join(extra)).stylize("$quiet"))
        return Content("\n").join(lines)

    def _answer(self, sentence: Sentence) -> Content:
        """Who said so, and what the model by itself had made of it."""
        said = self.said.get((sentence.start, sentence.end))
        if said is None:
            return Content("You said so.")
        level = said.model_level
        share = f"{said.p[level]:.0%}".replace("%", " %")
        if level == said.level:
            return Content(f"You said so; the analysis had said the same ({share}).")
        return Content(f"You said so; the analysis had said {MARKS[level]} {level} ({share}).".replace("  ", " "))

    def _headline(self, sentence: Sentence) -> Content:
        if not sentence.sure:
            likely = max(sentence.p, key=lambda level: sentence.p[level])
            return Content(f"? Not sure; perhaps {likely} ({MEANINGS[likely]}).").stylize("bold")
        label = level_label(sentence).strip() or "no mark"
        return Content(f"{label}: {MEANINGS[sentence.level]}").stylize("bold")
