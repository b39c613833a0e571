"""The reading of sentences in the background: one child process for the app, told what to read next."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from journal.domain import Analysis, Entry, Shift, ShiftEntry
from journal.errors import AnalysisUnavailable, NotFound
from journal.service import Journal

if TYPE_CHECKING:
    from journal.analysis.client import AnalysisClient


class Reader:
    """Reads entries without ever holding up the keyboard; a missing or failing model only means no reading."""

    def __init__(self, *, on: bool = True) -> None:
        self._on = on
        self._client: AnalysisClient | None = None
        self._starting: asyncio.Task[None] | None = None
        self.trouble: str = ""
        """Why sentences cannot be read, in a person's words; empty while they can."""

    def start(self) -> None:
        """Start the child process; returns at once."""
        if self._on and self._starting is None:
            self._starting = asyncio.create_task(self._start())

    async def _start(self) -> None:
        from journal.analysis.client import AnalysisClient

        self._client = AnalysisClient()
        try:
            await self._client.start()
        except AnalysisUnavailable as error:
            self.trouble = f"{error.title} {error.advice}"

    async def read(self, text: str) -> Analysis | None:
        """The reading of a text, or None where there can be none (`trouble` then says why)."""
        self.start()
        if self._starting is None:
            return None
        await asyncio.shield(self._starting)
        if self.trouble or self._client is None:
            return None
        try:
            return await self._client.analyse(text)
        except AnalysisUnavailable as error:
            self.trouble = f"{error.title} {error.advice}"
            return None

    async def read_entry(self, journal: Journal, entry: Entry) -> Analysis | None:
        """The reading of an entry, kept beside it; None where there is none or the person wants none."""
        readings = journal.readings
        if not readings.wanted(entry):
            return None
        if kept := readings.of(entry):
            return kept
        analysis = await self.read(entry.content.text)
        if analysis:
            await asyncio.to_thread(readings.keep, entry, analysis)
        return analysis

    async def shift(self, journal: Journal, points: tuple[ShiftEntry, ...]) -> Shift:
        """The shift over some entries: reckoned by the child, so that its libraries never hold up the keyboard."""
        self.start()
        if self._starting is not None:
            await asyncio.shield(self._starting)
        if self._client is not None and not self.trouble:
            with contextlib.suppress(AnalysisUnavailable):
                return await self._client.shift(points)
        return await asyncio.to_thread(journal.readings.shift)

    async def catch_up(self, journal: Journal, progress: Callable[[int, int], object]) -> None:
        """Read every entry the present model has not read, newest first, telling how far it is."""
        if not journal.readings.on or await self.read("") is None:
            return
        model = self._client.model if self._client else None
        if not model:
            return
        await asyncio.to_thread(journal.readings.use_model, model)
        waiting = await asyncio.to_thread(journal.readings.missing, model)
        for done, entry_id in enumerate(waiting, 1):
            try:
                entry = await asyncio.to_thread(journal.entry, entry_id)
            except NotFound:  # deleted for good meanwhile
                continue
            if await self.read_entry(journal, entry) is None and self.trouble:
                return
            if done % 10 == 0 or done == len(waiting):
                progress(done, len(waiting))

    async def stop(self) -> None:
        """End the child process; its memory and all text it held go with it."""
        if self._starting is not None:
            self._starting.cancel()
        if self._client is not None:
            await self._client.close()
        self._client = self._starting = None
        self.trouble = ""
