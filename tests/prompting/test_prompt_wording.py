"""The packaged questions themselves, held to the rules in prompts/README.md."""

import re
from collections import Counter
from itertools import combinations

import pytest

from journal.domain import FAMILIES


def words(text):
    return re.findall(r"[a-z0-9']+", text.lower())


SMALL_WORDS = frozenset(
    words(
        """
        a an and any are as at be been but by did do does for from had has have how i if in into is it its of on
        one or our out so somebody someone something than that the their them then there they this to today was
        we were what when where which while who whom whose will with would you your yours not no shift
        """
    )
)
POSTER_WORDS = frozenset(
    words(
        """
        leadership leader leaders stakeholder stakeholders synergy holistic empower empowered empowerment engage
        engagement resilience resilient proactive learnings vision mission journey impact leverage deliverables
        optimise excellence passion alignment multidisciplinary mdt psychological safety microsystem operating
        culture framing
        """
    )
)
LOCAL_WORDS = frozenset(
    words(
        """
        gp nhs datix tto ttos hca hcas sho fy1 bleep rota consultant consultants registrar matron sbar qi audit
        er ed icu itu attending resident intern huddle
        """
    )
)
PLACE_WORDS = {
    "ward": "ward",
    "round": "ward",
    "bedside": "ward",
    "clinic": "clinic",
    "appointment": "clinic",
    "theatre": "theatre",
    "operation": "theatre",
    "vehicle": "ambulance",
    "crew": "ambulance",
    "pharmacy": "pharmacy",
    "labour": "maternity",
    "visit": "community",
}
LEADING_WORDS = re.compile(
    r"\b(goals?|aims?|purpose|teams?|systems?|process|handovers?|colleagues?|staff|patients?|together|others|"
    r"people|roles?|lead|change|improve|better|well|wrong|mistakes?|hard|care)\b",
    re.IGNORECASE,
)


def questions(prompt):
    return (prompt.question, *prompt.follow_ups)


def test_there_are_enough_questions_in_every_family(prompts):
    count = Counter(prompt.family for prompt in prompts)
    assert set(count) == set(FAMILIES)
    assert len(prompts) >= 100
    assert count["framing"] >= 16
    assert count["neutral"] >= 10
    assert all(count[family] >= 12 for family in FAMILIES)


def test_a_question_has_at_most_twenty_words_and_a_follow_up_twelve(prompts):
    for prompt in prompts:
        assert len(prompt.question.split()) <= 20, prompt.id
        assert 1 <= len(prompt.follow_ups) <= 3, prompt.id
        assert all(len(follow_up.split()) <= 12 for follow_up in prompt.follow_ups), prompt.id


def test_a_question_asks_one_thing(prompts):
    for prompt in prompts:
        for question in questions(prompt):
            assert question.endswith("?"), prompt.id
            assert question.count("?") == 1, prompt.id
            assert not re.search(
                r"\b(and|or) (who|what|how|why|where|when|which|whose|whom|did|do|was|were)\b", question, re.IGNORECASE
            ), question


def test_no_question_accuses(prompts):
    for prompt in prompts:
        assert not prompt.question.lower().startswith("why"), prompt.id
        for question in questions(prompt):
            assert not re.search(r"why did(n't)? you|fail|blame|fault|should you have", question.lower()), question


def test_no_question_talks_like_a_poster_or_only_to_one_country(prompts):
    for prompt in prompts:
        for question in questions(prompt):
            assert not set(words(question)) & (POSTER_WORDS | LOCAL_WORDS), question


def test_a_question_about_a_place_is_kept_for_that_place(prompts):
    for prompt in prompts:
        for word in set(words(prompt.question)) & set(PLACE_WORDS):
            assert PLACE_WORDS[word] in prompt.settings, prompt.id


def test_a_neutral_question_leads_nowhere(prompts):
    for prompt in prompts:
        if prompt.family == "neutral":
            assert (prompt.row, prompt.leaning, prompt.energy, prompt.settings) == (0, "open", "low", ())
            assert prompt.pair is None
            assert not any(LEADING_WORDS.search(question) for question in questions(prompt)), prompt.id


def test_every_row_of_the_essay_is_served(prompts):
    assert {prompt.row for prompt in prompts} == set(range(11))
    assert all(prompt.row for prompt in prompts if prompt.family != "neutral")


def test_every_hard_question_has_a_counterpart_that_went_well(prompts):
    by_id = {prompt.id: prompt for prompt in prompts}
    for prompt in prompts:
        if prompt.leaning == "hard":
            assert prompt.pair is not None, prompt.id
        if prompt.pair:
            other = by_id[prompt.pair]
            assert other.pair == prompt.id
            assert other.family == prompt.family
            assert other.settings == prompt.settings
            assert {prompt.leaning, other.leaning} == {"hard", "well"}


def test_a_tired_person_anywhere_finds_hard_well_and_open_questions_in_every_family(prompts):
    for family in set(FAMILIES) - {"neutral"}:
        easy = [p for p in prompts if p.family == family and p.energy == "low" and not p.settings]
        assert len(easy) >= 8, family
        assert {prompt.leaning for prompt in easy} == {"hard", "well", "open"}, family


def test_no_two_questions_share_too_many_words(prompts):
    content = {prompt.id: set(words(prompt.question)) - SMALL_WORDS for prompt in prompts}
    for one, other in combinations(prompts, 2):
        shared, both = content[one.id] & content[other.id], content[one.id] | content[other.id]
        assert len(shared) <= len(both) / 3, (one.question, other.question)


def test_no_follow_up_is_used_twice(prompts):
    count = Counter(follow_up for prompt in prompts for follow_up in prompt.follow_ups)
    assert [follow_up for follow_up, times in count.items() if times > 1] == []


@pytest.mark.parametrize("start", ["What", "Which", "Who", "When", "Where"])
def test_questions_do_not_all_begin_alike(prompts, start):
    assert sum(prompt.question.startswith(start + " ") for prompt in prompts) < len(prompts) / 2
