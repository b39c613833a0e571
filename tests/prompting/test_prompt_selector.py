from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.domain import FAMILIES, Prompt
from journal.errors import NotFound
from journal.prompting.selector import PLAN_ID, suggest

START = date(2026, 3, 9)
ENERGIES = [None, "low", "medium", "high"]
THEMES = sorted(set(FAMILIES) - {"neutral"})


def write_for(prompts, days, *, seed=1, every=1, seed_of_day=False, keep=None, **person):
    """The answers of somebody who takes every suggestion."""
    history = []
    for number in range(days):
        today = START + timedelta(days=number * every)
        chosen = suggest(
            prompts,
            history[-keep:] if keep else history,
            today=today,
            seed=today.toordinal() if seed_of_day else seed,
            **person,
        ).prompt
        history.append((chosen.id, chosen.family, today))
    return history


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "person", [{"energy": "low"}, {"energy": "high", "setting": "Medical ward"}, {"setting": "ambulance"}]
)
def test_over_400_days_every_family_has_its_turn(prompts, seed, person):
    history = write_for(prompts, 400, seed=seed, **person)
    count = Counter(family for _, family, _ in history)
    assert 0.20 <= count["neutral"] / 400 <= 0.30
    themes = [count[family] for family in THEMES]
    assert max(themes) - min(themes) <= 2

    leanings = Counter(prompt.leaning for prompt in prompts for id_, _, _ in history if prompt.id == id_)
    assert abs(leanings["hard"] - leanings["well"]) <= 10
    assert leanings["open"] > 0

    ids = [id_ for id_, _, _ in history]
    assert all(id_ not in ids[max(0, place - 12) : place] for place, id_ in enumerate(ids))


@pytest.mark.parametrize("every", [1, 11])
@pytest.mark.parametrize("keep", [None, 20])
def test_one_in_four_is_neutral_with_a_new_seed_each_day_or_a_short_memory(prompts, every, keep):
    for seed_of_day in (False, True):
        history = write_for(prompts, 400, seed_of_day=seed_of_day, every=every, keep=keep)
        share = sum(family == "neutral" for _, family, _ in history) / 400
        assert 0.20 <= share <= 0.30


def test_neutral_questions_are_never_far_apart_nor_side_by_side(prompts):
    for seed in range(10):
        families = [family for _, family, _ in write_for(prompts, 60, seed=seed)]
        places = [place for place, family in enumerate(families) if family == "neutral"]
        assert {later - earlier for earlier, later in pairwise(places)} <= {3, 4, 5}
        assert places[0] <= 4


def test_over_a_year_most_questions_that_suit_are_asked(prompts):
    asked = {id_ for id_, _, _ in write_for(prompts, 400, energy="high", setting="ward")}
    suiting = {prompt.id for prompt in prompts if not prompt.settings or "ward" in prompt.settings}
    assert asked <= suiting
    assert len(asked) >= 0.9 * len(suiting)


@given(
    seed=st.integers(),
    answered=st.lists(st.tuples(st.integers(0, 169), st.integers(0, 90)), max_size=60),
    energy=st.sampled_from(ENERGIES),
    setting=st.sampled_from([None, "ED", "Community pharmacy", "the moon"]),
)
@settings(max_examples=80, deadline=None)
def test_a_suggestion_suits_the_person_and_is_the_same_each_time(prompts, seed, answered, energy, setting):
    answered = sorted(answered, key=lambda pair: pair[1])
    history = [
        (prompts[index % len(prompts)].id, prompts[index % len(prompts)].family, START + timedelta(days=day))
        for index, day in answered
    ]
    today = START + timedelta(days=91)
    first = suggest(prompts, history, today=today, seed=seed, energy=energy, setting=setting)
    again = suggest(list(prompts), tuple(history), today=today, seed=seed, energy=energy, setting=setting)
    assert first == again
    assert first.prompt.id not in {id_ for id_, _, _ in history[-12:]}
    assert first.prompt.energy in {"low": ("low",), "high": ("low", "medium", "high")}.get(energy, ("low", "medium"))
    fits = {"ED": {"emergency"}, "Community pharmacy": {"community", "pharmacy"}}.get(setting, set())
    assert not first.prompt.settings or fits & set(first.prompt.settings)
    assert first.why
    if first.prompt.family != "neutral":
        since = today - timedelta(days=28)
        lately = Counter(family for _, family, day in history if day > since)
        assert lately[first.prompt.family] == min(lately[family] for family in THEMES)


