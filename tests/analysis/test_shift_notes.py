"""The caveats beside a shift: placements, prompts, and the analysis's own error."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from journal.analysis.shift import shift
from journal.domain import Counts, Level, Shift, ShiftEntry
from journal.errors import BadInput

EXACT: Mapping[Level, Mapping[Level, float]] = {
    "task": {"task": 1},
    "team": {"team": 1},
    "system": {"system": 1},
    "other": {"other": 1},
}
MISREADS: Mapping[Level, Mapping[Level, float]] = {
    "task": {"task": 85, "team": 8, "system": 2, "other": 5},
    "team": {"task": 10, "team": 70, "system": 15, "other": 5},
    "system": {"task": 10, "team": 15, "system": 70, "other": 5},
    "other": {"task": 8, "team": 2, "system": 2, "other": 88},
}


def diary(
    system: list[int], *, placements: tuple[str, ...] = (), neutral: tuple[int, ...] = tuple(range(1000))
) -> list[ShiftEntry]:
    """A weekly entry of ten sentences; entries at `neutral` had no prompt, the others one of framing."""
    return [
        ShiftEntry(
            id=f"{at:032x}",
            day=date(2024, 3, 1) + timedelta(days=7 * at),
            counts=Counts(7 - k // 2, 3 - (k - k // 2), k, 1 + at % 2),
            prompt_family=None if at in neutral else "framing",
            placement=placements[at % len(placements)] if placements else None,
        )
        for at, k in enumerate(system)
    ]


def in_turn(*names: str, each: int = 12) -> tuple[str, ...]:
    return tuple(name for name in names for _ in range(each))


def note(found: Shift, holding: str) -> str:
    return next((text for text in found.notes if holding in text), "")


def test_a_change_of_ward_is_named_as_one_that_can_look_like_a_change_of_person() -> None:
    found = shift(diary([1, 0, 2] * 4 + [3, 4, 2] * 4, placements=in_turn("ED", "Renal")))
    assert "Your writing in Renal had more of this than in ED; that can be the ward, not you." in found.notes


def test_wards_in_turn_with_like_writing_cannot_be_told_from_time() -> None:
    found = shift(diary([2, 1, 3] * 8, placements=in_turn("ED", "Renal")))
    assert "Your placements (ED and Renal) came in turn" in note(found, "came in turn")


def test_a_rota_that_mixes_wards_needs_no_such_note() -> None:
    assert not note(shift(diary([2, 1, 3, 2] * 6, placements=("ED", "Renal"))), "ward")


def test_five_placements_or_one_need_no_such_note() -> None:
    many = shift(diary([2, 1, 3] * 10, placements=in_turn("A", "B", "C", "D", "E", each=6)))
    one = shift(diary([2, 1, 3] * 8, placements=("ED",)))
    assert not note(many, "ward")
    assert not note(one, "placement")


def test_writing_that_names_no_placement_is_told_what_that_hides() -> None:
    assert note(shift(diary([2, 1, 3] * 8)), "name no placement")


def test_neutral_entries_are_read_by_themselves_where_there_are_eight_over_eight_weeks() -> None:
    neutral = tuple(range(0, 24, 3))
    found = shift(diary([2, 5, 5] * 8, neutral=neutral))
    assert found.neutral is not None
    first, last = found.neutral
    assert (first.day, last.day) == (date(2024, 3, 1), date(2024, 3, 1) + timedelta(days=7 * 21))
    assert first.share == pytest.approx(0.2, abs=0.05)
    assert found.first is not None
    assert found.first.share > first.share


@pytest.mark.parametrize("neutral", [(), (0, 4, 8), tuple(range(7)), tuple(range(8))])
def test_few_neutral_entries_are_named_as_such(neutral: tuple[int, ...]) -> None:
    found = shift(diary([2, 1, 3] * 8, neutral=neutral))
    assert found.neutral is None
    assert f"{len(neutral)} of these 24 entries" in note(found, "neutral prompt or none")


def test_neutral_entries_that_went_another_way_are_mentioned() -> None:
    neutral = tuple(range(0, 36, 3))
    system = [4 - at // 12 if at in neutral else 1 + at // 6 for at in range(36)]
    assert note(shift(diary(system, neutral=neutral)), "did not move in the same direction")


def test_an_unmeasured_error_is_said_to_be_unmeasured() -> None:
    assert note(shift(diary([2, 1, 3] * 8)), "has not been worked out here")


def test_an_analysis_without_error_moves_nothing() -> None:
    found = shift(diary([2, 2, 2] * 8), confusion=EXACT)
    assert "would come to about 20 in 100 at the start and about 20 in 100 at the end" in note(found, "misreads")
    assert "fewer than 1 in 100" in note(found, "misreads")


def test_measured_errors_say_where_the_ends_would_come_to() -> None:
    found = shift(diary([1, 1, 2] * 8 + [3, 4, 4] * 8), confusion=MISREADS)
    assert found.last is not None
    told = note(found, "misreads")
    assert "at the start and about" in told
    assert "alone could move the share by about 9 in 100" in told


def test_an_analysis_that_hardly_reads_at_all_is_not_corrected() -> None:
    even = {true: {"task": 0.25, "team": 0.25, "system": 0.25, "other": 0.25} for true in MISREADS}
    assert note(shift(diary([2, 1, 3] * 8), confusion=even), "misreads too many sentences")


def test_error_rates_without_numbers_are_refused() -> None:
    with pytest.raises(BadInput, match="team"):
        shift(diary([2, 1, 3] * 8), confusion={**EXACT, "team": {}})


def test_an_early_shift_is_said_to_look_larger_than_it_is() -> None:
    early = shift(diary([0, 1, 0, 1] * 3 + [5, 6, 5, 6] * 3))
    late = shift(diary([0, 1, 0, 1] * 12 + [5, 6, 5, 6] * 12))
    assert (early.state, late.state) == ("shifted", "shifted")
    assert note(early, "larger than it is")
    assert not note(late, "larger than it is")
