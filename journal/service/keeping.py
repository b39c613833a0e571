"""Keeping and deleting: old entries looked at one by one, the bin, and the legal hold that stops all deletion."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from journal.domain import Entry, HoldChange, LearningPoint, Review, now_text
from journal.errors import BadInput
from journal.limits import checked_words

if TYPE_CHECKING:
    from journal.vault.vault import Vault

BIN_DAYS = 30
"""Days an entry stays in the bin before it is deleted for good."""
YEARS = 2
"""Age at which an entry is first offered for a look, where nothing else was said."""
AGAIN = 1
"""Years after which a kept entry is offered once more."""
MOST = 100
"""Entries counted as waiting for a look; beyond it "more than" is enough."""
_YEARS = "review_years"

HOLD_GUIDANCE = (
    "Switch it on as soon as a claim, a complaint, an inquest, an investigation or a request for your records is on "
    "foot, or may be coming. To destroy a note then can be an offence, whatever the note says. While it is on, nothing "
    "is deleted: the bin only hides. Take advice from your defence body or union before you show or delete anything. "
    "This is not legal advice."
)


class Keeping:
    """What becomes of the entries of an open journal as they grow old."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    # ----------------------------------------------------------------- the look at old entries

    @property
    def years(self) -> int:
        """Age at which an entry is offered for a look; 0 for never."""
        value = self._vault.settings.get(_YEARS, YEARS)
        return value if isinstance(value, int) and 0 <= value <= 100 else YEARS

    def set_years(self, years: int) -> None:
        """Choose that age. Raises BadInput."""
        if not 0 <= years <= 100:
            raise BadInput("That is no age an entry can have.", "Give a number of years; 0 asks never.")
        self._vault.settings.set(_YEARS, years)

    def due(self, limit: int = MOST) -> list[Review]:
        """Entries to look at, oldest first; none where it was said never to ask."""
        from journal.vault.keeping import a_year_before

        today, years = self._now().date(), self.years
        if not years:
            return []
        found = self._vault.retention.due(
            a_year_before(today, years) + timedelta(days=1), a_year_before(today, AGAIN), limit
        )
        return [_review(entry_id, written, today, at) for entry_id, written, at in found]

    def keep(self, entry_id: str) -> None:
        """Keep an entry as it is; it is offered again in a year. Raises NotFound."""
        self._vault.retention.looked_at(self._vault.entries.get(entry_id).id, now_text(self._now()))

    def distil(self, entry_id: str, texts: Iterable[str] = ()) -> list[LearningPoint]:
        """Put an entry's story in the bin and keep its learning points, those given now among them.

        All of it, or none. Raises OnHold, NotFound, and BadInput where no learning point would be left.
        """
        from journal.service.learning import Learning

        learning = Learning(self._vault, self._now)
        with self._vault.together():
            self.refuse_held()
            entry = self._vault.entries.get(entry_id)
            for text in texts:
                learning.note(text, entry.id)
            points = learning.of(entry.id)
            if not points:
                raise BadInput("No learning point would be left.", "Write down at least one first.")
            self._vault.entries.bin(entry.id, now_text(self._now()))
        return points

    # ----------------------------------------------------------------- the bin

    def gone_on(self, deleted: str) -> date | None:
        """The day what was put in the bin then is deleted for good; None while a legal hold is on."""
        hold = self._vault.retention.hold()
        if hold and hold.on:
            return None
        since = datetime.fromisoformat(deleted).date()
        if hold:  # whatever lay in the bin all along gets its days anew
            since = max(since, datetime.fromisoformat(hold.at).date())
        return since + timedelta(days=BIN_DAYS)

    def empty_expired_bin(self) -> None:
        """Delete for good what has been in the bin for `BIN_DAYS` days, none of them under a legal hold."""
        hold, now = self._vault.retention.hold(), self._now()
        before = now - timedelta(days=BIN_DAYS)
        if hold and (hold.on or datetime.fromisoformat(hold.at) > before):
            return
        with self._vault.together():
            self._vault.entries.empty_bin(now_text(before))
            self._vault.learning.forget_put_away(now_text(before))

    def copies(self, entry: Entry) -> str:
        """Where an entry still is when it is deleted here for good, in words."""
        from journal.service.safekeeping import Safekeeping

        made = Safekeeping(self._vault, self._now).state().made
        known = f" The last backup known of was made on {_day(made.date())}." if made else ""
        left = sum(any(item.entry_id == entry.id for item in d.parcel.items) for d in self._vault.departures.all())
        times = f" It left in {left} {'export' if left == 1 else 'exports'}: see journal departures." if left else ""
        return f"Every backup made since {_day(entry.day)} still holds it, until you delete that backup.{known}{times}"

    # ----------------------------------------------------------------- the legal hold

    @property
    def held(self) -> bool:
        """Whether nothing may be deleted."""
        hold = self._vault.retention.hold()
        return hold is not None and hold.on

    def hold_changes(self) -> list[HoldChange]:
        """Every time it was switched, oldest first."""
        return self._vault.retention.changes()

    def switch_hold(self, on: bool, reason: str = "") -> bool:
        """Switch the legal hold; whether it was the other way before. Raises BadInput."""
        reason = checked_words(reason, "The reason")
        return self._vault.retention.switch(HoldChange(now_text(self._now()), on, reason))

    def refuse_held(self) -> None:
        """Raises OnHold while it is on."""
        self._vault.retention.refuse_held()


def _review(entry_id: str, written: str, today: date, at: str | None) -> Review:
    day = date.fromisoformat(written[:10])
    years = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    return Review(entry_id, day, years, at)


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
