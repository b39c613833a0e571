from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from journal.importers import text
from journal.importers.given import Given

TODAY = date(2026, 11, 23)


def read(file):
    return text.read(Given("diary.txt", None, file.encode()), TODAY)


def test_each_line_that_begins_with_a_date_begins_an_entry():
    found = read(
        "2026-03-01 Long night.\n\nThree bloods.\n\n## 2 March 2026, 8:15 pm\nQuiet.\r\n[2026-03-03 07:00] Slept."
    )
    assert [(r.written, r.content.text, r.line) for r in found.records] == [
        ("2026-03-01", "Long night.\n\nThree bloods.", 1),
        ("2026-03-02T20:15", "Quiet.", 5),
        ("2026-03-03T07:00", "Slept.", 7),
    ]
    assert not found.problems


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-03-01: x", "2026-03-01"),
        ("2026-03-01T08:00:00Z x", "2026-03-01T08:00:00+00:00"),
        ("2026-03-01 08:00 - 09:00 x", "2026-03-01T08:00"),
        ("**2026-03-01** x", "2026-03-01"),
        ("Sunday, 1 March 2026 x", "2026-03-01"),
        ("Sun 1st Mar 2026 at 9:05 am x", "2026-03-01T09:05"),
        ("March 1, 2026 – x", "2026-03-01"),
        ("2026-03-01/02 x", None),
        ("2026-02-30 x", None),
        ("May I say 2026", None),
        ("3/7 of antibiotics", None),
        ("120/80 x", None),
    ],
)
def test_a_date_is_read_as_people_write_it(line, expected):
    begun = text.begins_entry(line)
    assert (begun and begun[0]) == expected


def test_a_date_that_can_be_read_two_ways_is_asked_about():
    found = read("2026-03-01\nCANARY\n03/04/2026 CANARY")
    assert [problem.place for problem in found.problems] == ["Line 3"]
    assert "CANARY" not in str(found.problems)


def test_text_before_the_first_date_is_a_problem_not_a_loss():
    assert [problem.place for problem in read("My diary\n2026-03-01\nWard.").problems] == ["Line 1"]


def test_a_date_with_nothing_under_it_is_named():
    assert [problem.place for problem in read("2026-03-01\n\n2026-03-02\nWard.").problems] == ["Line 1"]


def test_a_whole_file_is_one_entry_on_the_day_of_its_name_or_of_its_last_change():
    changed = datetime(2026, 3, 9, 20, 41, tzinfo=UTC)
    for name, expected in (("2026-03-01 ward.txt", "2026-03-01"), ("ward.txt", "2026-03-09T20:41:00+00:00")):
        found = text.read_whole(Given(name, Path(name), b"One.\n2026-01-01 Two.\n"), TODAY, changed)
        assert [(r.written, r.content.text) for r in found.records] == [(expected, "One.\n2026-01-01 Two.")]
    assert text.read_whole(Given("standard input", None, b"One."), TODAY, None).problems
