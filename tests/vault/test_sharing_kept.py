"""What was shared stays beside its entry, goes with it, and names nobody that was taken out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from journal.domain import Entry, EntryContent, Mark, Parcel, Reply
from journal.domain.shares import Decision, Share
from journal.domain.sharing import Card, Sent
from journal.errors import BadInput, NotFound
from journal.vault import keys
from journal.vault.database import Database
from journal.vault.migrations import STEPS, migrate
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
LATER = "2026-03-10T08:00:00+00:00"
ID = "ab" * 16
Opener = Callable[[], Vault]


def a_share(entry: Entry, share_id: str = ID, **more: object) -> Share:
    sent = Sent(share_id, "cd" * 32, 2, bytes(range(32)), Card("Dr Ünal", b"k" * 1248, b"s" * 64))
    given = {"form": "page", "recipient": "Dr Ünal", "spans": ((0, 5), (9, 12)), "excerpt": b'{"a":1}'}
    return Share(sent, entry.id, entry.revision, AT, **(given | more))  # type: ignore[arg-type]


def a_reply(share_id: str = ID, noticed: str = "You paused — “rare”.") -> Reply:
    return Reply(share_id, "cd" * 32, "Chidi", "Consultant", noticed, marks=(Mark(2, "This."), Mark(1)), way="page")


def test_a_share_and_its_reply_come_back_as_they_were_kept(opened: Opener) -> None:
    with opened() as vault:
        entry = vault.entries.add(EntryContent("Over coffee."), written=AT, at=AT)
        vault.sharing.keep(a_share(entry))
        assert vault.sharing.keep_reply(a_reply(), LATER)
    with opened() as vault:
        assert vault.sharing.of(entry.id) == vault.sharing.all() == [a_share(entry)]
        assert vault.sharing.get("ab") == a_share(entry)
        [kept] = vault.sharing.replies(ID)
        assert (kept.reply, kept.at, kept.became) == (a_reply(), LATER, "open")
        assert all(check.ok for check in vault.check())


def test_the_same_reply_is_kept_once_and_another_beside_it(vault: Vault, write: Callable[..., Entry]) -> None:
    vault.sharing.keep(a_share(write("Over coffee.")))
    assert vault.sharing.keep_reply(a_reply(), AT)
    assert not vault.sharing.keep_reply(a_reply(), LATER)
    assert vault.sharing.keep_reply(a_reply(noticed="More."), LATER)
    assert [kept.at for kept in vault.sharing.replies(ID)] == [AT, LATER]


def test_an_answer_and_what_became_of_it_are_kept_apart(vault: Vault, write: Callable[..., Entry]) -> None:
    vault.sharing.keep(a_share(write("Over coffee.")))
    vault.sharing.keep_reply(a_reply(), AT)
    [kept] = vault.sharing.replies(ID)
    vault.sharing.answer(kept.number, "Thank you.", None, AT)
    vault.sharing.answer(kept.number, None, "done", LATER)
    [kept] = vault.sharing.replies(ID)
    assert (kept.answer, kept.became, kept.answered) == ("Thank you.", "done", LATER)
    with pytest.raises(NotFound):
        vault.sharing.answer(kept.number + 1, "To nobody.", None, AT)


def test_what_is_not_there_is_refused(vault: Vault, write: Callable[..., Entry]) -> None:
    entry = write("Over coffee.")
    with pytest.raises(NotFound):
        vault.sharing.keep_reply(a_reply(), AT)
    vault.sharing.keep(a_share(entry))
    with pytest.raises(BadInput):
        vault.sharing.keep(a_share(entry))
    vault.sharing.keep(a_share(entry, "ac" * 16))
    with pytest.raises(BadInput):
        vault.sharing.get("a")
    for unknown in ("", "ff"):
        with pytest.raises(NotFound):
            vault.sharing.get(unknown)


def test_deleting_for_good_takes_shares_replies_and_decisions_but_not_the_record_of_what_left(
    vault: Vault, write: Callable[..., Entry]
) -> None:
    entry, other = write("Over coffee."), write("Over tea.")
    for one, share_id in ((entry, ID), (other, "ac" * 16)):
        vault.sharing.keep(a_share(one, share_id))
        vault.sharing.keep_reply(a_reply(share_id), AT)
        vault.sharing.decide(one.id, "Begum", Decision("the patient"), AT)
    vault.departures.begin(Parcel("share", "text", (), "ab" * 32, 1), AT)
    vault.entries.bin(entry.id, AT)
    assert len(vault.sharing.all()) == 2
    vault.entries.delete_for_good(entry.id)
    assert [share.entry_id for share in vault.sharing.all()] == [other.id]
    counts = [vault._database.value(f"SELECT count(*) FROM {table}") for table in ("shares", "replies", "redactions")]
    assert counts == [1, 1, 1]
    assert len(vault.departures.all()) == 1


def test_what_was_decided_of_a_name_is_found_again_and_the_name_is_not_written_down(
    vault: Vault, write: Callable[..., Entry]
) -> None:
    entry, other = write("Over coffee."), write("Over tea.")
    vault.sharing.decide(entry.id, "Samira  Begum", Decision("the patient"), AT)
    assert vault.sharing.decision(entry.id, "samira\nbegum") == Decision("the patient")
    assert vault.sharing.decision(entry.id, "Begum") is None
    assert vault.sharing.decision(other.id, "Samira Begum") is None
    vault.sharing.decide(entry.id, "SAMIRA BEGUM", Decision(None, "she asked", "Dr Ünal"), LATER)
    assert vault.sharing.decision(entry.id, "Samira Begum") == Decision(None, "she asked", "Dr Ünal")
    [row] = vault._database.rows("SELECT * FROM redactions")
    assert "begum" not in "".join(str(value) for value in row).lower()
    assert b"begum" not in bytes(row["mark"]).lower()


def test_the_id_of_the_next_share_is_the_same_until_one_is_kept(vault: Vault, write: Callable[..., Entry]) -> None:
    entry, other = write("Over coffee."), write("Over tea.")
    first = vault.sharing.next_id(entry.id, b"words")
    assert first == vault.sharing.next_id(entry.id, b"words")
    assert len({first, vault.sharing.next_id(entry.id, b"other"), vault.sharing.next_id(other.id, b"words")}) == 3
    vault.sharing.keep(a_share(entry))
    assert vault.sharing.next_id(entry.id, b"words") != first
    vault.sharing.drop(ID)
    assert vault.sharing.next_id(entry.id, b"words") == first


def test_a_journal_of_before_sharing_opens_and_can_share(
    home: Path, root: bytes, opened: Opener, write: Callable[..., Entry], vault: Vault
) -> None:
    entry = write("Over coffee.")
    vault.close()
    database = Database(home / "journal.db", keys.derived(root, "database"))
    for table in ("replies", "shares", "redactions", "identity"):
        database.run(f"DROP TABLE {table}")
    database.run("DELETE FROM _sqlite_migrations WHERE name = '005_sharing'")
    migrate(database, STEPS)
    database.close()
    with opened() as again:
        again.sharing.keep(a_share(entry))
        again.sharing.set_identity(bytes(32), "Amina")
        again.sharing.set_identity(bytes(32), "Amina R")
        assert again.sharing.identity() == (bytes(32), "Amina R")
        assert all(check.ok for check in again.check())
