"""An open journal: writing, reading, keeping, and the small acts and lifts beside the entries."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from journal.domain import (
    ActState,
    Check,
    Draft,
    Entry,
    EntryContent,
    EntrySummary,
    Filters,
    LearningPoint,
    Lift,
    Profile,
    Revision,
    SmallAct,
    now_text,
)
from journal.errors import BadInput
from journal.limits import checked_length

if TYPE_CHECKING:
    from journal.importers.jsonl import Record
    from journal.service.corrections import Corrections
    from journal.service.departures import Departures
    from journal.service.keeping import Keeping
    from journal.service.learning import Learning
    from journal.service.merging import Merging
    from journal.service.prompts import Prompts
    from journal.service.readings import Readings
    from journal.service.safekeeping import Safekeeping
    from journal.service.safety import Safety
    from journal.service.sharing import Sharing
    from journal.service.viewing import Viewing
    from journal.vault.vault import Vault


class Journal:
    """One person's open journal, one method for each thing they can do with it.

    `now` is the clock everything is dated by; `config` the folder with the person's own prompt files;
    `sample` says that this is the demonstration, which is gone when it is closed.
    """

    def __init__(self, vault: Vault, *, config: Path, now: Callable[[], datetime], sample: bool = False) -> None:
        self._vault = vault
        self._config = config
        self.now = now
        self.sample = sample
        self._learning = Lock()

    @property
    def home(self) -> Path:
        """The vault's folder."""
        return self._vault.folder

    @property
    def readings(self) -> Readings:
        """What the sentences are about, and how that moves."""
        from journal.service.readings import Readings

        return Readings(self._vault)

    @property
    def corrections(self) -> Corrections:
        """What the person says their sentences are about."""
        from journal.service.corrections import Corrections

        return Corrections(self._vault, self.now, self._learning)

    @property
    def viewing(self) -> Viewing:
        """The same readings by place, frame and act."""
        from journal.service.viewing import Viewing

        return Viewing(self._vault)

    @property
    def safety(self) -> Safety:
        """How soon it locks, and what keeps copies of it."""
        from journal.service.safety import Safety

        return Safety(self._vault)

    @property
    def safekeeping(self) -> Safekeeping:
        """Its backups."""
        from journal.service.safekeeping import Safekeeping

        return Safekeeping(self._vault, self.now)

    @property
    def merging(self) -> Merging:
        """Taking in what another copy of it holds."""
        from journal.service.merging import Merging

        return Merging(self._vault, self.now)

    @property
    def prompts(self) -> Prompts:
        """The prompts, and which one now."""
        from journal.service.prompts import Prompts

        return Prompts(self._vault, self._config, self.now)

    @property
    def keeping(self) -> Keeping:
        """What becomes of old entries, the bin, and the legal hold."""
        from journal.service.keeping import Keeping

        return Keeping(self._vault, self.now)

    @property
    def learning(self) -> Learning:
        """What was taken from the entries."""
        from journal.service.learning import Learning

        return Learning(self._vault, self.now)

    @property
    def departures(self) -> Departures:
        """What left, and the way for anything to leave."""
        from journal.service.departures import Departures

        return Departures(self._vault, self.now)

    @property
    def sharing(self) -> Sharing:
        """What is shown to a supervisor, and what they answered."""
        from journal.service.sharing import Sharing

        return Sharing(self._vault, self.now)

    def close(self) -> None:
        """Drop the key and let the vault go."""
        self._vault.close()

    def check(self) -> tuple[Check, ...]:
        """Look over every part of the vault; changes nothing."""
        return self._vault.check()

    def change_passphrase(self, old: str, new: str) -> None:
        """Give the journal a new passphrase; WrongPassphrase where the old one does not hold."""
        self._vault.change_passphrase(old, new)

    # ----------------------------------------------------------------- settings

    def profile(self) -> Profile:
        """What the person said of themselves."""
        return self._vault.settings.profile()

    def set_profile(self, profile: Profile) -> None:
        self._vault.settings.set_profile(profile)

    def setting(self, name: str, default: str = "") -> str:
        """A setting of the app, such as its theme."""
        value = self._vault.settings.get(name, default)
        return value if isinstance(value, str) else default

    def set_setting(self, name: str, value: str) -> None:
        self._vault.settings.set(name, value)

    # ----------------------------------------------------------------- writing

    def save_draft(self, content: EntryContent, draft_id: str | None = None, entry_id: str | None = None) -> Draft:
        """Keep unfinished writing, encrypted; the same draft again when its id is given."""
        draft = Draft(draft_id or uuid.uuid4().hex, content, now_text(self.now()), entry_id)
        self._vault.drafts.save(draft)
        return draft

    def draft(self) -> Draft | None:
        """The newest unfinished writing."""
        return self._vault.drafts.latest()

    def discard_draft(self, draft_id: str) -> None:
        self._vault.drafts.discard(draft_id)

    def write(self, content: EntryContent, *, written: str | None = None, draft_id: str | None = None) -> Entry:
        """Keep an entry; it is durable when this returns, and its draft is gone."""
        at = now_text(self.now())
        written = written or at
        self._check(content, written)
        return self._vault.entries.add(content, written=written, at=at, draft_id=draft_id)

    def revise(self, entry_id: str, content: EntryContent, *, draft_id: str | None = None) -> Entry:
        """Keep a changed entry as a new revision; the old ones stay."""
        self._check(content, self.entry(entry_id).written)
        return self._vault.entries.revise(entry_id, content, at=now_text(self.now()), draft_id=draft_id)

    def _check(self, content: EntryContent, written: str) -> None:
        if not content.text.strip():
            raise BadInput("There is nothing to save yet.", "Write a few words first.")
        checked_length(content.text, "this entry")
        if content.event_date and content.event_date > date.fromisoformat(written[:10]):
            raise BadInput("What happened cannot lie after the day of writing.", "Give an earlier event date.")

    # ----------------------------------------------------------------- reading and keeping

    def entry(self, entry_id: str) -> Entry:
        """An entry by its id, or by as many first digits as name it alone."""
        return self._vault.entries.get(entry_id)

    def entries(self, filters: Filters | None = None, *, limit: int = 50, offset: int = 0) -> list[EntrySummary]:
        """Entries that pass the filters, newest first."""
        return self._vault.entries.list(filters or Filters(), limit=limit, offset=offset)

    def count(self, filters: Filters | None = None) -> int:
        return self._vault.entries.count(filters or Filters())

    def all_entries(self) -> Iterator[Entry]:
        """Every entry outside the bin, oldest first."""
        return self._vault.entries.all()

    def facets(self) -> dict[str, list[str]]:
        """Placements, settings, roles, prompt families and tags in use, latest first."""
        return self._vault.entries.facets()

    def revisions(self, entry_id: str) -> Sequence[Revision]:
        return self._vault.entries.revisions(entry_id)

    def put_in_bin(self, entry_id: str) -> None:
        """Take an entry away for `keeping.BIN_DAYS` days, after which it is deleted for good."""
        self._vault.entries.bin(entry_id, now_text(self.now()))

    def restore(self, entry_id: str) -> None:
        """Bring an entry back from the bin."""
        self._vault.entries.restore(entry_id)

    def delete_for_good(self, entry_id: str) -> None:
        """Delete an entry that is in the bin, with all its revisions. Raises OnHold while a legal hold is on."""
        self._vault.entries.delete_for_good(entry_id)

    def keep_records(self, records: Iterable[Record], points: Iterable[LearningPoint] = ()) -> list[Entry]:
        """Import entries and learning points, all or none, in the order given."""
        with self._vault.together():
            kept = self._vault.entries.add_many((r.id, r.written, r.content) for r in records)
            self.learning.keep(points)
        return kept

    def words_per_week(self, weeks: int = 12) -> tuple[int, ...]:
        """Words written in each of the last weeks, this week last; a week is seven days ending today."""
        today = self.now().date()
        totals = [0] * weeks
        for day, words in self._vault.entries.written_days(today - timedelta(days=7 * weeks - 1)):
            ago = (today - day).days // 7
            if 0 <= ago < weeks:
                totals[weeks - 1 - ago] += words
        return tuple(totals)

    # ----------------------------------------------------------------- beside the entries

    def keep_lift(self, entry: Entry, start: int, end: int, answer: str, *, at: datetime | None = None) -> Lift:
        """Keep the answer to "what was it for?" beside the sentence it was asked of."""
        sentence = entry.content.text[start:end]
        lift = Lift(entry.id, entry.revision, start, end, sentence, answer.strip(), now_text(at or self.now()))
        self._vault.reflections.put_lift(lift)
        return lift

    def lift(self, entry_id: str) -> Lift | None:
        return self._vault.reflections.lift(entry_id)

    def choose_act(self, text: str, entry_id: str | None = None, *, at: datetime | None = None) -> SmallAct:
        """Choose one small thing to do next shift."""
        if not text.strip():
            raise BadInput("A small act needs a few words.", "Write what you will do, or skip it.")
        act = SmallAct(uuid.uuid4().hex, entry_id, " ".join(text.split()), now_text(at or self.now()))
        self._vault.reflections.choose(act)
        return act

    def close_act(self, act_id: str, state: ActState, outcome: str = "", *, at: datetime | None = None) -> SmallAct:
        """Say what became of a small act."""
        return self._vault.reflections.close(act_id, state, outcome.strip(), now_text(at or self.now()))

    def current_act(self) -> SmallAct | None:
        """The small act to ask after: the newest, while it is open, or put off on an earlier day."""
        newest = next(iter(self._vault.reflections.history()), None)
        today = self.now().date().isoformat()
        if newest is None or newest.state in ("done", "dropped"):
            return None
        return None if newest.closed and newest.closed[:10] == today else newest

    def acts_of(self, entry_id: str) -> list[SmallAct]:
        return self._vault.reflections.of_entry(entry_id)

    def with_profile(self, content: EntryContent) -> EntryContent:
        """Content with role, setting and placement filled from the profile where it names none."""
        me = self.profile()
        return replace(
            content,
            role=content.role or me.role or None,
            setting=content.setting or me.setting or None,
            placement=content.placement or me.placement or None,
        )
