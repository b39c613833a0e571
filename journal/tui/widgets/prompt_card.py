"""The question for now, and why this one."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import Static

from journal.domain import Suggestion
from journal.tui.display import harmless, plain


class PromptCard(Vertical):
    """Shows a `suggestion`."""

    DEFAULT_CSS = """
    PromptCard {
        height: auto;
        border-left: outer $primary;
        background: $surface;
        padding: 1 2;
        margin: 1 0;
    }
    PromptCard > .question { text-style: bold; }
    PromptCard > .follow { color: $quiet; margin-top: 1; }
    PromptCard > .why { color: $quiet; text-style: italic; margin-top: 1; }
    .-short PromptCard > .follow { display: none; }
    """

    suggestion: reactive[Suggestion | None] = reactive(None, repaint=False)

    def compose(self) -> ComposeResult:
        yield Static(classes="question")
        yield Static(classes="follow")
        yield Static(classes="why")

    def watch_suggestion(self, suggestion: Suggestion | None) -> None:
        if suggestion is None or not self.is_mounted:
            return
        self.query_one(".question", Static).update(plain(suggestion.prompt.question))
        follow = self.query_one(".follow", Static)
        follow.update(plain("\n".join(f"· {harmless(line)}" for line in suggestion.prompt.follow_ups)))
        follow.set_class(not suggestion.prompt.follow_ups, "hidden")
        self.query_one(".why", Static).update(plain(suggestion.why))
