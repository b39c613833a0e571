from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.domain import Entry, EntryContent, EntrySummary, Filters
from journal.errors import BadInput, NotFound
from journal.vault.finding import MOST_WORDS
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
Writer = Callable[..., Entry]


def texts(vault: Vault, **narrowed: object) -> list[str]:
    return [s.opening for s in vault.entries.list(Filters(**narrowed), limit=99)]  # type: ignore[arg-type]


# --------------------------------------------------------------------------- one entry


def test_an_entry_is_found_by_as_many_digits_as_name_it_alone(vault: Vault) -> None:
    for entry_id in ("abcd" + "0" * 28, "abce" + "0" * 28, "f" * 32):
        vault.entries.add(EntryContent(entry_id), written=AT, at=AT, id=entry_id)
    assert vault.entries.get("abcd").content.text.startswith("abcd")
    assert vault.entries.get(" ABCE ").content.text.startswith("abce")
    assert vault.entries.get("f" * 32).content.text == "f" * 32
    with pytest.raises(NotFound, match="More than one"):
        vault.entries.get("abc")
    for wrong in ("", "abcf", "xyz", "%", "_", "f" * 33, "'"):
        with pytest.raises(NotFound, match=r"no (such )?entry"):
            vault.entries.get(wrong)


# --------------------------------------------------------------------------- lists


def test_a_summary_says_enough_to_choose_by(vault: Vault, write: Writer) -> None:
    entry = write(
        "  A line\nand   another, " + "more " * 100,
        prompt_family="framing",
        placement="Renal",
        setting="ward",
        tags=("t",),
    )
    (found,) = vault.entries.list(Filters(), limit=1)
    opening = ("A line and another, " + "more " * 100)[:160]
    assert found == EntrySummary(entry.id, entry.written, opening, 104, "framing", "Renal", "ward", ("t",))


def test_lists_come_newest_first_by_the_writers_own_clock(vault: Vault, write: Writer) -> None:
    for written in (
        "2026-03-09",
        "2026-03-10T08:00:00+00:00",
        "2026-03-09T23:00:00-05:00",
        "2026-03-10T07:00:00.5+09:00",
        "2026-03-09T00:00:00+00:00",
    ):
        write(written, written)
    expected = [
        "2026-03-10T08:00:00+00:00",
        "2026-03-10T07:00:00.5+09:00",
        "2026-03-09T23:00:00-05:00",
        "2026-03-09T00:00:00+00:00",
        "2026-03-09",
    ]
    assert texts(vault) == expected
    assert [entry.content.text for entry in vault.entries.all()] == expected[::-1]


def test_pages_of_a_list_hold_every_entry_once(vault: Vault) -> None:
    vault.entries.add_many((None, "2026-03-09", EntryContent(f"number {n}")) for n in range(130))
    for query in ("", "number"):
        pages = [vault.entries.list(Filters(query=query), limit=30, offset=at) for at in range(0, 150, 30)]
        assert [s.opening for page in pages for s in page] == [f"number {n}" for n in reversed(range(130))]
    assert [e.content.text for e in vault.entries.all()] == [f"number {n}" for n in range(130)]


def test_filters_narrow_alone_and_together(vault: Vault, write: Writer) -> None:
    write("a", "2026-03-01", placement="Renal", prompt_family="framing", tags=("nights",))
    write("b", "2026-03-02T23:59:59+00:00", placement="Renal", prompt_family="culture", tags=("nights", "tto"))
    write("c", "2026-03-03", placement="ED", prompt_family="framing", tags=("tto",))
    write("d", "2026-03-04")
    assert texts(vault, placement="Renal") == ["b", "a"]
    assert texts(vault, prompt_family="framing") == ["c", "a"]
    assert texts(vault, tag="tto") == ["c", "b"]
    assert texts(vault, since=date(2026, 3, 2)) == ["d", "c", "b"]
    assert texts(vault, until=date(2026, 3, 2)) == ["b", "a"]
    assert texts(vault, since=date(2026, 3, 2), until=date(2026, 3, 3), tag="tto", placement="ED") == ["c"]
    assert texts(vault, query="a", tag="nights") == ["a"]
    assert texts(vault, query="b", since=date(2026, 3, 3)) == []
    assert texts(vault, tag="night") == texts(vault, placement="renal") == []
    assert vault.entries.count(Filters(tag="tto")) == 2
    assert vault.entries.count(Filters()) == 4


def test_facets_come_latest_first_without_the_bin(vault: Vault, write: Writer) -> None:
    write("a", "2026-03-01", placement="Renal", setting="ward", role="FY1", prompt_family="framing", tags=("x", "y"))
    write("b", "2026-03-02", placement="ED", tags=("x",))
    write("c", "2026-03-03", placement="")
    vault.entries.bin(write("d", "2026-03-04", placement="Theatre", tags=("z",)).id, AT)
    assert vault.entries.facets() == {
        "placements": ["ED", "Renal"],
        "settings": ["ward"],
        "roles": ["FY1"],
        "prompt_families": ["framing"],
        "tags": ["x", "y"],
    }


