"""The particulars of an entry: when it happened, where, and whether it may be analysed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from journal.domain import EntryContent
from journal.errors import BadInput
from journal.limits import checked_moment
from journal.service import Journal
from journal.tui.messages import DetailsChosen
from journal.tui.widgets.tick import Tick

FIELDS = (
    ("event_date", "happened on", "2026-03-09; empty: the day of writing"),
    ("placement", "placement", "where you are based"),
    ("setting", "setting", "ward, clinic, emergency …"),
    ("role", "role", "as what you were there"),
    ("tags", "tags", "handover, nights"),
)


class DetailsScreen(ModalScreen[None]):
    """Everything optional; escape closes and keeps."""

    DEFAULT_CSS = """
    DetailsScreen .row { height: 3; }
    DetailsScreen .label { width: 14; padding: 1 1 0 0; text-align: right; color: $quiet; }
    DetailsScreen Input { width: 1fr; }
    DetailsScreen #said { color: $error; height: auto; }
    DetailsScreen .last { height: 2; }
    DetailsScreen .last .label { padding: 0 1 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "close", "Close", id="details.close", tooltip="Close and keep"),
    ]

    def __init__(self, journal: Journal, content: EntryContent) -> None:
        super().__init__()
        self._content = content
        self._known = journal.facets()
        self._today = journal.now().date()

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="dialog", can_focus=False):
            for name, label, example in FIELDS:
                with Horizontal(classes="row"):
                    yield Static(label, classes="label")
                    known = self._known.get(f"{name}s" if name != "tags" else name, [])
                    yield Input(
                        self._value(name),
                        id=name,
                        placeholder=example,
                        suggester=SuggestFromList(known, case_sensitive=False) if known else None,
                    )
            with Horizontal(classes="row last"):
                yield Static("analyse", classes="label")
                yield Tick("read what its sentences are about", self._content.analyse, id="analyse")
            yield Static("", id="said", markup=False)
            yield Static("[$accent]escape[/] close and keep   [$accent]tab[/] next", classes="muted")

    def _value(self, name: str) -> str:
        value = getattr(self._content, name)
        if isinstance(value, date):
            return value.isoformat()
        return ", ".join(value) if isinstance(value, tuple) else value or ""

    @on(Input.Submitted)
    def next_field(self) -> None:
        self.focus_next()

    def action_close(self) -> None:
        try:
            content = self._read()
        except BadInput as error:
            self.query_one("#said", Static).update(f"{error.title} {error.advice}")
            self.query_one("#event_date").focus()
            return
        self.dismiss()
        self.app.screen.post_message(DetailsChosen(content))

    def _read(self) -> EntryContent:
        given = {name: self.query_one(f"#{name}", Input).value.strip() for name, *_ in FIELDS}
        happened = given["event_date"] and checked_moment(given["event_date"], self._today, "date")
        tags = (tag.strip().lstrip("#").lower() for tag in given["tags"].split(","))
        return replace(
            self._content,
            event_date=date.fromisoformat(happened[:10]) if happened else None,
            placement=given["placement"] or None,
            setting=given["setting"] or None,
            role=given["role"] or None,
            tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
            analyse=self.query_one("#analyse", Tick).value,
        )
