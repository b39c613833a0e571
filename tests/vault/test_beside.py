"""What is kept beside the entries: drafts, readings, lifts, small acts and settings."""

from collections.abc import Callable
from datetime import date

import pytest

from journal.domain import (
    Analysis,
    Counts,
    Draft,
    Entry,
    EntryContent,
    Evidence,
    Lift,
    Profile,
    Sentence,
    ShiftEntry,
    SmallAct,
    Step,
)
from journal.errors import BadInput, NotFound
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
LATER = "2026-03-10T20:41:00+00:00"
Opener = Callable[[], Vault]
Writer = Callable[..., Entry]


def reading(model: str = "rules-1") -> Analysis:
    p = {"task": 0.125, "team": 0.125, "system": 0.5, "other": 0.25}
    evidence = (Evidence(2, 5, "says what the job was for"),)
    return Analysis(
        model,
        (
            Sentence(0, 9, "system", p, ("framing", "voice"), "learning", evidence, True),
            Sentence(10, 12, "other", {"task": 0, "team": 0, "system": 0, "other": 1}, sure=False),
        ),
    )


# --------------------------------------------------------------------------- drafts


def test_the_draft_saved_last_is_the_latest_even_when_the_clock_jumps_back(opened: Opener) -> None:
    content = EntryContent("half a sent", steps=(Step("What?", "half a sent"),), placement="Renal")
    with opened() as vault:
        vault.drafts.save(Draft("one", EntryContent("first"), LATER))
        vault.drafts.save(Draft("two", content, AT, entry_id="e" * 32))
    with opened() as vault:
        assert vault.drafts.latest() == Draft("two", content, AT, entry_id="e" * 32)
        vault.drafts.save(Draft("one", EntryContent("first, longer"), "2020-01-01T00:00:00+00:00"))
        assert [draft.id for draft in vault.drafts.all()] == ["one", "two"]
        vault.drafts.discard("one")
        vault.drafts.discard("one")
        assert [draft.id for draft in vault.drafts.all()] == ["two"]


def test_a_draft_with_half_a_character_is_refused_and_the_earlier_one_stays(vault: Vault) -> None:
    vault.drafts.save(Draft("one", EntryContent("whole"), AT))
    with pytest.raises(BadInput):
        vault.drafts.save(Draft("one", EntryContent("half \ud800"), AT))
    latest = vault.drafts.latest()
    assert latest is not None
    assert latest.content.text == "whole"


# --------------------------------------------------------------------------- analyses


def test_a_reading_is_kept_whole_for_its_revision_and_model(vault: Vault, write: Writer) -> None:
    entry = write("one two three")
    vault.analyses.put(entry.id, 1, reading())
    assert vault.analyses.get(entry.id, 1, "rules-1") == reading()
    assert vault.analyses.get(entry.id, 1, "rules-2") is None
    assert vault.analyses.get(entry.id, 2, "rules-1") is None
    shorter = Analysis("rules-1", reading().sentences[:1])
    vault.analyses.put(entry.id, 1, shorter)
    assert vault.analyses.get(entry.id, 1, "rules-1") == shorter


def test_a_reading_of_what_is_gone_is_refused(vault: Vault, write: Writer) -> None:
    entry = write("one")
    with pytest.raises(NotFound):
        vault.analyses.put("a" * 32, 1, reading())
    with pytest.raises(NotFound):
        vault.analyses.put(entry.id, 2, reading())


def test_what_is_still_to_be_read_is_known(vault: Vault, write: Writer) -> None:
    first, second = write("one", "2026-03-01"), write("two", "2026-03-02")
    write("never", analyse=False)
    vault.entries.bin(write("binned").id, AT)
    assert vault.analyses.missing("rules-1") == [first.id, second.id]
    vault.analyses.put(first.id, 1, reading())
    assert vault.analyses.missing("rules-1") == [second.id]
    assert vault.analyses.missing("rules-2") == [first.id, second.id]
    vault.entries.revise(first.id, EntryContent("one more"), AT)
    assert vault.analyses.missing("rules-1") == [first.id, second.id]


