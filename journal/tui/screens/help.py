"""Help for the screen one is on: what it is for, in a few lines, and all its keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Markdown, Static


class HelpScreen(ModalScreen[None]):
    """Shows a page of help and the keys that were active under it."""

    DEFAULT_CSS = """
    HelpScreen .dialog { width: 76; }
    HelpScreen Markdown { background: $surface; padding: 0; margin: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q", "dismiss", "Close", id="help.close", tooltip="Back to where you were"),
    ]

    def __init__(self, page: str, keys: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._page = page
        self._keys = list(keys)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog"):
            yield Markdown(self._page)
            yield Static(self._table())
            yield Static("[$accent]escape[/] closes   [$accent]↑ ↓[/] scroll", classes="muted")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def _table(self) -> Content:
        """One line for each thing a key does, ours only: those with an id and a word on what they do."""
        lines: dict[str, tuple[list[str], str]] = {}
        for active in self._keys:
            binding = active.binding
            if binding.id and (binding.tooltip or binding.description):
                keys, _ = lines.setdefault(binding.id, ([], binding.tooltip or binding.description))
                keys.append(self.app.get_key_display(binding))
        rows = (
            Content.assemble((f"{' '.join(keys):>12}", "bold $accent"), f"  {words}") for keys, words in lines.values()
        )
        return Content("\n").join([*rows, Content("")])
