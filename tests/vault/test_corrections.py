"""What a person said of a sentence stays with it: through edits, new models and closing, and goes when it should."""

from collections.abc import Callable

import pytest

from journal.domain import LEVELS, Analysis, Correction, Counts, Entry, EntryContent, Sentence, corrected
from journal.errors import NotFound
from journal.vault.corrections import stands_at
from journal.vault.migrations import STEPS, migrate
from journal.vault.vault import Vault

AT = "2026-03-09T20:41:00+00:00"
P = {"task": 0.625, "team": 0.125, "system": 0.125, "other": 0.125}
Opener = Callable[[], Vault]
Writer = Callable[..., Entry]


def said(entry: Entry, start: int, end: int, level: str = "system", **more: object) -> Correction:
    return Correction(entry.id, entry.revision, start, end, level, "task", "m-1", P, AT, **more)  # type: ignore[arg-type]


def test_an_answer_is_kept_whole_until_it_is_taken_back(opened: Opener) -> None:
    with opened() as vault:
        entry = vault.entries.add(EntryContent("One. Two."), written=AT, at=AT)
        first = said(entry, 0, 4, acts=("design", "voice"), frame="learning")
        vault.corrections.put(said(entry, 0, 4, "team"))
        vault.corrections.put(first)
        vault.corrections.put(said(entry, 5, 9, "task"))
    with opened() as vault:
        assert vault.corrections.of(entry.id, 1) == (first, said(entry, 5, 9, "task"))
        assert vault.corrections.take_back(entry.id, 1, 5, 9)
        assert not vault.corrections.take_back(entry.id, 1, 5, 9)
        assert vault.corrections.standing() == (first,)
        assert vault.corrections.wipe() == 1
        assert vault.corrections.standing() == ()
        assert all(check.ok for check in vault.check())


def test_an_answer_about_what_is_gone_is_refused(vault: Vault, write: Writer) -> None:
    entry = write("One.")
    for wrong in (
        Correction("a" * 32, 1, 0, 4, "task", "task", "m", P, AT),
        Correction(entry.id, 2, 0, 4, "task", "task", "m", P, AT),
    ):
        with pytest.raises(NotFound):
            vault.corrections.put(wrong)


def test_answers_outlast_the_readings_of_every_model(vault: Vault, write: Writer) -> None:
    entry = write("One.")
    vault.corrections.put(said(entry, 0, 4))
    vault.analyses.put(entry.id, 1, Analysis("m-1", (Sentence(0, 4, "task", P),)))
    vault.analyses.drop_other_models("m-2")
    vault.analyses.wipe()
    assert vault.corrections.of(entry.id, 1) == (said(entry, 0, 4),)


def test_an_answer_goes_over_to_a_new_revision_and_stays_with_the_old_one(vault: Vault, write: Writer) -> None:
    entry = write("I was late. Obs get missed.")
    vault.corrections.put(said(entry, 12, 27))
    vault.corrections.put(said(entry, 0, 11, "task"))
    vault.entries.revise(entry.id, EntryContent("I was very late. Obs get missed."), AT)
    assert [(c.start, c.end, c.level) for c in vault.corrections.of(entry.id, 2)] == [(17, 32, "system")]
    assert len(vault.corrections.of(entry.id, 1)) == 2
    assert [c.revision for c in vault.corrections.standing()] == [2]


