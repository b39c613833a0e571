"""Choosing, words in place of names, and the order in which an excerpt is kept, recorded and put in place."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.domain import Entry, EntryContent, Identifier, Identifiers, Step
from journal.domain.shares import Decision
from journal.errors import BadInput, CannotWrite
from journal.service import Journal, opening
from journal.service.choosing import chosen, numbers_as_text, pieces
from journal.service.redacting import ENTRY, Hit, Scanned, by_role, hits, redacted
from journal.service.roles import suggestions
from journal.service.sharing import Sealed, Wish
from journal.vault.keys import CHEAP

NOW = datetime(2026, 3, 9, 20, 40, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = opening.create(tmp_path / "journal", opening.new_keys(), "lamp", now=lambda: NOW, kdf=CHEAP)
    yield made
    made.close()


def places(text: str, **named: str) -> list[Identifier]:
    """Each word given, found in the text as of this kind; a kind may come several times as KIND_2, KIND_3."""
    spans = []
    for kind, word in named.items():
        for start in (at for at in range(len(text)) if text.startswith(word, at)):
            spans.append(Identifier(start, start + len(word), re.sub(r"_\d$", "", kind), "high", "a test"))  # type: ignore[arg-type]
    return sorted(spans, key=lambda span: span.start)


def softened(text: str, **named: str) -> str:
    """The text with every suggestion taken."""
    found = hits([Scanned(ENTRY, text, Identifiers(tuple(places(text, **named))), ((0, len(text)),))])
    taken = [Hit(h.number, h.part, h.found, h.text, h.suggestion, by_role(found)[h.number]) for h in found]
    return redacted(text, 0, len(text), taken)


@pytest.mark.parametrize(
    ("text", "named", "wanted"),
    [
        ("Mrs Begum wept. I told Begum's son.", {"PERSON": "Begum"}, "The patient wept. I told the patient's son."),
        ("Her son Tariq rang; Tariq wept.", {"PERSON": "Tariq"}, "Her son rang; the son wept."),
        ("Mrs Begum's son Tariq rang.", {"PERSON": "Begum", "PERSON_2": "Tariq"}, "The patient's son rang."),
        ("Then Dr. Okafor came.", {"PERSON": "Okafor"}, "Then a doctor came."),
        ("I asked sister Mary Jones.", {"PERSON": "Mary Jones"}, "I asked a nurse."),
        ("My registrar Tom left.", {"PERSON": "Tom"}, "My registrar left."),
        (
            "Priya and Tom left. Priya rang.",
            {"PERSON": "Priya", "PERSON_2": "Tom"},
            "Colleague A and colleague B left. Colleague A rang.",
        ),
        ("I saw Mr Li and Mrs Ode.", {"PERSON": "Li", "PERSON_2": "Ode"}, "I saw patient A and patient B."),
        ("On 12 March 2026 we met.", {"DATE": "12 March 2026"}, "In spring we met."),
        ("By 3/12/2025 it was over.", {"DATE": "3/12/2025"}, "By winter it was over."),
        ("A 94-year-old woman.", {"AGE_OVER_89": "94"}, "A very old woman."),
        ("She was 94.", {"AGE_OVER_89": "94"}, "She was over 89."),
        ("He lives in Leicester.", {"LOCATION": "Leicester"}, "He lives in a town."),
        ("The Royal Infirmary was full.", {"ORGANISATION": "Royal Infirmary"}, "A hospital was full."),
        ("Her number is 943 476 5919.", {"NHS_NUMBER": "943 476 5919"}, "Her number is [NHS number]."),
    ],
)
def test_a_word_that_keeps_the_meaning_takes_the_place_of_an_identifier(
    text: str, named: dict[str, str], wanted: str
) -> None:
    assert softened(text, **named) == wanted


def test_whole_name_and_surname_are_one_person() -> None:
    text = "Begum slept. Later Mrs Samira Begum woke. Samira smiled."
    spans = [
        s for s in places(text, PERSON="Samira Begum", PERSON_2="Begum", PERSON_3="Samira") if not _inside(text, s)
    ]
    assert {suggestion.word for suggestion in suggestions(text, spans)} == {"the patient"}


def _inside(text: str, span: Identifier) -> bool:
    """Whether it is a part of the whole name."""
    at = text.index("Samira Begum")
    return at <= span.start and span.end <= at + 12 and span.end - span.start < 12


def test_an_identifier_that_reaches_out_of_what_was_chosen_lets_nothing_else_out() -> None:
    text = "I met Dr Okafor. Then I slept."
    found = hits([Scanned(ENTRY, text, Identifiers(tuple(places(text, PERSON="Okafor"))), ((9, 16),))])
    taken = [Hit(h.number, h.part, h.found, h.text, h.suggestion, Decision("a doctor")) for h in found]
    assert redacted(text, 9, 16, taken) == "a doctor."
    assert redacted(text, 17, 30, taken) == "Then I slept."


def test_sentences_are_told_apart_within_their_steps() -> None:
    steps = (Step("What?", "A bay fell, and"), Step("So what?", "I froze. I said so."), Step("Now what?", " "))
    found = pieces(EntryContent("A bay fell, and\n\nI froze. I said so.", steps))
    assert [(p.number, p.step, p.text) for p in found] == [
        (1, "What?", "A bay fell, and"),
        (2, "So what?", "I froze."),
        (3, "So what?", "I said so."),
    ]
    assert [p.number for p in chosen(found, "1", ["so WHAT?"])] == [1, 2, 3]
    assert chosen(found, "", []) == ()
    assert [p.number for p in pieces(EntryContent("One. Two.", (Step("What?", "Other."),)))] == [1, 2]


def test_numbers_are_told_as_they_are_typed() -> None:
    assert numbers_as_text([6, 2, 4, 5]) == "2, 4-6"


# --------------------------------------------------------------------------- leaving


@pytest.fixture
def entry(journal: Journal) -> Entry:
    return journal.write(EntryContent("We were four down. I said yes."))


def ready(journal: Journal, entry: Entry) -> tuple[Wish, Sealed]:
    wish = Wish(entry, journal.sharing.pieces(entry)[:1], "Dr Okafor", when="month")
    return wish, journal.sharing.seal(journal.sharing.excerpt(wish, ()), "text")


def states(journal: Journal) -> list[str]:
    return [departure.state for departure in journal.departures.all()]


def test_an_excerpt_is_recorded_and_kept_before_it_is_put_in_place(journal: Journal, entry: Entry) -> None:
    wish, sealed = ready(journal, entry)
    assert sealed.excerpt.when == "March 2026"
    with journal.sharing.leaving(wish, (), sealed, "a file", whole=True):
        assert states(journal) == ["begun"]
        assert [share.id for share in journal.sharing.before(entry)] == [sealed.excerpt.share]
    assert states(journal) == ["left"]


def test_what_could_not_be_put_in_place_is_forgotten_and_recorded_as_stayed(journal: Journal, entry: Entry) -> None:
    wish, sealed = ready(journal, entry)
    with pytest.raises(CannotWrite), journal.sharing.leaving(wish, (), sealed, "a file", whole=True):
        raise CannotWrite("The disk is full.")
    assert (states(journal), journal.sharing.before(entry)) == (["stayed"], [])


def test_what_may_have_left_in_part_stays_answerable(journal: Journal, entry: Entry) -> None:
    wish, sealed = ready(journal, entry)
    with pytest.raises(CannotWrite), journal.sharing.leaving(wish, (), sealed, "standard output", whole=False):
        raise CannotWrite("Nobody reads.")
    assert states(journal) == ["broken"]
    assert len(journal.sharing.before(entry)) == 1


def test_an_open_identifier_of_high_severity_stops_an_excerpt(journal: Journal, entry: Entry) -> None:
    wish = Wish(entry, journal.sharing.pieces(entry), "Dr Okafor")
    text = entry.content.text
    [suggestion] = suggestions(text, places(text, PERSON="four"))
    hit = Hit(1, ENTRY, places(text, PERSON="four")[0], "four", suggestion)
    with pytest.raises(BadInput, match="Nothing leaves yet"):
        journal.sharing.excerpt(wish, (hit,))
    settled = journal.sharing.decided(wish, (hit,), {1: Decision(None, "a number")})
    assert "four" in journal.sharing.excerpt(wish, settled).passages[0].text
    with pytest.raises(BadInput):
        journal.sharing.decided(wish, (hit,), {1: Decision(None, " ")})
    with pytest.raises(BadInput):
        journal.sharing.decided(wish, (hit,), {2: Decision("x")})


def test_a_card_keeps_its_keys_when_its_name_changes(journal: Journal) -> None:
    first = journal.sharing.cards.identity("Amina")
    renamed = journal.sharing.cards.rename("Dr Amina Rahman")
    assert (renamed.card.keys, renamed.card.name) == (first.card.keys, "Dr Amina Rahman")
    assert journal.sharing.cards.identity("Another") == renamed
