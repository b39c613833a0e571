"""The door where the keyring of the computer opens it."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from textual.widgets import Static

from journal.service import Journal
from journal.tui.app import SmallL
from journal.tui.screens.today import TodayScreen
from journal.tui.screens.unlock import UnlockScreen

PHRASE = "wrong horse staple lamp"


class OneKey(KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]
    held: str | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.held

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held = password


@pytest.fixture
def ring() -> Iterator[OneKey]:
    before, ring = keyring.get_keyring(), OneKey()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


async def settled(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_app_opens_without_a_passphrase_until_it_is_locked(
    home: Path, journal: Journal, ring: OneKey
) -> None:
    journal._vault.ways_in(PHRASE).open_keyring()
    journal.close()
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("ctrl+l")
        await settled(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert app.journal is None


async def test_a_keyring_without_the_key_says_so_and_the_passphrase_opens(
    home: Path, journal: Journal, ring: OneKey
) -> None:
    journal._vault.ways_in(PHRASE).open_keyring()
    journal._vault.change_passphrase(PHRASE, "right")
    journal.close()
    ring.held = None
    app = SmallL(home, analyse=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, UnlockScreen)
        assert "holds no key" in str(app.screen.query_one("#answer", Static).content)
        await pilot.press(*"right", "enter")
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
