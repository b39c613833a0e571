"""What the model read, brought together with what people labelled, on readings made by hand."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from evaluation.adversarial import Tried
from evaluation.corpus import Case, Labelled, Text, cases, parts
from evaluation.labels import Part, matched
from evaluation.markdown import BEGIN, END, Unusable, placed, wrapped
from evaluation.rates import as_toml
from evaluation.shares import Shares, by_probabilities, r_of
from evaluation.targets import verdict
from evaluation.voices import first_language, profession
from evaluation.words import FIRST_PLURAL, holds

from journal.domain import LEVELS, Analysis, Level, Sentence


def read_as(start: int, end: int, level: Level, p: float = 1.0) -> Sentence:
    rest = (1 - p) / 3
    return Sentence(start, end, level, {of: p if of == level else rest for of in LEVELS})


def entry(levels: str, writer: str = "A-01", id: str = "A-01-01") -> Text:
    """Sentences of ten characters, one for each letter of `kmso`: task, team, system, other."""
    of: dict[str, Level] = {"k": "task", "m": "team", "s": "system", "o": "other"}
    labelled = tuple(Labelled(10 * at, 10 * at + 10, of[letter]) for at, letter in enumerate(levels))
    return Text(id, "x" * 10 * len(levels), labelled, writer)


def analysed(text: Text, levels: str, p: float = 1.0) -> Analysis:
    said = entry(levels).sentences
    assert len(said) == len(text.sentences)
    return Analysis("by hand", tuple(read_as(s.start, s.end, s.level, p) for s in said))


def test_a_sentence_is_held_against_the_reading_that_shares_most_of_it() -> None:
    text = Text("A", "x" * 30, (Labelled(0, 12, "task"), Labelled(12, 30, "system")))
    analysis = Analysis("m", (read_as(0, 10, "team"), read_as(10, 20, "other"), read_as(20, 30, "system")))
    assert [found.level for found in matched(text, analysis)] == ["team", "system"]


def test_a_sentence_the_model_did_not_read_is_not_passed_over() -> None:
    text = Text("A-07-02", "x" * 30, (Labelled(20, 30, "task"),))
    with pytest.raises(ValueError, match="A-07-02"):
        matched(text, Analysis("m", (read_as(0, 10, "task"),)))


def test_sentences_cut_elsewhere_are_counted() -> None:
    text = Text("A", "x" * 30, (Labelled(0, 10, "task"), Labelled(10, 30, "system")))
    analysis = Analysis("m", (read_as(0, 10, "task"), read_as(10, 29, "system")))
    assert Part((text,), (analysis,)).cut_alike == 0.5


def test_the_system_share_leaves_other_out_and_short_entries_too() -> None:
    texts = (entry("ssmkoooo"), entry("sso"), entry("kkkk"))
    read = ("smmkoooo", "sso", "kkks")
    part = Part(texts, tuple(analysed(text, levels) for text, levels in zip(texts, read, strict=True)))
    shares = by_probabilities(part)
    assert shares.true.tolist() == [0.5, 0.0]
    assert shares.read.tolist() == [0.25, 0.25]


def test_summed_probabilities_carry_the_models_doubt_into_the_share() -> None:
    text = entry("ssss")
    shares = by_probabilities(Part((text,), (analysed(text, "ssss", 0.7),)))
    assert shares.read.tolist() == pytest.approx([0.7 / 0.9])


def test_an_entry_read_as_other_throughout_has_no_share_to_compare() -> None:
    text = entry("ssss")
    assert len(by_probabilities(Part((text,), (analysed(text, "oooo"),))).read) == 0


def test_a_share_recovered_in_order_but_too_high_still_correlates() -> None:
    texts = tuple(entry(levels, f"A-0{at}") for at, levels in enumerate(["kkkk", "skkk", "sskk", "sssk"]))
    shares = Shares(Part(texts, ()), np.array([0.1, 0.35, 0.6, 0.85]))
    assert r_of(shares).value == pytest.approx(1)


def test_the_error_rates_come_in_the_shape_the_shift_takes() -> None:
    text = entry("kmso")
    part = Part((text,), (analysed(text, "kmms", 0.7),))
    rates = tomllib.loads(as_toml(part, part))["confusion"]
    assert list(rates) == list(LEVELS)
    assert rates["system"] == pytest.approx({"task": 0.1, "team": 0.7, "system": 0.1, "other": 0.1})
    assert all(sum(row.values()) == pytest.approx(1, abs=1e-3) for row in rates.values())


def test_a_second_language_gap_is_fluent_less_second_language() -> None:
    found, levels = [], []
    for pair, (fluent, second) in {"P01": ("s", "k"), "P02": ("s", "s"), "P03": ("k", "k")}.items():
        for variant, read in (("second_language", second), ("fluent", fluent)):  # in either order
            found.append({"pair": pair, "variant": variant})
            levels.append(read)
    texts = [entry("s") for _ in found]
    part = Part(tuple(texts), tuple(analysed(text, read) for text, read in zip(texts, levels, strict=True)))
    tried = Tried(
        tuple(Case("second_language", at["pair"], at["variant"], text) for at, text in zip(found, texts, strict=True)),
        part,
        part.model,
    )
    assert tried.gap(tried.wrong).value == pytest.approx(1 / 3)


def test_a_case_is_read_between_its_neighbours(tmp_path: Path) -> None:
    line = {"id": "ADV-1", "kind": "purpose", "pair": None, "variant": None, "level": "task", "acts": [], "frame": None}
    both = [
        {**line, "before": "Late.", "text": "Did it.", "after": "Home."},
        {**line, "before": "", "text": "Did it.", "after": ""},
    ]
    (tmp_path / "adversarial.jsonl").write_text("\n".join(map(json.dumps, both)))
    found = cases(tmp_path)
    assert [case.text.text for case in found] == ["Late. Did it. Home.", "Did it."]
    assert [case.text.said() for case in found] == [["Did it."], ["Did it."]]


def test_a_writer_is_used_for_one_thing_only(tmp_path: Path) -> None:
    (tmp_path / "split.toml").write_text('dev = ["B"]\ntest = ["C"]\n')
    labelled = [{"start": 0, "end": 4, "level": "other", "acts": [], "frame": None}]
    for letter in "ABC":
        line = {"id": f"{letter}-01-01", "writer": f"{letter}-01", "text": "Rain.", "sentences": labelled}
        (tmp_path / f"entries-{letter.lower()}.jsonl").write_text(json.dumps(line))
    by_words = [{"text": "Rain.", "level": "other", "acts": [], "frame": None}] * 2
    (tmp_path / "hard-a.jsonl").write_text(json.dumps({"id": "HARD-1", "text": "Rain. Rain.", "sentences": by_words}))
    found = parts(tmp_path)
    assert [text.id for text in found.train] == ["A-01-01", "HARD-1"]
    assert ([text.id for text in found.dev], [text.id for text in found.test]) == (["B-01-01"], ["C-01-01"])
    assert [(s.start, s.end) for s in found.train[1].sentences] == [(0, 5), (6, 11)]


def test_an_ultrasound_is_not_us() -> None:
    said = ["US abdo at ten.", "Nobody told us.", "We'd split the bays.", "Our list.", "Used the hoist."]
    assert holds(FIRST_PLURAL, said).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("job", "group"),
    [
        ("registered nurse (stroke unit)", "nurse or midwife"),
        ("doctor, renal medicine", "doctor"),
        ("emergency physician", "doctor"),
        ("physician associate", "another profession"),
        ("dental nurse", "another profession"),
        ("pharmacist", "another profession"),
    ],
)
def test_professions_fall_into_three_groups(job: str, group: str) -> None:
    assert profession(Text("A", "", (), profession=job)) == group


def test_english_of_any_kind_is_english() -> None:
    assert first_language(Text("A", "", (), first_language="English (Cork)")) == "English"
    assert first_language(Text("A", "", (), first_language="Turkish")) == "another language"


def test_scores_go_between_the_comments_and_nothing_else_changes() -> None:
    card = f"# Card\n\nby hand\n{BEGIN}\nold\n{END}\n\nby hand too\n"
    once = placed(card, "new")
    assert once == f"# Card\n\nby hand\n{BEGIN}\n\nnew\n\n{END}\n\nby hand too\n"
    assert placed(once, "new") == once


@pytest.mark.parametrize("card", ["# Card\n", f"{BEGIN}\n", f"{END}\n{BEGIN}\n"])
def test_a_card_without_a_place_for_scores_is_left_alone(card: str) -> None:
    with pytest.raises(Unusable):
        placed(card, "new")


def test_tables_and_lists_are_not_wrapped() -> None:
    table = "| " + "wide " * 40 + "|"
    assert wrapped(f"### Head\n\n{'word ' * 40}\n\n{table}").split("\n\n")[2] == table
    assert max(map(len, wrapped("word " * 40).splitlines())) <= 120


def test_a_mark_reached_by_luck_alone_is_not_called_met() -> None:
    assert verdict(met=True, surely=True) == "yes"
    assert verdict(met=True, surely=False) != "yes"
    assert verdict(met=False, surely=False) == "no"
