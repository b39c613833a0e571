"""Two copies of one journal become one: every text of both is there, and no date decides which one wins."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from journal.domain import (
    Correction,
    Draft,
    EntryContent,
    HoldChange,
    LearningPoint,
    Lift,
    MergeReport,
    Parcel,
    SmallAct,
)
from journal.errors import BadInput, NoVault, VaultBusy, VaultDamaged, WrongPassphrase
from journal.vault import keys
from journal.vault.backup_file import Unlocking
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
LATER = "2026-03-10T20:41:00+00:00"
NOW = datetime(2026, 3, 12, 9, tzinfo=UTC)
MERGED = "2026-03-12T09:00:00+00:00"
P = {"task": 0.7, "team": 0.1, "system": 0.1, "other": 0.1}


@pytest.fixture
def way(phrase: str) -> Unlocking:
    return Unlocking(phrase, floor=keys.CHEAP)


@contextmanager
def opened_in(folder: Path, phrase: str) -> Iterator[Vault]:
    with Vault.open(folder, phrase, now=NOW, floor=keys.CHEAP) as vault:
        yield vault


@pytest.fixture
def work(vault: Vault, home: Path, tmp_path: Path, phrase: str) -> Path:
    """A copy of the journal at home, made when both held three entries."""
    for number, day in enumerate(("2026-03-01", "2026-03-02", "2026-03-03"), 1):
        vault.entries.add(EntryContent(f"entry {number}"), written=day, at=AT, id=f"{number:032x}")
    shutil.copytree(home, tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def at_work(work: Path, phrase: str) -> Callable[[Callable[[Vault], object]], None]:
    """Does something in the other copy."""

    def do(act: Callable[[Vault], object]) -> None:
        with opened_in(work, phrase) as other:
            act(other)

    return do


ONE, TWO, THREE = (f"{number:032x}" for number in (1, 2, 3))


def histories(vault: Vault) -> list[tuple[str, ...]]:
    """The texts of every entry's revisions, those in the bin among them, in an order that is the same everywhere."""
    ids = [row["id"] for row in vault._database.rows("SELECT id FROM entries")]
    return sorted(tuple(r.content.text for r in vault.entries.revisions(entry_id)) for entry_id in ids)


def well(vault: Vault) -> bool:
    return [check for check in vault.check() if not check.ok] == []


def kinds(report: MergeReport) -> list[str]:
    return [item.kind for item in report.items]


def everything(vault: Vault) -> list[list[tuple]]:
    tables = ("entries", "revisions", "links", "drafts", "lifts", "small_acts", "corrections", "kin", "found", "head")
    return [[tuple(row) for row in vault._database.rows(f"SELECT * FROM {table}")] for table in tables]


# --------------------------------------------------------------------------- entries


