"""What is not English is told, and left unread."""

import pytest

OTHER = [
    "Ce matin j'ai fait les prises de sang et puis j'ai appelé le médecin.",
    "Die Übergabe war chaotisch und niemand wusste Bescheid.",
    "Hoy he hecho todas las analíticas y nadie me avisó.",
    "Vandaag heb ik bloed geprikt en niemand wist het.",
    "मैंने आज खून की जाँच की।",
]
ENGLISH = [
    "Ward busy, two admission waiting since morning, nobody is informing me.",
    "K 2.9, Sando-K x2, rpt 14:00.",
    "ng feeds, suction, ng feeds",
    "Rebleed 40 min later, hand-written, perfect, B neg.",
    "Auf Wiedersehen, said the locum, and went.",
]


@pytest.mark.parametrize("text", OTHER)
def test_another_language_is_not_guessed_at(analyser, text):
    (sentence,) = analyser.analyse(text).sentences
    assert (sentence.level, sentence.sure, sentence.acts, sentence.frame) == ("other", False, (), None)
    assert analyser.analyse(text).expected().classifiable == 0


@pytest.mark.parametrize("text", ENGLISH)
def test_notes_and_second_language_english_are_english(analyser, text):
    assert all(sentence.p["other"] < 1 for sentence in analyser.analyse(text).sentences)


def test_one_foreign_sentence_leaves_the_rest_of_an_entry_as_it_is(analyser):
    first, second = analyser.analyse(f"Nobody told the night team about her. {OTHER[0]}").sentences
    assert first.p["other"] < 1
    assert second.p["other"] == 1
