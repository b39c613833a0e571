import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.errors import ResourceMissing
from journal.prompting.library import load_library

BUNDLED = Path(__file__).parents[2] / "prompts"
SOUND = '[[prompt]]\nid = "mine-sound"\nfamily = "culture"\nquestion = "Who was quiet today?"\n'
FAULTY = '[[prompt]]\nid = "mine-faulty"\nfamily = "culture"\nquestion = "Who spoke?"\n'


def load_own(tmp_path, text, name="mine.toml"):
    (tmp_path / name).write_text(text, "utf-8", newline="")
    prompts, problems = load_library(BUNDLED, tmp_path)
    return [prompt for prompt in prompts if prompt.own], problems


def test_the_packaged_prompts_have_no_problems():
    prompts, problems = load_library(BUNDLED, None)
    assert problems == ()
    assert len({prompt.id for prompt in prompts}) == len(prompts)
    assert not any(prompt.own for prompt in prompts)


def test_prompts_come_in_the_same_order_every_time(prompts):
    assert load_library(BUNDLED, None)[0] == prompts


def test_a_person_may_have_no_prompts_of_their_own(tmp_path, prompts):
    assert load_library(BUNDLED, tmp_path / "nowhere") == (prompts, ())


def test_an_installation_without_prompts_says_so(tmp_path):
    with pytest.raises(ResourceMissing):
        load_library(tmp_path / "nowhere", None)


def test_the_example_in_the_readme_works(tmp_path):
    example = re.search(r"```toml\n(.*?)```", (BUNDLED / "README.md").read_text("utf-8"), re.DOTALL)
    own, problems = load_own(tmp_path, example[1])
    assert problems == ()
    assert [prompt.id for prompt in own] == ["mine-quiet-one", "mine-new-voice"]
    assert own[0].pair == "mine-new-voice"
    assert own[1].energy == "medium"
    assert own[0].family == own[1].family == "culture"


def test_the_file_may_name_the_family_and_a_prompt_another(tmp_path):
    own, problems = load_own(
        tmp_path, 'family = "neutral"\n[[prompt]]\nid = "a"\nquestion = "Well?"\n' + SOUND.replace("mine-sound", "b")
    )
    assert problems == ()
    assert [prompt.family for prompt in own] == ["neutral", "culture"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (FAULTY + "colour = 3\n", "colour"),
        (FAULTY.replace("Who spoke?", "word " * 21), "21 words"),
        (FAULTY.replace("Who spoke?", "字" * 201), "201 characters"),
        (FAULTY.replace("Who spoke?", " "), "no question"),
        (FAULTY.replace('"Who spoke?"', "7"), "no question"),
        (FAULTY.replace("Who spoke?", "Who\\u001b[2J spoke?"), "control characters"),
        (FAULTY.replace("Who spoke?", "Who\\nspoke?"), "one line"),
        (FAULTY.replace('"culture"', '"vibes"'), "vibes"),
        (FAULTY.replace('family = "culture"\n', ""), "no family"),
        (FAULTY.replace('"culture"', "[]"), "[] is not a family"),
        (FAULTY.replace("mine-faulty", "mine-sound"), "mine.toml, line 4"),
        (FAULTY.replace("mine-faulty", "neutral-your-choice"), "neutral.toml"),
        (FAULTY.replace("mine-faulty", "plan"), "own use"),
        (FAULTY.replace("mine-faulty", "No Spaces"), "the id"),
        (FAULTY.replace('id = "mine-faulty"\n', ""), "the id"),
        (FAULTY + 'settings = ["moon"]\n', "moon"),
        (FAULTY + 'settings = "ward"\n', "must be a list"),
        (FAULTY + 'energy = "none"\n', "energy"),
        (FAULTY + 'leaning = "left"\n', "leaning"),
        (FAULTY + "row = 11\n", "row"),
        (FAULTY + "row = true\n", "row"),
        (FAULTY + 'follow_ups = ["a?", "b?", "c?", "d?"]\n', "at most 3"),
        (FAULTY + 'follow_ups = ["' + "word " * 13 + '"]\n', "13 words"),
    ],
)
def test_only_the_faulty_prompt_is_skipped_and_it_is_named_by_file_and_line(tmp_path, fault, said):
    own, problems = load_own(tmp_path, f"# mine\n\n\n{SOUND}\n{fault}\n{SOUND.replace('mine-sound', 'mine-last')}")
    assert [prompt.id for prompt in own] == ["mine-sound", "mine-last"]
    (problem,) = problems
    assert (problem.path, problem.line) == (tmp_path / "mine.toml", 9)
    assert said in problem.message
    assert problem.message.isprintable()


