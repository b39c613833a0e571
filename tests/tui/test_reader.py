"""Reading a history in the background, in real child processes."""

from datetime import timedelta

import pytest

from journal.analysis.codec import from_dict, to_dict
from journal.domain import EntryContent
from journal.service import Journal
from journal.service.texts import read_texts
from journal.tui.reader import LONG, Reader

TEXTS = ("Bloods done. Nobody told nights.", "Obs get missed whenever the HCA is pulled.", "Rained.")


@pytest.fixture
def long_history(journal: Journal, clock) -> Journal:
    for number in range(LONG + 6):
        journal.write(EntryContent(TEXTS[number % 3]))
        clock.at += timedelta(days=1)
    return journal


async def test_a_long_history_is_read_whole_by_two_and_as_one_would_read_it(long_history: Journal) -> None:
    reader, told = Reader(), []
    try:
        await reader.catch_up(long_history, lambda done, total: told.append((done, total)))
        assert reader.trouble == ""
        assert not reader._helpers
    finally:
        await reader.stop()
    assert told[-1] == (LONG + 6, LONG + 6)
    readings = long_history.readings
    assert readings.missing(readings.model) == []
    expected = {text: from_dict(to_dict(read)) for text, read in zip(TEXTS, read_texts(TEXTS), strict=True)}
    for row in long_history.entries(limit=1000):
        entry = long_history.entry(row.id)
        assert readings.of(entry) == expected[entry.content.text]


async def test_an_entry_deleted_while_its_history_is_read_holds_nothing_up(long_history: Journal) -> None:
    reader = Reader()
    first, *rest = [row.id for row in long_history.entries(limit=1000)]

    def delete_one(done: int, total: int) -> None:
        if rest and done < total / 2:
            long_history.put_in_bin(rest.pop())

    try:
        await reader.catch_up(long_history, delete_one)
        assert reader.trouble == ""
    finally:
        await reader.stop()
    assert long_history.readings.missing(long_history.readings.model) == []
    assert long_history.readings.of(long_history.entry(first))
