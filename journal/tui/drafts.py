"""Unfinished writing, kept while it is typed and never brought back once it is an entry."""

from __future__ import annotations

import threading

from journal.domain import Draft, EntryContent
from journal.service import Journal


class DraftKeeper:
    """Keeps one draft up to date from any thread.

    A save that is still on its way when the entry is written must not bring the draft back: `finish` waits for
    it, and later ones do nothing.
    """

    def __init__(self, journal: Journal, draft: Draft | None, entry_id: str | None) -> None:
        self._journal = journal
        self._entry_id = entry_id
        self._lock = threading.Lock()
        self._finished = False
        self._kept: EntryContent | None = draft.content if draft else None
        self.draft_id = draft.id if draft else None

    def keep(self, content: EntryContent) -> bool:
        """Keep this content if it is new; an emptied page takes its draft with it. Whether anything was written."""
        with self._lock:
            if self._finished or content == self._kept:
                return False
            if content.text.strip():
                self.draft_id = self._journal.save_draft(content, self.draft_id, self._entry_id).id
            elif self.draft_id:
                self._journal.discard_draft(self.draft_id)
                self.draft_id = None
            self._kept = content
            return True

    def finish(self) -> str | None:
        """Take no more drafts; the id of the one there is."""
        with self._lock:
            self._finished = True
            return self.draft_id

    def go_on(self) -> None:
        """Take drafts again, after an entry that could not be saved."""
        with self._lock:
            self._finished = False
