"""An excerpt holds what was chosen and nothing else, and its preview shows all of it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sharing_cases import CHOSEN, ENTRY, made_excerpt

from journal.domain.sharing import Chosen, Excerpt
from journal.errors import BadInput, JournalError
from journal.sharing import excerpt, text
from journal.sharing.cleaning import cleaned


def test_what_leaves_is_what_was_chosen_in_the_order_of_the_entry() -> None:
    last = ENTRY.index("Then")
    chosen = [Chosen(last, len(ENTRY), ENTRY[last:], "Plan"), Chosen(0, 17, ENTRY[:17], "Story")]
    made = excerpt.make_excerpt(chosen, ENTRY, recipient="Dr Okafor", today=date(2026, 3, 9))
    assert [(one.text, one.step, one.gap) for one in made.passages] == [
        ("We were four down", "Story", False),
        (ENTRY[last:], "Plan", True),
    ]
    sent = json.loads(excerpt.to_bytes(made))
    assert sent == {
        "format": "small-l excerpt",
        "version": 1,
        "share": made.share,
        "from": "",
        "to": "Dr Okafor",
        "created": "2026-03",
        "when": "",
        "question": "",
        "shift": "",
        "expires": "",
        "passages": [
            {"text": "We were four down", "step": "Story", "gap": False},
            {"text": ENTRY[last:], "step": "Plan", "gap": True},
        ],
    }


def test_two_shares_of_the_same_words_have_nothing_in_common_to_be_found_by() -> None:
    chosen = [Chosen(0, 17, ENTRY[:17])]
    one, two = (excerpt.make_excerpt(chosen, ENTRY, recipient="R", today=date(2026, 3, 9)) for _ in range(2))
    assert one.share != two.share
    assert excerpt.digest_of(one) != excerpt.digest_of(two)


def test_the_preview_shows_every_part_of_what_leaves(shared: Excerpt) -> None:
    shown = text.preview(shared)
    sent = json.loads(excerpt.to_bytes(shared))
    told = [sent[part] for part in ("share", "from", "to", "question", "shift", "when")]
    told += [passage["text"] for passage in sent["passages"]]
    assert [part for part in told if part not in shown] == []
    assert "Shared in: March 2026" in shown
    assert "30 June 2026" in shown
    assert shown.count("[...]") == sum(passage["gap"] for passage in sent["passages"]) == 2


def test_the_preview_shows_nothing_that_was_not_chosen(shared: Excerpt) -> None:
    shown = text.preview(shared)
    assert "four down" not in shown
    assert "night team" not in shown
    assert "From:" not in text.preview(replace(shared, sender=""))


def test_a_step_is_named_where_it_begins() -> None:
    chosen = [
        Chosen(0, 8, ENTRY[:8], "Story"),
        Chosen(8, 17, ENTRY[8:17], "Story"),
        Chosen(18, 30, ENTRY[18:30], "Plan"),
    ]
    shown = text.preview(excerpt.make_excerpt(chosen, ENTRY, recipient="R", today=date(2026, 3, 9)))
    assert shown.count("(Story)") == shown.count("(Plan)") == 1


def test_an_excerpt_comes_back_from_its_bytes(shared: Excerpt) -> None:
    assert excerpt.from_bytes(excerpt.to_bytes(shared)) == shared


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 1), "spring 2026"),
        (date(2026, 8, 31), "summer 2026"),
        (date(2026, 11, 2), "autumn 2026"),
        (date(2025, 12, 1), "winter 2025/26"),
        (date(2026, 2, 28), "winter 2025/26"),
        (date(1999, 12, 31), "winter 1999/00"),
    ],
)
def test_a_day_leaves_as_a_season(day: date, said: str) -> None:
    assert excerpt.season_words(day) == said
    assert str(day.day) not in excerpt.month_words(day).split()


@pytest.mark.parametrize(
    ("chosen", "more", "said"),
    [
        ([], {}, "Nothing is chosen"),
        ([Chosen(0, 9, "We were f"), Chosen(5, 12, "re four")], {}, "overlap"),
        ([Chosen(0, 2, "\u200b \u202e")], {}, "no words"),
        ([Chosen(0, 2, "We")], {"recipient": " "}, "who this is for"),
        ([Chosen(0, 2, "We")], {"expires": date(2026, 3, 8)}, "is over"),
        ([Chosen(0, 2, "We")], {"question": "x" * 5_000}, "too long"),
        ([Chosen(0, 2, "We" * 300_000)], {}, "too much"),
        ([Chosen(n, n + 1, "x") for n in range(5_001)], {}, "too much"),
    ],
)
def test_what_cannot_be_shared_is_refused_in_words(chosen: list[Chosen], more: dict[str, object], said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        excerpt.make_excerpt(chosen, ENTRY, **({"recipient": "R", "today": date(2026, 3, 9)} | more))  # type: ignore[arg-type]
    assert refused.value.advice


def _without(part: str) -> dict[str, object]:
    fields = json.loads(excerpt.to_bytes(made_excerpt()))
    del fields[part]
    return fields


@pytest.mark.parametrize(
    "change",
    [
        {"passages": []},
        {"passages": "all"},
        {"passages": [{"text": "a", "step": ""}]},
        {"passages": [{"text": "a", "step": "", "gap": 1}]},
        {"passages": [{"text": "", "step": "", "gap": False}]},
        {"passages": [["text"]]},
        {"passages": [{"text": "x" * 400_001, "step": "", "gap": False}]},
        {"question": None},
        {"to": "x" * 201},
        {"created": "2026-13"},
        {"created": "2026-03-09"},
        {"expires": "soon"},
        {"expires": "2026-02-30"},
        {"share": "AB" * 16},
        {"more": 1},
        {"version": 2},
        {"version": True, "format": "small-l reply"},
        {"format": "other"},
    ],
)
def test_an_excerpt_of_another_shape_is_refused_whole(change: dict[str, object]) -> None:
    fields = json.loads(excerpt.to_bytes(made_excerpt())) | change
    with pytest.raises(JournalError) as refused:
        excerpt.from_bytes(json.dumps(fields).encode())
    assert refused.value.advice


@pytest.mark.parametrize("raw", [b"", b"[]", b"1", b"{", b"\xff", b"[" * 100_000, b'{"format": "small-l excerpt"}'])
def test_what_is_no_excerpt_is_refused(raw: bytes) -> None:
    with pytest.raises(JournalError):
        excerpt.from_bytes(raw)


@pytest.mark.parametrize("part", sorted(json.loads(excerpt.to_bytes(made_excerpt()))))
def test_every_part_must_be_there(part: str) -> None:
    with pytest.raises(JournalError):
        excerpt.from_bytes(json.dumps(_without(part)).encode())


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("a\x1b[31mred\x1b[0m b", "ared b"),
        ("a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c", "abc"),
        ("a\x9b2Jb\x1bcd", "abd"),
        ("\u202eabc\u202c \u2066x\u2069 \u200f\u061cy\ufeff", "abc x y"),
        ("a\x00b\x07\x08c\x7f", "abc"),
        ("a\u2028b\x0bc\r\nd\re", "a\nb\nc\nd\ne"),
        ("one   \n\n\n\n two\t.", "one\n\n two    ."),
        ("e\u0301 👩\u200d⚕️ 🩺", "é 👩\u200d⚕️ 🩺"),
        ("\ud800x\U000e0041\ue000\u3164", "x"),
    ],
)
def test_what_could_move_a_cursor_or_hide_a_word_is_taken_out(given: str, seen: str) -> None:
    assert cleaned(given) == seen
    assert cleaned(seen) == seen


def test_an_endless_heap_of_accents_is_cut_and_costs_no_time() -> None:
    heap = cleaned("e" + "\u0301\u0316" * 100_000)
    assert 20 < len(heap) <= 31


def test_a_stranger_s_control_characters_do_not_survive_opening(shared: Excerpt) -> None:
    fields = json.loads(excerpt.to_bytes(shared))
    fields["passages"][0]["text"] = "Look\x1b[2J here\u202e"
    fields["to"] = "Dr\nOkafor\x07"
    opened = excerpt.from_bytes(json.dumps(fields).encode())
    assert (opened.passages[0].text, opened.recipient) == ("Look here", "Dr Okafor")


def test_nothing_of_the_text_is_in_what_a_log_would_show(shared: Excerpt) -> None:
    assert not [word for text_ in CHOSEN for word in text_.split() if len(word) > 5 and word in repr(shared)]
