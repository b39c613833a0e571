"""The reading of sentences in the background: one child process for the app, told what to read next."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from journal.domain import Analysis, Entry, Shift, ShiftEntry
from journal.errors import AnalysisUnavailable, NotFound
from journal.service import Journal

if TYPE_CHECKING:
    from journal.analysis.client import AnalysisClient

FEW, MANY = 4, 16
"""Entries read together while somebody may be waiting for one, and where nobody is."""
LONG = 64
"""Entries not yet read that are worth a second process."""


class Reader:
    """Reads entries without ever holding up the keyboard; a missing or failing model only means no reading."""

    def __init__(self, *, on: bool = True) -> None:
        self._on = on
        self._client: AnalysisClient | None = None
        self._helpers: set[AnalysisClient] = set()
        """Second children, there only while a long history is read."""
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
        return await asyncio.to_thread(readings.keep, entry, analysis) if analysis else None

    async def shift(self, journal: Journal, points: tuple[ShiftEntry, ...]) -> Shift:
        """The shift over some entries: reckoned by the child, so that its libraries never hold up the keyboard."""
        self.start()
        if self._starting is not None:
            await asyncio.shield(self._starting)
        if self._client is not None and not self.trouble:
            asked = asyncio.ensure_future(self._client.shift(points))
            with contextlib.suppress(AnalysisUnavailable):
                return await asyncio.shield(asked)  # a screen that closes meanwhile must not cost the child
        return await asyncio.to_thread(journal.readings.shift)

    async def catch_up(self, journal: Journal, progress: Callable[[int, int], object]) -> None:
        """Read every entry the present model has not read, telling how far it is.

        Of a long history a second child process reads the other half, and goes when it is done.
        """
        if not journal.readings.on or await self.read("") is None or self._client is None:
            return
        model = self._client.model
        await asyncio.to_thread(journal.readings.use_model, model)
        waiting = await asyncio.to_thread(journal.readings.missing, model)
        if not waiting:
            return
        queue, done = list(reversed(waiting)), 0

        async def read_on(client: AnalysisClient, together: int) -> None:
            nonlocal done
            while queue:
                some = [queue.pop() for _ in range(min(together, len(queue)))]
                try:
                    await self._read_some(journal, client, some)
                except AnalysisUnavailable:
                    queue.extend(reversed(some))
                    raise
                done += len(some)
                progress(done, len(waiting))

        helped = len(waiting) >= LONG and (os.cpu_count() or 1) > 1
        beside = asyncio.create_task(self._read_beside(model, read_on)) if helped else None
        try:
            await read_on(self._client, FEW)
            if beside:
                await beside
            await read_on(self._client, FEW)  # what the other gave back
        except AnalysisUnavailable as error:
            self.trouble = f"{error.title} {error.advice}"
        finally:
            if beside:
                beside.cancel()
                await asyncio.gather(beside, return_exceptions=True)

    async def _read_beside(self, model: str, read_on: Callable[[AnalysisClient, int], Awaitable[None]]) -> None:
        """Help with a process of its own; if that fails, the first goes on alone."""
        from journal.analysis.client import AnalysisClient

        second = AnalysisClient()
        self._helpers.add(second)
        try:
            await second.start()
            if second.model == model:  # else the journal was upgraded meanwhile: one history, one model
                await read_on(second, MANY)
        except AnalysisUnavailable:
            pass
        finally:
            self._helpers.discard(second)
            await second.close()

    @staticmethod
    async def _read_some(journal: Journal, client: AnalysisClient, ids: list[str]) -> None:
        entries = await asyncio.to_thread(_entries, journal, ids)
        analyses = await client.analyse_many([entry.content.text for entry in entries])
        for entry, analysis in zip(entries, analyses, strict=True):
            with contextlib.suppress(NotFound):  # deleted for good, or changed and then read anew, meanwhile
                await asyncio.to_thread(journal.readings.keep, entry, analysis)

    async def stop(self) -> None:
        """End the child process; its memory and all text it held go with it."""
        if self._starting is not None:
            self._starting.cancel()
        for helper in tuple(self._helpers):
            await helper.close()
        if self._client is not None:
            await self._client.close()
        self._client = self._starting = None
        self.trouble = ""


def _entries(journal: Journal, ids: list[str]) -> list[Entry]:
    """Those of the entries that are still there and may be read."""
    found = []
    for entry_id in ids:
        with contextlib.suppress(NotFound):
            found.append(journal.entry(entry_id))
    return [entry for entry in found if journal.readings.wanted(entry)]
