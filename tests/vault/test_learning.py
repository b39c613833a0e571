"""Learning points stay when their story goes, keep what they said before, and are missed when they are lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from journal.domain import Entry, HoldChange, LearningPoint
from journal.errors import BadInput, NotFound, OnHold
from journal.vault import keys
from journal.vault.database import Database
from journal.vault.migrations import STEPS, migrate
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
LATER = "2026-03-10T20:41:00+00:00"
POINT = LearningPoint("a" * 32, "Ask first. Zürich \U0001f9e1", "2026-03-09", AT, None, "Renal", ("nights", "board"))
Opener = Callable[[], Vault]
Writer = Callable[..., Entry]


def faults(vault: Vault) -> dict[str, str]:
    return {check.name: check.detail for check in vault.check() if not check.ok}


def test_a_point_comes_back_as_it_was_noted(opened: Opener) -> None:
    with opened() as vault:
        vault.learning.add(POINT)
    with opened() as vault:
        assert vault.learning.all() == [POINT]
        assert vault.learning.get("aaaa") == POINT
        assert faults(vault) == {}


def test_a_point_stays_with_its_day_placement_and_tags_when_its_entry_is_deleted_for_good(
    vault: Vault, write: Writer
) -> None:
    entry = write("A long story.")
    mine = replace(POINT, entry_id=entry.id)
    vault.learning.add(mine)
    vault.entries.bin(entry.id, AT)
    vault.entries.delete_for_good(entry.id)
    assert vault.learning.of(entry.id) == vault.learning.all() == [mine]
    assert faults(vault) == {}


def test_other_words_are_a_new_revision_and_the_same_words_none(vault: Vault) -> None:
    vault.learning.add(POINT)
    vault.learning.reword(POINT.id, POINT.text, LATER)
    changed = vault.learning.reword(POINT.id, "Ask twice.", LATER)
    assert (changed.text, changed.revision, changed.changed) == ("Ask twice.", 2, LATER)
    assert vault.learning.revisions(POINT.id) == ((1, AT, POINT.text), (2, LATER, "Ask twice."))
    assert faults(vault) == {}


def test_a_point_put_away_can_come_back_until_it_is_forgotten(vault: Vault) -> None:
    vault.learning.add(POINT)
    vault.learning.put_away(POINT.id, AT)
    assert vault.learning.all() == []
    assert [point.put_away for point in vault.learning.all(put_away=True)] == [AT]
    with pytest.raises(BadInput):
        vault.learning.reword(POINT.id, "Other words.", LATER)
    vault.learning.bring_back(POINT.id)
    assert vault.learning.all() == [POINT]
    vault.learning.put_away(POINT.id, AT)
    assert vault.learning.forget_put_away(AT) == 0
    assert vault.learning.forget_put_away(LATER) == 1
    with pytest.raises(NotFound):
        vault.learning.get(POINT.id)
    assert faults(vault) == {}


def test_an_id_in_use_and_half_a_character_are_refused_and_change_nothing(vault: Vault) -> None:
    vault.learning.add(POINT)
    for bad in (replace(POINT, text="another"), replace(POINT, id="b" * 32, text="half \ud800")):
        with pytest.raises(BadInput):
            vault.learning.add(bad)
    assert vault.learning.all() == [POINT]
    assert faults(vault) == {}


def test_under_a_legal_hold_nothing_is_deleted(vault: Vault, write: Writer) -> None:
    entry = write("Asked about this.")
    vault.learning.add(POINT)
    vault.learning.put_away(POINT.id, AT)
    assert vault.retention.switch(HoldChange(AT, True, "a claim"))
    assert not vault.retention.switch(HoldChange(LATER, True, "again"))
    vault.entries.bin(entry.id, AT)
    for attempt in (
        lambda: vault.entries.delete_for_good(entry.id),
        lambda: vault.entries.empty_bin(LATER),
        lambda: vault.learning.forget_put_away(LATER),
        vault.corrections.wipe,
    ):
        with pytest.raises(OnHold, match="legal hold"):
            attempt()
    assert vault.retention.switch(HoldChange(LATER, False, "settled"))
    vault.entries.delete_for_good(entry.id)
    assert [(change.on, change.reason) for change in vault.retention.changes()] == [
        (True, "a claim"),
        (False, "settled"),
    ]
    assert faults(vault) == {}


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE learning_revisions SET text = 'Never said.'", "learning"),
        ("UPDATE learning SET placement = 'Elsewhere'", "learning"),
        ("DELETE FROM learning_revisions WHERE number = 1", "learning"),
        ("UPDATE learning SET put_away = '2026-03-09'", "learning"),
        ("DELETE FROM learning", "learning"),
        ("UPDATE holds SET switched = 0", "legal hold"),
        ("DELETE FROM holds", "legal hold"),
    ],
)
def test_what_was_changed_or_lost_behind_its_back_is_noticed(
    opened: Opener, home: Path, root: bytes, change: str, where: str
) -> None:
    with opened() as vault:
        vault.learning.add(POINT)
        vault.learning.reword(POINT.id, "Ask twice.", LATER)
        vault.retention.switch(HoldChange(AT, True, "a claim"))
    database = Database(home / "journal.db", keys.derived(root, "database"))
    database.run(change)
    database.close()
    with opened() as vault:
        assert set(faults(vault)) == {where}
        assert "twice" not in faults(vault)[where]


def test_a_vault_from_before_there_were_learning_points_takes_them(vault: Vault, write: Writer) -> None:
    write("One.")
    database = vault._database
    for name in ("learning_revisions", "learning", "reviews", "holds", "departures"):
        database.run(f"DROP TABLE {name}")
    database.run("DELETE FROM _sqlite_migrations WHERE name = '004_keeping'")
    assert faults(vault) == {}, "an older copy is as good as it was"
    migrate(database, STEPS)
    vault.learning.add(POINT)
    assert faults(vault) == {}
