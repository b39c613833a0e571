import json
from datetime import date, timedelta

import pytest

KEYS = [
    "state",
    "entries",
    "sentences",
    "first",
    "last",
    "detectable",
    "statement",
    "look",
    "next_look",
    "neutral",
    "notes",
]


def lines(entries, early, late):
    """Entries of ten sentences, three days apart, of which so many are at system early and late."""
    rows = []
    for number in range(entries):
        system = early if number < entries / 2 else late
        day = date(2025, 1, 6) + timedelta(days=3 * number)
        counts = {"task": 10 - system, "team": 0, "system": system, "other": 2}
        rows.append(
            json.dumps(
                {"id": f"e{number:03}", "date": day.isoformat(), "counts": counts, "placement": f"P{number // 8}"}
            )
        )
    return "\n".join(rows)


def test_a_few_entries_are_too_early_to_say(nowhere):
    result = nowhere.plain("shift", "--entries", "-", "--json", text=lines(5, 1, 1))
    [found] = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(found) == KEYS
    assert found["state"] == "too_early"
    assert found["entries"] == 5
    assert found["first"] is None
    assert found["statement"]


def test_counts_of_another_program_are_enough_for_a_verdict(nowhere):
    result = nowhere.plain("shift", "--entries", "-", "--json", text=lines(48, 1, 5))
    [found] = [json.loads(line) for line in result.stdout.splitlines()]
    assert found["state"] == "shifted"
    assert found["sentences"] == 480
    assert found["first"].keys() == {"date", "share", "low", "high"}
    assert found["first"]["low"] <= found["first"]["share"] <= found["first"]["high"] < found["last"]["share"]


def test_people_are_told_in_plain_words_with_a_table_of_months(nowhere):
    shown = nowhere.plain("shift", "--entries", "-", text=lines(48, 1, 5)).stdout
    assert "2025-01        9  9 of 90 sentences" in shown


def test_the_order_of_the_lines_does_not_matter(nowhere):
    forward = lines(30, 1, 4)
    backward = "\n".join(reversed(forward.splitlines()))
    first, second = (
        nowhere.plain("shift", "--entries", "-", "--json", text=text).stdout for text in (forward, backward)
    )
    assert first == second


def test_no_entries_are_too_early_as_well(nowhere):
    result = nowhere.plain("shift", "--entries", "-", "--json", text="")
    assert json.loads(result.stdout)["state"] == "too_early"


@pytest.mark.parametrize(
    "bad",
    [
        "nonsense",
        '{"id": "a"}',
        '{"id": "a", "date": "soon", "counts": {}}',
        '{"id": "a", "date": "2026-01-01"}',
        '{"id": "a", "date": "2026-01-01", "counts": {"task": -1}}',
        '{"id": "a", "date": "2026-01-01", "counts": {"task": NaN}}',
        '{"id": "a", "date": "2026-01-01", "counts": {"task": true}}',
        '{"id": "a", "date": "2026-01-01", "counts": {"tasks": 1}}',
        '{"id": "a", "date": "2026-01-01", "counts": {"task": 1}, "text": "both"}',
        '{"id": "a", "date": "2026-01-01", "counts": {"task": 1}, "placement": 3}',
    ],
)
def test_a_bad_line_is_named_by_its_number(nowhere, bad):
    result = nowhere.plain("shift", "--entries", "-", "--json", text=lines(3, 1, 1) + "\n" + bad)
    assert result.exit_code == 2, result.stderr
    assert "ine 4" in result.stderr
    assert result.stdout == ""


def test_a_journal_is_read_before_its_shift_is_told(journal):
    journal.add("Spent an hour rewriting drug charts. Obs get missed whenever the HCA is pulled to the other bay.")
    [found] = journal.json("shift")
    assert found["entries"] == 1
    assert 1.5 < found["sentences"] <= 2


def test_texts_of_a_file_are_read_as_those_of_a_journal_are(journal, tmp_path):
    journal.add("Spent an hour rewriting drug charts.", "--date", "2026-01-05")
    journal("export", str(tmp_path / "out.jsonl"))
    [kept] = journal.json("shift")
    [told] = journal.json("shift", "--entries", str(tmp_path / "out.jsonl"))
    assert kept == told
