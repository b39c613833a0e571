"""What was shared by a released program opens for ever, and says the same."""

import json
from pathlib import Path

import pytest
from sharing_cases import made_excerpt

from journal.domain.sharing import Mark, Sent
from journal.sharing import envelope, excerpt, identity, page, reply, text
from journal.sharing.identity import Identity

GOLDEN = Path(__file__).parent / "golden"
TOLD = json.loads((GOLDEN / "keys.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def sent(supervisor: Identity) -> Sent:
    return Sent(TOLD["share"], TOLD["digest"], 2, bytes.fromhex(TOLD["reply_key"]), supervisor.card)


def test_a_card_and_its_words_stay_the_same(supervisor: Identity) -> None:
    card = identity.read_card((GOLDEN / "card.txt").read_text("utf-8"))
    assert card == supervisor.card
    assert " ".join(identity.fingerprint(card)) == TOLD["fingerprint"]


def test_a_page_opens() -> None:
    assert page.open_page((GOLDEN / "page.html").read_bytes(), TOLD["passphrase"]) == made_excerpt()


def test_a_sealed_file_opens(trainee: Identity, supervisor: Identity) -> None:
    opened, card = envelope.open_excerpt((GOLDEN / "sealed-file.txt").read_bytes(), supervisor, [trainee.card])
    assert (opened, card.name) == (made_excerpt(), "Amina Rahman")


@pytest.mark.parametrize(
    ("file", "way", "marks"),
    [
        ("page-reply.txt", "page", (Mark(2),)),
        ("sealed-reply.txt", "file", (Mark(1), Mark(2, "This one."))),
        ("text-reply.txt", "text", (Mark(1), Mark(2))),
    ],
)
def test_a_reply_of_each_way_opens(file: str, way: str, marks: tuple[Mark, ...], sent: Sent, trainee: Identity) -> None:
    got = reply.read_reply((GOLDEN / file).read_bytes(), sent, trainee)
    assert (got.way, got.marks, got.name, got.role) == (way, marks, "Chidi Okafor", "Consultant")
    assert (got.noticed, got.question) == ("You paused — and said so. 🩺", "Who else knew?")
    assert got.next_step == "Try it for a week."


def test_the_bytes_that_are_sealed_and_the_text_form_stay_the_same() -> None:
    assert excerpt.digest_of(made_excerpt()) == TOLD["digest"]
    assert text.preview(made_excerpt()) == (GOLDEN / "excerpt.txt").read_text("utf-8")
