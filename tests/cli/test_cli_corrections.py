"""Answers about sentences leave the journal only when asked for, and the words only when asked for by name."""

import json

import pytest

from journal.domain import Analysis, Sentence
from journal.service import opening

CANARY = "The lorikeet sang at handover."


@pytest.fixture
def answered(journal):
    """A journal with one sentence its writer has spoken of."""
    entry_id = journal.add(CANARY)
    with_answers = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    entry = with_answers.entry(entry_id)
    p = {"task": 0.7, "team": 0.1, "system": 0.1, "other": 0.1}
    with_answers.readings.keep(entry, Analysis("m-1", (Sentence(0, len(CANARY), "task", p),)))
    with_answers.corrections.say(entry, (0, len(CANARY)), "team", ("voice",))
    with_answers.close()
    return journal, entry_id


def test_the_answers_are_printed_without_a_word_of_the_entry_or_its_id(answered):
    journal, entry_id = answered
    result = journal("corrections")
    (line,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (line["entry"], line["level"], line["model_level"], line["acts"]) == (1, "team", "task", ["voice"])
    assert len(line["at"]) == len("2026-03-09")
    assert "lorikeet" not in result.output
    assert entry_id[:8] not in result.output
    assert "none of your words" in result.stderr


def test_the_sentences_come_along_only_when_asked_for_and_a_warning_with_them(answered):
    journal, entry_id = answered
    result = journal("corrections", "--with-text")
    assert json.loads(result.stdout)["text"] == CANARY
    assert "name a patient" in result.stderr
    assert entry_id[:8] not in result.output


def test_a_journal_without_answers_prints_nothing(journal):
    journal.add("One.")
    result = journal("corrections")
    assert result.stdout == ""
    assert "have not said" in result.stderr


def test_the_ordinary_export_holds_no_answer(answered):
    journal, _ = answered
    (entry,) = journal.json("export", "-")
    assert not {"corrections", "level", "acts"} & set(entry)
