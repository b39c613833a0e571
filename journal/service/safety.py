"""How soon an open journal locks, and what on this computer keeps copies of it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from journal.domain import Notice

if TYPE_CHECKING:
    from journal.vault.vault import Vault

LOCK_AFTER = 5
"""Minutes without a key or the mouse after which a journal locks, unless the person chose otherwise."""
LOCK_CHOICES = (2, 5, 10, 30)
SHARED_LOCK_AFTER = 2
"""The most on a computer that others use too."""
_AFTER, _SHARED, _SAID = "lock_after", "shared_computer", "notices_said"


class Safety:
    """The choices of one journal about being left open, and the notices its person has not read yet."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def shared(self) -> bool:
        """Whether others use this computer too."""
        return self._vault.settings.get(_SHARED, False) is True

    def share(self, shared: bool) -> None:
        self._vault.settings.set(_SHARED, shared)

    @property
    def lock_after(self) -> int:
        """Minutes left alone after which the journal locks."""
        return min(self.chosen_lock_after, SHARED_LOCK_AFTER) if self.shared else self.chosen_lock_after

    @property
    def chosen_lock_after(self) -> int:
        """The same, as chosen for a computer of one's own."""
        chosen = self._vault.settings.get(_AFTER, LOCK_AFTER)
        return chosen if chosen in LOCK_CHOICES else LOCK_AFTER

    def set_lock_after(self, minutes: int) -> None:
        self._vault.settings.set(_AFTER, minutes)

    def unread_notices(self) -> tuple[Notice, ...]:
        """What is found now and was not said before; said once, it is not said again until it goes and comes back."""
        found = notices(self._vault.folder)
        said = set(self._vault.settings.get(_SAID, []))
        now = {notice.kind for notice in found}
        if said != now:
            self._vault.settings.set(_SAID, sorted(now))
        return tuple(notice for notice in found if notice.kind not in said)


def notices(home: Path) -> tuple[Notice, ...]:
    """What on this computer keeps copies of the journal in `home`, or of the screen."""
    from journal.machine import surroundings

    return surroundings.notices(home, os.environ, surroundings.parent_programs())
