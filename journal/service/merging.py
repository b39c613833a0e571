"""Taking in what another copy of a journal holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal.domain import MergeReport, now_text

if TYPE_CHECKING:
    from journal.vault.keys import KdfProfile
    from journal.vault.vault import Vault


class Merging:
    """Merges into an open journal."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    def merge(
        self,
        other: Path,
        passphrase: str,
        words: str = "",
        *,
        bring_back: bool = False,
        another: bool = False,
        dry_run: bool = False,
        floor: KdfProfile | None = None,
    ) -> MergeReport:
        """Merge another folder or a backup into this journal, all or nothing; the other one is only read.

        Raises BadInput, NoVault, WrongPassphrase, VaultDamaged, VaultBusy, CannotWrite.
        """
        from journal.vault.backup_file import Unlocking

        unlocking = Unlocking(passphrase, words, floor) if floor else Unlocking(passphrase, words)
        options = {"bring_back": bring_back, "another": another, "dry_run": dry_run}
        return self._vault.merging.merge(other, unlocking, now_text(self._now()), **options)

    def kin(self, entry_id: str) -> tuple[str, ...]:
        """Ids of the other entries that grew out of the same one, where two copies changed it. Raises NotFound."""
        return self._vault.merging.kin(entry_id)
