"""What left is recorded before it leaves, never with its words, and no record can be changed or lost unseen."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.domain import Departure, HoldChange, Item, Parcel, Redaction
from journal.errors import NotFound, VaultDamaged
from journal.vault import keys
from journal.vault.database import Database
from journal.vault.keeping_beside import KeepingBeside
from journal.vault.vault import Vault

NOW = datetime(2026, 3, 9, 20, 41, tzinfo=UTC)
PHRASE = "correct 'horse' \"battery\" staple"
AT = "2026-03-09T20:41:00+00:00"
LATER = "2026-03-09T20:41:02+00:00"
PARCEL = Parcel(
    "share",
    "pdf",
    (Item("e" * 32, 3, "learning and plan"), Item("f" * 32, 1)),
    "ab" * 32,
    4_096,
    "reply.pdf",
    "Dr Ünal",
    (Redaction("e" * 32, "learning and plan", 3, 9, "name"),),
)
Opener = Callable[[], Vault]


def faults(vault: Vault) -> dict[str, str]:
    return {check.name: check.detail for check in vault.check() if not check.ok}


def test_a_departure_comes_back_as_it_was_recorded(opened: Opener) -> None:
    with opened() as vault:
        record = vault.departures.begin(PARCEL, AT)
        vault.departures.end(record, "left", LATER)
    with opened() as vault:
        assert vault.departures.all() == [Departure(record, AT, PARCEL, "left", LATER)]
        assert faults(vault) == {}


def test_one_that_was_never_ended_says_so_and_is_sound(opened: Opener) -> None:
    with opened() as vault:
        record = vault.departures.begin(PARCEL, AT)
    with opened() as vault:
        assert vault.departures.all() == [Departure(record, AT, PARCEL)]
        assert faults(vault) == {}


def test_what_was_said_of_its_end_first_stands(vault: Vault) -> None:
    record = vault.departures.begin(PARCEL, AT)
    vault.departures.end(record, "left", LATER)
    vault.departures.end(record, "stayed", "2026-03-10")
    assert [departure.state for departure in vault.departures.all()] == ["left"]
    assert faults(vault) == {}
    with pytest.raises(NotFound):
        vault.departures.end("0" * 32, "left", LATER)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE departures SET recipient = 'Nobody' WHERE number = 1",
        "UPDATE departures SET items = '[]' WHERE number = 2",
        "UPDATE departures SET digest = 'cd' WHERE number = 1",
        "UPDATE departures SET redactions = '[]' WHERE number = 1",
        "UPDATE departures SET at = '2020-01-01' WHERE number = 3",
        "UPDATE departures SET state = 'stayed' WHERE number = 1",
        "UPDATE departures SET state = 'left', ended = '2026-03-09' WHERE number = 3",
        "UPDATE departures SET state = 'begun' WHERE number = 2",
        "DELETE FROM departures WHERE number = 3",
        "DELETE FROM departures",
        "UPDATE departures SET number = 9 WHERE number = 1",
        "INSERT INTO departures SELECT 4, 'other', at, way, form, recipient, description, items, digest, bytes,"
        " redactions, state, ended FROM departures WHERE number = 1",
    ],
)
def test_a_record_that_was_changed_added_or_lost_is_noticed(
    opened: Opener, home: Path, root: bytes, change: str
) -> None:
    with opened() as vault:
        for ended in (True, True, False):
            record = vault.departures.begin(PARCEL, AT)
            if ended:
                vault.departures.end(record, "left", LATER)
    database = Database(home / "journal.db", keys.derived(root, "database"))
    database.run(change)
    database.close()
    with opened() as vault:
        assert set(faults(vault)) == {"departures"}


def test_taking_the_newest_record_out_with_its_link_is_noticed_by_the_history(
    opened: Opener, home: Path, root: bytes
) -> None:
    with opened() as vault:
        vault.departures.begin(PARCEL, AT)
        vault.departures.begin(PARCEL, LATER)
    database = Database(home / "journal.db", keys.derived(root, "database"))
    database.run("DELETE FROM departures WHERE number = 2")
    database.run("DELETE FROM links WHERE number = 2")
    database.close()
    with pytest.raises(VaultDamaged):
        opened()


def test_what_left_another_copy_and_its_hold_come_along_once(opened: Opener, home: Path, tmp_path: Path) -> None:
    with opened() as vault:
        begun = vault.departures.begin(PARCEL, AT)
    shutil.copytree(home, tmp_path / "other")
    with Vault.open(tmp_path / "other", PHRASE, now=NOW, floor=keys.CHEAP) as theirs:
        theirs.departures.end(begun, "left", LATER)
        theirs.departures.begin(PARCEL, LATER)
        theirs.retention.switch(HoldChange(AT, True, "a claim"))
        with opened() as vault:
            beside = KeepingBeside(vault._database, theirs._database)
            with vault.together():
                assert (beside.departures(), beside.hold()) == (1, True)
                assert (beside.departures(), beside.hold()) == (0, False)
            assert vault.departures.all() == theirs.departures.all()
            assert vault.retention.hold() == HoldChange(AT, True, "a claim")
            assert faults(vault) == {}
