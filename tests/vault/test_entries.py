import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.domain import Draft, Entry, EntryContent, Filters, Step
from journal.errors import BadInput, NotFound
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
Opener = Callable[[], Vault]
Writer = Callable[..., Entry]
SHARED_VAULT = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

NASTY = [
    "",
    "two\r\nlines\rof\nthree kinds  ",
    "\ttabs\t and trailing blanks   \n\n\n",
    "before\0after\0",
    "e\u0301 and \u00e9, \U0001f469\u200d\U0001f469\u200d\U0001f467 and \U0001f9d1\U0001f3fd",
    "\u202eright to left\u202c שלום مرحبا",
    "\ufeffmark \x1b[31m escape \x7f \x85 \u2028",
    "'; DROP TABLE entries; -- \" ` % _ \\ ? :x @x $x",
    "x" * 100_000,
]


# --------------------------------------------------------------------------- keeping


@pytest.mark.parametrize("text", NASTY)
def test_a_text_is_kept_exactly_also_after_closing(opened: Opener, text: str) -> None:
    content = EntryContent(text, tags=("a b", text[:50]), placement=text[:50], prompt=text[:200])
    with opened() as vault:
        entry = vault.entries.add(content, written=AT, at=AT)
    with opened() as vault:
        assert vault.entries.get(entry.id) == entry
        assert vault.entries.get(entry.id).content.text == text
        assert [check for check in vault.check() if not check.ok] == []


@SHARED_VAULT
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300), st.text(max_size=20))
def test_any_text_is_kept_exactly_or_refused_whole(vault: Vault, text: str, tag: str) -> None:
    before = vault.entries.count(Filters())
    try:
        entry = vault.entries.add(EntryContent(text, tags=(tag,)), written=AT, at=AT)
    except BadInput:
        assert vault.entries.count(Filters()) == before
    else:
        assert vault.entries.get(entry.id).content == EntryContent(text, tags=(tag,))


def test_ten_megabytes_are_kept_exactly(vault: Vault, write: Writer) -> None:
    text = "".join(random.Random(1).choices("abcdefgh é\n", k=200)) * 52_000
    assert len(text.encode()) > 10_000_000
    entry = write(text)
    assert vault.entries.get(entry.id).content.text == text


def test_half_a_character_is_refused_and_nothing_kept(vault: Vault) -> None:
    for content in (
        EntryContent("half \ud800"),
        EntryContent("whole", tags=("\udfff",)),
        EntryContent("whole", prompt="\ud800"),
        EntryContent("whole", placement="\ud800"),
    ):
        with pytest.raises(BadInput, match="half a character"):
            vault.entries.add(content, written=AT, at=AT)
    assert vault.entries.count(Filters()) == 0
    assert all(check.ok for check in vault.check())


def test_every_part_of_a_content_is_kept(vault: Vault) -> None:
    content = EntryContent(
        text="What?\n\nSo what?",
        steps=(Step("What?", "What?"), Step("So what?", "So what?")),
        event_date=date(2026, 3, 1),
        prompt_id="framing-1",
        prompt="What was it for?",
        prompt_family="framing",
        placement="Renal",
        setting="ward",
        role="FY1",
        tags=("nights", "handover"),
        analyse=False,
    )
    entry = vault.entries.add(content, written="2026-03-09", at=AT)
    assert len(entry.id) == 32
    assert vault.entries.get(entry.id) == Entry(entry.id, "2026-03-09", content)


def test_a_day_that_is_none_is_refused(vault: Vault) -> None:
    for written in ("", "yesterday", "2026-02-30", "20260309", "2026-W10-1"):
        with pytest.raises(BadInput, match="not a date"):
            vault.entries.add(EntryContent("x"), written=written, at=AT)
    assert vault.entries.count(Filters()) == 0


def test_an_id_in_use_or_malformed_is_refused(vault: Vault, write: Writer) -> None:
    entry = write("one")
    for wrong in (entry.id, "abc", entry.id.upper().replace("0", "A") + "0"):
        with pytest.raises(BadInput):
            vault.entries.add(EntryContent("two"), written=AT, at=AT, id=wrong)
    assert vault.entries.count(Filters()) == 1


def test_eight_threads_write_at_once_and_nothing_is_lost(vault: Vault) -> None:
    def work(name: int) -> None:
        for number in range(4):
            vault.entries.add(EntryContent(f"thread {name} number {number}"), written=AT, at=AT)
            vault.entries.list(Filters(query="thread"), limit=3)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert vault.entries.count(Filters()) == 32
    assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- many at once


def test_an_import_is_kept_in_order_and_a_second_time_changes_nothing(vault: Vault) -> None:
    records = [(f"{n:032x}", f"2026-03-0{n}", EntryContent(f"day {n}")) for n in range(1, 6)]
    kept = vault.entries.add_many(records)
    assert [entry.id for entry in kept] == [record[0] for record in records]
    assert vault.entries.add_many(records) == []
    more = vault.entries.add_many([*records, (None, "2026-03-09", EntryContent("new"))])
    assert [entry.content.text for entry in more] == ["new"]
    assert [entry.id for entry in vault.entries.all()] == [*(record[0] for record in records), more[0].id]


def test_an_import_with_one_bad_record_keeps_none(vault: Vault, write: Writer) -> None:
    here = write("here")
    good = [(None, AT, EntryContent(f"good {n}")) for n in range(5)]
    for bad in (
        (here.id, here.written, EntryContent("other")),
        (here.id, "2026-03-08", here.content),
        (None, "never", EntryContent("x")),
        (None, AT, EntryContent("\ud800")),
        ("1" * 31, AT, EntryContent("x")),
    ):
        with pytest.raises(BadInput):
            vault.entries.add_many([*good, bad])
        assert vault.entries.count(Filters()) == 1
    assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- revisions


