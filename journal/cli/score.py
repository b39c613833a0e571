"""`score`: a whole corpus of consented texts to a table of labels; no journal is opened."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.opening import json_option
from journal.cli.saying import say_json, tell, tell_progress
from journal.errors import BadInput

if TYPE_CHECKING:
    from journal.scoring.reader import Scorer

EVERY = 0.5, 30.0
"""Seconds between two reports: on a terminal, and where the lines stay."""


@click.command()
@click.argument("corpus", metavar="CORPUS")
@click.option("--out", "out", metavar="SCORES", required=True, help="Where the scores go, such as scores.parquet.")
@click.option(
    "--force", is_flag=True, help="Replace SCORES, and parts of another corpus or model, where there are any."
)
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 1024), help="Processes to read with; else one for each core."
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on the Dask cluster of this scheduler, such as tcp://10.0.0.1:8786. The texts travel to its workers.",
)
@click.option("--progress/--no-progress", default=None, help="Say how far it is; else only on a terminal.")
@json_option
def score(
    corpus: str, out: str, force: bool, workers: int | None, scheduler: str | None, progress: bool | None, as_json: bool
) -> None:
    """Score a corpus of texts: labels and counts out, never the text.

    CORPUS is JSON Lines, {"id", "text"} a line, or Parquet with the columns id and text; of any size. SCORES, in
    Parquet, has one row for each sentence: which text and where in it, its level with the probabilities, acts and
    frame, as `analyse` reads it. Beside it, as SCORES with .texts before its ending, lie the counts of each text.

    Every text is checked first: one that cannot be used is named by its line or row with exit code 2. What is scored
    is kept in SCORES.parts until all is done; after a stop of any kind the same command goes on from there.

    Nothing goes over a network, unless you name a scheduler: then the texts travel to its workers, encrypted only if
    the cluster is (tls://). It is for people who agreed to be studied, and for no assessment of anybody.

    With --json: {"sentences_file", "texts_file", "texts", "sentences", "model"}.
    """
    from journal.scoring.corpus import Corpus
    from journal.scoring.run import score as score_corpus

    if corpus == "-":
        raise BadInput("A corpus must be a file.", "It is read more than once: save it, and name the file.")
    if scheduler and workers:
        raise BadInput("--workers and --scheduler exclude each other.", "A cluster has its own workers.")
    told = Told(progress)
    try:
        done = score_corpus(Corpus(Path(corpus)), Path(out), _scorer(scheduler, workers), told, force=force)
    finally:
        tell_progress("")
    if as_json:
        say_json(
            {
                "sentences_file": str(done.sentences_file),
                "texts_file": str(done.texts_file),
                "texts": done.texts,
                "sentences": done.sentences,
                "model": done.model,
            }
        )
    tell(f"{done.sentences:,} sentences of {_texts(done.texts)} written to {done.sentences_file}.")
    tell(f"The counts of each text are in {done.texts_file}.")


def _scorer(scheduler: str | None, workers: int | None) -> Scorer:
    if scheduler:
        from journal.scoring.cluster import on_cluster

        return on_cluster(scheduler)
    from journal.scoring.cores import cores, on_cores

    return on_cores(workers or cores())


class Told:
    """Says how far a run is: on a line that is written over, or, where asked for without a terminal, line by line."""

    def __init__(self, asked: bool | None, clock: Callable[[], float] = time.monotonic) -> None:
        on_terminal = sys.stderr is not None and sys.stderr.isatty()
        self._on = on_terminal if asked is None else asked
        self._say, self._every = (tell_progress, EVERY[0]) if on_terminal else (tell, EVERY[1])
        self._clock = clock
        self._next = self._began = clock()
        self._before = 0

    def surveyed(self, texts: int) -> None:
        """Checking takes a moment where the corpus is large."""
        self._report(f"Checking the corpus: {_texts(texts)}", last=False)

    def begun(self, texts: int, changed: int) -> None:
        """A person should know that a run goes on, and why some of it starts again."""
        tell_progress("")
        if changed:
            tell(f"The corpus changed since: {changed:,} {'part is' if changed == 1 else 'parts are'} scored again.")
        if texts:
            tell(f"Going on where an earlier run stopped: {_texts(texts)} scored.")
        self._before, self._began = texts, self._clock()

    def scored(self, texts: int, of: int) -> None:
        """Texts done, how fast, and how long it may still take."""
        rate = (texts - self._before) / max(self._clock() - self._began, 1e-3)
        left = f", {lasting((of - texts) / rate)} left" if texts < of else ""
        self._report(f"{texts:,} of {_texts(of)}, {rate:.1f} a second{left}", last=texts == of)

    def _report(self, line: str, *, last: bool) -> None:
        now = self._clock()
        if self._on and (last or now >= self._next):
            self._say(line)
            self._next = now + self._every


def lasting(seconds: float) -> str:
    """A time still to come, as roughly as it is known.

    >>> lasting(40), lasting(500), lasting(20000)
    ('less than a minute', 'about 9 min', 'about 5.6 hours')
    """
    if seconds < 60:
        return "less than a minute"
    return f"about {seconds / 60 + 0.5:.0f} min" if seconds < 5400 else f"about {seconds / 3600:.1f} hours"


def _texts(number: int) -> str:
    return f"{number:,} {'text' if number == 1 else 'texts'}"
