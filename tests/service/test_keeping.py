"""Old entries, the bin's days, the hold, and the order in which a departure is recorded."""

import hashlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from journal.domain import EntryContent, Parcel
from journal.errors import BadInput, CannotWrite, OnHold
from journal.service import Journal, opening
from journal.service.departures import weight_of_folder, weight_of_lines
from journal.service.outside import export_lines
from journal.vault.keys import CHEAP

START = datetime(2026, 3, 9, 20, 40, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def journal(tmp_path: Path, clock: Clock) -> Iterator[Journal]:
    made = opening.create(tmp_path / "journal", opening.new_keys(), "lamp", now=clock, kdf=CHEAP)
    yield made
    made.close()


def write(journal: Journal, text: str = "A story.", written: str | None = None, **more: object) -> str:
    return journal.write(EntryContent(text, **more), written=written).id  # type: ignore[arg-type]


def due(journal: Journal) -> list[tuple[str, int]]:
    return [(one.entry_id, one.years) for one in journal.keeping.due()]


# --------------------------------------------------------------------------- the look at old entries


def test_an_entry_is_offered_on_the_day_it_is_two_years_old_and_not_before(journal: Journal) -> None:
    old = write(journal, written="2024-03-09T23:59:00+00:00")
    write(journal, written="2024-03-10")
    older = write(journal, written="2020-02-29")
    binned = write(journal, written="2019-01-01")
    journal.put_in_bin(binned)
    assert due(journal) == [(older, 6), (old, 2)]


def test_a_kept_entry_comes_again_in_a_year(journal: Journal, clock: Clock) -> None:
    old = write(journal, written="2024-01-01")
    journal.keeping.keep(old)
    clock.at = START + timedelta(days=364)
    assert old not in dict(due(journal))
    clock.at = START + timedelta(days=365)
    assert dict(due(journal)) == {old: 3}


def test_the_age_can_be_chosen_and_none_asks_never(journal: Journal, clock: Clock) -> None:
    clock.at = datetime(2024, 2, 29, tzinfo=UTC)
    entry_id = write(journal, written="2023-02-28")
    assert due(journal) == []
    journal.keeping.set_years(1)
    assert due(journal) == [(entry_id, 1)]
    journal.keeping.set_years(0)
    assert due(journal) == []
    with pytest.raises(BadInput):
        journal.keeping.set_years(-1)


def test_distilling_is_all_or_nothing(journal: Journal) -> None:
    entry_id = write(journal, written="2024-01-01T09:00:00+00:00", placement="Renal", tags=("nights",))
    with pytest.raises(BadInput, match="No learning point"):
        journal.keeping.distil(entry_id)
    with pytest.raises(BadInput):
        journal.keeping.distil(entry_id, ["Ask first.", "  "])
    assert journal.learning.of(entry_id) == []
    assert journal.entry(entry_id).deleted is None
    (point,) = journal.keeping.distil(entry_id, ["Ask first."])
    assert (point.day, point.placement, point.tags) == ("2024-01-01", "Renal", ("nights",))
    assert journal.entry(entry_id).deleted


# --------------------------------------------------------------------------- learning points


def test_points_are_found_by_words_the_last_as_a_beginning(journal: Journal) -> None:
    entry_id = write(journal, placement="Acute medicine", tags=("handover",))
    journal.learning.note("Say the plán aloud.", entry_id)
    journal.learning.note("Ring the lab first.")
    for query, number in (("PLAN alo", 1), ("alo plan", 0), ("acute", 1), ("handov", 1), ("", 2), ("nothing", 0)):
        assert len(journal.learning.find(query)) == number, query


# --------------------------------------------------------------------------- the bin and the hold


def test_the_bin_waits_under_a_hold_and_gives_another_thirty_days_after_it(journal: Journal, clock: Clock) -> None:
    entry_id = write(journal)
    journal.put_in_bin(entry_id)
    deleted = journal.entry(entry_id).deleted
    assert deleted
    assert journal.keeping.gone_on(deleted) == (START + timedelta(days=30)).date()
    journal.keeping.switch_hold(True, "a claim")
    assert journal.keeping.gone_on(deleted) is None
    clock.at += timedelta(days=400)
    journal.keeping.empty_expired_bin()
    assert journal.entry(entry_id).deleted
    with pytest.raises(OnHold) as refused:
        journal.delete_for_good(entry_id)
    assert "defence body or union" in refused.value.advice
    with pytest.raises(OnHold):
        journal.keeping.distil(write(journal), ["Ask first."])
    assert journal.learning.find() == []
    journal.keeping.switch_hold(False)
    assert journal.keeping.gone_on(deleted) == (clock.at + timedelta(days=30)).date()
    clock.at += timedelta(days=29)
    journal.keeping.empty_expired_bin()
    assert journal.count() == 1
    assert journal.entry(entry_id).deleted
    clock.at += timedelta(days=2)
    journal.keeping.empty_expired_bin()
    assert [one.id for one in journal.all_entries()] != [entry_id]
    with pytest.raises(Exception, match="no entry"):
        journal.entry(entry_id)


# --------------------------------------------------------------------------- what leaves


PARCEL = Parcel("export", "jsonl", (), "ab" * 32, 3)


def states(journal: Journal) -> list[str]:
    return [departure.state for departure in journal.departures.all()]


def test_the_record_is_there_before_anything_leaves(journal: Journal) -> None:
    with journal.departures.leaving(PARCEL):
        assert states(journal) == ["begun"]
    assert states(journal) == ["left"]


@pytest.mark.parametrize(
    ("error", "whole", "state"),
    [
        (CannotWrite("full"), True, "stayed"),
        (CannotWrite("full"), False, "broken"),
        (BrokenPipeError(), False, "broken"),
        (KeyboardInterrupt(), True, "begun"),
        (SystemExit(143), True, "begun"),
    ],
)
def test_what_went_wrong_is_recorded_as_far_as_it_is_known(
    journal: Journal, error: BaseException, whole: bool, state: str
) -> None:
    with pytest.raises(type(error)), journal.departures.leaving(PARCEL, whole=whole):
        raise error
    assert states(journal) == [state]


def test_nothing_leaves_where_it_cannot_be_recorded(journal: Journal) -> None:
    journal._vault._database.run("PRAGMA max_page_count = 1")
    journal._vault._database.run("PRAGMA query_only = ON")
    reached = False
    with pytest.raises(CannotWrite), journal.departures.leaving(PARCEL):
        reached = True
    assert not reached


def test_the_digests_are_those_a_person_can_reckon(journal: Journal, tmp_path: Path) -> None:
    write(journal, "Zürich\r\n \U0001f9e1")
    journal.learning.note("Ask first.")
    lines = list(export_lines(journal))
    raw = "".join(line + "\n" for line in lines).encode()
    assert weight_of_lines(lines) == (hashlib.sha256(raw).hexdigest(), len(raw))
    folder = tmp_path / "pages"
    folder.mkdir()
    pages = [("2026-03-09-002.md", "two"), ("2026-03-09-001.md", "öne")]
    for name, text in pages:
        (folder / name).write_text(text, "utf-8")
    printed = subprocess.run("sha256sum *", shell=True, cwd=folder, capture_output=True, check=True).stdout
    assert weight_of_folder(pages) == (hashlib.sha256(printed).hexdigest(), 7)