def test_the_order_in_which_the_prompts_and_days_are_handed_over_does_not_matter(prompts):
    history = write_for(prompts, 30)
    today = START + timedelta(days=30)
    assert suggest(prompts, history, today=today, seed=4) == suggest(prompts[::-1], history[::-1], today=today, seed=4)


def test_different_seeds_and_days_give_different_beginnings(prompts):
    assert len({suggest(prompts, [], today=START, seed=seed).prompt.id for seed in range(30)}) > 15
    assert len({suggest(prompts, [], today=START + timedelta(days=n), seed=1).prompt.id for n in range(30)}) > 15


@pytest.mark.parametrize("days", [0, 1, 9, 40])
@pytest.mark.parametrize("person", [{}, {"energy": "low", "setting": "theatre"}])
def test_asking_for_another_walks_through_all_before_any_comes_again(prompts, days, person):
    history = write_for(prompts, days)
    today = START + timedelta(days=days)
    rested = {prompt.id for prompt in prompts} - {id_ for id_, _, _ in history[-12:]}
    seen = []
    for _ in rested:
        seen.append(suggest(prompts, history, today=today, seed=2, skip=seen, **person).prompt.id)
    assert sorted(seen) == sorted(rested)

    second = suggest(prompts, history, today=today, seed=2, skip=seen, **person)
    third = suggest(prompts, history, today=today, seed=2, skip=[*seen, second.prompt.id], **person)
    assert second.prompt.id != third.prompt.id
    assert second.why == "You have seen them all; here they come round again."
    assert suggest(prompts, history, today=today, seed=2, skip=set(seen), **person).prompt.id in rested


def test_another_brings_another_family_and_first_all_that_suit(prompts):
    seen, by_id = [], {prompt.id: prompt for prompt in prompts}
    for _ in prompts:
        seen.append(suggest(prompts, [], today=START, seed=2, energy="low", setting="ICU", skip=seen).prompt.id)
    assert {by_id[id_].family for id_ in seen[: len(THEMES)]} == set(THEMES)
    suits = [not by_id[id_].settings or "intensive_care" in by_id[id_].settings for id_ in seen]
    assert suits == sorted(suits, reverse=True)
    light = [by_id[id_].energy == "low" for id_, fits in zip(seen, suits, strict=True) if fits]
    assert light == sorted(light, reverse=True)


def test_declining_a_neutral_question_brings_a_theme_and_the_neutral_one_is_still_owed(prompts):
    history = [(prompts[place].id, prompts[place].family, START) for place in range(4)]
    today = START + timedelta(days=1)
    first = suggest(prompts, history, today=today, seed=1)
    other = suggest(prompts, history, today=today, seed=1, skip=[first.prompt.id])
    assert first.prompt.family == "neutral"
    assert other.prompt.family != "neutral"
    history.append((other.prompt.id, other.prompt.family, today))
    assert suggest(prompts, history, today=today, seed=1).prompt.family == "neutral"


def test_an_open_plan_comes_before_everything_in_its_own_words(prompts):
    found = suggest(prompts, [], today=START, seed=1, open_plan="  ask the HCA\nbefore the round ")
    assert found.prompt.id == PLAN_ID
    assert found.prompt.question == "You planned: ask the HCA before the round. What happened?"
    assert (
        suggest([], [], today=START, seed=1, open_plan="Rest!").prompt.question == "You planned: Rest! What happened?"
    )


