"""The app's end of the child process that analyses; imports no spaCy and never blocks the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from journal.analysis.codec import from_dict
from journal.analysis.shift_codec import point_to_dict, shift_from_dict
from journal.domain import Analysis, Shift, ShiftEntry
from journal.errors import AnalysisUnavailable, BadInput

T = TypeVar("T")

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one answer; a very long entry has thousands of sentences."""
_LATER = "Writing still works. Close the journal and open it again to try once more."


class AnalysisClient:
    """Asks a child process for analyses, one at a time; starts it again once if it dies."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "journal.analysis.worker")) -> None:
        self._command = command
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._restarts = 1
        self._asked = 0
        self._closed = False
        self.model = ""
        """The model's name and version once the child is ready; empty before."""

    async def start(self) -> None:
        """Start the child and wait until its model is loaded; raises AnalysisUnavailable."""
        async with self._turn:
            await self._start()

    async def analyse(self, text: str) -> Analysis:
        """The analysis of one text; raises AnalysisUnavailable when the child fails twice or cannot read it."""
        return await self._answer({"text": text}, "analysis", from_dict)

    async def analyse_many(self, texts: Sequence[str]) -> list[Analysis]:
        """The analyses of several texts in order, sooner than one by one; raises AnalysisUnavailable as `analyse`."""

        def read(answers: list[dict[str, Any]]) -> list[Analysis]:
            return [from_dict(each) for _, each in zip(texts, answers, strict=True)]

        return await self._answer({"texts": list(texts)}, "analyses", read)

    async def shift(self, points: Iterable[ShiftEntry]) -> Shift:
        """The shift over some entries; raises AnalysisUnavailable as `analyse` does."""
        return await self._answer({"points": [point_to_dict(point) for point in points]}, "shift", shift_from_dict)

    async def _answer(self, request: dict[str, Any], name: str, read: Callable[[Any], T]) -> T:
        async with self._turn:
            while True:
                try:
                    if self._process is None:
                        await self._start()
                    return await self._ask(request, name, read)
                except (EOFError, ConnectionError):
                    await self._end()
                    if self._restarts <= 0 or self._closed:
                        raise AnalysisUnavailable("The analysis stopped.", _LATER) from None
                    self._restarts -= 1
                except asyncio.CancelledError:
                    await self._end()  # its answer would otherwise be taken for the next one's
                    raise

    async def close(self) -> None:
        """End the child at once; nothing of it stays in memory."""
        self._closed = True
        await self._end()

    async def _start(self) -> None:
        if self._closed:
            raise AnalysisUnavailable("The analysis is closed.", _LATER)
        if self._process is not None:
            return
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=LONGEST_LINE
            )
        except OSError:
            raise AnalysisUnavailable("The analysis could not be started.", _LATER) from None
        try:
            hello = await self._line()
        except (EOFError, ConnectionError):
            await self._end()
            raise AnalysisUnavailable("The analysis could not be started.", _LATER) from None
        except asyncio.CancelledError:
            await self._end()
            raise
        if "ready" not in hello:
            await self._end()
            raise AnalysisUnavailable(
                str(hello.get("title", "The analysis could not be started.")),
                str(hello.get("advice", _LATER)),
            )
        self.model = str(hello["ready"])

    async def _ask(self, request: dict[str, Any], name: str, read: Callable[[Any], T]) -> T:
        process = self._running()
        self._asked += 1
        if process.stdin is None:
            raise EOFError
        line = await asyncio.to_thread(json.dumps, {"id": self._asked, **request})  # thousands of points take a while
        process.stdin.write(line.encode() + b"\n")
        await process.stdin.drain()
        answer = await self._line()
        try:
            if answer["id"] != self._asked:
                raise KeyError
            return read(answer[name])
        except (BadInput, KeyError, TypeError, ValueError):
            raise AnalysisUnavailable("This text could not be analysed.", "Your writing is safe.") from None

    async def _line(self) -> dict[str, Any]:
        process = self._running()
        if process.stdout is None:
            raise EOFError
        try:
            line = await process.stdout.readline()
            answer = json.loads(line) if line.endswith(b"\n") else None
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise EOFError
        return answer

    def _running(self) -> Process:
        if self._process is None:
            raise EOFError
        return self._process

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()
