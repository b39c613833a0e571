"""Text to Analysis, in this process. Cheap to make; the pipeline loads at first use, once a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from journal.domain import Analysis, Evidence, Sentence
from journal.errors import AnalysisUnavailable

BATCH = 32
"""Texts parsed together; the answers do not depend on it."""


class Analyser:
    """Reads diary text with the bundled model; the same text always gives the same answer."""

    @property
    def model(self) -> str:
        """Name and version of the model; raises AnalysisUnavailable as `analyse` does."""
        return str(_pipeline().model)

    def analyse(self, text: str) -> Analysis:
        """Read one text; raises AnalysisUnavailable where the model is missing, altered or fails."""
        return next(self.analyse_many([text]))

    def analyse_many(self, texts: Iterable[str]) -> Iterator[Analysis]:
        """Read texts one after another, in order; the same answers as `analyse` gives each alone."""
        loaded = _pipeline()
        try:
            for doc in loaded.nlp.pipe(map(_plain, texts), batch_size=BATCH):
                yield Analysis(loaded.model, _sentences(doc))
        except AnalysisUnavailable:
            raise
        except (ValueError, IndexError, KeyError, TypeError, ArithmeticError, MemoryError):
            raise AnalysisUnavailable(
                "The language model failed on this text.", "Your writing is safe; it can be read again later."
            ) from None


def _pipeline() -> Any:
    from journal.analysis.pipeline import load  # spaCy, about a second; kept off the path to the first screen

    return load()


def _plain(text: str) -> str:
    """Lone surrogates cannot be encoded; one character stands for one, so offsets hold."""
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def _sentences(doc: Any) -> tuple[Sentence, ...]:
    from journal.analysis.components import ACT, FRAME, LEVEL, READINGS

    kept = doc.user_data
    found = []
    for reading, level, acts, frame in zip(kept[READINGS], kept[LEVEL], kept[ACT], kept[FRAME], strict=True):
        found.append(
            Sentence(
                reading.start,
                reading.end,
                level.level,
                level.p,
                acts.acts,
                frame.frame,
                _once([*level.evidence, *acts.evidence, *frame.evidence]),
                level.sure,
            )
        )
    return tuple(found)


def _once(items: list[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(items))
