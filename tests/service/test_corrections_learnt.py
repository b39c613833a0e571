"""A person's word on a sentence counts at once, and what is learnt of it counts for the whole history alike."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.analysis.calibration import FEWEST
from journal.domain import Analysis, Counts, Entry, EntryContent, Sentence
from journal.errors import BadInput
from journal.service import Journal, opening
from journal.vault.keys import CHEAP

NOW = datetime(2026, 3, 9, 20, 40, tzinfo=UTC)
DOUBT = {"task": 0.5, "team": 0.05, "system": 0.4, "other": 0.05}
TEXT = "Obs late. Ran."
FIRST, SECOND = (0, 9), (10, 14)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opening.create(tmp_path / "journal", opening.new_keys(), "lamp", now=lambda: NOW, kdf=CHEAP)
    yield made
    made.close()


def reading(model: str = "m-1") -> Analysis:
    """Two sentences, each perhaps task and perhaps system."""
    return Analysis(model, tuple(Sentence(*span, "task", DOUBT) for span in (FIRST, SECOND)))


@pytest.fixture
def read(journal: Journal) -> Callable[[], Entry]:
    """Keeps an entry of two sentences, and the model's reading of it."""

    def keep() -> Entry:
        entry = journal.write(EntryContent(TEXT))
        journal.readings.keep(entry, reading())
        return entry

    return keep


def answer_enough(journal: Journal, read: Callable[[], Entry]) -> list[Entry]:
    """Say of the first sentence of many entries that it is about the system."""
    entries = [read() for _ in range(2 * FEWEST)]
    for entry in entries:
        journal.corrections.say(entry, FIRST, "system")
        journal.corrections.say(entry, SECOND, "system")
    return entries


def test_an_answer_wins_over_the_model_and_the_shift_counts_it_at_once(journal: Journal, read) -> None:
    entry = read()
    said = journal.corrections.say(entry, FIRST, "system", ("measure",), "learning")
    assert (said.shown, said.model, said.model_level, said.p) == ("task", "m-1", "task", DOUBT)
    first, second = journal.readings.of(entry).sentences
    assert (first.level, first.acts, first.frame, first.corrected) == ("system", ("measure",), "learning", True)
    assert (second.level, second.corrected) == ("task", False)
    assert journal.readings.points()[0].counts == Counts(0.5, 0.05, 1.4, 0.05)
    assert journal.readings.own(entry) == reading()


def test_what_is_taken_back_is_as_if_never_said(journal: Journal, read) -> None:
    entry = read()
    before = journal.readings.points()
    journal.corrections.say(entry, FIRST, "system")
    assert journal.corrections.take_back(entry, FIRST)
    assert not journal.corrections.take_back(entry, FIRST)
    assert journal.readings.of(entry) == reading()
    assert journal.readings.points() == before


def test_only_a_sentence_that_was_read_can_be_answered_for(journal: Journal, read) -> None:
    with pytest.raises(BadInput):
        journal.corrections.say(read(), (0, 3), "system")
    with pytest.raises(BadInput):
        journal.corrections.say(journal.write(EntryContent(TEXT)), FIRST, "system")
    assert journal.corrections.count() == 0


def test_a_new_model_and_a_new_version_of_the_entry_find_the_answer_there(journal: Journal, read) -> None:
    entry = read()
    journal.corrections.say(entry, FIRST, "system")
    seen = journal.readings.keep(entry, reading("m-2"))
    assert [s.level for s in seen.sentences] == ["system", "task"]
    assert journal.readings.points()[0].counts == Counts(0.5, 0.05, 1.4, 0.05)
    revised = journal.revise(entry.id, replace(entry.content, text="Obs late. Walked."))
    again = Analysis("m-2", (Sentence(0, 9, "task", DOUBT), Sentence(10, 17, "task", DOUBT)))
    assert [s.level for s in journal.readings.keep(revised, again).sentences] == ["system", "task"]


