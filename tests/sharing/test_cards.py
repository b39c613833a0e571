"""A card gives a name and public keys, and its words tell it from any other."""

import pytest
from sharing_cases import changed

from journal.errors import BadInput, JournalError
from journal.sharing import identity
from journal.sharing.identity import Identity
from journal.sharing.words import as_words, new_passphrase, plain_passphrase, word_list


def test_a_card_pasted_from_a_mail_is_read(trainee: Identity) -> None:
    text = identity.card_text(trainee.card)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 64
    for pasted in (
        text,
        "Hello,\r\nhere is my card:\r\n\r\n" + text.replace("\n", "\r\n") + "\r\nBest, A.",
        "> > " + text.replace("\n", "\n> > "),
        text.replace("-----", "—"),
        text.replace("\n", " "),
        text.replace("\n", "\u00a0\n\u200b"),
        "\n".join(line[at : at + 40] for line in text.splitlines() for at in range(0, len(line), 40)),
        text + text,
        text.replace("\n", "=\n"),
    ):
        assert identity.read_card(pasted) == trainee.card


def test_the_same_seed_gives_the_same_keys_under_any_name(trainee: Identity) -> None:
    again = identity.identity_from(trainee.seed, "Amina R.")
    assert again.card.keys == trainee.card.keys
    assert identity.card_id(again.card) == identity.card_id(trainee.card)
    assert identity.card_from(identity.card_bytes(again.card)).name == "Amina R."


def test_new_identities_differ_and_show_no_key() -> None:
    one, two = identity.new_identity("A"), identity.new_identity("A")
    assert one.card.keys != two.card.keys
    assert one.seed.hex() not in repr(one)
    assert repr(one.seed) not in repr(one)


def test_a_fingerprint_is_six_words_that_change_with_any_key(trainee: Identity, supervisor: Identity) -> None:
    words = identity.fingerprint(trainee.card)
    assert len(words) == 6
    assert set(words) <= set(word_list())
    assert words != identity.fingerprint(supervisor.card)
    keys = bytearray(trainee.card.keys)
    keys[-1] ^= 1
    assert words != identity.fingerprint(identity.Card("Amina Rahman", bytes(keys), b""))


def test_words_carry_eleven_bits_each() -> None:
    assert as_words(b"\x00\x20\x08" + bytes(6), 3) == ("ability", "able", "abandon")
    assert as_words(b"\xff" * 9, 6) == ("zoo",) * 6
    assert as_words(bytes(8) + b"\x3f", 6) == ("abandon",) * 6


def test_a_passphrase_is_six_words_drawn_from_all_of_them() -> None:
    assert new_passphrase(lambda n: bytes(n)) == "abandon " * 5 + "abandon"
    assert new_passphrase(lambda n: (b"\x07\xff" * n)[:n]) == "zoo " * 5 + "zoo"
    drawn = {word for _ in range(200) for word in new_passphrase().split()}
    assert len(drawn) > 700


def test_a_passphrase_is_the_same_however_it_is_typed() -> None:
    assert plain_passphrase(" 1. Able,\n2) ACID-actor ") == "able acid actor"


@pytest.mark.parametrize("name", ["", "  \u202e ", "x" * 121, "é" * 61])
def test_a_name_that_cannot_stand_on_a_card_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="name"):
        identity.identity_from(bytes(32), name)


def test_every_byte_of_a_card_that_is_changed_or_missing_is_noticed(trainee: Identity) -> None:
    raw = identity.card_bytes(trainee.card)
    for broken in changed(raw, every=17, whole=80):
        with pytest.raises(JournalError) as refused:
            identity.card_from(broken)
        assert refused.value.advice


def test_every_letter_of_a_card_that_is_changed_or_missing_is_noticed(trainee: Identity) -> None:
    text = identity.card_text(trainee.card)
    first, last = text.index("\n") + 1, text.rindex("\n-----END")
    for at in range(first, last, 7):
        if text[at] != "\n":  # a line may end anywhere
            letter = "A" if text[at] != "A" else "B"
            for broken in (text[:at] + letter + text[at + 1 :], text[:at], text[:at] + text[at + 1 :]):
                with pytest.raises(JournalError):
                    identity.read_card(broken)


def test_a_card_with_a_hostile_name_is_refused_though_it_is_signed(trainee: Identity) -> None:
    for name in ("Dr\x1b[2J Okafor", "Dr \u202eOkafor", "Dr\nOkafor", " Dr"):
        signed = identity._SIGNED + identity._unsigned(name, trainee.card.keys)
        card = identity.Card(name, trainee.card.keys, trainee.signing().sign(signed))
        with pytest.raises(JournalError):
            identity.card_from(identity.card_bytes(card))


def test_a_name_on_somebody_else_s_keys_is_refused(trainee: Identity, stranger: Identity) -> None:
    swapped = identity.Card("Dr Okafor", trainee.card.keys, trainee.card.signature)
    mixed = identity.Card(trainee.card.name, trainee.card.keys[:32] + stranger.card.keys[32:], trainee.card.signature)
    for card in (swapped, mixed):
        with pytest.raises(JournalError, match="damaged"):
            identity.card_from(identity.card_bytes(card))


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("", "no Small L card"),
        ("Dear Amina, my card follows.", "no Small L card"),
        ("x" * 4_000_001, "too large"),
        ("-----BEGIN SMALL L CARD-----\nAAAA\n", "damaged"),
        ("-----BEGIN SMALL L CARD-----\n-----END SMALL L CARD-----", "damaged"),
        ("-----BEGIN SMALL L CARD-----\n§§§§\n-----END SMALL L CARD-----", "damaged"),
        ("-" * 3_000_000, "no Small L card"),
        (" " * 3_000_000, "no Small L card"),
        ("-BEGIN SMALL L CARD-" * 150_000, "damaged"),
    ],
)
def test_a_text_without_a_whole_card_is_refused_at_once(pasted: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        identity.read_card(pasted)


def test_two_cards_at_once_are_refused(trainee: Identity, supervisor: Identity) -> None:
    both = identity.card_text(trainee.card) + identity.card_text(supervisor.card)
    with pytest.raises(BadInput, match="2 of them"):
        identity.read_card(both)


def test_a_card_of_a_later_form_says_so(trainee: Identity) -> None:
    raw = bytearray(identity.card_bytes(trainee.card))
    raw[4] = 2
    with pytest.raises(BadInput, match="form this program does not know"):
        identity.card_from(bytes(raw))