def test_the_points_of_the_shift_carry_expected_counts_and_never_text(vault: Vault, write: Writer) -> None:
    late = write("b", "2026-03-05", event_date=date(2026, 3, 2), prompt_family="framing", placement="ED")
    early = write("a", "2026-03-01")
    binned, no_longer = write("c"), write("d")
    for entry in (late, early, binned, no_longer):
        vault.analyses.put(entry.id, 1, reading())
    vault.entries.bin(binned.id, AT)
    vault.entries.revise(no_longer.id, EntryContent("d", analyse=False), AT)
    counts = Counts(0.125, 0.125, 0.5, 1.25)
    assert vault.analyses.points("rules-1") == [
        ShiftEntry(early.id, date(2026, 3, 1), counts),
        ShiftEntry(late.id, date(2026, 3, 5), counts, "framing", "ED", 3),
    ]
    assert vault.analyses.points("rules-2") == []


def test_readings_can_be_dropped_by_model_or_all(vault: Vault, write: Writer) -> None:
    entry = write("one")
    for model in ("rules-1", "rules-2"):
        vault.analyses.put(entry.id, 1, reading(model))
    vault.analyses.drop_other_models("rules-2")
    assert vault.analyses.get(entry.id, 1, "rules-1") is None
    assert vault.analyses.get(entry.id, 1, "rules-2") == reading("rules-2")
    vault.analyses.wipe()
    assert vault.analyses.get(entry.id, 1, "rules-2") is None
    assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- lifts and small acts


def test_an_entry_has_at_most_one_lift(vault: Vault, write: Writer) -> None:
    entry = write("Chased bloods.")
    assert vault.reflections.lift(entry.id) is None
    vault.reflections.put_lift(Lift(entry.id, 1, 0, 14, "Chased bloods.", "To know by noon.", AT))
    second = Lift(entry.id, 1, 0, 14, "Chased bloods.", "So that he could go home.", LATER)
    vault.reflections.put_lift(second)
    assert vault.reflections.lift(entry.id) == second
    with pytest.raises(NotFound):
        vault.reflections.put_lift(Lift("b" * 32, 1, 0, 1, "x", "y", AT))


def test_small_acts_are_chosen_answered_for_and_remembered(opened: Opener) -> None:
    with opened() as vault:
        entry = vault.entries.add(EntryContent("a shift"), written=AT, at=AT)
        one = SmallAct("a1", entry.id, "ask the clerk first", LATER)
        two = SmallAct("a2", None, "thank the porter", AT)
        vault.reflections.choose(one)
        vault.reflections.choose(two)
        with pytest.raises(BadInput):
            vault.reflections.choose(one)
        assert vault.reflections.open_acts() == [two, one]
        closed = vault.reflections.close("a1", "not_yet", "she was off", LATER)
        assert closed == SmallAct("a1", entry.id, "ask the clerk first", LATER, "not_yet", "she was off", LATER)
    with opened() as vault:
        assert vault.reflections.open_acts() == [two]
        assert vault.reflections.history() == [two, closed]
        assert vault.reflections.of_entry(entry.id) == [closed]
        assert vault.reflections.close("a1", "done", "she laughed", AT).state == "done"
        reopened = vault.reflections.close("a1", "open", "", AT)
        assert reopened == one
        with pytest.raises(NotFound):
            vault.reflections.close("a9", "done", "", AT)


def test_deleting_an_entry_for_good_takes_its_readings_and_lift_and_leaves_the_small_act(
    vault: Vault, write: Writer
) -> None:
    entry = write("Chased bloods.")
    vault.analyses.put(entry.id, 1, reading())
    vault.reflections.put_lift(Lift(entry.id, 1, 0, 14, "Chased bloods.", "To know.", AT))
    vault.reflections.choose(SmallAct("a1", entry.id, "ask first", AT))
    vault.entries.bin(entry.id, AT)
    vault.entries.delete_for_good(entry.id)
    assert [vault._database.value(f"SELECT count(*) FROM {t}") for t in ("analyses", "lifts", "revisions")] == [0, 0, 0]
    assert vault.reflections.history() == [SmallAct("a1", None, "ask first", AT)]
    assert all(check.ok for check in vault.check())


# --------------------------------------------------------------------------- settings


def test_settings_and_the_profile_outlast_closing(opened: Opener) -> None:
    with opened() as vault:
        assert vault.settings.get("theme", "dark") == "dark"
        assert vault.settings.profile() == Profile()
        vault.settings.set("theme", "light")
        vault.settings.set("theme", {"name": "ä", "n": [1, None, True]})
        vault.settings.set("analysis", False)
        vault.settings.set_profile(Profile("FY1", "ward", "Renal"))
    with opened() as vault:
        assert vault.settings.get("theme") == {"name": "ä", "n": [1, None, True]}
        assert vault.settings.get("analysis", True) is False
        assert vault.settings.profile() == Profile("FY1", "ward", "Renal")
