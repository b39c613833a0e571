"""What a person wrote reaches the screen as it stands, and does nothing there."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from journal.domain import Sentence
from journal.tui.display import day_words, harmless, level_label, one_line, plain


def test_markup_in_an_entry_is_shown_not_obeyed() -> None:
    assert plain("[red]not[/] an order [b").plain == "[red]not[/] an order [b"


@given(st.text())
def test_no_control_character_survives_to_the_screen(text: str) -> None:
    assert not any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in harmless(text))


def test_an_escape_sequence_loses_its_power_but_not_its_neighbours() -> None:
    assert harmless("before\x1b[2Jafter") == "before[2Jafter"


@given(st.text(), st.integers(4, 60))
def test_one_line_is_one_line_and_no_longer_than_asked(text: str, width: int) -> None:
    line = one_line(text, width)
    assert "\n" not in line
    assert len(line) <= width


def test_days_are_said_as_people_say_them() -> None:
    today = date(2026, 3, 4)
    assert day_words(today, today) == "today"
    assert day_words(date(2026, 3, 3), today) == "yesterday"
    assert day_words(date(2025, 3, 4), today) == "Tue 4 March 2025"


def test_a_level_is_told_by_mark_and_word_and_doubt_by_neither_colour() -> None:
    p = {"task": 0.4, "team": 0.3, "system": 0.2, "other": 0.1}
    assert level_label(Sentence(0, 1, "system", p)) == "▲ system"
    assert level_label(Sentence(0, 1, "task", p, sure=False)) == "? task"
