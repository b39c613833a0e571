"""What the list of entries is narrowed to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Select, Static

from journal.domain import Filters
from journal.service import Journal
from journal.tui.display import family_words, harmless

CHOICES = (("placement", "placements"), ("prompt_family", "prompt_families"), ("tag", "tags"))
LABELS = {"placement": "placement", "prompt_family": "question about", "tag": "tag"}


class NarrowScreen(ModalScreen[Filters]):
    """Choices from what is in use; escape closes and applies."""

    DEFAULT_CSS = """
    NarrowScreen .row { height: 3; }
    NarrowScreen .label { width: 16; padding: 1 1 0 0; text-align: right; color: $quiet; }
    NarrowScreen Input, NarrowScreen Select { width: 1fr; }
    NarrowScreen #said { color: $error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "close", "Close", id="narrow.close", tooltip="Close and apply"),
    ]

    def __init__(self, journal: Journal, filters: Filters) -> None:
        super().__init__()
        self._filters = filters
        self._known = journal.facets()

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            for name, example in (("since", "2026-03-01"), ("until", "2026-11-30")):
                with Horizontal(classes="row"):
                    yield Static("from" if name == "since" else "to", classes="label")
                    value = getattr(self._filters, name)
                    yield Input(value.isoformat() if value else "", placeholder=example, id=name)
            for name, facet in CHOICES:
                with Horizontal(classes="row"):
                    yield Static(LABELS[name], classes="label")
                    yield self._select(name, self._known.get(facet, []))
            yield Static("", id="said", markup=False)
            yield Static("[$accent]escape[/] close and apply   [$accent]tab[/] next", classes="muted")

    def _select(self, name: str, known: list[str]) -> Select[str]:
        chosen = getattr(self._filters, name)
        options = [(Content(family_words(v) if name == "prompt_family" else harmless(v)), v) for v in known]
        return Select(options, value=chosen if chosen in known else Select.NULL, prompt="any", id=name)

    def action_close(self) -> None:
        try:
            days = {name: self._day(name) for name in ("since", "until")}
        except ValueError:
            self.query_one("#said", Static).update("Write a day as 2026-03-09, or leave it empty.")
            return
        chosen = {name: self.query_one(f"#{name}", Select).value for name, _ in CHOICES}
        values = {name: None if value is Select.NULL else str(value) for name, value in chosen.items()}
        self.dismiss(replace(self._filters, **days, **values))  # type: ignore[arg-type]

    def _day(self, name: str) -> date | None:
        value = self.query_one(f"#{name}", Input).value.strip()
        return date.fromisoformat(value) if value else None
