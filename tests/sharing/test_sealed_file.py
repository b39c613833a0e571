"""A sealed file is opened by one person, and shows who sealed it."""

from dataclasses import replace

import pytest
from sharing_cases import changed

from journal.domain.sharing import Card, Excerpt
from journal.errors import BadInput, JournalError
from journal.sharing import armour, envelope, excerpt
from journal.sharing.identity import Identity, card_id

KIND = envelope.EXCERPT


@pytest.fixture(scope="module")
def sealed(shared: Excerpt, trainee: Identity, supervisor: Identity) -> bytes:
    return envelope.seal_excerpt(shared, trainee, supervisor.card).encode()


@pytest.fixture(scope="module")
def raw(sealed: bytes) -> bytes:
    return armour.only_block("SEALED FILE", sealed.decode())


def test_the_supervisor_opens_it_and_sees_whose_it_is(
    sealed: bytes, shared: Excerpt, trainee: Identity, supervisor: Identity, stranger: Identity
) -> None:
    opened, card = envelope.open_excerpt(sealed, supervisor, [stranger.card, trainee.card])
    assert (opened, card) == (shared, trainee.card)


def test_nothing_of_it_can_be_read_without_the_key(raw: bytes, shared: Excerpt) -> None:
    assert b"Okafor" not in raw
    assert b"Amina" not in raw
    assert shared.passages[0].text.encode() not in raw


def test_a_file_read_in_another_encoding_opens_all_the_same(
    sealed: bytes, shared: Excerpt, trainee: Identity, supervisor: Identity
) -> None:
    text = sealed.decode()
    for again in (
        text.encode("utf-16"),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        b"\x93" + sealed,
    ):
        assert envelope.open_excerpt(again, supervisor, [trainee.card])[0] == shared


def test_nobody_else_opens_it(sealed: bytes, trainee: Identity, stranger: Identity) -> None:
    with pytest.raises(BadInput, match="for somebody else"):
        envelope.open_excerpt(sealed, stranger, [trainee.card])


def test_from_somebody_unknown_it_is_not_opened(sealed: bytes, supervisor: Identity, stranger: Identity) -> None:
    with pytest.raises(BadInput, match="card you do not have"):
        envelope.open_excerpt(sealed, supervisor, [stranger.card])


def test_every_byte_that_is_changed_or_missing_is_noticed(raw: bytes, trainee: Identity, supervisor: Identity) -> None:
    for broken in changed(raw, every=41, whole=90):
        with pytest.raises(JournalError) as refused:
            envelope.open_sealed(broken, KIND, supervisor, [trainee.card])
        assert refused.value.advice


def test_a_reader_s_name_put_over_another_s_does_not_open(
    raw: bytes, trainee: Identity, supervisor: Identity, stranger: Identity
) -> None:
    for start, person in ((22, stranger), (54, stranger)):
        swapped = raw[:start] + card_id(person.card) + raw[start + 32 :]
        for reader in (supervisor, stranger):
            with pytest.raises(JournalError):
                envelope.open_sealed(swapped, KIND, reader, [trainee.card, stranger.card])


def test_a_reader_cannot_pass_it_on_as_sealed_for_another(
    raw: bytes, trainee: Identity, supervisor: Identity, stranger: Identity
) -> None:
    header = raw[: envelope.HEADER]
    suite, info = envelope._suite(), envelope._INFO
    signed = suite.decrypt(raw[envelope.HEADER :], supervisor.opening(), info=info + header)
    forged = header[:54] + card_id(stranger.card)
    again = forged + suite.encrypt(signed, envelope._public(stranger.card), info=info + forged)
    with pytest.raises(JournalError, match="does not open"):
        envelope.open_sealed(again, KIND, stranger, [trainee.card])


def test_a_stranger_cannot_seal_in_another_s_name(
    shared: Excerpt, trainee: Identity, supervisor: Identity, stranger: Identity
) -> None:
    pretended = replace(stranger, card=trainee.card)
    sealed = envelope.seal_excerpt(shared, pretended, supervisor.card)
    with pytest.raises(JournalError, match="does not open"):
        envelope.open_excerpt(sealed.encode(), supervisor, [trainee.card])


def test_what_is_inside_must_be_of_the_share_that_is_named(
    shared: Excerpt, trainee: Identity, supervisor: Identity
) -> None:
    other = envelope.seal(KIND, "ab" * 16, excerpt.to_bytes(shared), trainee, supervisor.card)
    with pytest.raises(JournalError, match="damaged"):
        envelope.open_excerpt(other.encode(), supervisor, [trainee.card])


def test_a_reply_is_not_taken_for_an_excerpt(shared: Excerpt, trainee: Identity, supervisor: Identity) -> None:
    text = envelope.seal(envelope.REPLY, shared.share, b"{}", trainee, supervisor.card)
    relabelled = text.replace("SEALED REPLY", "SEALED FILE")
    for given in (text, relabelled):
        with pytest.raises(JournalError, match="no "):
            envelope.open_excerpt(given.encode(), supervisor, [trainee.card])


def test_keys_that_are_none_are_refused_before_anything_leaves(
    shared: Excerpt, trainee: Identity, supervisor: Identity
) -> None:
    weak = Card("Nobody", supervisor.card.keys[:32] + bytes(32) + supervisor.card.keys[64:], b"")
    with pytest.raises(BadInput, match="Nothing can be sealed"):
        envelope.seal_excerpt(shared, trainee, weak)


@pytest.mark.parametrize("given", [b"", b"\0" * 100, b"GIF89a", b"x" * 4_000_001, bytes(range(256)) * 9])
def test_another_file_is_refused(given: bytes, supervisor: Identity) -> None:
    with pytest.raises(BadInput) as refused:
        envelope.open_excerpt(given, supervisor, [])
    assert refused.value.advice


def test_a_file_of_a_later_form_says_so(raw: bytes, supervisor: Identity, trainee: Identity) -> None:
    later = raw[:4] + b"\x02" + raw[5:]
    with pytest.raises(BadInput, match="form this program does not know"):
        envelope.open_sealed(later, KIND, supervisor, [trainee.card])
