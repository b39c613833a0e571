"""The first two minutes: from nothing to a journal, and nothing left behind by turning back."""

from pathlib import Path

import pytest
from textual.widgets import ContentSwitcher, Input, Static

from journal.service import opening
from journal.tui.app import SmallL
from journal.tui.screens.today import TodayScreen
from journal.tui.screens.welcome import STEPS, WelcomeScreen

PASSPHRASE = "wrong horse staple lamp"


async def walk_to(pilot, step: str) -> WelcomeScreen:
    """Go through the first run by keyboard as far as `step`."""
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, WelcomeScreen)
    for place in STEPS[: STEPS.index(step)]:
        if place == "phrase":
            for field in ("#first", "#second"):
                screen.query_one(field, Input).value = PASSPHRASE
                await pilot.press("enter")
        elif place == "proof":
            for number in screen._asked:
                screen.query_one(f"#word{number}", Input).value = screen._keys.words[number]
                await pilot.press("enter")
        else:
            await pilot.press("enter")
        await pilot.pause()
    assert screen.query_one(ContentSwitcher).current == step
    return screen


async def test_a_new_person_reaches_today_by_keyboard_alone_and_can_come_back(home: Path) -> None:
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await walk_to(pilot, "you")
        await pilot.press(*"FY1", "enter", *"ward", "enter", *"Renal", "enter", "enter")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        assert app.journal.profile().placement == "Renal"
        await pilot.press("ctrl+q")
    opening.unlock(home, PASSPHRASE).close()


@pytest.mark.parametrize("step", STEPS)
async def test_leaving_at_any_step_leaves_nothing_on_the_disk(home: Path, step: str) -> None:
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await walk_to(pilot, step)
        await pilot.press("ctrl+q")
    assert list(home.parent.iterdir()) == []


async def test_a_wrong_recovery_word_is_asked_again_and_the_list_can_be_seen_once_more(home: Path) -> None:
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await walk_to(pilot, "proof")
        await pilot.press(*"nonsense", "enter")
        assert screen.query_one(ContentSwitcher).current == "proof"
        assert "not word" in str(screen.query_one("#answer", Static).content)
        await pilot.press("escape")
        assert screen.query_one(ContentSwitcher).current == "words"


async def test_two_different_passphrases_are_not_taken(home: Path) -> None:
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await walk_to(pilot, "phrase")
        await pilot.press(*"one", "enter", *"two", "enter")
        assert screen.query_one(ContentSwitcher).current == "phrase"
        assert screen.query_one("#second", Input).value == ""
