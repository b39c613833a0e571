"""Backups of a journal: made when asked and when due, checked, restored, and how it stands with them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal.domain import Backup, BackupPlan, BackupState, Check, now_text
from journal.errors import BadInput, CannotWrite, JournalError

if TYPE_CHECKING:
    from journal.vault.backup import Backups
    from journal.vault.keys import KdfProfile
    from journal.vault.settings import Settings
    from journal.vault.vault import Vault

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; what it raises stops the work, and nothing is left behind."""

LATE = 3
"""Times the days between two backups after which a missing one is called wrong."""
_PLAN, _MADE, _FAILED = "backup_plan", "backup_made", "backup_failed"


def _unwatched(done: int, total: int) -> None:
    pass


class Safekeeping:
    """The backups of an open journal."""

    def __init__(self, vault: Vault, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now

    def back_up(self, file: Path, told: Progress = _unwatched) -> Backup:
        """Write the whole journal to a file, verified before it is put in place. Raises BadInput, CannotWrite."""
        backup = self._vault.backups.make(file, self._now(), told)
        self._remember(backup)
        return backup

    def set_plan(self, plan: BackupPlan | None) -> None:
        """Have backups made by themselves, or no longer; makes the folder where only it is missing."""
        if plan:
            folder = plan.folder.absolute()
            if folder == self._vault.folder:
                raise BadInput("That is the journal's own folder.", "A backup there would be lost with it.")
            try:
                folder.mkdir(mode=0o700, exist_ok=True)
            except OSError as error:
                raise CannotWrite(
                    f"{folder} cannot be used for backups ({error.strerror}).", "Name a folder that can be written."
                ) from None
            kept = {"folder": str(folder), "keep": plan.keep, "every": plan.every}
        with self._vault.together():
            self._vault.settings.set(_PLAN, kept if plan else None)
            self._vault.settings.set(_FAILED, None)

    def back_up_as_planned(self, told: Progress = _unwatched) -> Backup:
        """Add a backup to the folder of the plan; a failure is remembered.

        Raises BadInput, CannotWrite, VaultDamaged.
        """
        from journal.vault.backup_folder import add_to_folder

        plan = self.state().plan
        if plan is None:
            raise BadInput("No folder for backups is named.", "Name one: journal backup --to-folder DIR")
        try:
            backup = add_to_folder(self._vault.backups, plan.folder, plan.keep, self._now(), told)
        except JournalError as error:
            fault = {"at": now_text(self._now()), "title": error.title, "advice": error.advice}
            self._vault.settings.set(_FAILED, fault)
            raise
        self._remember(backup)
        return backup

    def state(self) -> BackupState:
        """How it stands with the backups now."""
        return state_of(self._vault.settings, self._now())

    def _remember(self, backup: Backup) -> None:
        with self._vault.together():
            self._vault.settings.set(_MADE, {"at": now_text(backup.made), "file": str(backup.file)})
            self._vault.settings.set(_FAILED, None)


def state_of(settings: Settings, now: datetime) -> BackupState:
    """How it stands, from what the vault remembers."""
    plan, made, failed = (settings.get(name) or {} for name in (_PLAN, _MADE, _FAILED))
    moment = datetime.fromisoformat(made["at"]) if made else None
    days = max((now.date() - moment.astimezone(now.tzinfo).date()).days, 0) if moment else None
    kept = BackupPlan(Path(plan["folder"]), plan["keep"], plan["every"]) if plan else None
    return BackupState(
        kept,
        moment,
        days,
        Path(made["file"]) if made else None,
        failed.get("title", ""),
        failed.get("advice", ""),
        due=kept is not None and (days is None or days >= kept.every),
    )


def last_backup(settings: Settings, backups: Backups, now: datetime) -> Check:
    """What doctor says of the last verified backup; reads it whole where its disk is there."""
    name, state = "last verified backup", state_of(settings, now)
    again = "Make one now: journal backup FILE"
    if state.file is None or state.days is None:
        return Check(name, not state.failure, state.failure or "none yet", state.advice or again)
    when = f"{ago(state.days)}, {state.file}"
    if not state.file.exists():
        ok, detail = True, f"{when} (not to be reached now)"
    else:
        ok = backups.own(state.file) is not None
        detail = f"{when}, every byte as it was written" if ok else f"{when} is not a good backup any more"
    if ok and state.plan and state.days > LATE * state.plan.every:
        return Check(name, False, f"{detail}; one is asked for every {state.plan.every} days", state.advice or again)
    return Check(name, ok, detail, again)


def ago(days: int) -> str:
    """Days in words: "today", "yesterday", "3 days ago"."""
    return ("today", "yesterday")[days] if days < 2 else f"{days:,} days ago"


# --------------------------------------------------------------------------- files of their own


def check_file(file: Path, passphrase: str, words: str, told: Progress, floor: KdfProfile | None = None) -> Backup:
    """Open a backup and look through all of it; nothing is kept. Raises WrongPassphrase, VaultDamaged, BadInput."""
    from journal.vault.backup import checked

    with tempfile.TemporaryDirectory(prefix="small-l-check-") as place:
        return checked(file, _unlocking(passphrase, words, floor), Path(place), told)


def restore(
    file: Path, folder: Path, passphrase: str, words: str, told: Progress, floor: KdfProfile | None = None
) -> Backup:
    """Make a journal of a backup, in a new or empty folder; whole, or not at all."""
    from journal.vault.backup import restore as into

    return into(file, folder, _unlocking(passphrase, words, floor), told)


def refuse_no_backup(file: Path) -> None:
    """Raises what is wrong with a file before anybody is asked for a passphrase."""
    from journal.vault.backup_file import read_sealed

    read_sealed(file.absolute())


def _unlocking(passphrase: str, words: str, floor: KdfProfile | None) -> Any:
    from journal.vault.backup_file import Unlocking

    return Unlocking(passphrase, words, floor) if floor else Unlocking(passphrase, words)
