"""A reply is read from whatever a mail program made of it, and only where it answers what was sent."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sharing_cases import changed, drawn, made_excerpt

from journal.domain.sharing import Excerpt, Mark, Reply, Sent
from journal.errors import BadInput, JournalError
from journal.sharing import armour, excerpt, page, reply, text
from journal.sharing.identity import Identity
from journal.sharing.page import SealedPage

ANSWERS = {
    "A": "You paused — and said so.\n\nThat is “rare”.",
    "B": "Who else knew?",
    "D": "2, and perhaps 1",
    "E": "Chidi Okafor",
    "F": "Consultant",
}


@pytest.fixture(scope="module")
def sent(shared: Excerpt, supervisor: Identity, sealed_page: SealedPage) -> Sent:
    return replace(excerpt.sent(shared), page_key=sealed_page.reply_key, card=supervisor.card)


@pytest.fixture(scope="module")
def answer(shared: Excerpt) -> Reply:
    return reply.make_reply(
        shared,
        name="Chidi Okafor",
        role="Consultant",
        noticed="You paused — and said so.",
        next_step="Try it for a week.",
        marks=(Mark(2, "This one."), Mark(1)),
    )


def typed(made: Excerpt, answers: dict[str, str] = ANSWERS, end: str = "\n") -> str:
    """The text form with something typed below some of its marks."""
    form = text.preview(made)
    for letter, words in answers.items():
        form = re.sub(rf"(?m)^(\[{letter}\].*)$", lambda mark, words=words: f"{mark[1]}\n{words}", form)
    return form.replace("\n", end)


def from_page(raw: bytes, sent: Sent, changes: dict[str, object] | None = None) -> bytes:
    """A reply as the page seals it."""
    fields = json.loads(raw) | (changes or {})
    header = page.REPLY_MAGIC + bytes([1]) + bytes.fromhex(sent.share)
    nonce = drawn(7)(12)
    assert sent.page_key
    return header + nonce + page._cipher(sent.page_key).encrypt(nonce, json.dumps(fields).encode(), header)


# --------------------------------------------------------------------------- typed below the text form


MAILS: dict[str, Callable[[str], str]] = {
    "as it is": lambda mail: mail,
    "quoted": lambda mail: "> " + mail.replace("\n", "\n> "),
    "quoted twice": lambda mail: "> > " + mail.replace("\n", "\n> >"),
    "windows": lambda mail: mail.replace("\n", "\r\n"),
    "blanks of html": lambda mail: mail.replace(" ", "\u00a0").replace("\n", "\u200b\n"),
    "prose around": lambda mail: f"Dear Amina,\nsee [A] below.\n{mail}\nBest wishes,\nChidi\n[B] no\n",
    "reference broken": lambda mail: mail.replace(" / ", "\n/ "),
    "no empty lines": lambda mail: mail.replace("\n\n", "\n"),
    "capitals lost": lambda mail: mail.replace("[Small L reply 1]", "[small l reply 1]"),
    "with the unfilled form below": lambda mail: (
        f"{mail}\n\nOn Monday Amina wrote:\n> "
        + re.sub(r"(?m)^(\[[A-F]\].*\n)(?:[^\[]*)", r"\1\n", mail).replace("\n", "\n> ")
    ),
}


@pytest.mark.parametrize("mail", MAILS)
def test_a_typed_reply_is_read_from_a_mail(mail: str, shared: Excerpt, sent: Sent) -> None:
    got = reply.read_reply(MAILS[mail](typed(shared)), sent)
    assert (got.name, got.role, got.way) == ("Chidi Okafor", "Consultant", "text")
    assert re.sub(r"\s+", " ", got.noticed) == "You paused — and said so. That is “rare”."
    assert (got.question, got.next_step) == ("Who else knew?", "")
    assert got.marks == (Mark(1), Mark(2))


def test_an_answer_on_the_line_of_its_mark_is_read(shared: Excerpt, sent: Sent) -> None:
    mail = text.preview(shared).replace("[A] What I noticed:", "[A] What I noticed: your pause")
    assert reply.read_reply(mail, sent).noticed == "your pause"


def test_only_numbers_of_sentences_count_as_marks(shared: Excerpt, sent: Sent) -> None:
    got = reply.read_reply(typed(shared, {"A": "x", "D": "2 (in 2026), 12345678901, 0 and 3"}), sent)
    assert got.marks == (Mark(2),)


def test_control_characters_in_a_reply_are_taken_out(shared: Excerpt, sent: Sent) -> None:
    got = reply.read_reply(typed(shared, {"A": "Good\x1b[2J \u202eone\x07", "E": "Dr\x1b]0;x\x07 O"}), sent)
    assert (got.noticed, got.name) == ("Good one", "Dr O")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda mail: mail.replace("[End of reply]", ""), "end of this reply is missing"),
        (lambda mail: mail.replace("[C] A suggested next step:", ""), "marks of this reply"),
        (lambda mail: mail.replace("[C]", "[B]"), "marks of this reply"),
        (lambda mail: mail.replace("reply 1]", "reply 2]"), "does not know"),
        (lambda mail: mail.replace("[Small L reply 1]", ""), "no reply"),
        (lambda mail: re.sub(r"\[[0-9a-f]{4}", "[0000", mail), "another excerpt"),
        (lambda mail: re.sub(r"[0-9a-f]{4}\]", "0000]", mail), "another excerpt"),
        (lambda mail: re.sub(r"\[[0-9a-f]{4}", "[", mail), "damaged"),
        (lambda mail: mail + mail.replace("paused", "waited"), "several replies"),
        (lambda mail: mail.replace("paused", "x" * 20_001), "too large"),
        (lambda mail: mail.replace("paused", "x" * 4_000_001), "too large"),
        (lambda mail: mail[: mail.index("[Small")], "no reply"),
        (lambda mail: "", "no reply"),
    ],
)
def test_a_typed_reply_that_cannot_be_used_is_refused_in_words(
    change: Callable[[str], str], said: str, shared: Excerpt, sent: Sent
) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        reply.read_reply(change(typed(shared)), sent)
    assert refused.value.advice


def test_a_form_in_which_nothing_was_typed_is_told_apart(shared: Excerpt, sent: Sent) -> None:
    with pytest.raises(BadInput, match="Nothing is typed"):
        reply.read_reply(text.preview(shared), sent)


def test_words_that_look_like_marks_in_the_excerpt_do_no_harm() -> None:
    hostile = made_excerpt(question="[Small L reply 1]\n[A] What I noticed:\nAll is well\n[End of reply]")
    assert reply.read_reply(typed(hostile), excerpt.sent(hostile)).question == "Who else knew?"


# --------------------------------------------------------------------------- sealed by the page or by the app


def test_a_reply_from_the_page_is_read(answer: Reply, sent: Sent) -> None:
    block = armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent))
    assert reply.read_reply(f"Hi!\n> {block}\nC.", sent) == replace(answer, way="page")
    assert reply.read_reply(block.encode("utf-16"), sent) == replace(answer, way="page")


def test_a_reply_from_the_app_is_read(answer: Reply, sent: Sent, trainee: Identity, supervisor: Identity) -> None:
    sealed = reply.seal_reply(answer, supervisor, trainee.card)
    assert reply.read_reply(sealed.encode(), sent, trainee) == answer
    assert reply.read_reply("> " + sealed.replace("\n", "\n> "), sent, trainee) == answer


def test_every_byte_of_a_page_s_reply_that_is_changed_or_missing_is_noticed(answer: Reply, sent: Sent) -> None:
    for broken in changed(from_page(reply.to_bytes(answer), sent), every=1, whole=0):
        with pytest.raises(JournalError) as refused:
            reply._from_page(broken, sent)
        assert refused.value.advice


def test_every_letter_of_a_page_s_reply_that_is_changed_or_missing_is_noticed(answer: Reply, sent: Sent) -> None:
    block = armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent))
    for at in range(block.index("\n") + 1, block.rindex("\n-----END"), 5):
        if block[at] != "\n":
            for broken in (block[:at] + ("A" if block[at] != "A" else "B") + block[at + 1 :], block[:at]):
                with pytest.raises(JournalError, match="damaged"):
                    reply.read_reply(broken, sent)


def test_every_byte_of_an_app_s_reply_that_is_changed_or_missing_is_noticed(
    answer: Reply, sent: Sent, trainee: Identity, supervisor: Identity
) -> None:
    raw = armour.only_block("SEALED REPLY", reply.seal_reply(answer, supervisor, trainee.card))
    for broken in changed(raw, every=61, whole=88):
        with pytest.raises(JournalError) as refused:
            reply._from_file(broken, sent, trainee)
        assert refused.value.advice


def test_a_reply_to_another_share_is_refused_whichever_way_it_came(
    answer: Reply, sent: Sent, trainee: Identity, supervisor: Identity, shared: Excerpt
) -> None:
    other = replace(sent, share="cd" * 16)
    for given in (
        armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent)),
        reply.seal_reply(answer, supervisor, trainee.card),
        typed(shared),
    ):
        with pytest.raises(BadInput, match="another excerpt"):
            reply.read_reply(given, other, trainee)
        with pytest.raises(BadInput, match="another excerpt"):
            reply.read_reply(given, replace(sent, digest="0" * 64), trainee)
        assert reply.shares_named(given) == (sent.share,)
        assert reply.shares_named(given.encode()) == (sent.share,)


def test_a_reply_of_one_share_put_into_another_s_wrapping_does_not_pass(answer: Reply, sent: Sent) -> None:
    raw = from_page(reply.to_bytes(answer), sent)
    other = replace(sent, share="cd" * 16)
    with pytest.raises(JournalError, match="does not open"):
        reply._from_page(raw[:5] + bytes.fromhex(other.share) + raw[21:], other)
    inside = from_page(reply.to_bytes(answer), other)
    with pytest.raises(JournalError, match="another excerpt"):
        reply._from_page(inside, other)


def test_a_reply_must_be_from_the_person_it_was_sent_to(
    answer: Reply, sent: Sent, trainee: Identity, supervisor: Identity, stranger: Identity
) -> None:
    with pytest.raises(BadInput, match="card you do not have"):
        reply.read_reply(reply.seal_reply(answer, stranger, trainee.card), sent, trainee)
    with pytest.raises(BadInput, match="for somebody else"):
        reply.read_reply(reply.seal_reply(answer, supervisor, stranger.card), sent, trainee)


def test_a_reply_by_a_way_that_was_not_taken_is_refused(
    answer: Reply, sent: Sent, trainee: Identity, supervisor: Identity
) -> None:
    with pytest.raises(BadInput, match="did not leave as a page"):
        reply.read_reply(
            armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent)), replace(sent, page_key=None)
        )
    with pytest.raises(BadInput, match="did not leave as a sealed file"):
        reply.read_reply(reply.seal_reply(answer, supervisor, trainee.card), replace(sent, card=None), trainee)


def test_two_replies_at_once_are_refused_and_the_same_twice_is_one(answer: Reply, sent: Sent) -> None:
    one = armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent))
    two = armour.armoured("REPLY", from_page(reply.to_bytes(answer), sent, {"name": "C"}))
    assert reply.read_reply(one + one, sent).name == "Chidi Okafor"
    with pytest.raises(BadInput, match="several replies"):
        reply.read_reply(one + two, sent)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"version": "1"},
        {"format": "x"},
        {"more": ""},
        {"name": 1},
        {"name": "x" * 201},
        {"noticed": "x" * 20_001},
        {"marks": [[3, ""]]},
        {"marks": [[0, ""]]},
        {"marks": [[True, ""]]},
        {"marks": [[2, ""], [1, ""]]},
        {"marks": [[1, ""], [1, ""]]},
        {"marks": [[1]]},
        {"marks": [1]},
        {"marks": {"1": ""}},
        {"share": "x"},
        {"digest": None},
    ],
)
def test_a_reply_of_another_shape_is_refused_whole(change: dict[str, object], answer: Reply, sent: Sent) -> None:
    with pytest.raises(JournalError) as refused:
        reply._from_page(from_page(reply.to_bytes(answer), sent, change), sent)
    assert refused.value.advice


def test_a_reply_s_words_are_cleaned_though_they_were_sealed(answer: Reply, sent: Sent) -> None:
    raw = from_page(
        reply.to_bytes(answer), sent, {"noticed": "a\x1b[2Jb\u202e", "name": "D\nr\x07", "marks": [[1, "\x9b2Jx"]]}
    )
    got = reply._from_page(raw, sent)
    assert (got.noticed, got.name, got.marks) == ("ab", "D r", (Mark(1, "x"),))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "says nothing"),
        ({"noticed": "\u202e \n"}, "says nothing"),
        ({"noticed": "x", "marks": (Mark(3),)}, "no sentence"),
        ({"noticed": "x", "marks": (Mark(1), Mark(1))}, "no sentence"),
        ({"noticed": "x" * 20_001}, "too long"),
        ({"noticed": "x", "role": "x" * 201}, "too long"),
    ],
)
def test_a_reply_that_cannot_be_sent_is_refused_in_words(shared: Excerpt, more: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said):
        reply.make_reply(shared, name="C", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given", [b"", b"\0" * 99, b"\xff\xfe\x00", b"x" * 4_000_001, "x" * 4_000_001, "\u202e", b"PK\x03\x04"]
)
def test_what_is_no_reply_is_refused(given: bytes | str, sent: Sent) -> None:
    with pytest.raises(JournalError) as refused:
        reply.read_reply(given, sent)
    assert refused.value.advice


def test_no_error_holds_a_word_of_what_was_shared(answer: Reply, sent: Sent, shared: Excerpt) -> None:
    secret = {word for part in (*ANSWERS.values(), shared.question) for word in part.split() if len(word) > 6}
    for given in (typed(shared)[:-20], typed(shared) + typed(shared, {"A": "Consultant"})):
        with pytest.raises(JournalError) as refused:
            reply.read_reply(given, sent)
        assert not [word for word in secret if word in refused.value.title + refused.value.advice]
