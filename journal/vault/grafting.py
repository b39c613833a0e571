"""Bringing entries of another copy into a vault, with every revision and its date, as links of this one's history."""

from __future__ import annotations

from collections.abc import Sequence

from journal.domain import EntryContent, Revision
from journal.vault.corrections import carry_over
from journal.vault.entries import Entries


class Grafting(Entries):
    """Entries that come with a past; every method is to be used within a transaction."""

    def plant(self, entry_id: str, written: str, revisions: Sequence[Revision], binned: str | None) -> None:
        """Keep an entry with all its revisions, in the bin since `binned` where that is given."""
        oldest, *later = revisions
        self._insert(entry_id, written, oldest.at, oldest.content)
        self._grow(self.place(entry_id), entry_id, written, oldest.content, later)
        if binned:
            self.bin(entry_id, binned)

    def extend(self, entry_id: str, later: Sequence[Revision]) -> None:
        """Add revisions that follow the newest one here; what was said of sentences that still stand goes with them."""
        entry = self.get(entry_id)
        self._grow(self.place(entry_id), entry_id, entry.written, entry.content, later)

    def _grow(self, place: int, entry_id: str, written: str, before: EntryContent, later: Sequence[Revision]) -> None:
        for revision in later:
            self._unindex(place)
            self._database.run(
                "UPDATE entries SET revision = ?, revised = ? WHERE place = ?", (revision.number, revision.at, place)
            )
            self._summarise(place, revision.content)
            self._keep_revision(place, entry_id, revision.number, revision.at, written, revision.content)
            carry_over(self._database, place, revision.number - 1, before.text, revision.content.text)
            before = revision.content
