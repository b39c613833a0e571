"""Our parts as spaCy components: sentences, readings, level, acts, frame. Results go to `doc.user_data` only."""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path
from typing import Any

from spacy.language import Language

from journal.analysis.acts import Acts
from journal.analysis.encoder import encoder
from journal.analysis.frame import Frames
from journal.analysis.language import foreign
from journal.analysis.level import Levels
from journal.analysis.lexicon import read_lexicon
from journal.analysis.reading import FOREIGN, Marker
from journal.analysis.rules import Rule, read_rules
from journal.analysis.sentences import mark_sentences, spans
from journal.domain import ACTS, FRAMES, LEVELS

NAMES = ("small_l_sentences", "small_l_readings", "small_l_encoder", "small_l_level", "small_l_acts", "small_l_frame")
READINGS, ENCODED = "small_l.readings", "small_l.encoded"
LEVEL, ACT, FRAME = "small_l.level", "small_l.acts", "small_l.frame"


@functools.lru_cache(maxsize=4)
def marker(folder: str) -> Marker:
    """The marker with the lexicon of a rule folder."""
    with (Path(folder) / "lexicon.toml").open("rb") as file:
        return Marker(read_lexicon(tomllib.load(file)))


def rules(folder: str, name: str, labels: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules of one file, compiled against the folder's lexicon."""
    with (Path(folder) / f"{name}.toml").open("rb") as file:
        return read_rules(tomllib.load(file), marker(folder).sign, labels)


@Language.factory("small_l_sentences")
def _sentences(nlp: Language, name: str, rules: str) -> Any:
    return mark_sentences


@Language.factory("small_l_readings")
def _readings(nlp: Language, name: str, rules: str) -> Any:
    mark = marker(rules)

    def component(doc: Any) -> Any:
        readings = [mark.read(doc, start, end) for start, end in spans(doc)]
        for reading, other in zip(readings, foreign([reading.words for reading in readings]), strict=True):
            if other:
                reading.traits |= {FOREIGN}
        doc.user_data[READINGS] = readings
        return doc

    return component


@Language.factory("small_l_encoder")
def _encoder(nlp: Language, name: str, rules: str) -> Any:
    folder = str(Path(rules).parent / "encoder")
    encoder(folder)  # loaded with the pipeline, so that the first text does not wait for it

    def component(doc: Any) -> Any:
        texts = [doc.text[reading.start : reading.end] for reading in doc.user_data[READINGS]]
        doc.user_data[ENCODED] = encoder(folder).read(texts)
        return doc

    return component


@Language.factory("small_l_level")
def _level(
    nlp: Language,
    name: str,
    rules: str,
    bias: dict[str, float],
    encoder_weight: float,
    rules_weight: float,
    sure_from: float,
) -> Any:
    return _keeps(LEVEL, Levels(_rules(rules, "level", LEVELS), bias, encoder_weight, rules_weight, sure_from))


@Language.factory("small_l_acts")
def _acts(nlp: Language, name: str, rules: str, threshold: dict[str, float], rules_weight: float) -> Any:
    return _keeps(ACT, Acts(_rules(rules, "acts", ACTS), threshold, rules_weight))


@Language.factory("small_l_frame")
def _frame(nlp: Language, name: str, rules: str, threshold: float, rules_weight: float) -> Any:
    return _keeps(FRAME, Frames(_rules(rules, "frame", FRAMES), threshold, rules_weight))


def _keeps(key: str, reader: Any) -> Any:
    def component(doc: Any) -> Any:
        doc.user_data[key] = reader.read(doc.user_data[READINGS], doc.user_data[ENCODED])
        return doc

    return component


_rules = rules  # the factories' own `rules` argument, the folder, hides the function
