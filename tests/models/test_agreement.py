"""The arithmetic of agreement, on tables small enough to reckon by hand."""

import math

import numpy as np
import pytest
from evaluation.agreement import (
    brier,
    calibration_error,
    confusion,
    estimate,
    kappa,
    macro_f1,
    micro_f1,
    pearson,
    reliability,
    scores_of_marks,
    scores_of_table,
    wilson,
)


def test_kappa_is_agreement_beyond_chance() -> None:
    assert kappa(np.array([[20, 5], [10, 15]])) == pytest.approx(0.4)  # 35 of 50 agree, 25 by chance


def test_readers_who_agree_only_by_chance_have_no_kappa() -> None:
    assert kappa(np.array([[9, 3], [3, 1]])) == pytest.approx(0)


def test_kappa_says_nothing_where_both_readers_know_one_level_only() -> None:
    assert math.isnan(kappa(np.array([[7, 0], [0, 0]])))


def test_the_rows_of_a_confusion_are_the_true_levels() -> None:
    counts = confusion(np.array([0, 0, 2, 3]), np.array([0, 1, 2, 2]))
    assert counts.tolist() == [[1, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 1, 0]]


def test_precision_recall_and_f1_of_a_level() -> None:
    found = scores_of_table(np.array([[3, 1], [2, 4]]))
    assert found.precision.tolist() == pytest.approx([3 / 5, 4 / 5])
    assert found.recall.tolist() == pytest.approx([3 / 4, 4 / 6])
    assert found.f1.tolist() == pytest.approx([6 / 9, 8 / 11])


def test_a_label_that_nobody_gave_is_left_out_of_the_mean() -> None:
    true = np.array([[True, False], [True, False]])
    read = np.array([[True, False], [False, False]])
    assert macro_f1(scores_of_marks(true, read)) == pytest.approx(2 / 3)


def test_a_label_the_model_never_gives_counts_as_nought() -> None:
    true, read = np.array([[True, True]]), np.array([[True, False]])
    assert macro_f1(scores_of_marks(true, read)) == pytest.approx(0.5)


def test_micro_f1_is_the_same_whichever_reader_is_called_the_true_one() -> None:
    one, two = np.array([[True, False], [True, True]]), np.array([[True, True], [False, True]])
    assert micro_f1(one, two) == micro_f1(two, one) == pytest.approx(4 / 6)


def test_writers_are_drawn_whole() -> None:
    writers = np.array(["b", "a", "b", "c", "a", "b"])

    def torn(rows: np.ndarray) -> float:
        drawn = writers[rows].tolist()
        whole = drawn.count("a") % 2 == 0 and drawn.count("b") % 3 == 0 and len(drawn) >= 3
        return 0.0 if whole else 1.0

    found = estimate(writers, torn)
    assert (found.value, found.low, found.high) == (0, 0, 0)


def test_an_interval_is_the_same_on_every_run() -> None:
    same = np.random.default_rng(3).random(60) < 0.7
    writers = np.repeat(np.arange(12), 5)
    assert estimate(writers, lambda rows: same[rows].mean()) == estimate(writers, lambda rows: same[rows].mean())


def test_many_sentences_of_few_writers_leave_more_doubt_than_as_many_of_many() -> None:
    right = np.repeat([1.0, 0.0, 1.0, 0.0, 1.0, 1.0], 20)
    few = estimate(np.repeat(np.arange(6), 20), lambda rows: float(right[rows].mean()))
    many = estimate(np.arange(120), lambda rows: float(right[rows].mean()))
    assert few.value == many.value == pytest.approx(2 / 3)
    assert few.high - few.low > 2 * (many.high - many.low)


def test_a_resample_that_says_nothing_is_left_out_of_the_interval() -> None:
    found = estimate([0, 1], lambda rows: float("nan") if 0 not in rows else 0.5)
    assert (found.low, found.high) == (0.5, 0.5)


def test_a_correlation_says_nothing_where_one_side_does_not_vary() -> None:
    assert math.isnan(pearson(np.array([0.1, 0.2]), np.array([0.5, 0.5])))


def test_calibration_is_the_gap_between_said_and_come_true() -> None:
    p = np.array([0.55, 0.55, 0.95, 1.0])
    bins = reliability(p, np.array([True, False, True, True]))
    assert [(b.n, round(b.low, 1)) for b in bins] == [(2, 0.5), (2, 0.9)]
    assert calibration_error(bins) == pytest.approx((2 * 0.05 + 2 * 0.025) / 4)


def test_a_round_probability_opens_its_bin() -> None:
    assert [round(b.low, 1) for b in reliability(np.array([0.3, 0.6, 0.7]), np.ones(3, bool))] == [0.3, 0.6, 0.7]


def test_the_brier_score_is_two_for_certainty_in_the_wrong_level() -> None:
    p = np.array([[0.0, 1.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
    assert brier(p[:1], np.array([0])) == pytest.approx(2)
    assert brier(p[1:], np.array([0])) == pytest.approx(0.75)


def test_no_error_in_forty_does_not_mean_no_errors() -> None:
    found = wilson(0, 40)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(1.96**2 / (40 + 1.96**2), abs=1e-4)
