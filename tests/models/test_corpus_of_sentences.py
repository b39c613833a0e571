"""The corpus itself: whole, in order, and kept apart by use."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from journal.domain import ACTS, FRAMES, LEVELS

CORPUS = Path(__file__).parent.parent.parent / "models" / "corpus"
Line = dict[str, Any]


def lines(pattern: str) -> list[Line]:
    return [
        json.loads(line)
        for path in sorted(CORPUS.glob(pattern))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


@pytest.fixture(scope="module")
def entries() -> list[Line]:
    return lines("entries-*.jsonl")


@pytest.fixture(scope="module")
def hard() -> list[Line]:
    return lines("hard-*.jsonl")


@pytest.fixture(scope="module")
def adversarial() -> list[Line]:
    return lines("adversarial.jsonl")


@pytest.fixture(scope="module")
def split() -> dict[str, list[str]]:
    return tomllib.loads((CORPUS / "split.toml").read_text("utf-8"))


def plain(text: str) -> str:
    """A text by its letters alone, so that a comma does not hide a copy."""
    return "".join(c for c in text.lower() if c.isalnum())


def well_labelled(sentence: Line) -> bool:
    acts, frame = sentence["acts"], sentence["frame"]
    return (
        sentence["level"] in LEVELS
        and set(acts) <= set(ACTS)
        and len(set(acts)) == len(acts)
        and (frame is None or frame in FRAMES)
    )


def test_there_are_enough_sentences_entries_and_writers(entries: list[Line]) -> None:
    labelled = [entry for entry in entries if entry.get("sentences")]
    assert sum(len(entry["sentences"]) for entry in labelled) >= 6000
    assert len(labelled) >= 700
    assert len({entry["writer"] for entry in labelled}) >= 120


def test_sentences_lie_in_their_text_in_order(entries: list[Line]) -> None:
    for entry in entries:
        end = 0
        for sentence in entry.get("sentences", []):
            assert end <= sentence["start"] < sentence["end"] <= len(entry["text"]), entry["id"]
            assert entry["text"][sentence["start"] : sentence["end"]].strip(), entry["id"]
            end = sentence["end"]


def test_a_labelled_entry_is_labelled_to_its_last_word(entries: list[Line]) -> None:
    for entry in entries:
        left = list(entry["text"])
        for sentence in entry.get("sentences", []):
            left[sentence["start"] : sentence["end"]] = " " * (sentence["end"] - sentence["start"])
        assert "sentences" not in entry or not "".join(left).strip(), entry["id"]


def test_every_label_is_one_of_the_codebook(entries: list[Line], hard: list[Line], adversarial: list[Line]) -> None:
    second = lines("second-reading.jsonl")
    for line in [*entries, *hard, *second]:
        assert all(map(well_labelled, line.get("sentences", []))), line["id"]
    assert all(map(well_labelled, adversarial))


def test_no_id_is_used_twice(entries: list[Line], hard: list[Line], adversarial: list[Line]) -> None:
    assert [id for id, n in Counter(line["id"] for line in [*entries, *hard, *adversarial]).items() if n > 1] == []


def test_no_text_occurs_twice(entries: list[Line], hard: list[Line], adversarial: list[Line]) -> None:
    texts = Counter(plain(line["text"]) for line in [*entries, *hard, *adversarial])
    assert [text for text, n in texts.items() if n > 1] == []


def test_every_writer_has_one_voice_and_one_file(entries: list[Line]) -> None:
    about: dict[str, set[str]] = {}
    for entry in entries:
        assert entry["id"].startswith(f"{entry['writer']}-"), entry["id"]
        about.setdefault(entry["writer"], set()).add(entry["first_language"])
    assert [writer for writer, languages in about.items() if len(languages) > 1] == []
    for path in CORPUS.glob("entries-*.jsonl"):
        letters = {line["writer"].partition("-")[0] for line in lines(path.name)}
        assert letters == {path.stem.removeprefix("entries-").upper()}


def test_the_split_names_labelled_writers_and_none_for_two_uses(
    entries: list[Line], split: dict[str, list[str]]
) -> None:
    letters = {entry["writer"].partition("-")[0] for entry in entries if entry.get("sentences")}
    dev, test = set(split["dev"]), set(split["test"])
    assert dev
    assert test
    assert dev | test < letters
    assert not dev & test


def test_nothing_that_is_scored_was_trained_on(
    entries: list[Line], hard: list[Line], adversarial: list[Line], split: dict[str, list[str]]
) -> None:
    scored = {plain(case["text"]) for case in adversarial}
    learnt = [entry for entry in entries if entry["writer"].partition("-")[0] not in split["test"]]
    sentences = {plain(e["text"][s["start"] : s["end"]]) for e in learnt for s in e.get("sentences", [])}
    sentences |= {plain(s["text"]) for line in hard for s in line["sentences"] if "text" in s}
    assert not scored & sentences
    everything = "\n".join(plain(line["text"]) for line in hard)
    assert [text for text in scored if len(text) > 20 and text in everything] == []


def test_the_second_reading_is_of_sentences_read_before(entries: list[Line]) -> None:
    known = {entry["id"]: [(s["start"], s["end"]) for s in entry.get("sentences", [])] for entry in entries}
    for line in lines("second-reading.jsonl"):
        assert [(s["start"], s["end"]) for s in line["sentences"]] == known[line["id"]], line["id"]


def test_hard_sentences_follow_one_another_in_their_text(hard: list[Line]) -> None:
    for line in hard:
        at = 0
        for sentence in line["sentences"]:
            at = sentence["start"] if "start" in sentence else line["text"].find(sentence["text"], at)
            assert at >= 0, line["id"]
            at = sentence["end"] if "end" in sentence else at + len(sentence["text"])
        assert at <= len(line["text"]), line["id"]


def test_every_adversarial_sentence_stands_by_itself(adversarial: list[Line]) -> None:
    for case in adversarial:
        assert case["text"] == case["text"].strip() != "", case["id"]


def test_adversarial_pairs_are_complete(adversarial: list[Line]) -> None:
    pairs: dict[str, list[Line]] = {}
    for case in adversarial:
        if case["pair"]:
            pairs.setdefault(case["pair"], []).append(case)
    twins = [pair for pair in pairs.values() if pair[0]["kind"] == "second_language"]
    assert len(twins) >= 40
    assert all(len(pair) == 2 and pair[0]["kind"] == pair[1]["kind"] for pair in pairs.values())
    for one, two in twins:
        assert {one["variant"], two["variant"]} == {"fluent", "second_language"}
        assert (one["level"], sorted(one["acts"])) == (two["level"], sorted(two["acts"])), one["pair"]


def test_a_contrast_pair_sets_a_task_against_a_system_sentence(adversarial: list[Line]) -> None:
    pairs: dict[str, set[str]] = {}
    for case in adversarial:
        if case["kind"] in ("blame_pattern", "purpose"):
            pairs.setdefault(case["pair"], set()).add(case["level"])
    assert pairs
    assert all(levels == {"task", "system"} for levels in pairs.values())
