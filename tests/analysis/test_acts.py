"""Acts and frames by the codebook, each with the words that show it."""

import pytest

SHOWN = [
    ("silence", "I should have asked the HCA."),
    ("silence", "It was not my place to say anything."),
    ("invite", "Tomorrow I'll ask her first."),
    ("invite", "I asked the student what she would change."),
    ("design", "We moved the trolley to bay 4."),
    ("measure", "I counted how many bleeps came after midnight."),
    ("mistake", "I gave the wrong dose and told her it was my mistake."),
    ("voice", "I raised it with the consultant."),
    ("barrier", "I have no authority to change the rota."),
    ("framing", "What is the clinic actually for?"),
]
NOT_SHOWN = [
    ("mistake", "I missed the cannula twice."),
    ("mistake", "The nurse forgot the 2pm obs."),
    ("invite", "Nobody asked the HCA."),
    ("voice", "I didn't say anything to the consultant."),
    ("design", "We did the drug round."),
]


@pytest.mark.parametrize(("act", "text"), SHOWN)
def test_an_act_that_is_done_proposed_or_regretted_is_found(analyser, act, text):
    (sentence,) = analyser.analyse(text).sentences
    assert act in sentence.acts


@pytest.mark.parametrize(("act", "text"), NOT_SHOWN)
def test_an_act_that_did_not_happen_is_not_found(analyser, act, text):
    assert all(act not in sentence.acts for sentence in analyser.analyse(text).sentences)


@pytest.mark.parametrize(
    ("frame", "text"),
    [
        ("production", "Twelve patients in fifty minutes and I got through the list."),
        ("problem_solving", "I couldn't work out why she was breathless."),
        ("learning", "Next time I will check the lateral first."),
        (None, "I took the bloods."),
    ],
)
def test_a_frame_is_found_where_the_sentence_has_one(analyser, frame, text):
    (sentence,) = analyser.analyse(text).sentences
    assert sentence.frame == frame