def test_an_edit_keeps_every_earlier_state(vault: Vault, write: Writer) -> None:
    entry = write("first")
    second = vault.entries.revise(entry.id, EntryContent("second"), "2026-03-10T08:00:00+00:00")
    third = vault.entries.revise(entry.id, EntryContent("third", tags=("x",)), "2026-03-11T08:00:00+00:00")
    assert (second.revision, third.revision, third.revised) == (2, 3, "2026-03-11T08:00:00+00:00")
    assert vault.entries.get(entry.id) == third
    assert [(r.number, r.content.text) for r in vault.entries.revisions(entry.id)] == [
        (1, "first"), (2, "second"), (3, "third"),
    ]  # fmt: skip


def test_saving_without_a_change_makes_no_revision(vault: Vault, write: Writer) -> None:
    entry = write("same", tags=("a",))
    assert vault.entries.revise(entry.id, replace(entry.content), AT) == entry
    assert len(vault.entries.revisions(entry.id)) == 1
    assert vault.entries.revise(entry.id, replace(entry.content, analyse=False), AT).revision == 2


def test_only_the_newest_text_is_found(vault: Vault, write: Writer) -> None:
    entry = write("cannula handover", tags=("old",))
    vault.entries.revise(entry.id, EntryContent("discharge letter", tags=("new",)), AT)
    found = {word: vault.entries.count(Filters(query=word)) for word in ("cannula", "old", "discharge", "new")}
    assert found == {"cannula": 0, "old": 0, "discharge": 1, "new": 1}
    assert vault.entries.count(Filters(tag="old")) == 0
    assert vault.entries.count(Filters(tag="new")) == 1


# --------------------------------------------------------------------------- bin


def test_an_entry_goes_to_the_bin_and_back(vault: Vault, write: Writer) -> None:
    entry = write("find me")
    vault.entries.bin(entry.id, "2026-03-10T08:00:00+00:00")
    vault.entries.bin(entry.id, "2026-03-20T08:00:00+00:00")
    assert vault.entries.get(entry.id).deleted == "2026-03-10T08:00:00+00:00"
    assert list(vault.entries.all()) == []
    assert vault.entries.count(Filters(query="find")) == 0
    assert [s.id for s in vault.entries.list(Filters(query="find", bin=True), limit=9)] == [entry.id]
    with pytest.raises(BadInput, match="in the bin"):
        vault.entries.revise(entry.id, EntryContent("changed"), AT)
    vault.entries.restore(entry.id)
    vault.entries.restore(entry.id)
    assert vault.entries.get(entry.id) == entry
    assert vault.entries.count(Filters(query="find")) == 1


def test_only_what_is_in_the_bin_can_be_deleted_for_good(vault: Vault, write: Writer) -> None:
    entry, other = write("gone"), write("stays")
    with pytest.raises(BadInput, match="not in the bin"):
        vault.entries.delete_for_good(entry.id)
    vault.entries.bin(entry.id, AT)
    vault.entries.delete_for_good(entry.id)
    with pytest.raises(NotFound):
        vault.entries.get(entry.id)
    assert vault.entries.count(Filters(query="gone", bin=True)) == 0
    assert [e.id for e in vault.entries.all()] == [other.id]
    assert all(check.ok for check in vault.check())


def test_an_entry_deleted_for_good_may_come_back_by_import(vault: Vault, write: Writer) -> None:
    entry = write("again")
    vault.entries.bin(entry.id, AT)
    vault.entries.delete_for_good(entry.id)
    assert vault.entries.add_many([(entry.id, entry.written, entry.content)]) == [entry]
    assert all(check.ok for check in vault.check())


def test_the_bin_empties_by_the_moment_and_not_by_the_letters_of_the_date(vault: Vault) -> None:
    ids = [vault.entries.add(EntryContent(f"{n}"), written=AT, at=AT).id for n in range(3)]
    vault.entries.bin(ids[0], "2026-03-09T23:30:00+00:00")
    vault.entries.bin(ids[1], "2026-03-10T00:15:00+01:00")  # 23:15 in London
    vault.entries.bin(ids[2], "2026-03-09T22:00:00-05:00")  # 03:00 in London
    assert vault.entries.empty_bin("2026-03-09T23:20:00+00:00") == 1
    assert {s.id for s in vault.entries.list(Filters(bin=True), limit=9)} == {ids[0], ids[2]}
    assert vault.entries.empty_bin("2026-03-10T00:00:00+00:00") == 1
    assert vault.entries.empty_bin("2026-03-10T00:00:00+00:00") == 0
    assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- drafts


def test_saving_an_entry_takes_its_draft_along_and_a_refused_one_leaves_it(vault: Vault) -> None:
    vault.drafts.save(Draft("d1", EntryContent("unfinished"), AT))
    with pytest.raises(BadInput):
        vault.entries.add(EntryContent("\ud800"), written=AT, at=AT, draft_id="d1")
    assert vault.drafts.latest() is not None
    entry = vault.entries.add(EntryContent("finished"), written=AT, at=AT, draft_id="d1")
    assert vault.drafts.latest() is None
    vault.drafts.save(Draft("d2", EntryContent("an edit"), AT, entry.id))
    vault.entries.revise(entry.id, EntryContent("an edit"), AT, draft_id="d2")
    assert vault.drafts.all() == []