def test_what_is_binned_or_not_to_be_analysed_does_not_stand(vault: Vault, write: Writer) -> None:
    binned, private, kept = write("One."), write("Two."), write("Six.")
    for entry in (binned, private, kept):
        vault.corrections.put(said(entry, 0, 4))
    vault.entries.bin(binned.id, AT)
    vault.entries.revise(private.id, EntryContent("Two.", analyse=False), AT)
    assert [c.entry_id for c in vault.corrections.standing()] == [kept.id]
    vault.entries.delete_for_good(binned.id)
    assert vault.corrections.answered() == {private.id, kept.id}
    assert all(check.ok for check in vault.check())


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("Again. I ran.", "Again. I ran. Twice.", "I ran."),
        ("I ran.", "It rained.\n\nI ran.", "I ran."),
        ("One. I ran. Two.", "On. I ran. Too.", "I ran."),
        ("Again. Bad. Again. End.", "Again. Good! Again. Fin.", "Again."),
        ("i ran\nhe sat", "i ran\nhe sat down", "i ran"),
        ("I ran.", "I ran.”", "I ran."),
    ],
)
def test_a_sentence_is_found_again_where_it_stands_unchanged(before: str, after: str, sentence: str) -> None:
    start = before.rindex(sentence)
    place = after.rindex(sentence)
    assert stands_at(before, after, start, start + len(sentence)) == (place, place + len(sentence))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("I ran.", "I walked.", "I ran."),
        ("X. I ran. Y.", "A. I ran. B. I ran. C.", "I ran."),
        ("it failed", "it failed again in the night", "it failed"),
        ("obs late", "and obs late", "obs late"),
        ("A. Exhausted. B", "C. I was Exhausted. D", "Exhausted."),
        ("I ran.", "", "I ran."),
    ],
)
def test_a_sentence_that_became_another_or_may_be_another_is_not(before: str, after: str, sentence: str) -> None:
    start = before.index(sentence)
    assert stands_at(before, after, start, start + len(sentence)) is None


def test_other_counts_can_stand_beside_a_reading(vault: Vault, write: Writer) -> None:
    one, two = write("One.", "2026-03-01"), write("Two.", "2026-03-02")
    for entry in (one, two):
        vault.analyses.put(entry.id, 1, Analysis("m-1", (Sentence(0, 4, "task", P),)))
    assert [(i, r, a.model) for i, r, a in vault.analyses.kept("m-1")] == [(one.id, 1, "m-1"), (two.id, 1, "m-1")]
    vault.analyses.recount("m-1", [(two.id, 1, Counts(system=1)), (one.id, 7, Counts(team=1))], 3)
    assert [point.counts for point in vault.analyses.points("m-1")] == [Counts(*P.values()), Counts(system=1)]
    assert vault.analyses.counted_otherwise("m-1", 3) == [one.id]


def test_the_persons_word_replaces_the_models_and_leaves_the_rest(vault: Vault, write: Writer) -> None:
    entry = write("One. Two.")
    reading = Analysis("m-1", (Sentence(0, 4, "task", P, ("voice",), sure=False), Sentence(5, 9, "task", P)))
    seen = corrected(reading, [said(entry, 0, 4), said(entry, 0, 9, "team")])
    assert seen.sentences[1] == reading.sentences[1]
    first = seen.sentences[0]
    assert (first.level, first.sure, first.corrected, first.acts) == ("system", True, True, ("voice",))
    assert [first.p[level] for level in LEVELS] == [0, 0, 1, 0]
    assert [item.why for item in first.evidence] == ["you said so"]
    assert seen.counts() == Counts(1, 0, 1, 0)


def test_a_vault_from_before_there_were_corrections_takes_them(vault: Vault, write: Writer) -> None:
    entry = write("One.")
    vault.analyses.put(entry.id, 1, Analysis("m-1", (Sentence(0, 4, "task", P),)))
    database = vault._database
    for change in (
        "DROP TABLE corrections",
        *(f"DROP TABLE {name}" for name in ("learning_revisions", "learning", "reviews", "holds", "departures")),
        "DROP TABLE kin",
        *(f"DROP TABLE {name}" for name in ("replies", "redactions", "shares", "identity")),
        "ALTER TABLE analyses DROP COLUMN calibration",
        "DELETE FROM _sqlite_migrations WHERE name <> '001_first'",
    ):
        database.run(change)
    migrate(database, STEPS)
    vault.corrections.put(said(entry, 0, 4))
    assert vault.analyses.counted_otherwise("m-1", 0) == []
    assert vault.corrections.of(entry.id, 1) == (said(entry, 0, 4),)
    assert all(check.ok for check in vault.check())
