"""Where sentences begin and end, by the rules alone: no model is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from journal.analysis.sentences import mark_sentences, spans


def sentence_spans(texts: Iterable[str]) -> list[list[tuple[int, int]]]:
    """Start and end of each sentence of each text, in characters; the same whenever they are asked for.

    They are those of the whole analysis, but for long runs without a full stop, which stay in one piece.
    """
    found = []
    for text in texts:
        doc = mark_sentences(_tokeniser()(text))
        found.append([(doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in spans(doc)])
    return found


@cache
def _tokeniser() -> Any:
    import spacy  # about a second; only when sentences are to be told apart

    return spacy.blank("en")