def test_what_was_written_elsewhere_comes_with_all_its_versions_and_dates(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    def write(other: Vault) -> None:
        content = EntryContent("at work", tags=("ward",), placement="Renal", analyse=False)
        new = other.entries.add(content, written="2026-03-04T12:00:00+01:00", at=AT, id="a" * 32)
        other.entries.revise(new.id, EntryContent("at work, later"), LATER)
        other.entries.revise(TWO, EntryContent("entry 2 goes on"), LATER)

    at_work(write)
    report = vault.merging.merge(work, way, MERGED)
    assert kinds(report) == ["continued", "new"]
    assert report.same == 2
    new = vault.entries.get("a" * 32)
    assert (new.written, new.revision, new.revised) == ("2026-03-04T12:00:00+01:00", 2, LATER)
    oldest = vault.entries.revisions(new.id)[0]
    assert (oldest.at, oldest.content.tags, oldest.content.placement, oldest.content.analyse) == (
        AT,
        ("ward",),
        "Renal",
        False,
    )
    assert vault.entries.get(TWO).content.text == "entry 2 goes on"
    assert well(vault)


def test_an_entry_changed_on_both_sides_is_kept_twice_and_ours_stays_as_it_is(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    vault.entries.revise(ONE, EntryContent("as at home"), "2020-01-01T00:00:00+00:00")
    at_work(lambda other: other.entries.revise(ONE, EntryContent("as at work"), LATER))
    (item,) = vault.merging.merge(work, way, MERGED).items
    assert item.kind == "both_kept"
    assert item.ours is not None
    assert item.theirs is not None
    assert (item.entry_id, item.ours.text, item.theirs.text) == (ONE, "as at home", "as at work")
    assert vault.entries.get(ONE).content.text == "as at home"
    assert histories(vault) == [
        ("entry 1", "as at home"),
        ("entry 1", "as at work"),
        ("entry 2",),
        ("entry 3",),
    ]
    assert vault.entries.get(item.beside).written == "2026-03-01"
    assert vault.merging.kin(item.beside) == (ONE,)
    assert vault.merging.kin(ONE) == (item.beside,)
    assert vault.merging.kin(TWO) == ()
    assert well(vault)


def test_merging_to_and_fro_makes_no_third_copy_of_an_entry(
    vault: Vault, home: Path, work: Path, at_work, way: Unlocking, phrase: str
) -> None:
    vault.entries.revise(ONE, EntryContent("as at home"), LATER)
    at_work(lambda other: other.entries.revise(ONE, EntryContent("as at work"), LATER))
    vault.merging.merge(work, way, MERGED)
    (beside,) = vault.merging.kin(ONE)
    vault.entries.revise(beside, EntryContent("put together"), MERGED)
    vault.close()
    at_work(lambda other: other.merging.merge(home, way, MERGED))
    with opened_in(home, phrase) as vault:
        assert not vault.merging.merge(work, way, MERGED).changes
        assert len(histories(vault)) == 4
    with opened_in(work, phrase) as other:
        assert other.entries.get(ONE).content.text == "put together"  # their own line, gone on at home
        assert not other.merging.merge(home, way, MERGED).changes
        assert len(histories(other)) == 4


def test_what_was_deleted_for_good_stays_so_on_each_side_and_is_named(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    def delete(one: Vault, entry_id: str) -> None:
        one.entries.bin(entry_id, AT)
        one.entries.delete_for_good(entry_id)

    delete(vault, ONE)
    at_work(lambda other: delete(other, TWO))
    report = vault.merging.merge(work, way, MERGED)
    assert {(item.kind, item.entry_id) for item in report.items} == {("held_back", ONE), ("deleted_there", TWO)}
    assert not report.changes
    assert histories(vault) == [("entry 2",), ("entry 3",)]
    brought = vault.merging.merge(work, way, MERGED, bring_back=True)
    assert histories(vault) == [("entry 1",), ("entry 2",), ("entry 3",)]
    assert ("new", ONE) in {(item.kind, item.entry_id) for item in brought.items}
    assert not vault.merging.merge(work, way, MERGED).changes
    assert well(vault)


def test_the_other_version_that_was_deleted_for_good_does_not_come_back_under_the_first_ones_name(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    vault.entries.revise(ONE, EntryContent("as at home"), LATER)
    at_work(lambda other: other.entries.revise(ONE, EntryContent("as at work"), LATER))
    vault.merging.merge(work, way, MERGED)
    (beside,) = vault.merging.kin(ONE)
    vault.entries.bin(beside, AT)
    vault.entries.delete_for_good(beside)
    report = vault.merging.merge(work, way, MERGED)
    assert kinds(report) == ["held_back"]
    assert ("entry 1", "as at work") not in histories(vault)
    vault.merging.merge(work, way, MERGED, bring_back=True)
    assert ("entry 1", "as at work") in histories(vault)
    assert not vault.merging.merge(work, way, MERGED).changes


def test_no_other_version_of_what_was_deleted_for_good_comes_back_under_a_name_of_its_own(
    vault: Vault, work: Path, at_work, way: Unlocking, tmp_path: Path, phrase: str
) -> None:
    third = tmp_path / "third"
    shutil.copytree(work, third)
    with opened_in(third, phrase) as other:
        other.entries.revise(ONE, EntryContent("as on the laptop"), LATER)
    at_work(lambda other: other.entries.revise(ONE, EntryContent("as at work"), LATER))
    at_work(lambda other: other.merging.merge(third, way, MERGED))
    vault.entries.bin(ONE, AT)
    vault.entries.delete_for_good(ONE)
    assert kinds(vault.merging.merge(work, way, MERGED)) == ["held_back", "held_back"]
    assert histories(vault) == [("entry 2",), ("entry 3",)]


def test_the_bin_is_left_as_it_is_here_unless_new_words_would_lie_in_it(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    def change(other: Vault) -> None:
        other.entries.bin(TWO, AT)
        other.entries.revise(THREE, EntryContent("entry 3 goes on"), LATER)
        new = other.entries.add(EntryContent("thrown away long ago"), written="2026-03-04", at=AT)
        other.entries.bin(new.id, "2020-01-01T00:00:00+00:00")

    at_work(change)
    vault.entries.bin(THREE, AT)
    report = vault.merging.merge(work, way, MERGED)
    assert sorted(kinds(report)) == ["bin_differs", "continued", "new"]
    assert vault.entries.get(TWO).deleted is None
    assert vault.entries.get(THREE).deleted is None
    arrived = next(item.entry_id for item in report.items if item.kind == "new")
    assert vault.entries.get(arrived).deleted == MERGED  # its days in the bin begin now
    assert well(vault)


# --------------------------------------------------------------------------- beside the entries


def test_what_stands_beside_the_entries_comes_along_and_what_is_here_stays(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    vault.reflections.put_lift(Lift(ONE, 1, 0, 7, "entry 1", "ours", AT))
    vault.reflections.choose(SmallAct("shared", ONE, "thank the porter", "2026-03-05T08:00:00+00:00"))

    def change(other: Vault) -> None:
        other.reflections.put_lift(Lift(ONE, 1, 0, 7, "entry 1", "theirs", AT))
        other.reflections.put_lift(Lift(TWO, 1, 0, 7, "entry 2", "for him", AT))
        other.reflections.choose(SmallAct("earlier", TWO, "ask the clerk", "2026-03-04T08:00:00+00:00"))
        other.reflections.choose(SmallAct("shared", ONE, "thank the porter", "2026-03-05T08:00:00+00:00"))
        other.reflections.close("shared", "done", "he laughed", LATER)
        new = other.entries.add(EntryContent("One. Two."), written="2026-03-04", at=AT, id="b" * 32)
        other.corrections.put(Correction(new.id, 1, 0, 4, "system", "task", "m-1", P, AT))
        other.drafts.save(Draft("d1", EntryContent("unfinished at work"), AT))
        other.drafts.save(Draft("d2", EntryContent("entry 3"), AT))

    at_work(change)
    vault.drafts.save(Draft("d1", EntryContent("unfinished at home"), AT))
    report = vault.merging.merge(work, way, MERGED)
    assert (report.drafts, report.lifts, report.acts, report.corrections) == (1, 1, 2, 1)
    assert [lift.answer for one in (ONE, TWO) if (lift := vault.reflections.lift(one))] == ["ours", "for him"]
    assert [(act.id, act.state, act.outcome) for act in vault.reflections.history()] == [
        ("shared", "done", "he laughed"),
        ("earlier", "open", ""),
    ]
    assert [act.id for act in vault.reflections.of_entry(TWO)] == ["earlier"]
    assert len(vault.corrections.of("b" * 32, 1)) == 1
    assert [draft.content.text for draft in vault.drafts.all()] == ["unfinished at home", "unfinished at work"]
    before = everything(vault)
    assert not vault.merging.merge(work, way, MERGED).changes
    assert everything(vault) == before


def test_learning_points_come_along_and_two_wordings_of_one_are_both_kept(
    vault: Vault, work: Path, at_work, way: Unlocking, home: Path, phrase: str
) -> None:
    shared = LearningPoint("c" * 32, "Ask early.", "2026-03-09", AT, ONE)
    for act in (vault.learning.add, lambda point: at_work(lambda other: other.learning.add(point))):
        act(shared)

    def change(other: Vault) -> None:
        other.learning.reword(shared.id, "Ask before noon.", LATER)
        other.learning.add(LearningPoint("d" * 32, "Thank the porter.", "2026-03-10", LATER))

    at_work(change)
    vault.learning.reword(shared.id, "Ask whoever decides.", LATER)
    assert vault.merging.merge(work, way, MERGED).learning == 2
    assert {point.text for point in vault.learning.all()} == {
        "Ask whoever decides.",
        "Ask before noon.",
        "Thank the porter.",
    }
    assert well(vault)
    assert not vault.merging.merge(work, way, MERGED).changes
    vault.close()
    at_work(lambda other: other.merging.merge(home, way, MERGED))
    with opened_in(work, phrase) as other, opened_in(home, phrase) as again:
        assert {p.text for p in other.learning.all()} == {p.text for p in again.learning.all()}
        assert len(other.learning.all()) == 3


# --------------------------------------------------------------------------- all or nothing, and only read


def test_a_dry_run_tells_what_the_merge_then_does_and_changes_nothing(
    vault: Vault, work: Path, at_work, way: Unlocking
) -> None:
    vault.entries.revise(ONE, EntryContent("as at home"), LATER)
    at_work(lambda other: other.entries.revise(ONE, EntryContent("as at work"), LATER))
    before = everything(vault)
    told = vault.merging.merge(work, way, MERGED, dry_run=True)
    assert everything(vault) == before
    assert vault.merging.merge(work, way, MERGED) == told


def test_the_other_copy_is_only_read_and_may_be_a_backup(
    vault: Vault, work: Path, at_work, way: Unlocking, tmp_path: Path, home: Path
) -> None:
    at_work(lambda other: other.entries.add(EntryContent("at work"), written="2026-03-04", at=AT))
    at_work(lambda other: other.backups.make(tmp_path / "work.backup", NOW))
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in work.iterdir()}
    assert kinds(vault.merging.merge(tmp_path / "work.backup", way, MERGED)) == ["new"]
    assert not vault.merging.merge(work, way, MERGED).changes
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in work.iterdir()} == before
    assert not list(home.glob(".copy-*"))


def test_an_interrupted_merge_is_not_there_at_all(vault: Vault, work: Path, at_work, way: Unlocking) -> None:
    at_work(lambda other: other.entries.add(EntryContent("at work"), written="2026-03-04", at=AT, id="a" * 32))
    vault._database.run("CREATE TEMP TRIGGER stop BEFORE UPDATE ON head BEGIN SELECT raise(ABORT, 'stop'); END")
    before = everything(vault)
    with pytest.raises(Exception, match="stop"):
        vault.merging.merge(work, way, MERGED)
    vault._database.run("DROP TRIGGER stop")
    assert everything(vault) == before


def test_what_cannot_be_merged_is_said_and_changes_nothing(
    vault: Vault, work: Path, way: Unlocking, tmp_path: Path, phrase: str, now: datetime
) -> None:
    before = everything(vault)
    with pytest.raises(WrongPassphrase):
        vault.merging.merge(work, Unlocking("wrong", floor=keys.CHEAP), MERGED)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NoVault):
        vault.merging.merge(tmp_path / "empty", way, MERGED)
    with opened_in(work, phrase), pytest.raises(VaultBusy):
        vault.merging.merge(work, way, MERGED)
    raw = bytearray((work / "journal.db").read_bytes())
    raw[20 * 4096 + 9] ^= 1
    (work / "journal.db").write_bytes(raw)
    with pytest.raises(VaultDamaged):
        vault.merging.merge(work, way, MERGED)
    assert everything(vault) == before


def test_a_journal_that_is_no_copy_of_this_one_is_only_taken_when_that_is_meant(
    vault: Vault, tmp_path: Path, way: Unlocking, phrase: str, now: datetime
) -> None:
    with Vault.create(tmp_path / "other", bytes(32), phrase, kdf=keys.CHEAP, now=now) as other:
        other.entries.add(EntryContent("another life"), written="2020-01-01", at=AT)
    with pytest.raises(BadInput, match="another journal"):
        vault.merging.merge(tmp_path / "other", way, MERGED)
    assert histories(vault) == []
    vault.merging.merge(tmp_path / "other", way, MERGED, another=True)
    assert histories(vault) == [("another life",)]


# --------------------------------------------------------------------------- any two copies

EDITS = st.lists(
    st.tuples(st.sampled_from(["write", "revise", "revise", "bin", "restore", "delete"]), st.integers(0, 5)), max_size=6
)


def carry_out(vault: Vault, edits: list[tuple[str, int]], side: str, deleting: bool) -> None:
    for turn, (what, which) in enumerate(edits):
        ids = sorted(row["id"] for row in vault._database.rows("SELECT id FROM entries"))
        entry = vault.entries.get(ids[which % len(ids)]) if ids else None
        if what == "write" or entry is None:
            vault.entries.add(EntryContent(f"{side} {turn}"), written=f"2026-03-0{which + 1}", at=AT)
        elif what == "revise":
            vault.entries.restore(entry.id)
            vault.entries.revise(entry.id, EntryContent(f"{side if which % 2 else 'both'} {turn}"), AT)
        elif what == "bin":
            vault.entries.bin(entry.id, AT)
        elif what == "restore":
            vault.entries.restore(entry.id)
        elif deleting:
            vault.entries.bin(entry.id, AT)
            vault.entries.delete_for_good(entry.id)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EDITS, EDITS, EDITS, EDITS, st.booleans())
@example([("revise", 0)], [("revise", 1)], [("revise", 1)], [("revise", 0)], False)
def test_merging_one_into_the_other_gives_the_same_texts_either_way_and_a_second_time_changes_nothing(
    template: Path, phrase: str, first: list, second: list, third: list, fourth: list, deleting: bool
) -> None:
    way = Unlocking(phrase, floor=keys.CHEAP)
    with tempfile.TemporaryDirectory() as place:
        home, work = Path(place) / "home", Path(place) / "work"
        shutil.copytree(template, home)
        with opened_in(home, phrase) as vault:
            for number in range(2):
                vault.entries.add(EntryContent(f"entry {number}"), written="2026-03-01", at=AT)
        shutil.copytree(home, work)
        for ours, theirs in ((first, second), (third, fourth)):  # the second round starts from merged copies
            held = set[tuple[str, ...]]()
            for folder, edits, side in ((home, ours, "home"), (work, theirs, "work")):
                with opened_in(folder, phrase) as vault:
                    carry_out(vault, edits, side, deleting)
                    held |= set(histories(vault))
            before_work = Path(place) / "work-before"
            shutil.copytree(work, before_work)
            with opened_in(work, phrase) as vault:
                vault.merging.merge(home, way, MERGED, bring_back=True)
                from_work = histories(vault)
                assert well(vault)
            with opened_in(home, phrase) as vault:
                vault.merging.merge(before_work, way, MERGED, bring_back=True)
                assert histories(vault) == from_work
                for texts in held:  # every line of revisions stands, or has gone on
                    assert any(kept[: len(texts)] == texts for kept in from_work)
                before = everything(vault)
                assert not vault.merging.merge(before_work, way, MERGED, bring_back=True).changes
                assert everything(vault) == before
                assert not vault.merging.merge(work, way, MERGED, bring_back=True).changes
                assert well(vault)
            shutil.rmtree(before_work)


def test_what_left_the_other_copy_and_its_legal_hold_come_along(
    vault: Vault, work: Path, way: Unlocking, at_work: Callable[[Callable[[Vault], object]], None]
) -> None:
    at_work(lambda other: other.departures.begin(Parcel("export", "jsonl", (), "ab" * 32, 10), LATER))
    at_work(lambda other: other.retention.switch(HoldChange(LATER, True, "a claim")))
    report = vault.merging.merge(work, way, MERGED)
    assert (report.departures, report.hold, report.changes) == (1, True, True)
    assert vault.retention.hold() == HoldChange(LATER, True, "a claim")
    assert [departure.at for departure in vault.departures.all()] == [LATER]
    assert well(vault)
    assert not vault.merging.merge(work, way, MERGED).changes