def test_the_words_of_each_day_are_counted_from_a_day_on(vault: Vault, write: Writer) -> None:
    write("one two", "2026-03-01")
    write("one two three", "2026-03-05T23:30:00-08:00")
    vault.entries.bin(write("four", "2026-03-06").id, AT)
    assert vault.entries.written_days() == [(date(2026, 3, 1), 2), (date(2026, 3, 5), 3)]
    assert vault.entries.written_days(date(2026, 3, 5)) == [(date(2026, 3, 5), 3)]


def test_the_history_of_prompts_is_in_order(vault: Vault, write: Writer) -> None:
    write("b", "2026-03-02", prompt_id="p2", prompt_family="culture")
    write("a", "2026-03-01", prompt_id="p1", prompt_family="framing")
    write("free", "2026-03-03")
    write("plan", "2026-03-04", prompt_id="plan")
    assert vault.entries.prompt_history() == [
        ("p1", "framing", date(2026, 3, 1)),
        ("p2", "culture", date(2026, 3, 2)),
        ("plan", "", date(2026, 3, 4)),
    ]


# --------------------------------------------------------------------------- search


def test_every_word_must_occur_and_the_last_may_be_a_beginning(vault: Vault, write: Writer) -> None:
    write("The handover board was wrong again")
    write("The board of the trust")
    assert texts(vault, query="board hand") == ["The handover board was wrong again"]
    assert texts(vault, query="BOARD") == ["The board of the trust", "The handover board was wrong again"]
    assert texts(vault, query="hand board") == []
    assert texts(vault, query="   ") == texts(vault)


def test_accents_capitals_and_scripts_do_not_hide_a_word(vault: Vault, write: Writer) -> None:
    write("Ménière und Übergabe")
    write("передача смены")
    assert texts(vault, query="meniere uber") == ["Ménière und Übergabe"]
    assert texts(vault, query="ПЕРЕДАЧА") == ["передача смены"]


def test_a_word_of_two_parts_is_found_as_one(vault: Vault, write: Writer) -> None:
    write("gave co-trimoxazole late; didn't say")
    write("trimoxazole co")
    assert texts(vault, query="co-trimox") == ["gave co-trimoxazole late; didn't say"]
    assert texts(vault, query="didn't") == ["gave co-trimoxazole late; didn't say"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"', []),
        ('"ward', ["on the ward"]),
        ("ward*", ["on the ward"]),
        ("wa*d", []),
        ("-ward", ["on the ward"]),
        ("NOT ward", []),
        ("ward OR theatre", []),
        ("NEAR(ward the)", []),
        ("text:ward", []),
        ("{text}: ward", []),
        ("^ward", ["on the ward"]),
        ("(ward", ["on the ward"]),
        ("ward\0the", ["on the ward"]),
        ("ward + the", ["on the ward"]),
        ("…", []),
        ("\U0001f600", []),
    ],
)
def test_no_character_is_a_command_of_the_search(vault: Vault, write: Writer, query: str, found: list[str]) -> None:
    write("on the ward")
    assert texts(vault, query=query) == found
    assert vault.entries.count(Filters(query=query)) == len(found)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(max_size=60) | st.text(alphabet="\"'*^-+(){}:ANDORTEwd \t,", max_size=40))
def test_any_query_is_answered_or_refused_in_words(vault: Vault, query: str) -> None:
    if not vault.entries.count(Filters()):
        vault.entries.add(EntryContent("on the ward"), written=AT, at=AT)
    if any("\ud800" <= character <= "\udfff" for character in query):
        with pytest.raises(BadInput, match="half a character"):
            vault.entries.count(Filters(query=query))
    else:
        assert vault.entries.count(Filters(query=query)) in (0, 1)


def test_a_query_of_too_many_words_is_refused(vault: Vault, write: Writer) -> None:
    write("a text")
    assert texts(vault, query=" ".join(["text"] * 500)) == ["a text"]
    assert texts(vault, query=" ".join(f"w{n}" for n in range(MOST_WORDS))) == []
    with pytest.raises(BadInput, match="words"):
        texts(vault, query=" ".join(f"w{n}" for n in range(MOST_WORDS + 1)))


def test_lists_and_searches_never_sort_nor_read_whole_texts(vault: Vault) -> None:
    seen: list[str] = []
    plans = {
        "first page": Filters(),
        "common word": Filters(query="the"),
        "placement": Filters(placement="Renal"),
        "word and days": Filters(query="the", since=date(2026, 1, 1), until=date(2026, 12, 31)),
    }
    for filters in plans.values():
        with vault._database.held() as connection:
            connection.set_trace_callback(seen.append)
            vault.entries.list(filters, limit=50)
            connection.set_trace_callback(None)
    assert len(seen) >= len(plans)
    for sql in [statement for statement in seen if statement.lstrip().startswith("SELECT e.id")]:
        steps = " ".join(row["detail"] for row in vault._database.rows("EXPLAIN QUERY PLAN " + sql))
        assert "TEMP B-TREE" not in steps
        assert "revisions" not in steps
