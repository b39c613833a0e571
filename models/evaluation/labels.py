"""Labels of many sentences as arrays, from a reader, from the model, or from a baseline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.corpus import Labelled, Text
from journal.domain import ACTS, FRAMES, LEVELS, Analysis, Counts, Sentence

Places = NDArray[np.int64]
Marks = NDArray[np.bool_]
Rates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labels:
    """What one reader says of n sentences."""

    level: Places
    """(n) places in LEVELS."""
    acts: Marks
    """(n × 8) in the order of ACTS."""
    frames: Marks
    """(n × 3) in the order of FRAMES."""
    p: Rates
    """(n × 4) probability of each level; 0 and 1 from a person."""
    sure: Marks
    """(n) False where the model would rather not say."""


class Reader(Protocol):
    """The part of the journal's analyser that is used here."""

    def analyse_many(self, texts: Iterable[str], /) -> Iterable[Analysis]: ...


def of_readers(sentences: Sequence[Labelled]) -> Labels:
    """The labels people gave."""
    level = np.array([LEVELS.index(s.level) for s in sentences], dtype=np.int64)
    return Labels(level, *_marks(sentences), np.eye(len(LEVELS))[level], np.ones(len(level), dtype=bool))


def of_model(sentences: Sequence[Sentence]) -> Labels:
    """The labels the model gave."""
    level = np.array([LEVELS.index(s.level) for s in sentences], dtype=np.int64)
    p = np.array([[s.p[level] for level in LEVELS] for s in sentences], dtype=float)
    return Labels(level, *_marks(sentences), p, np.array([s.sure for s in sentences]))


def matched(text: Text, analysis: Analysis) -> list[Sentence]:
    """For each labelled sentence of a text, the sentence the model read that shares most characters with it.

    Raises ValueError where the model read nothing there.
    """
    found = []
    for label in text.sentences:
        shared = [min(s.end, label.end) - max(s.start, label.start) for s in analysis.sentences]
        if max(shared, default=0) <= 0:
            raise ValueError(f"{text.id}: nothing was read at {label.start} to {label.end}")
        found.append(analysis.sentences[shared.index(max(shared))])
    return found


@dataclass(frozen=True)
class Part:
    """Some texts, what their labels say, and how the model reads them."""

    texts: tuple[Text, ...]
    analyses: tuple[Analysis, ...]

    @cached_property
    def truth(self) -> Labels:
        return of_readers([sentence for text in self.texts for sentence in text.sentences])

    @cached_property
    def _read(self) -> list[Sentence]:
        return [s for text, analysis in zip(self.texts, self.analyses, strict=True) for s in matched(text, analysis)]

    @cached_property
    def model(self) -> Labels:
        return of_model(self._read)

    @cached_property
    def said(self) -> list[str]:
        """The labelled sentences in their own words, n of them."""
        return [words for text in self.texts for words in text.said()]

    @cached_property
    def owner(self) -> Places:
        """(n) The place in `texts` of the text each sentence belongs to."""
        return np.repeat(np.arange(len(self.texts)), [len(text.sentences) for text in self.texts])

    @cached_property
    def writers(self) -> NDArray[np.str_]:
        """(n) Who wrote each sentence."""
        return np.array([text.writer for text in self.texts])[self.owner]

    @property
    def cut_alike(self) -> float:
        """The share of labelled sentences that the model found with the same beginning and end."""
        labelled = [sentence for text in self.texts for sentence in text.sentences]
        same = [(a.start, a.end) == (b.start, b.end) for a, b in zip(labelled, self._read, strict=True)]
        return float(np.mean(same))

    def of(self, letter: str) -> Part:
        """The texts of the writers of one letter."""
        pairs = [pair for pair in zip(self.texts, self.analyses, strict=True) if pair[0].author == letter]
        return Part(tuple(text for text, _ in pairs), tuple(analysis for _, analysis in pairs))

    def counts(self, p: Rates) -> list[Counts]:
        """Sentences at each level in each text, from (n × 4) probabilities or zeros and ones."""
        return [Counts(*p[self.owner == place].sum(axis=0).tolist()) for place in range(len(self.texts))]


def read(reader: Reader, texts: Sequence[Text]) -> Part:
    """Every text as the model reads it, whole."""
    return Part(tuple(texts), tuple(reader.analyse_many(text.text for text in texts)))


def _marks(sentences: Sequence[Labelled] | Sequence[Sentence]) -> tuple[Marks, Marks]:
    acts = np.array([[act in s.acts for act in ACTS] for s in sentences], dtype=bool)
    frames = np.array([[frame == s.frame for frame in FRAMES] for s in sentences], dtype=bool)
    return acts, frames
