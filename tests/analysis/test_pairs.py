"""Then and now: fair pairs of a person's own sentences."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

from journal.analysis.pairs import then_and_now
from journal.domain import Level, Sentence

MATTERS = ("drug charts", "bed manager", "discharge letters", "blood forms", "night handover", "crash trolley")
CASES: dict[Level, str] = {
    "task": "I sorted the {} again before lunch",
    "team": "the registrar and I shared the {} between us",
    "system": "what the {} exist to do is keep patients safe",
    "other": "rain all day and the {} looked grey",
}


def reading(level: Level, text: str) -> Sentence:
    p: dict[Level, float] = {"task": 0.1, "team": 0.1, "system": 0.1, "other": 0.1}
    return Sentence(0, len(text), level, {**p, level: 0.7})


def journal(early: str, late: str, entries: int = 30) -> list[tuple[str, date, str, Sentence]]:
    """Entries of six sentences, one on each matter; levels by letter (t, m, s, o), cycling, late in the last third."""
    levels: dict[str, Level] = {"t": "task", "m": "team", "s": "system", "o": "other"}
    found = []
    for at in range(entries):
        pattern = early if at < entries * 2 // 3 else late
        for index, matter in enumerate(MATTERS):
            level = levels[pattern[(at * len(MATTERS) + index) % len(pattern)]]
            text = CASES[level].format(matter)
            found.append((f"e{at:03}", date(2024, 1, 1) + timedelta(days=3 * at), f"{text} {at}", reading(level, text)))
    return found


def test_early_sentences_stand_beside_late_ones_on_the_same_matter() -> None:
    pairs = then_and_now(journal("tttm", "tmss"), seed=1)
    assert len(pairs) == 3
    for pair in pairs:
        assert pair.then_day < date(2024, 2, 1) < date(2024, 2, 29) < pair.now_day
        assert any(matter in pair.then and matter in pair.now for matter in MATTERS)


def test_thirds_are_of_the_whole_journal_where_the_middle_was_left_out_before() -> None:
    whole = journal("tttm", "tmss")
    middle = range(10, 20)
    thinned = [sentence for sentence in whole if int(sentence[0][1:]) not in middle]
    ends = (whole[9 * len(MATTERS)][1], whole[20 * len(MATTERS)][1])
    for seed in range(5):
        assert then_and_now(thinned, seed=seed, ends=ends) == then_and_now(whole, seed=seed)


def test_the_same_seed_gives_the_same_pairs_in_whatever_order_the_sentences_come() -> None:
    sentences = journal("tttm", "tmss")
    shuffled = sentences[:]
    random.Random(5).shuffle(shuffled)
    assert then_and_now(shuffled, seed=4) == then_and_now(sentences, seed=4)
    assert len({then_and_now(sentences, seed=seed) for seed in range(8)}) > 1


def test_levels_are_shown_as_often_as_they_occur_not_the_most_flattering_ones() -> None:
    sentences = journal("tttttmmmss", "tttttttmms")
    shown = [pair for seed in range(120) for pair in then_and_now(sentences, seed=seed)]
    then, now = Counter(pair.then_level for pair in shown), Counter(pair.now_level for pair in shown)
    for counted, expected in (
        (then, {"task": 0.5, "team": 0.3, "system": 0.2}),
        (now, {"task": 0.7, "team": 0.2, "system": 0.1}),
    ):
        for level, share in expected.items():
            assert abs(counted[level] / len(shown) - share) < 0.07, (counted, expected)


def test_writing_that_stayed_the_same_is_shown_as_the_same() -> None:
    pairs = then_and_now(journal("t", "t"), seed=2)
    assert {(pair.then_level, pair.now_level) for pair in pairs} == {("task", "task")}


def test_the_model_being_surer_of_a_sentence_gives_it_no_better_chance() -> None:
    plain = journal("ttms", "tmss")
    surer = [
        (entry, day, text, Sentence(s.start, s.end, s.level, {**s.p, s.level: 0.99}, sure=True))
        for entry, day, text, s in plain
    ]
    assert then_and_now(plain, seed=9) == then_and_now(surer, seed=9)


def test_no_entry_is_shown_twice() -> None:
    for seed in range(20):
        pairs = then_and_now(journal("tm", "ms", entries=12), limit=4, seed=seed)
        shown = [entry for pair in pairs for entry in (pair.then_entry, pair.now_entry)]
        assert len(shown) == len(set(shown))


def test_fragments_and_sentences_about_nothing_of_the_work_are_left_out() -> None:
    fragments = [(f"e{at}", date(2024, 1, 1 + at), "Drug charts again today.", reading("task", "")) for at in range(20)]
    assert then_and_now(fragments, seed=1) == ()
    assert then_and_now(journal("o", "o"), seed=1) == ()


def test_sentences_with_nothing_in_common_are_not_paired() -> None:
    words = ("cannula", "porter", "insulin", "window", "audit", "syringe", "corridor", "bleep", "kettle")
    sentences = [
        (f"e{at}", date(2024, 1, 1 + at), f"and then I had {word} to do", reading("task", word))
        for at, word in enumerate(words)
    ]
    assert then_and_now(sentences, seed=1) == ()


def test_a_journal_too_short_for_then_and_now_shows_none() -> None:
    assert then_and_now([], seed=1) == ()
    assert then_and_now(journal("t", "s", entries=2), seed=1) == ()
    one_day = [(entry, date(2024, 1, 1), text, said) for entry, _, text, said in journal("tm", "ms")]
    assert then_and_now(one_day, seed=1) == ()


def test_pairs_keep_the_sentences_out_of_their_repr() -> None:
    pair = then_and_now(journal("t", "s"), seed=1)[0]
    assert pair.then not in repr(pair)
    assert pair.now not in repr(pair)


def test_a_journal_of_many_years_is_answered_without_comparing_everything() -> None:
    assert len(then_and_now(journal("ttttm", "ttmss", entries=1000), seed=3)) == 3
