from datetime import date

import pytest

from journal.errors import BadInput
from journal.limits import checked_moment, checked_words, parsed_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("given", ["2026-03-09", "2026-03-09T20:41", "2026-03-09 20:41:07+01:00"])
def test_a_day_of_writing_is_taken_as_it_is_given(given):
    assert checked_moment(given, TODAY) == given
    assert parsed_day(given) == date(2026, 3, 9)


@pytest.mark.parametrize(
    "given", ["20260309", "20260309T2040", "2026-W11-1", "2026-3-9", "09/03/2026", "2026-02-30", "", "２０２６-03-09"]
)
def test_other_ways_to_write_a_day_are_refused(given):
    with pytest.raises(BadInput):
        checked_moment(given, TODAY)


def test_a_writer_east_of_this_clock_has_a_day_of_grace_unless_it_is_their_own_clock():
    assert checked_moment("2026-11-24", TODAY)
    with pytest.raises(BadInput, match="future"):
        checked_moment("2026-11-24", TODAY, grace=0)
    with pytest.raises(BadInput, match="future"):
        checked_moment("2026-11-25", TODAY)


def test_a_short_text_is_one_line_without_surplus_blanks():
    assert checked_words("  Acute \n medicine ", "this") == "Acute medicine"


@pytest.mark.parametrize("given", ["a\x1b[31m", "a\x00", "a\x9b", "half \udc00", "x" * 1_001])
def test_a_short_text_holds_no_control_characters_and_has_an_end(given):
    with pytest.raises(BadInput):
        checked_words(given, "this")
