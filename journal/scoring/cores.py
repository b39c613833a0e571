"""Scoring on this machine: one child process for each core, each taking the next chunk when it is done with one."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from journal.errors import AnalysisUnavailable
from journal.scoring.corpus import Chunk
from journal.scoring.reader import Outcome, Scored, Scorer, outcome_of, score_chunk, span

TRIES = 3
"""How often a chunk is given out before it is taken to be what ends its readers."""
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "ARROW_NUM_THREADS")


def cores() -> int:
    """The processor cores this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def on_cores(workers: int) -> Scorer:
    """A scorer with at most so many child processes; an ended one is replaced, and its chunk given out again."""

    def scorer(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Scored]]:
        crew = _Crew()
        try:
            yield from _given_out(iter(chunks), crew, workers)
        finally:
            crew.end()

    return scorer


@dataclass
class _Reader:
    process: BaseProcess
    line: Connection
    chunk: Chunk | None = None
    tries: int = 0


class _Crew:
    """The child processes."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("spawn")  # a fork would carry over threads' locks
        self.readers: list[_Reader] = []

    def hire(self) -> _Reader:
        """Start another child."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), daemon=True)
        with _ctrl_c_held_back():
            process.start()
        theirs.close()  # so that each side sees the other's end
        self.readers.append(_Reader(process, ours))
        return self.readers[-1]

    def dismiss(self, reader: _Reader) -> None:
        """Let go of a child that has ended."""
        self.readers.remove(reader)
        reader.line.close()
        reader.process.kill()
        reader.process.join()

    def end(self) -> None:
        """End them all at once."""
        for reader in list(self.readers):
            self.dismiss(reader)


def _given_out(chunks: Iterator[Chunk], crew: _Crew, workers: int) -> Iterator[tuple[Chunk, Scored]]:
    again: list[tuple[Chunk, int]] = []
    while True:
        while len([reader for reader in crew.readers if reader.chunk]) < workers:
            chunk, tries = again.pop() if again else (next(chunks, None), 0)
            if chunk is None:
                break
            idle = next((reader for reader in crew.readers if not reader.chunk), None) or crew.hire()
            idle.chunk, idle.tries = chunk, tries + 1
            with contextlib.suppress(OSError):  # it has ended: told apart below
                idle.line.send(chunk)
        busy = {reader.line: reader for reader in crew.readers if reader.chunk}
        if not busy:
            return
        for line in wait(list(busy)):
            reader = busy[line]  # type: ignore[index]
            try:
                outcome: Outcome = reader.line.recv()
            except (EOFError, OSError):
                crew.dismiss(reader)
                again.append(_once_more(reader))
                continue
            chunk, reader.chunk = reader.chunk, None
            if chunk is not None:
                yield chunk, outcome_of(outcome)


def _once_more(reader: _Reader) -> tuple[Chunk, int]:
    """The chunk of a child that ended; raises AnalysisUnavailable where it ended others before."""
    if reader.chunk is None or reader.tries >= TRIES:
        where = span(reader.chunk) if reader.chunk else "a text"
        raise AnalysisUnavailable(
            f"Reading {where} ended its process {TRIES} times, perhaps for want of memory.",
            "Run the same command again with fewer --workers: what is scored is kept.",
        )
    return reader.chunk, reader.tries


# --------------------------------------------------------------------------- in the child


def serve(line: Connection) -> None:
    """Score what comes in until the other end is gone, however it went."""
    _settle()
    with contextlib.suppress(EOFError, OSError):
        while True:
            line.send(score_chunk(line.recv()))


def _settle() -> None:
    """One thread, no answer to Ctrl-C (the parent has one), and no library's words on either output."""
    import warnings

    os.environ.update(dict.fromkeys(_ONE_THREAD, "1") | {"TOKENIZERS_PARALLELISM": "false"})
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    sys.stdout = sys.stderr


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[Any]:
    """A child starts deaf to Ctrl-C; this process hears it a moment later."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would lift the mask at its own start
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