def test_nothing_is_learnt_from_a_few_answers(journal: Journal, read) -> None:
    for _ in range(FEWEST - 1):
        journal.corrections.say(read(), FIRST, "system")
    assert journal.corrections.adapt() is None
    assert journal.readings.of(read()) == reading()


def test_what_is_learnt_counts_for_all_entries_at_once_so_that_it_is_no_trend(journal: Journal, read) -> None:
    early = read()
    entries = answer_enough(journal, read)
    binned = entries[0]
    journal.put_in_bin(binned.id)
    learnt = journal.corrections.adapt()
    assert learnt is not None
    assert (learnt.model, learnt.number) == ("m-1", 1)
    late = read()
    points = {point.id: point.counts for point in journal.readings.points()}
    assert points[early.id] == points[late.id]
    assert points[early.id].system > 0.8 + 0.1
    assert journal.readings.of(early) == journal.readings.of(late)
    assert journal.readings.of(early).model == "m-1+you-1"
    assert all(points[entry.id] == Counts(system=2) for entry in entries[1:])
    journal.restore(binned.id)
    assert {point.id: point.counts for point in journal.readings.points()}[binned.id] == Counts(system=2)


def test_what_was_learnt_is_not_learnt_again_and_is_unlearnt_with_the_answers(journal: Journal, read) -> None:
    entries = answer_enough(journal, read)
    assert journal.corrections.adapt() is not None
    assert journal.corrections.adapt() is None
    for entry in entries:
        for span in (FIRST, SECOND):
            journal.corrections.take_back(entry, span)
    unlearnt = journal.corrections.adapt()
    assert set(unlearnt.bias.values()) == {0.0}
    assert journal.readings.points()[0].counts == reading().expected()


def test_another_model_starts_from_itself_and_learns_from_the_same_answers(journal: Journal, read) -> None:
    entries = answer_enough(journal, read)
    journal.corrections.adapt()
    journal.readings.use_model("m-2")
    fresh = journal.write(EntryContent(TEXT))
    journal.readings.keep(fresh, reading("m-2"))
    assert journal.readings.of(fresh) == reading("m-2")
    assert journal.corrections.adapt() is None
    for entry in entries:
        journal.readings.keep(entry, reading("m-2"))
    learnt = journal.corrections.adapt()
    assert (learnt.model, learnt.number) == ("m-2", 2)
    assert journal.readings.of(fresh).model == "m-2+you-2"


def test_switching_the_analysis_off_wipes_what_was_derived_and_keeps_what_was_said(journal: Journal, read) -> None:
    entry = answer_enough(journal, read)[0]
    journal.corrections.adapt()
    journal.readings.switch(False)
    assert journal.corrections.adapt() is None
    assert journal.corrections.of(entry) == {}
    journal.readings.switch(True)
    assert journal.readings.of(entry) is None
    assert journal.corrections.of(entry)


def test_deleting_what_was_said_leaves_no_label_of_any_kind(journal: Journal, read) -> None:
    entry = answer_enough(journal, read)[0]
    journal.corrections.adapt()
    assert journal.corrections.wipe() > 0
    assert journal.corrections.of(entry) == {}
    assert journal.corrections.count() == 0
    journal.readings.keep(entry, reading())
    assert journal.readings.of(entry) == reading()


def test_what_is_given_away_names_no_entry_and_holds_no_word_unless_asked(journal: Journal, read) -> None:
    first, second = read(), read()
    journal.corrections.say(second, FIRST, "system", (), None)
    journal.corrections.say(first, SECOND, "task")
    assert list(journal.corrections.lines()) == [
        {"entry": 1, "start": 10, "end": 14, "level": "task", "acts": None, "frame": None}
        | {"model": "m-1", "model_level": "task", "p": DOUBT, "at": "2026-03-09"},
        {"entry": 2, "start": 0, "end": 9, "level": "system", "acts": [], "frame": None}
        | {"model": "m-1", "model_level": "task", "p": DOUBT, "at": "2026-03-09"},
    ]
    assert [line["text"] for line in journal.corrections.lines(with_text=True)] == ["Ran.", "Obs late."]
