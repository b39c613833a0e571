"""What a person is told of a shift, and when."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from journal.analysis.shift import shift
from journal.analysis.shift_looks import looks, next_look, spend
from journal.domain import Counts, Shift, ShiftEntry

BANNED = re.compile(
    r"\b(grow\w*|grew|because|improv\w*|better|worse|progress\w*|target\w*|goal\w*|scor\w*|well done|great|good|"
    r"declin\w*|deteriorat\w*|should|must|streak\w*|congrat\w*|level\w*|achiev\w*|due to|thanks to|nan|inf)\b",
    re.IGNORECASE,
)
FAMILIES = (None, "neutral", "framing", "barriers", "culture")


def entries(
    system: Sequence[float],
    *,
    size: float = 10,
    gap: int = 7,
    placements: Sequence[str] = (),
    families: Sequence[str | None] = FAMILIES,
) -> list[ShiftEntry]:
    """Entries `gap` days apart with these many system sentences of `size`; placements in turn, families cycling."""
    count = len(system)
    return [
        ShiftEntry(
            id=f"{at:032x}",
            day=date(2024, 3, 1) + timedelta(days=gap * at),
            counts=Counts(task=size - k, team=0, system=k, other=at % 4),
            prompt_family=families[at % len(families)],
            placement=placements[at * len(placements) // count] if placements else None,
            delay=at % 3,
        )
        for at, k in enumerate(system)
    ]


def rising(count: int) -> list[ShiftEntry]:
    """From about 1 in 10 to about 5 in 10, with some unevenness."""
    return entries([1 + 4 * at / count + (at % 3 - 1) for at in range(count)])


def level(count: int, share: float = 0.2) -> list[ShiftEntry]:
    return entries([10 * share + (at % 3 - 1) for at in range(count)])


def said(found: Shift) -> str:
    return " ".join((found.statement, *found.notes))


# --------------------------------------------------------------------------- the gate


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ([], "12 entries over 8 weeks"),
        (level(5), "7 more entries, about 4 more weeks and about 70 more sentences about the work"),
        (entries([2] * 11), "1 more entry and about 10 more sentences about the work."),
        (entries([2] * 12, gap=1), "about 7 more weeks"),
        (entries([2] * 12, gap=5), "It is too early to say"),
        (entries([1] * 12, size=5), "about 60 more sentences about the work"),
    ],
)
def test_before_the_gate_opens_a_person_hears_what_is_still_missing(written: list[ShiftEntry], missing: str) -> None:
    found = shift(written)
    if looks(written):
        pytest.fail("the example has reached a look")
    assert found.state == "too_early"
    assert missing in found.statement
    assert (found.look, found.first, found.curves, found.neutral) == (0, None, {}, None)


def test_twelve_entries_over_eight_weeks_with_120_sentences_open_the_gate() -> None:
    assert shift(level(12)).state == "no_clear_change"
    assert shift(level(12)).look == 12


def test_what_can_be_done_meanwhile_is_said() -> None:
    assert "sentences are there to read meanwhile" in shift(level(3)).statement


def test_a_look_the_gate_was_shut_for_is_missed() -> None:
    slow_start = entries([2] * 30, gap=3)
    found = shift(slow_start[:20])
    assert (found.state, found.look, found.next_look) == ("too_early", 0, 24)
    assert "the first reading comes with entry 24" in found.statement
    assert shift(slow_start).look == 24


def test_entries_with_nothing_to_classify_bring_no_look_nearer() -> None:
    blank = [ShiftEntry(f"blank{at}", date(2024, 3, 2) + timedelta(days=at), Counts(other=3)) for at in range(30)]
    assert shift([*level(11), *blank]).entries == 11
    assert shift([*level(24), *blank]) == shift(level(24))


# --------------------------------------------------------------------------- looks


def test_looks_come_at_12_24_48_96_and_each_doubling() -> None:
    assert [next_look(n) for n in (0, 11, 12, 24, 47, 96, 192)] == [12, 12, 24, 48, 48, 192, 384]
    assert looks(level(200)) == (12, 24, 48, 96, 192)


def test_all_looks_together_spend_at_most_six_in_a_hundred() -> None:
    schedule = [12 * 2**doubling for doubling in range(40)]
    assert [spend(look) for look in schedule[:6]] == [0.005, 0.01, 0.015, 0.02, 0.005, 0.0025]
    assert sum(map(spend, schedule)) <= 0.06 + 1e-12


def test_between_looks_the_verdict_stands_word_for_word() -> None:
    steep = rising(30)
    changed = [*steep[:24], *(ShiftEntry(e.id, e.day, Counts(task=10), e.prompt_family) for e in steep[24:])]
    first, second = shift(steep), shift(changed)
    assert first.look == second.look == 24
    assert (first.state, first.statement, first.detectable) == (second.state, second.statement, second.detectable)
    assert first.last != second.last
    assert "first 24 entries; the next reading comes with entry 48" in first.statement


def test_a_verdict_that_no_longer_holds_is_taken_back_in_words() -> None:
    up = [1 + 6 * at / 24 + (at % 3 - 1) for at in range(24)]
    found = shift(entries([*up, *up[::-1]]))
    assert shift(entries(up)).state == "shifted"
    assert found.state == "no_clear_change"
    assert found.statement.startswith("Your first 24 entries had shown a shift; over the first 48")


def test_a_shift_that_turned_round_says_so() -> None:
    up = [1 + 6 * at / 24 + (at % 3 - 1) for at in range(24)]
    found = shift(entries([*up, *([0.5] * 24)]))
    assert found.state == "shifted"
    assert found.first is not None
    assert found.last is not None
    assert found.last.share < found.first.share
    assert "pointed the other way" in found.statement


# --------------------------------------------------------------------------- the answer


def test_a_shift_is_told_in_natural_frequencies() -> None:
    found = shift(rising(48))
    assert found.state == "shifted"
    assert re.fullmatch(
        r"Your writing has shifted\. About \d+ in 10 of your sentences in March 2024 spoke of what the work is for "
        r"or how it is arranged; about \d+ in 10 do now \(\d+ to \d+\)\.",
        found.statement,
    )


def test_without_a_clear_change_a_person_hears_what_would_have_shown() -> None:
    found = shift(level(48))
    assert found.state == "no_clear_change"
    assert found.first is not None
    assert found.detectable is not None
    assert found.detectable > found.first.share
    assert "would probably have shown" in found.statement


def test_more_writing_would_show_a_smaller_change() -> None:
    shares = [shift(level(count)).detectable for count in (12, 24, 48, 96)]
    assert all(share is not None for share in shares)
    assert shares == sorted(shares, key=lambda share: -(share or 0))


@pytest.mark.parametrize("rise", [0, 2, 4, 6])
def test_the_last_share_follows_the_writing(rise: int) -> None:
    found = shift(entries([2 + rise * at / 47 for at in range(48)]))
    assert found.last is not None
    assert found.last.low <= found.last.share <= found.last.high
    assert found.last.share == pytest.approx((2 + rise) / 10, abs=0.06)


def test_a_shift_that_plainer_counting_does_not_see_is_told_in_softer_words() -> None:
    written = []
    for at in range(96):
        prompted = at % 8 < 7 - at // 12  # seven in eight at the start, none at the end
        k = 5 + at / 40 if prompted else at / 40
        written.append(
            ShiftEntry(
                f"{at:032x}",
                date(2024, 3, 1) + timedelta(days=7 * at),
                Counts(task=10 - k, system=k),
                "framing" if prompted else "neutral",
            )
        )
    found = shift(written)
    assert found.state == "shifted"
    assert found.statement.startswith("Your writing may have shifted.")
    assert "take this lightly" in found.statement


def test_the_three_shares_run_over_the_whole_span() -> None:
    written = rising(50)
    found = shift(written)
    assert set(found.curves) == {"system", "team", "task"}
    for curve in found.curves.values():
        assert len(curve) == 40
        assert (curve[0].day, curve[-1].day) == (written[0].day, written[-1].day)
        assert [point.day for point in curve] == sorted({point.day for point in curve})
        assert all(0 <= point.low <= point.share <= point.high <= 1 for point in curve)
    assert found.curves["system"][0] == found.first
    assert found.curves["system"][-1] == found.last


def test_the_order_entries_come_in_makes_no_difference() -> None:
    written = rising(30)
    shuffled = written[:]
    random.Random(3).shuffle(shuffled)
    assert shift(shuffled) == shift(written)


def test_task_writing_is_never_held_against_anyone_and_no_cause_is_named() -> None:
    found = [
        shift(entries([k / 2 for k in system], placements=wards, families=families))
        for count in (0, 3, 12, 14, 24, 30, 48)
        for system in ([0] * count, range(count), range(count, 0, -1), [4] * count)
        for wards in ((), ("Ward A", "Ward B"))
        for families in (FAMILIES, ("framing",))
        if max(system, default=0) <= 20
    ]
    assert {one.state for one in found} == {"too_early", "no_clear_change", "shifted"}
    for one in found:
        assert not BANNED.search(said(one)), said(one)


# --------------------------------------------------------------------------- whatever comes


def test_odd_journals_get_an_honest_answer_and_no_noise(
    capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    one_day = [ShiftEntry(e.id, date(2024, 3, 1), e.counts, e.prompt_family) for e in rising(40)]
    two_days = [
        ShiftEntry(e.id, date(2024, 3 if at < 20 else 9, 1), e.counts, "framing" if at < 20 else "neutral")
        for at, e in enumerate(rising(40))
    ]
    odd = {
        "no system": entries([0] * 40),
        "all system": entries([10] * 40),
        "only the last": entries([0] * 39 + [10]),
        "none, then all": entries([0] * 20 + [10] * 20),
        "one day": one_day,
        "two days, prompt by day": two_days,
        "one family": entries([2, 3] * 20, families=("framing",)),
        "a family each": entries([2, 3] * 20, families=[f"own {at}" for at in range(40)]),
        "fractions": entries([0.013 * at for at in range(40)], size=9.7),
        "all at one length": [ShiftEntry(e.id, e.day, Counts(8, 0, 2)) for e in level(40)],
        "one vast entry": [*level(39), ShiftEntry("f" * 32, date(2030, 1, 1), Counts(5000, 0, 5000))],
        "the same id": [ShiftEntry("a", e.day, e.counts) for e in level(40)],
        "broken counts": [*level(40), ShiftEntry("b", date(2024, 5, 1), Counts(float("nan"), -1, 3))],
        "delays before the event": [ShiftEntry(e.id, e.day, e.counts, delay=-3 + at) for at, e in enumerate(level(40))],
        "far apart": entries([2, 3] * 20, gap=20000),
    }
    found = {name: shift(written) for name, written in odd.items()}
    assert capfd.readouterr() == ("", "")
    assert not recwarn.list
    for name, one in found.items():
        assert not re.search(r"\bnan\b|\binf\b|None", said(one)), name
    assert found["one day"].state == "too_early"
    assert found["no system"].state == found["all system"].state == "no_clear_change"
    assert found["no system"].last is not None
    assert 0 < found["no system"].last.high < 0.05
    assert "Hardly any" in found["no system"].statement
    assert "Nearly all" in found["all system"].statement
    assert found["only the last"].state == "no_clear_change"
    assert found["none, then all"].state == "no_clear_change"
    assert "their prompts changed when the dates did" in found["two days, prompt by day"].statement
    assert "system" not in found["two days, prompt by day"].curves
    assert found["broken counts"] == shift(level(40))


def test_random_small_journals_never_break_it() -> None:
    lot = random.Random(8)
    for _ in range(40):
        written = [
            ShiftEntry(
                f"{at}",
                date(2024, 1, 1) + timedelta(days=lot.choice((0, 1, 60, 200))),
                Counts(*(lot.choice((0, 0, 1, 9.5)) * 4 for _ in range(4))),
                lot.choice(FAMILIES),
                lot.choice((None, "ED", "Renal")),
                lot.choice((None, 0, 4)),
            )
            for at in range(lot.randrange(12, 40))
        ]
        found = shift(written)
        for point in (found.first, found.last):
            assert point is None or 0 <= point.low <= point.share <= point.high <= 1


def test_the_statistics_wait_until_there_is_something_to_read() -> None:
    code = (
        "import sys; from journal.analysis.shift import shift; import journal.analysis.pairs; shift([]);"
        "print([name for name in ('numpy', 'scipy', 'statsmodels') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