@pytest.mark.parametrize(
    "before",
    [
        '[[prompt]]\nid = "b"\nfamily = "neutral"\nquestion = "So?" # [[prompt]]\n',
        "  [[ prompt ]] # spaced\n id = 'b'\n family = 'neutral'\n question = 'So \"then\"?'\n",
        '[[prompt]]\r\nid = "b"\r\nfamily = "neutral"\r\nquestion = """So?"""\r\n',
        "\ufeff[[prompt]]\nid = 'b'\nfamily = 'neutral'\nquestion = 'So?'\n",
    ],
)
def test_the_line_is_right_however_the_file_is_written(tmp_path, before):
    own, problems = load_own(tmp_path, before + FAULTY + "x = 1\n" + SOUND)
    assert [prompt.id for prompt in own] == ["b", "mine-sound"]
    assert [problem.line for problem in problems] == [5]


def test_a_table_header_inside_a_string_is_not_counted_as_a_table(tmp_path):
    own, problems = load_own(tmp_path, SOUND + 'note = """\n[[prompt]]\n"""\n' + FAULTY + "row = 99\n")
    assert own == []
    assert [problem.line for problem in problems] == [1, 8]


def test_prompts_written_as_inline_tables_work_and_are_named_by_the_line_of_the_list(tmp_path):
    own, problems = load_own(
        tmp_path, 'family = "neutral"\nprompt = [{id = "a", question = "So?"}, {id = "b", question = 3}]\n'
    )
    assert [prompt.id for prompt in own] == ["a"]
    assert [problem.line for problem in problems] == [2]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (SOUND + "\nquestion = unquoted\n", 6, "not TOML"),
        (SOUND + 'pair = "open\n', 5, "not TOML"),
        (SOUND + "settings = [\n", 5, "not TOML"),
        (SOUND.replace("[[prompt]]", "[prompt]"), 1, "two brackets"),
        ("x = " + "[" * 5000, 1, "skipped"),
        ("x = " + "9" * 5000, 1, "skipped"),
        ("# " + "x" * 1_000_001, 1, "too large"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_still_load(tmp_path, text, line, said):
    (tmp_path / "other.toml").write_text(SOUND, "utf-8")
    own, problems = load_own(tmp_path, text, "broken.toml")
    assert [prompt.id for prompt in own] == ["mine-sound"]
    (problem,) = problems
    assert (problem.path.name, problem.line) == ("broken.toml", line)
    assert said in problem.message


def test_a_wrong_table_name_is_named_and_the_rest_of_the_file_loads(tmp_path):
    own, problems = load_own(tmp_path, SOUND + "\n" + FAULTY.replace("[[prompt]]", "[[prompts]]"))
    assert [prompt.id for prompt in own] == ["mine-sound"]
    assert [(problem.line, "prompts" in problem.message) for problem in problems] == [(6, True)]


def test_a_file_in_another_encoding_is_named_by_line(tmp_path):
    (tmp_path / "mine.toml").write_bytes(b'family = "culture"\n# caf\xe9\n')
    _, problems = load_library(BUNDLED, tmp_path)
    assert [(problem.line, "UTF-8" in problem.message) for problem in problems] == [(2, True)]


def test_a_folder_called_like_a_prompt_file_is_named(tmp_path):
    (tmp_path / "mine.toml").mkdir()
    _, problems = load_library(BUNDLED, tmp_path)
    assert [problem.message for problem in problems] == ["This file cannot be read."]


def test_hidden_files_of_an_editor_or_a_mac_are_left_alone(tmp_path):
    _, problems = load_own(tmp_path, "not toml", "._mine.toml")
    assert problems == ()


@pytest.mark.parametrize(
    "pair",
    ["nowhere", "being-thanked", "being-said-gently", "mine-sound"],
    ids=["no such prompt", "has no pair", "has another pair", "itself"],
)
def test_a_prompt_whose_pair_is_wrong_is_kept_without_it(tmp_path, pair):
    own, problems = load_own(tmp_path, f'{SOUND}leaning = "hard"\npair = "{pair}"\n')
    assert [(prompt.id, prompt.pair) for prompt in own] == [("mine-sound", None)]
    assert [(problem.line, pair in problem.message) for problem in problems] == [(1, True)]


def test_own_prompts_differ_from_packaged_ones_only_by_being_own(tmp_path, prompts):
    own, problems = load_library(tmp_path, BUNDLED)
    assert list(own) == [replace(prompt, own=True) for prompt in prompts]
    assert problems == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([*SOUND.splitlines(), *FAULTY.splitlines(), '"""', "'''", "[", "]", "x = 1", "#", "\\"]))
)
def test_no_file_however_broken_stops_the_packaged_prompts(tmp_path, prompts, lines):
    (tmp_path / "mine.toml").write_text("\n".join(lines), "utf-8")
    found, problems = load_library(BUNDLED, tmp_path)
    assert [prompt for prompt in found if not prompt.own] == list(prompts)
    assert all(1 <= problem.line <= len(lines) + 1 for problem in problems)
