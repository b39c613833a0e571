"""Shares with their ranges, where the sentences of one entry are alike."""

import random

import pytest

from journal.analysis.share import Share, differ, share, t_quantile


def entries(chance: random.Random, share: float, alike: float, number: int) -> list[tuple[float, float]]:
    """Beta-binomial entries of five to thirteen sentences; `alike` is the correlation within an entry."""
    found = []
    for _ in range(number):
        n = chance.randint(5, 13)
        own = chance.betavariate(share * (1 - alike) / alike, (1 - share) * (1 - alike) / alike)
        found.append((sum(chance.random() < own for _ in range(n)), n))
    return found


@pytest.mark.parametrize(("true", "number"), [(0.1, 6), (0.3, 10), (0.6, 25)])
def test_a_range_holds_the_share_about_nine_times_in_ten(true: float, number: int) -> None:
    chance = random.Random(7)
    found = [share(entries(chance, true, 0.12, number)) for _ in range(600)]
    held = sum(each is not None and each.low <= true <= each.high for each in found)
    assert 0.86 <= held / 600 <= 0.97


def test_places_that_do_not_differ_are_seldom_told_apart() -> None:
    chance = random.Random(8)
    told = 0
    for _ in range(400):
        places = sorted((entries(chance, 0.25, 0.12, 12) for _ in range(5)), key=lambda p: share(p).share)  # type: ignore[union-attr]
        told += differ(places[0], places[-1], of=5)
    assert told / 400 <= 0.08


def test_places_that_differ_much_are_told_apart() -> None:
    chance = random.Random(9)
    told = sum(differ(entries(chance, 0.1, 0.1, 20), entries(chance, 0.45, 0.1, 20), of=3) for _ in range(100))
    assert told >= 90


def test_entries_that_are_alike_within_make_the_range_wider() -> None:
    even, uneven = share([(3, 10)] * 10), share([(0, 10)] * 7 + [(10, 10)] * 3)
    assert even is not None
    assert uneven is not None
    assert even.share == pytest.approx(uneven.share)
    assert uneven.high - uneven.low > 2 * (even.high - even.low)


@pytest.mark.parametrize("k", [0, 10])
def test_all_or_none_still_leaves_room_for_doubt(k: int) -> None:
    found = share([(k, 10)] * 6)
    assert found is not None
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.high - found.low > 0.03


def test_one_entry_has_no_range() -> None:
    assert share([(3, 10), (0, 0)]) is None
    assert not differ([(3, 10)], [(9, 10), (8, 10)])


def test_the_order_of_entries_does_not_matter() -> None:
    counts = [(1.2, 8.0), (0.3, 5.5), (4.0, 9.1), (2.2, 7.0)]
    assert share(counts) == share(counts[::-1])
    assert isinstance(share(counts), Share)


@pytest.mark.parametrize(("df", "true"), [(4, 2.1318), (6, 1.9432), (10, 1.8125), (30, 1.6973)])
def test_the_quantiles_are_those_of_the_tables(df: int, true: float) -> None:
    assert t_quantile(0.95, df) == pytest.approx(true, rel=0.003)
