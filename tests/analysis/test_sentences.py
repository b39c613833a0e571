"""Sentences of any text: every sign belongs to one, and nothing crashes."""

import pytest

ODD = {
    "empty": "",
    "space": " \n\t ",
    "long": "did the bloods and then told the reg about bed six and went on " * 150,
    "capitals": "TOLD THE REG. NOBODY CAME.\nDID THE OBS AGAIN",
    "emoji": "so tired 😴😴 🙂\n🙂🙂",
    "control": "bloods\x00done\x07\r\nECG \u2028 done\ufeff ‹x› \ue000",
    "surrogate": "a \ud800 b",
    "welsh": "Roedd y ward yn brysur iawn heddiw. Dw i wedi blino.",
    "arabic": "كان الجناح مزدحما اليوم. أنا متعب؟",
    "chinese": "今天病房很忙。没有人告诉我。",
    "stops": "...!!! ??? .",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_every_sign_belongs_to_exactly_one_sentence(analyser, text):
    sentences = analyser.analyse(text).sentences
    covered = [0] * len(text)
    for sentence in sentences:
        assert text[sentence.start : sentence.end].strip()
        for i in range(sentence.start, sentence.end):
            covered[i] += 1
    assert max(covered, default=0) <= 1
    assert all(n == 1 for n, sign in zip(covered, text, strict=True) if not sign.isspace())


def test_a_line_of_a_list_is_a_sentence_of_its_own(analyser):
    text = "bloods done\nnobody told the night reg\n- ecg repeated"
    assert [text[s.start : s.end] for s in analyser.analyse(text).sentences] == text.split("\n")


def test_a_wrapped_paragraph_is_not_cut_at_its_line_ends(analyser):
    text = (
        "The theatre list started fifty minutes late again because the\n"
        "first patient's group and save had not been sent by anyone on\n"
        "the ward that morning."
    )
    assert len(analyser.analyse(text).sentences) == 1


def test_a_title_does_not_end_a_sentence(analyser):
    assert len(analyser.analyse("I saw Mr. Jones with Dr. Patel. He was better.").sentences) == 2
