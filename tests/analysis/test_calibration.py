"""What a writer's answers teach: it helps one who writes otherwise, and harms nobody."""

import math
import random
from dataclasses import replace

import pytest

from journal.analysis import calibration
from journal.analysis.calibration import Answer, WriterCalibration, apply, fit, from_dict, to_dict
from journal.domain import LEVELS, Analysis, Evidence, Sentence, likeliest

NONE = WriterCalibration("m-1", 0.45)
WRITERS = 12
OTHERWISE = {"task": -1.0, "system": 1.0}
"""In log-odds, how a writer's true levels differ from what the model expects."""


def sentences(seed: int, number: int, bias: dict[str, float]):
    """The model's probabilities and the true level of sentences by a writer with such a bias."""
    lot = random.Random(seed)
    for _ in range(number):
        raised = [math.exp(lot.gauss(middle, 1.3)) for middle in (1.0, -0.2, -0.4, 0.1)]
        p = dict(zip(LEVELS, (value / sum(raised) for value in raised), strict=True))
        yield p, lot.choices(LEVELS, [p[level] * math.exp(bias.get(level, 0)) for level in LEVELS])[0]


def answers(seed: int, number: int, bias: dict[str, float], *, if_right: float) -> list[Answer]:
    """What somebody answers who speaks up at every error, and at that part of what is right."""
    lot, found = random.Random(-seed), []
    for p, true in sentences(seed, 20 * number, bias):
        shown = likeliest(p)
        if len(found) < number and (true != shown or lot.random() < if_right):
            found.append(Answer(p, shown, true))
    return found


def right(using: WriterCalibration, seed: int, bias: dict[str, float]) -> float:
    """The share of a writer's other sentences that are read right."""
    hits = [
        likeliest({level: p[level] * math.exp(using.bias[level]) for level in LEVELS}) == true
        for p, true in sentences(10_000 + seed, 800, bias)
    ]
    return sum(hits) / len(hits)


def gained(number: int, bias: dict[str, float], if_right: float) -> float:
    """What learning adds to that share, on average over writers."""
    total = 0.0
    for seed in range(1, WRITERS + 1):
        learnt = fit(answers(seed, number, bias, if_right=if_right), "m-1", 0.45)
        used = learnt if learnt.moved_from(None) else NONE
        total += right(used, seed, bias) - right(NONE, seed, bias)
    return total / WRITERS


@pytest.mark.parametrize("if_right", [1.0, 0.3, 0.0])
def test_a_writer_the_model_misjudges_is_read_better_after_enough_answers(if_right: float) -> None:
    assert gained(60, OTHERWISE, if_right) > 0.03
    assert gained(150, OTHERWISE, if_right) > 0.06


@pytest.mark.parametrize("if_right", [1.0, 0.3, 0.0])
def test_a_writer_the_model_judges_well_loses_nothing_even_by_answering_errors_alone(if_right: float) -> None:
    assert gained(20, {}, if_right) > -0.005
    assert gained(150, {}, if_right) > -0.005


@pytest.mark.parametrize("shown", LEVELS)
@pytest.mark.parametrize("said", LEVELS)
@pytest.mark.parametrize("doubt", [0.001, 0.1, 0.6])
def test_twenty_answers_of_one_kind_do_not_turn_a_sentence_the_model_is_sure_of(
    shown: str, said: str, doubt: float
) -> None:
    p = {level: 1 - doubt if level == shown else doubt / 3 for level in LEVELS}
    learnt = replace(fit([Answer(p, shown, said)] * calibration.FEWEST, "m-1", 0.45), number=1)  # type: ignore[arg-type]
    assert abs(sum(learnt.bias.values())) < 1e-6
    for sure in LEVELS:
        for rival in set(LEVELS) - {sure}:
            p = {level: {sure: 0.9, rival: 0.1}.get(level, 0.0) for level in LEVELS}
            assert apply(Analysis("m-1", (Sentence(0, 4, sure, p),)), learnt).sentences[0].level == sure


def test_no_answers_teach_nothing_and_the_same_answers_always_the_same() -> None:
    assert fit([], "m-1", 0.45) == NONE
    some = answers(3, 40, OTHERWISE, if_right=0.5)
    there, back = fit(some, "m-1", 0.45), fit(some[::-1], "m-1", 0.45)
    assert there.bias == pytest.approx(back.bias)


def test_a_tilted_reading_says_whose_it_is_and_claims_no_words_for_a_level_they_did_not_speak_for() -> None:
    p = {"task": 0.45, "team": 0.05, "system": 0.4, "other": 0.1}
    evidence = (Evidence(0, 2, "says one thing was done"),)
    read = Analysis("m-1", (Sentence(0, 4, "task", p, ("voice",), "learning", evidence), Sentence(5, 9, "task", p)))
    learnt = WriterCalibration("m-1", 0.5, 30, {"task": -0.5, "team": 0, "system": 0.5, "other": 0}, 2)
    seen = apply(read, learnt)
    first = seen.sentences[0]
    assert seen.model == "m-1+you-2"
    assert (first.level, first.acts, first.frame, first.sure) == ("system", ("voice",), "learning", True)
    assert sum(first.p.values()) == pytest.approx(1)
    assert [item.why for item in first.evidence] == ["task at first; your answers tipped it"]
    assert apply(replace(read, model="m-2"), learnt) == replace(read, model="m-2")
    assert apply(read, replace(learnt, number=0)) == read


def test_what_was_learnt_can_be_kept_and_what_cannot_be_understood_is_passed_over() -> None:
    learnt = fit(answers(1, 30, OTHERWISE, if_right=1), "m-1", 0.45)
    assert from_dict(to_dict(learnt)) == learnt
    for raw in (None, 3, {}, {"bias": {}}, {**to_dict(learnt), "later": 1}, {**to_dict(learnt), "bias": None}):
        assert from_dict(raw) is None


def test_the_models_own_threshold_of_doubt_is_used() -> None:
    assert 0.25 < calibration.sure_from() < 1


def test_a_sentence_in_another_language_stays_unread_whatever_was_learnt() -> None:
    learnt = WriterCalibration("m-1", 0.4, 40, {"task": 2.0, "team": 0.0, "system": 0.0, "other": -2.0}, 1)
    unread = Sentence(0, 4, "other", {level: float(level == "other") for level in LEVELS}, sure=False)
    assert apply(Analysis("m-1", (unread,)), learnt).sentences == (unread,)
