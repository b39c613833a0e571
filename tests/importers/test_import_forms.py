from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from journal.cli import exchange
from journal.domain import Entry, EntryContent
from journal.errors import BadInput, JournalError
from journal.importers import form
from journal.importers.given import Given
from journal.importers.jsonl import Record
from journal.importers.moments import at_start, in_zone, moment, moment_on
from journal.importers.plan import planned

MANNER = form.Manner(date(2026, 11, 23), lambda: "password")
JSONL = b'{"text": "Ward.", "date": "2026-03-01", "tags": ["a"]}\n{"text": "Home.", "date": "2026-03-02"}\n'
DAYONE = b'{"metadata": {}, "entries": [{"creationDate": "2026-03-01T08:00:00Z", "text": "Ward."}]}'
JRNL_JSON = b'{\n "tags": {},\n "entries": [{"title": "Ward.", "body": "", "date": "2026-03-01", "time": "08:00"}]}'
JRNL = b"[2026-03-01 08:00] Ward.\nThree bloods.\n"
MARKDOWN = b"---\ndate: 2026-03-01\n---\nWard.\n"
TEXT = b"2026-03-01\nWard.\n"
TOKEN = b"gAAAAABn" + b"A" * 100 + b"=="
SAMPLES = [JSONL, DAYONE, JRNL_JSON, JRNL, MARKDOWN, TEXT, TOKEN, b"JRNLv3\0\x02{}" + TOKEN]


def given(data, name="standard input"):
    return Given(name, None if name == "standard input" else Path(name), data)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (JSONL, "standard input", "jsonl"),
        (b"\xef\xbb\xbf\n" + JSONL, "x", "jsonl"),
        (b'{"text": "' + b"x" * 100_000 + b'"}', "x", "jsonl"),
        (b'{"text": "the \\"entries\\" list", "date"', "x", "jsonl"),
        (b"", "standard input", "jsonl"),
        (DAYONE, "x", "dayone"),
        (JRNL_JSON, "x", "jrnl"),
        (JRNL, "x", "jrnl"),
        (b"[01.03.2026 08:00] Ward.", "x", "jrnl"),
        (TOKEN, "x", "jrnl"),
        (MARKDOWN, "x", "markdown"),
        (b"Ward.", "2026-03-01.md", "markdown"),
        (TEXT, "x", "text"),
        (b"# 1 March 2026\nWard.", "x", "text"),
        (b"Ward.", "x.txt", "text"),
    ],
)
def test_the_form_is_told_from_the_content_then_from_the_name(data, name, expected):
    assert form.guessed(given(data, name)) == expected


def test_what_is_not_clear_is_asked_about():
    with pytest.raises(BadInput, match="not clear"):
        form.guessed(given(b"Dear diary,"))


def test_the_command_offers_every_form_there_is():
    assert exchange.FORMS == form.FORMS


def refusals_of(file):
    """What a person is told of a file that cannot be read, or not all of it."""
    try:
        return [str(problem) + problem.advice for problem in form.read(file, form.guessed(file), MANNER).problems]
    except JournalError as error:
        return [error.title + error.advice]


@pytest.mark.parametrize("data", SAMPLES, ids=lambda data: repr(data[:12]))
def test_a_file_with_any_byte_changed_or_cut_short_is_read_or_refused_in_words(data):
    mutants = [data[:place] for place in range(len(data))]
    for place in range(len(data)):
        mutants += [data[:place] + bytes([other]) + data[place + 1 :] for other in (data[place] ^ 0x21, 0xFF, 0, 10)]
    refused = [refusals_of(given(mutant)) for mutant in mutants]
    assert any(refused)
    assert "bloods" not in str(refused)


@pytest.mark.parametrize("named", form.FORMS)
def test_a_file_said_to_be_another_form_is_refused_in_words(named):
    for data in SAMPLES:
        try:
            found = form.read(given(data), named, MANNER)
        except JournalError:
            continue
        assert found.records or found.problems or found.notes


def entry(number, text="Ward.", written="2026-03-01T08:00"):
    return Entry(f"{number:032x}", written, EntryContent(text))


def record(text="Ward.", written="2026-03-01T08:00", id=None):
    return Record(id, written, EntryContent(text))


def plan(records, entries):
    kept = {entry.id: entry for entry in entries}
    done = planned(records, entries, kept.get)
    return len(done.new), len(done.duplicates), len(done.problems)


def test_the_same_words_at_the_same_time_are_a_duplicate_whatever_the_zone_or_the_form_of_the_time():
    same = [record(), record(written="2026-03-01 08:00:00"), record(written="2026-03-01T08:00:00+01:00")]
    assert plan(same, [entry(1)]) == (0, 3, 0)
    assert plan(same, []) == (1, 2, 0)
    assert plan([record("Home."), record(written="2026-03-01"), record(written="2026-03-01T08:01")], [entry(1)]) == (
        3,
        0,
        0,
    )


def test_two_entries_of_one_journal_that_say_the_same_both_come_back():
    twins = [record(id=f"{1:032x}"), record(id=f"{2:032x}")]
    assert plan(twins, []) == (2, 0, 0)
    assert plan(twins, [entry(1)]) == (1, 1, 0)
    assert plan(twins, [entry(3)]) == (0, 2, 0)


def test_an_id_that_is_here_with_other_words_is_a_problem():
    assert plan([record("Home.", id=f"{1:032x}")], [entry(1)]) == (0, 0, 1)
    assert plan([record("Home.", id=f"{1:032x}"), record(id=f"{1:032x}")], []) == (1, 0, 1)


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-1",
        "20260301",
        "2026-02-30",
        "2026-03-01 25:00",
        "2026-03-01 13:00 PM",
        "2026-03-01 08:60",
        "",
        "x",
        "２０26-03-01",
    ],
)
def test_what_is_no_time_is_not_taken_for_one(written):
    assert moment(written) is None
    assert at_start(written) is None or at_start(written)[0] == written[:10]


def test_a_clock_alone_needs_its_day():
    assert moment_on("2026-03-01", "08:00") == "2026-03-01T08:00"
    assert moment_on("2026-02-30", "08:00") is None
    assert moment("08:00") is None


def test_the_hour_that_summer_time_has_twice_is_told_apart_by_its_offset():
    first, second = in_zone("2026-10-25T00:30:00Z", "Europe/London"), in_zone("2026-10-25T01:30:00Z", "Europe/London")
    assert (first, second) == (("2026-10-25T01:30:00+01:00", True), ("2026-10-25T01:30:00+00:00", True))
    apart = datetime.fromisoformat(second[0]) - datetime.fromisoformat(first[0])
    assert apart == timedelta(hours=1)
