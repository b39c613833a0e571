"""The views say how a person writes here and there, in their own sentences, and never more than the data hold."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from journal.analysis.rates import Rate
from journal.domain import ACTS, FRAMES, Analysis, Counts, Entry, EntryContent, Sentence
from journal.service import Journal, opening
from journal.service import views_words as words
from journal.service.views import LEADING, MANAGING, Part, make_views
from journal.vault.keys import CHEAP
from journal.vault.labels import LabelledEntry

START = date(2026, 1, 5)


def entry(number: int, placement: str | None, system: float = 2, n: float = 10, **parts: object) -> LabelledEntry:
    """An entry of n classifiable sentences, of which so many are about the system."""
    given = {"setting": None, "sentences": 12, "acts": {}, "frames": {}} | parts
    for kind, names in (("acts", ACTS), ("frames", FRAMES)):
        given[kind] = tuple(given[kind].get(name, 0) for name in names)
    counts = Counts(task=n - system, system=system, other=2)
    return LabelledEntry(f"{number:032x}", START + timedelta(days=number), placement, counts=counts, **given)  # type: ignore[arg-type]


def test_a_placement_with_few_entries_has_no_numbers_but_its_sentences_can_be_opened() -> None:
    views = make_views([*(entry(n, "Renal") for n in range(6)), *(entry(n, "ED") for n in range(6, 10))])
    ed, renal = views.placements
    assert (ed.name, ed.shares, len(ed.ids)) == ("ED", None, 4)
    assert renal.shares is not None
    assert renal.shares["system"].share == pytest.approx(0.2)
    assert renal.shares["system"].low < 0.2 < renal.shares["system"].high


def test_five_entries_of_a_line_each_are_too_few_as_well() -> None:
    [place] = make_views(entry(n, "Renal", 1, 4) for n in range(6)).placements
    assert place.shares is None


def test_the_latest_placement_stands_first_and_entries_without_one_last() -> None:
    views = make_views([entry(0, "Renal"), entry(1, None), entry(2, "ED"), entry(3, None), entry(4, "Renal")])
    assert [place.name for place in views.placements] == ["Renal", "ED", None]
    assert views.placements[0].ids == (f"{4:032x}", f"{0:032x}")
    assert words.name_of(views.placements[-1]) == "no placement"


def test_a_clear_difference_is_said_to_be_perhaps_the_ward() -> None:
    views = make_views([entry(n, "Renal", 7) for n in range(10)] + [entry(n, "ED", 1) for n in range(10, 20)])
    said = words.contrast_words(views.contrast("placement"), "placement", views.placements)
    assert said == "Your writing in Renal had more of this (system) than in ED; that can be the ward, not you."


def test_a_difference_that_can_be_chance_is_not_told() -> None:
    views = make_views([entry(n, "Renal", 2 + n % 2) for n in range(8)] + [entry(n, "ED", 2) for n in range(8, 16)])
    assert views.placement_contrast is None
    said = words.contrast_words(None, "placement", views.placements)
    assert "chance" in said
    assert "Renal" not in said


def test_one_placement_is_compared_with_nothing() -> None:
    views = make_views(entry(n, "Renal") for n in range(8))
    assert words.contrast_words(views.placement_contrast, "placement", views.placements) == ""


def test_a_ward_mostly_written_as_production_is_said_to_be_so() -> None:
    views = make_views(entry(n, "Renal", frames={"production": 3}) for n in range(6))
    [place] = views.placements
    assert place.mostly == "production"
    assert words.mostly_words(place).startswith("You mostly write Renal as production: ")


@pytest.mark.parametrize(
    "frames",
    [
        [{"production": 1}] * 6,  # too few sentences
        [{"production": 6}, {"production": 6}],  # of too few entries
        [{"production": 2, "learning": 1}] * 6,  # more than half of them, but not clearly
        [{}] * 6,
    ],
)
def test_no_frame_is_said_to_lead_where_few_have_one_or_none_leads(frames) -> None:
    [place] = make_views(entry(n, "Renal", frames=each) for n, each in enumerate(frames)).placements
    assert place.mostly is None
    assert words.mostly_words(place) == ""


def test_a_frame_the_analysis_is_mostly_wrong_about_is_never_said_to_lead() -> None:
    found = [entry(n, "Renal", frames={"production": 3}) for n in range(6)]
    assert make_views(found, believable=lambda frame: frame != "production").placements[0].mostly is None


def test_voice_and_silence_are_told_early_and_late() -> None:
    views = make_views(entry(n, None, acts={"voice": 1} if n < 4 else {"silence": 2}) for n in range(12))
    voice, silence = views.acts["voice"], views.acts["silence"]
    assert (voice.all, voice.early, voice.late) == (Part(4, 144), Part(4, 48), Part(0, 48))
    assert (silence.all, silence.early, silence.late) == (Part(16, 144), Part(0, 48), Part(8, 48))


def test_early_and_late_wait_for_enough_entries() -> None:
    views = make_views(entry(n, None, acts={"voice": 1}) for n in range(11))
    assert views.acts["voice"].early is None
    assert views.acts["voice"].all == Part(11, 132)


def test_leading_and_managing_share_no_act_and_what_was_in_the_way_is_neither() -> None:
    assert LEADING[0] == "framing"
    assert MANAGING[0] == "measure"
    assert sorted((*LEADING, *MANAGING, "silence", "barrier")) == sorted(ACTS)


def test_an_empty_journal_has_views_that_say_nothing() -> None:
    views = make_views(())
    assert (views.entries, views.placements, views.settings, views.whole.shares) == (0, (), (), None)


def test_what_the_analysis_misses_is_said_with_the_rates_it_was_tested_at() -> None:
    rates = {"framing": Rate(0.05, 0.17), "measure": Rate(0.48, 0.35), "learning": Rate(0.06, 0.5)}
    assert "from 5 (framing) to 48 (measure) of 100 sentences with an act" in words.doubt_words("act", rates)
    assert "6 of 100 sentences with a frame" in words.doubt_words("frame", rates)
    assert not any(sign.isdecimal() for sign in words.doubt_words("act", {}))


def test_nothing_said_is_a_verdict() -> None:
    every = " ".join(
        (words.ABOUT_PLACES, words.ABOUT_FRAMES, words.ABOUT_ACTS, words.ABOUT_LEADING, words.NOTHING, words.OFF)
    ).casefold()
    for word in ("score", "growth", "improve", "target", "should", "because", "progress", "only task"):
        assert word not in every


# --------------------------------------------------------------------------- over a journal


TEXT = "Obs late. Ran. I told him."
SPANS = ((0, 9), (10, 14), (15, 26))
P = {"task": 0.7, "team": 0.1, "system": 0.1, "other": 0.1}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    now = datetime(2026, 3, 9, 20, 40, tzinfo=UTC)
    made = opening.create(tmp_path / "journal", opening.new_keys(), "lamp", now=lambda: now, kdf=CHEAP)
    yield made
    made.close()


def keep(journal: Journal, placement: str = "Renal") -> Entry:
    """An entry of three sentences: one not sure, one production, one with voice."""
    kept = journal.write(EntryContent(TEXT, placement=placement, setting="ward"))
    sentences = (
        Sentence(*SPANS[0], "system", P, sure=False),
        Sentence(*SPANS[1], "task", P, frame="production"),
        Sentence(*SPANS[2], "team", P, acts=("voice",)),
    )
    journal.readings.keep(kept, Analysis("m-1", sentences))
    return kept


def found(journal: Journal, ids, label=None) -> list[str]:
    return [each.text for each in journal.viewing.sentences(ids, label)]


def test_every_row_opens_just_its_own_sentences(journal: Journal) -> None:
    keep(journal, "ED")
    renal = keep(journal)
    views = journal.viewing.views()
    assert [place.name for place in views.placements] == ["Renal", "ED"]
    assert views.settings[0].entries == 2
    assert found(journal, views.placements[0].ids) == ["Obs late.", "Ran.", "I told him."]
    assert found(journal, views.placements[0].ids, "system") == ["Obs late."]
    assert found(journal, views.acts["voice"].ids, "voice") == ["I told him."] * 2
    assert found(journal, views.frames["production"].ids, "production") == ["Ran."] * 2
    assert found(journal, views.placements[0].ids, "any_frame") == ["Ran."]
    assert [s.sentence.sure for s in journal.viewing.sentences([renal.id])] == [False, True, True]


def test_what_the_person_says_of_a_sentence_counts_in_every_view(journal: Journal) -> None:
    kept = keep(journal)
    journal.corrections.say(kept, SPANS[2], "system", ("silence", "barrier"), "learning")
    views = journal.viewing.views()
    assert {act: labelled.all.count for act, labelled in views.acts.items() if labelled.all.count} == {
        "silence": 1,
        "barrier": 1,
    }
    assert (views.frames["production"].all, views.frames["learning"].all) == (Part(1, 3), Part(1, 3))
    assert found(journal, views.acts["silence"].ids, "silence") == ["I told him."]


def test_views_are_empty_while_the_analysis_is_off_and_after_it(journal: Journal) -> None:
    kept = keep(journal)
    journal.readings.switch(False)
    assert journal.viewing.views().entries == 0
    assert found(journal, [kept.id]) == []
    journal.readings.switch(True)
    assert journal.viewing.views().entries == 0


def test_what_is_in_the_bin_or_never_to_be_read_is_in_no_view(journal: Journal) -> None:
    binned, kept = keep(journal), keep(journal)
    journal.put_in_bin(binned.id)
    views = journal.viewing.views()
    assert views.placements[0].ids == (kept.id,)
    assert found(journal, [binned.id, kept.id], "voice") == ["I told him."]


def test_the_views_say_how_many_entries_are_still_to_be_read(journal: Journal) -> None:
    keep(journal)
    journal.write(EntryContent("Not read yet."))
    assert (journal.viewing.views().entries, journal.viewing.views().left) == (1, 1)
