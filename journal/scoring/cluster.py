"""Scoring on a Dask cluster: the same chunks, a few for each worker on the way. The only file that uses a network."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator
from typing import Any

from journal.errors import AnalysisUnavailable, BadInput
from journal.scoring.corpus import Chunk
from journal.scoring.extras import needing
from journal.scoring.reader import Scored, Scorer, outcome_of, score_chunk, span

AHEAD = 2
"""Chunks on the way for each worker, so that none waits for the next."""
WAIT = 30
"""Seconds for the scheduler to answer, and for a first worker to be there."""
_KEPT = "Run the same command again: what is scored is kept."


def on_cluster(address: str, wait: float = WAIT) -> Scorer:
    """A scorer over the cluster of a scheduler, such as tcp://10.0.0.1:8786; raises BadInput where none answers.

    Dask gives out again what a lost worker had; it gives up on a chunk that ended four of them (its own setting
    `distributed.scheduler.allowed-failures`).
    """

    def scorer(chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, Scored]]:
        with _connected(address, wait) as client:
            yield from _given_out(iter(chunks), client, wait)

    return scorer


@contextlib.contextmanager
def _connected(address: str, wait: float) -> Iterator[Any]:
    with needing("cluster"):
        from distributed import Client  # Dask is an extra; only who names a cluster has it
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # its warnings are no words for a person
    try:
        connect: Any = Client
        client = connect(address, timeout=wait, set_as_default=False)
    except (OSError, ValueError):  # a timeout is an OSError
        raise BadInput(
            f"No Dask scheduler answers at {address[:200]}.", "Check the address, and that it runs."
        ) from None
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):  # a cluster that is gone must not hide why
            client.close(timeout=5)


def _given_out(chunks: Iterator[Chunk], client: Any, wait: float) -> Iterator[tuple[Chunk, Scored]]:
    from distributed import as_completed

    sent: dict[str, Chunk] = {}
    in_any_order: Any = as_completed
    finished = in_any_order(loop=client.loop)
    _await_workers(client, wait)
    _send(chunks, client, sent, finished)
    for future in finished:
        chunk = sent.pop(future.key)
        scored = _result(future, chunk)
        future.release()
        yield chunk, scored
        _send(chunks, client, sent, finished)


def _send(chunks: Iterator[Chunk], client: Any, sent: dict[str, Chunk], finished: Any) -> None:
    """Send chunks until some are on the way for each worker there is now."""
    with _gone():
        most = AHEAD * max(1, len(client.nthreads()))
    while len(sent) < most and (chunk := next(chunks, None)):
        key = f"journal-score-{chunk.number}-{chunk.digest}"
        sent[key] = chunk
        with _gone():
            finished.add(client.submit(score_chunk, chunk, key=key, pure=False))


def _await_workers(client: Any, wait: float) -> None:
    try:
        client.wait_for_workers(1, timeout=wait)
    except (OSError, TimeoutError):
        raise AnalysisUnavailable(f"The cluster had no worker within {wait:.0f} seconds.", _KEPT) from None


@contextlib.contextmanager
def _gone() -> Iterator[None]:
    """A scheduler that ended, or whose line is cut, as one clear error."""
    from concurrent.futures import CancelledError

    try:
        yield
    except (CancelledError, OSError):
        raise AnalysisUnavailable("The cluster went away.", _KEPT) from None


def _result(future: Any, chunk: Chunk) -> Scored:
    """The labels of a chunk; whatever Dask raises, nothing of the chunk is repeated."""
    from distributed import KilledWorker

    try:
        with _gone():
            outcome = future.result()
    except KilledWorker:
        raise AnalysisUnavailable(
            f"Reading {span(chunk)} ended several workers of the cluster, perhaps for want of memory.", _KEPT
        ) from None
    except AnalysisUnavailable:
        raise
    except Exception as problem:  # such as a worker without this program
        raise AnalysisUnavailable(
            f"The cluster's workers cannot read ({type(problem).__name__}).",
            "Install the same version of small-l[cluster] on every worker, then run the same command again.",
        ) from None
    return outcome_of(outcome)
