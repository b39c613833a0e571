import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.domain import Entry, EntryContent, Step
from journal.errors import BadInput
from journal.importers import jsonl

TODAY = date(2026, 11, 23)
NO_CONTROLS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(NO_CONTROLS, min_size=1, max_size=80).filter(str.strip)
CONTENTS = st.builds(
    EntryContent,
    text=TEXTS,
    event_date=st.none() | st.dates(date(2020, 1, 1), date(2026, 3, 9)),
    prompt_id=st.none() | TEXTS,
    prompt=st.none() | TEXTS,
    prompt_family=st.none() | TEXTS,
    placement=st.none() | TEXTS,
    setting=st.none() | TEXTS,
    role=st.none() | TEXTS,
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    analyse=st.booleans(),
)


@given(CONTENTS)
def test_an_entry_comes_back_from_its_line_as_it_was(content):
    entry = Entry("a" * 32, "2026-03-09T20:41:00+00:00", content)
    [line] = jsonl.write([entry])
    [record] = jsonl.read([line.encode()], today=TODAY).records
    assert (record.id, record.written, record.content) == (entry.id, entry.written, content)


def test_an_entry_written_in_steps_keeps_them():
    steps = (Step("What?", "Bloods."), Step("So what?", "Late."))
    entry = Entry("b" * 32, "2026-03-09", EntryContent("Bloods.\n\nLate.", steps=steps))
    [record] = jsonl.read([line.encode() for line in jsonl.write([entry])], today=TODAY).records
    assert record.content.steps == steps


def test_an_id_of_another_program_is_left_aside():
    line = json.dumps({"id": "DayOne-17", "text": "Bloods.", "date": "2026-03-09"}).encode()
    [record] = jsonl.read([line], today=TODAY).records
    assert record.id is None


def test_a_mark_of_byte_order_at_the_start_of_the_file_is_no_fault():
    line = "\ufeff".encode() + b'{"text": "Bloods.", "date": "2026-03-09"}'
    assert len(jsonl.read([line], today=TODAY).records) == 1


def test_a_faulty_line_is_named_without_a_word_of_it():
    lines = [b'{"text": "Fine.", "date": "2026-03-09"}', b"\n", b'{"text": "CANARY", "date": "CANARY"}']
    with pytest.raises(BadInput) as caught:
        jsonl.read(lines, today=TODAY)
    assert "Line 3" in caught.value.title
    assert "CANARY" not in caught.value.title + caught.value.advice
