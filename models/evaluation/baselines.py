"""What the model is held against: word statistics trained on the same writers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from evaluation.agreement import confusion, kappa, micro_f1
from evaluation.corpus import Text
from evaluation.labels import Labels, Marks, Rates, of_readers
from journal.domain import FRAMES

STRENGTHS = (0.1, 0.3, 1.0, 3.0)
"""Inverse regularisation tried on the dev writers."""
THRESHOLDS = np.arange(0.1, 0.95, 0.05)
SEED = 1
WORD = re.compile(r"\w+")
"""Words of one letter count, for "I" is one."""


@dataclass(frozen=True)
class WordStatistics:
    """TF-IDF of words (1–2) and characters (3–5) with logistic regression, one model a label."""

    words: Any
    level: Any
    acts: tuple[Any, ...]
    frames: tuple[Any, ...]
    act_from: float
    frame_from: float
    strength: float

    def read(self, sentences: Sequence[str]) -> Labels:
        """The labels of sentences, each by itself."""
        x = self.words.transform(sentences)
        p = self.level.predict_proba(x)
        acts = _chances(self.acts, x) >= self.act_from
        frames = _at_most_one(_chances(self.frames, x), self.frame_from)
        return Labels(p.argmax(axis=1), acts, frames, p, np.ones(len(p), dtype=bool))


def train(texts: Sequence[Text], dev: Sequence[Text]) -> WordStatistics:
    """Fit on the training writers; strength and thresholds are those best on the dev writers."""
    words = FeatureUnion(
        [
            (
                "words",
                TfidfVectorizer(
                    ngram_range=(1, 2), min_df=2, sublinear_tf=True, tokenizer=WORD.findall, token_pattern=None
                ),
            ),
            ("characters", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True)),
        ]
    )
    x, y = words.fit_transform(_said(texts)), _truth(texts)
    dev_x, dev_y = words.transform(_said(dev)), _truth(dev)
    tried = []
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=500).fit(x, y.level)
        tried.append((kappa(confusion(dev_y.level, model.predict(dev_x))), -strength, model))
    _, strength, level = max(tried, key=lambda item: item[:2])
    acts, frames = _each(x, y.acts, -strength), _each(x, y.frames, -strength)
    chances = _chances(acts, dev_x), _chances(frames, dev_x)
    act_from = max(THRESHOLDS, key=lambda t: micro_f1(dev_y.acts, chances[0] >= t))
    frame_from = max(THRESHOLDS, key=lambda t: micro_f1(dev_y.frames, _at_most_one(chances[1], t)))
    return WordStatistics(words, level, acts, frames, float(act_from), float(frame_from), -strength)


def _each(x: Any, marks: Marks, strength: float) -> tuple[Any, ...]:
    """One model for each column of (n × m) marks."""
    return tuple(
        LogisticRegression(C=strength, class_weight="balanced", solver="liblinear", random_state=SEED).fit(x, column)
        for column in marks.T
    )


def _chances(models: Sequence[Any], x: Any) -> Rates:
    return np.column_stack([model.predict_proba(x)[:, 1] for model in models])


def _at_most_one(chances: Rates, least: float) -> NDArray[np.bool_]:
    best = np.eye(len(FRAMES), dtype=bool)[chances.argmax(axis=1)]
    return best & (chances >= least)


def _said(texts: Sequence[Text]) -> list[str]:
    return [words for text in texts for words in text.said()]


def _truth(texts: Sequence[Text]) -> Labels:
    return of_readers([sentence for text in texts for sentence in text.sentences])
