"""Whatever a person does, in whatever order, the journal holds what a plain dictionary would."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from journal.domain import EntryContent, Filters, now_text
from journal.errors import BadInput, NotFound
from journal.service import Journal, opening
from journal.service.keeping import BIN_DAYS
from journal.vault.keys import CHEAP

PHRASES = ("correct 'horse' \"battery\" staple", "zanzibar lorikeet")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["", " \n", "a\0b", "x" * 20_000, "naïve 🩺", "\u200f\u05e2\u05d1\u200e\r\n", "word word word"]
)

QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""A folder in memory, where every save need not wait for a disk."""


@cache
def template() -> Path:
    """An empty journal that is closed, made once."""
    place = tempfile.mkdtemp(dir=QUICK)
    atexit.register(shutil.rmtree, place)
    home = Path(place) / "journal"
    opening.create(home, opening.new_keys(), PHRASES[0], kdf=CHEAP).close()
    return home


def refused(text: str) -> bool:
    """Whether this is nothing to keep, or no text."""
    return not text.strip() or "\0" in text


@dataclass
class Kept:
    """What the journal must hold of one entry."""

    texts: list[str]
    deleted: datetime | None = None


class JournalAndDictionary(RuleBasedStateMachine):
    """Every act on a journal is done on a dictionary, too, and after each the two are compared whole."""

    ids = Bundle("ids")

    @initialize()
    def begin(self) -> None:
        self.now = datetime(2026, 3, 9, 20, 41, tzinfo=UTC)
        self.place = Path(tempfile.mkdtemp(dir=QUICK))
        self.home = self.place / "journal"
        shutil.copytree(template(), self.home)
        self.phrase = 0
        self.entries: dict[str, Kept] = {}
        self.drafts: dict[str, tuple[str, str | None]] = {}
        self.journal = self.unlocked()

    def unlocked(self) -> Journal:
        return opening.unlock(self.home, PHRASES[self.phrase], now=lambda: self.now, floor=CHEAP)

    def teardown(self) -> None:
        self.journal.close()
        shutil.rmtree(self.place)

    # ----------------------------------------------------------------- writing

    @rule(target=ids, text=TEXTS, draft=st.none() | st.sampled_from("ab"))
    def write(self, text: str, draft: str | None) -> str:
        if refused(text):
            with pytest.raises(BadInput):
                self.journal.write(EntryContent(text), draft_id=draft)
            return "0" * 32
        entry = self.journal.write(EntryContent(text), draft_id=draft)
        self.entries[entry.id] = Kept([text])
        self.drafts.pop(draft or "", None)
        return entry.id

    @rule(entry_id=ids, text=TEXTS, draft=st.none() | st.sampled_from("ab"))
    def edit(self, entry_id: str, text: str, draft: str | None) -> None:
        kept = self.entries.get(entry_id)
        if kept is None or kept.deleted or refused(text):
            with pytest.raises((BadInput, NotFound)):
                self.journal.revise(entry_id, EntryContent(text), draft_id=draft)
            return
        self.journal.revise(entry_id, EntryContent(text), draft_id=draft)
        if kept.texts[-1] != text:
            kept.texts.append(text)
        self.drafts.pop(draft or "", None)

    @rule(draft=st.sampled_from("ab"), text=TEXTS, entry_id=st.none() | ids)
    def keep_draft(self, draft: str, text: str, entry_id: str | None) -> None:
        self.journal.save_draft(EntryContent(text), draft, entry_id)
        self.drafts.pop(draft, None)
        self.drafts[draft] = (text, entry_id)

    @rule(draft=st.sampled_from("ab"))
    def discard_draft(self, draft: str) -> None:
        self.journal.discard_draft(draft)
        self.drafts.pop(draft, None)

    # ----------------------------------------------------------------- deleting

    @rule(entry_id=ids)
    def put_in_bin(self, entry_id: str) -> None:
        if kept := self.entries.get(entry_id):
            self.journal.put_in_bin(entry_id)
            kept.deleted = kept.deleted or self.now
        else:
            with pytest.raises(NotFound):
                self.journal.put_in_bin(entry_id)

    @rule(entry_id=ids)
    def undo(self, entry_id: str) -> None:
        if kept := self.entries.get(entry_id):
            self.journal.restore(entry_id)
            kept.deleted = None
        else:
            with pytest.raises(NotFound):
                self.journal.restore(entry_id)

    @rule(entry_id=consumes(ids))
    def delete_for_good(self, entry_id: str) -> None:
        kept = self.entries.get(entry_id)
        if kept is None or not kept.deleted:
            with pytest.raises((BadInput, NotFound)):
                self.journal.delete_for_good(entry_id)
            return
        self.journal.delete_for_good(entry_id)
        self.forget(entry_id)

    def forget(self, entry_id: str) -> None:
        del self.entries[entry_id]
        self.drafts = {draft: (text, of) for draft, (text, of) in self.drafts.items() if of != entry_id}

    # ----------------------------------------------------------------- locking

    @rule(days=st.integers(-20, 20))
    def lock_and_come_back(self, days: int) -> None:
        """The clock may have jumped either way."""
        self.journal.close()
        self.now += timedelta(days=days, minutes=1)
        self.journal = self.unlocked()
        before = self.now - timedelta(days=BIN_DAYS)
        for entry_id in [one for one, kept in self.entries.items() if kept.deleted and kept.deleted < before]:
            self.forget(entry_id)

    @rule()
    def change_passphrase(self) -> None:
        self.journal.change_passphrase(PHRASES[self.phrase], PHRASES[1 - self.phrase])
        self.phrase = 1 - self.phrase

    # ----------------------------------------------------------------- the two, compared

    @invariant()
    def holds_the_same(self) -> None:
        found = {row.id: row.deleted for bin_ in (False, True) for row in self.journal.entries(Filters(bin=bin_))}
        wanted = {one: kept.deleted and now_text(kept.deleted) for one, kept in self.entries.items()}
        assert found == wanted
        for entry_id, kept in self.entries.items():
            assert [revision.content.text for revision in self.journal.revisions(entry_id)] == kept.texts
        there = [kept.texts[-1] for kept in self.entries.values() if not kept.deleted]
        assert sorted(entry.content.text for entry in self.journal.all_entries()) == sorted(there)

    @invariant()
    def offers_the_newest_draft(self) -> None:
        draft = self.journal.draft()
        newest = next(reversed(self.drafts), None)
        assert (draft and draft.id) == newest
        assert draft is None or (draft.content.text, draft.entry_id) == self.drafts[draft.id]

    @precondition(lambda self: len(self.entries) > 2)
    @rule()
    def look_over(self) -> None:
        assert [check for check in self.journal.check() if not check.ok] == []


JournalAndDictionary.TestCase.settings = settings(
    max_examples=12, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TestAJournalIsADictionary = JournalAndDictionary.TestCase