def test_a_plan_passed_over_waits_until_all_have_been_seen(prompts):
    seen = []
    for _ in range(len(prompts) + 2):
        seen.append(suggest(prompts, [], today=START, seed=1, open_plan="rest", skip=seen).prompt.id)
    assert [place for place, id_ in enumerate(seen) if id_ == PLAN_ID] == [0, len(prompts) + 1]


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        (START, "You planned this today."),
        (START - timedelta(days=1), "You planned this yesterday."),
        (START - timedelta(days=6), "You planned this on Tuesday."),
        (START - timedelta(days=7), "You planned this on 2 March."),
        (date(2025, 12, 31), "You planned this on 31 December 2025."),
        (None, "You planned this and have not yet said what became of it."),
        (START + timedelta(days=3), "You planned this and have not yet said what became of it."),
    ],
)
def test_a_plan_is_dated_as_people_speak(prompts, planned, said):
    assert suggest(prompts, [], today=START, seed=1, open_plan="rest", planned=planned).why == said


def test_a_blank_plan_is_no_plan(prompts):
    assert suggest(prompts, [], today=START, seed=1, open_plan=" \n").prompt.id != PLAN_ID


def answers(families, prompts, day=START):
    ids = {family: [prompt.id for prompt in prompts if prompt.family == family] for family in FAMILIES}
    return [(ids[family].pop(), family, day) for family in families]


def test_the_reason_is_the_one_that_decided(prompts):
    later = START + timedelta(days=1)
    assert suggest(prompts, [], today=START, seed=1).why.startswith("Somewhere to begin: ")

    all_but_one = [theme for theme in THEMES if theme != "interdependence"]
    history = answers([*all_but_one, "neutral"], prompts)
    found = suggest(prompts, history, today=later, seed=1)
    assert found.prompt.family == "interdependence"
    assert found.why == "You have not written about handing over and relying on each other lately."

    history = answers([*all_but_one, *all_but_one, "interdependence", "neutral"], prompts)
    found = suggest(prompts, history, today=later, seed=1)
    assert (
        found.why
        == "You have written less about handing over and relying on each other than about other things lately."
    )

    history = answers(["framing", *(theme for theme in THEMES if theme != "framing"), "neutral"], prompts)
    found = suggest(prompts, history, today=later, seed=1)
    assert found.why == "It is longest since you wrote about what the work is for."

    found = suggest(prompts, history[:-1], today=later, seed=1)
    assert found.why == "No lead this time: one in four questions is open, so that your own words set the course."

    found = suggest(prompts, [], today=START, seed=1, skip=["framing-easier-tomorrow"])
    assert found.why.startswith("Another one, about ")


def test_a_question_written_for_this_very_setting_comes_before_one_for_anywhere(prompts):
    for seed in range(5):
        prompt = suggest(prompts, answers(["neutral"], prompts), today=START, seed=seed, setting="maternity").prompt
        assert "maternity" in prompt.settings or prompt.family == "barriers"


def test_what_was_written_five_weeks_ago_is_not_lately(prompts):
    history = [
        *answers(["culture"] * 5, prompts, START - timedelta(days=35)),
        *answers([theme for theme in THEMES if theme != "culture"] + ["neutral"], prompts),
    ]
    assert suggest(prompts, history, today=START, seed=1).prompt.family == "culture"


def test_a_tiny_library_still_asks_and_says_that_it_repeats_itself():
    only = Prompt("mine", "culture", "Who?")
    found = suggest([only], [("mine", "culture", START)], today=START, seed=1)
    assert found.prompt == only
    assert found.why == "You answered this not long ago, but there is no other to ask."


def test_with_nothing_to_ask_the_person_is_told_so():
    with pytest.raises(NotFound):
        suggest([], [], today=START, seed=1)


def test_answers_to_questions_that_no_longer_exist_do_no_harm(prompts):
    history = [("gone", "gone", START), (PLAN_ID, "being_and_doing", START)]
    assert suggest(prompts, history, today=START, seed=1).prompt in prompts
