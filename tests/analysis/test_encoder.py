"""How a text is cut and laid out for the encoder."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.encoder import CLS, LONGEST, LONGEST_SENTENCE, SEP, layout, windows

LENGTHS = st.lists(st.integers(1, LONGEST_SENTENCE), max_size=80)


@given(LENGTHS)
def test_every_sentence_is_read_once_and_in_order(lengths: list[int]) -> None:
    read = [place for window in windows(lengths) for place in range(window.start, window.end)]
    assert read == list(range(len(lengths)))


@given(LENGTHS)
def test_no_window_holds_more_pieces_than_the_encoder_takes(lengths: list[int]) -> None:
    for window in windows(lengths):
        assert window.first <= window.start < window.end <= window.last
        assert 1 + sum(length + 1 for length in lengths[window.first : window.last]) <= LONGEST


def test_a_short_entry_is_seen_whole() -> None:
    (window,) = windows([20] * 10)
    assert (window.first, window.last) == (0, 10)


@given(st.lists(st.integers(8, 20), min_size=60, max_size=80))
def test_in_a_long_entry_each_sentence_but_the_outermost_has_neighbours_in_view(lengths: list[int]) -> None:
    for window in windows(lengths):
        assert window.first < window.start or window.start == 0
        assert window.last > window.end or window.end == len(lengths)


def test_a_window_is_laid_out_with_a_mark_behind_each_sentence() -> None:
    ids, mean, ends = layout([[7, 8], [9]])
    assert ids.tolist() == [CLS, 7, 8, SEP, 9, SEP]
    assert ends.tolist() == [3, 5]
    assert np.allclose(mean @ np.arange(6), [1.5, 4])
