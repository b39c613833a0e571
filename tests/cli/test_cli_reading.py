import pytest


@pytest.fixture
def three(journal):
    journal.add("Old handover, no board.", "--date", "2026-01-05", "--placement", "ED", "--tag", "handover")
    journal.add("Bloods again.", "--date", "2026-02-05", "--placement", "Renal")
    journal.add("The board was full at handover.", "--date", "2026-03-05", "--placement", "Renal", "--tag", "board")
    return journal


def test_entries_are_listed_newest_first(three):
    assert [row["date"] for row in three.json("list")] == ["2026-03-05", "2026-02-05", "2026-01-05"]


@pytest.mark.parametrize(
    ("narrowed", "days"),
    [
        (["--limit", "1"], ["2026-03-05"]),
        (["--limit", "0"], ["2026-03-05", "2026-02-05", "2026-01-05"]),
        (["--since", "2026-02-05"], ["2026-03-05", "2026-02-05"]),
        (["--until", "2026-02-05"], ["2026-02-05", "2026-01-05"]),
        (["--placement", "Renal"], ["2026-03-05", "2026-02-05"]),
        (["--tag", "handover"], ["2026-01-05"]),
        (["--tag", "#handover"], ["2026-01-05"]),
        (["--family", "framing"], []),
        (["--bin"], []),
    ],
)
def test_a_list_is_narrowed_by_what_is_asked(three, narrowed, days):
    assert [row["date"] for row in three.json("list", *narrowed)] == days


def test_a_row_of_the_list_names_the_day_the_id_the_length_and_the_opening(three):
    row = three("list", "--limit", "1").stdout
    [entry] = three.json("list", "--limit", "1")
    assert row.startswith(f"2026-03-05  {entry['id'][:8]}")
    assert "6 words  Renal · #board  The board was full at handover." in row


def test_a_list_cut_short_says_how_many_more_there_are(three):
    assert "2 more" in three("list", "--limit", "1").stderr


def test_every_word_of_a_search_must_occur_the_last_as_a_beginning(three):
    found = three.json("search", "handover", "boa")
    assert [row["date"] for row in found] == ["2026-03-05", "2026-01-05"]
    assert three.json("search", "handover bloods") == []


@pytest.mark.parametrize("query", ['"', "NEAR(", "a* OR", "'", "col:um", "^x", "()", "-x", "board\\"])
def test_signs_of_a_query_language_are_harmless(three, query):
    three("search", "--", query)


def test_a_search_may_be_read_from_standard_input(three):
    assert [row["date"] for row in three.json("search", "-", text="bloods\n")] == ["2026-02-05"]


def test_the_first_digits_of_an_id_show_the_entry(three):
    [entry] = three.json("list", "--limit", "1")
    shown = three("show", entry["id"][:8].upper()).stdout
    assert "The board was full at handover." in shown
    assert "Renal" in shown


@pytest.mark.parametrize(("given", "code"), [("ffffffffffffffffffffffffffffffff", 1), ("xyz", 2), ("", 2)])
def test_an_id_that_names_nothing_is_one_clear_error(three, given, code):
    assert three("show", given, code=code).stderr.startswith("journal: ")


def test_every_revision_of_an_entry_can_be_shown(journal):
    from dataclasses import replace

    from journal.service import opening

    entry_id = journal.add("First words.")
    opened = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    opened.revise(entry_id, replace(opened.entry(entry_id).content, text="Better words."))
    opened.close()
    assert [(r["revision"], r["text"]) for r in journal.json("show", entry_id, "--revisions")] == [
        (1, "First words."),
        (2, "Better words."),
    ]
    shown = journal("show", entry_id, "--revisions").stdout
    assert shown.index("First words.") < shown.index("Better words.")


def test_what_is_in_the_bin_is_listed_only_there(journal):
    from journal.service import opening

    entry_id = journal.add("To be thrown away.")
    opened = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    opened.put_in_bin(entry_id)
    opened.close()
    assert journal.json("list") == []
    assert [row["id"] for row in journal.json("list", "--bin")] == [entry_id]


def test_the_sign_of_an_escape_does_not_reach_a_terminal(journal, monkeypatch):
    from journal.cli import reading, saying

    entry_id = journal.add("red \x1b[31m and \x9b0m and \u202e back")
    assert "\x1b" in journal("show", entry_id).stdout
    for room in (saying, reading):
        monkeypatch.setattr(room, "on_terminal", lambda: True)
    for command in (["show", entry_id], ["list"], ["show", entry_id, "--json"], ["list", "--json"], ["export", "-"]):
        shown = journal(*command).stdout
        assert not set(shown) & {"\x1b", "\x9b", "\u202e"}, command
    [entry] = journal.json("show", entry_id)
    assert entry["text"] == "red \x1b[31m and \x9b0m and \u202e back"
