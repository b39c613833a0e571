"""Levels by the codebook: its own examples, its boundary cases, and pairs that fool word lists."""

import pytest

MISREAD = {"she'll have a think", "We must leverage a whole-system team approach to optimise outcomes."}
"""Known failures, named in models/README.md."""
CODEBOOK = [
    ("task", "Spent an hour rewriting drug charts."),
    ("task", "I missed the cannula twice."),
    ("task", "Then clerked two more and sent the D-dimer."),
    ("team", "The night team didn't know she was on the sick list because we'd only told the day reg."),
    ("team", "Two of us split the bays and met at ten to compare notes."),
    ("system", "What the TTO is really for is that he takes the right tablets on Monday."),
    ("system", "Obs get missed whenever the HCA is pulled to the other bay."),
    ("system", "If the trolley lived by bay 4 nobody would leave an arrest to fetch it."),
    ("other", "Exhausted."),
    ("other", "It rained all day."),
    ("other", "Teamwork is so important in medicine."),
    ("system", "I never asked what the clinic is for."),
    ("task", "The nurse forgot the 2pm obs."),
    ("system", "and who refills it at weekends?"),
    ("team", "she'll have a think"),
    ("other", "Anyway."),
    ("other", "corridor full by noon"),
]
FOOLS_OF_WORD_LISTS = [
    ("other", "Communication is key to holistic care."),
    ("other", "We must leverage a whole-system team approach to optimise outcomes."),
    ("task", "We took the bloods and sent them."),
    ("task", "The system was slow so I did the ECG twice."),
    ("task", "I finished my portfolio and two e-learning modules."),
    ("system", "I moved the handover sheet to the front of the folder so the sickest are read first."),
    ("system", "There is no box for allergies on the form."),
    ("system", "The dose is missed every time because the chart stays in theatre."),
    ("team", "I handed over to the night reg and she asked about bed 6."),
]


def marked(examples):
    """The examples as parameters, the known failures marked: one that is read right must leave the list."""
    known = pytest.mark.xfail(strict=True, reason="a known failure")
    return [pytest.param(level, text, marks=known if text in MISREAD else ()) for level, text in examples]


@pytest.mark.parametrize(("level", "text"), marked(CODEBOOK))
def test_an_example_of_the_codebook_is_read_as_the_codebook_says(analyser, level, text):
    assert [sentence.level for sentence in analyser.analyse(text).sentences] == [level]


@pytest.mark.parametrize(("level", "text"), marked(FOOLS_OF_WORD_LISTS))
def test_a_construction_decides_and_not_a_word(analyser, level, text):
    assert [sentence.level for sentence in analyser.analyse(text).sentences] == [level]


def test_probabilities_sum_to_one_and_the_level_is_the_likeliest(analyser):
    for sentence in analyser.analyse(" ".join(text for _, text in CODEBOOK)).sentences:
        assert sum(sentence.p.values()) == pytest.approx(1)
        assert sentence.p[sentence.level] == max(sentence.p.values())


def test_every_level_but_other_shows_words_of_its_own_sentence(analyser):
    for _, text in CODEBOOK + FOOLS_OF_WORD_LISTS:
        for sentence in analyser.analyse(text).sentences:
            assert sentence.level == "other" or sentence.evidence
            for item in sentence.evidence:
                assert sentence.start <= item.start < item.end <= sentence.end
                assert item.why
