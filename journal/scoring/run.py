"""A whole corpus to two files of scores: look it over, score what is not scored yet, join, and put in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from journal.errors import AnalysisUnavailable, BadInput
from journal.files import sync_folder
from journal.resources import bundled
from journal.scoring import parts as parts_folder
from journal.scoring.corpus import Chunk, Corpus, Survey
from journal.scoring.parts import Parts, writing_to
from journal.scoring.reader import Scorer
from journal.scoring.table import join, part, require_pyarrow


@dataclass(frozen=True, slots=True)
class Scores:
    """Where the scores of a corpus lie, and how many they are."""

    sentences_file: Path
    texts_file: Path
    texts: int
    sentences: int
    model: str


class Watch(Protocol):
    """Whoever follows a run."""

    def surveyed(self, texts: int) -> None:
        """So many texts were looked at."""

    def begun(self, texts: int, changed: int) -> None:
        """So many texts were scored before; so many parts were dropped because their texts changed since."""

    def scored(self, texts: int, of: int) -> None:
        """So many texts are scored by now, those of earlier runs among them."""


def texts_file(out: Path) -> Path:
    """Where the table of texts goes, beside that of sentences.

    >>> texts_file(Path("scores.parquet")).name
    'scores.texts.parquet'
    """
    return out.with_name(f"{out.stem}.texts{out.suffix}")


def parts_of(out: Path) -> Path:
    """Where the parts lie until all are there."""
    return out.with_name(f"{out.name}.parts")


def model_now() -> str:
    """Name and version of the model, without loading it; raises AnalysisUnavailable where it is missing."""
    from journal.analysis.pipeline import model_name
    from journal.english import read_manifest

    return model_name(read_manifest(), bundled("models"))


def score(corpus: Corpus, out: Path, scorer: Scorer, watch: Watch, *, force: bool = False) -> Scores:
    """Score a corpus into `out` and `texts_file(out)`, taking up what an earlier run left in `parts_of(out)`.

    The bytes depend on the corpus, the model and pyarrow's version alone, not on who scored or how often it was
    taken up. With `force`, files that are there are replaced, and parts of another corpus or model dropped. Raises
    BadInput, CannotWrite, AnalysisUnavailable, and JournalError without pyarrow; what is scored stays for next time.
    """
    require_pyarrow()
    check_target(corpus, out, force)
    model = model_now()
    survey = corpus.survey(watch.surveyed)
    with parts_folder.opened(parts_of(out), model, replace=force) as parts:
        _score_the_rest(corpus, survey, scorer, watch, parts, model, force)
        scores = _joined(parts, survey, out, model)
        parts.remove()
    return scores


def check_target(corpus: Corpus, out: Path, force: bool) -> None:
    """Raises BadInput where the scores may not be put, before any work."""
    if not out.parent.is_dir():
        raise BadInput(f"There is no folder {out.parent}.", "Make it first, or name another.")
    begun = parts_of(out).is_dir()
    for path in (out, texts_file(out)):
        if path.is_dir():
            raise BadInput(f"{path} is a folder, not a file.", "Name a file in it.")
        if path.exists() and path.samefile(corpus.path):
            raise BadInput(f"{path} is the corpus itself.", "Name another file for the scores.")
        if path.exists() and not force and not (begun and path != out):
            raise BadInput(f"There is a file {path} already.", "Name another, or replace it with --force.")


def _score_the_rest(
    corpus: Corpus, survey: Survey, scorer: Scorer, watch: Watch, parts: Parts, model: str, force: bool
) -> None:
    done, changed = parts.fit(survey.digests, replace=force)
    texts = sum(survey.sizes[number] for number in done)
    watch.begun(texts, changed)
    if len(done) == len(survey.digests):
        return
    for chunk, scored in scorer(_waiting(corpus, survey, done)):
        if scored.model != model:
            raise AnalysisUnavailable(
                f"A worker reads with another model ({scored.model[:80]}, here {model}).",
                "Install the same version everywhere, then run the same command again: what is scored is kept.",
            )
        parts.keep(chunk.number, chunk.digest, part(scored.rows, model))
        texts += len(chunk.texts)
        watch.scored(texts, survey.texts)


def _waiting(corpus: Corpus, survey: Survey, done: set[int]) -> Iterator[Chunk]:
    """The chunks to score; raises BadInput where the file is no longer what was looked over."""
    for chunk in corpus.chunks():
        if survey.digests[chunk.number : chunk.number + 1] != (chunk.digest,):
            raise BadInput(f"{corpus.path} changed while it was read.", "Run the same command again.")
        if chunk.number not in done:
            yield chunk


def _joined(parts: Parts, survey: Survey, out: Path, model: str) -> Scores:
    """Put both tables in place; that of sentences comes last, so that where it is, all is."""
    beside = parts.folder / ".sentences.new", parts.folder / ".texts.new"
    with writing_to(out):
        sentences, texts = join(parts.paths(survey.digests), *beside, model)
        beside[1].replace(texts_file(out))
        beside[0].replace(out)
        sync_folder(out.parent)
    return Scores(out, texts_file(out), texts, sentences, model)
