"""Backups in a folder the person named: one more, under a name with its date, and the last good ones kept."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from journal.domain import Backup
from journal.errors import CannotWrite, JournalError
from journal.vault.backup import Backups, clear_parts
from journal.vault.backup_file import Progress, read_sealed, unwatched

_BEGINNING, _END = "journal-", ".backup"


def add_to_folder(backups: Backups, folder: Path, keep: int, made: datetime, told: Progress = unwatched) -> Backup:
    """Make a backup under a free name, then delete those that `keep` newer good ones make needless.

    Under a legal hold none is deleted.
    The folder is never made here: one that is gone is a disk that is not plugged in. Raises CannotWrite, VaultDamaged.
    """
    if not folder.is_dir():
        raise CannotWrite(
            f"The folder for backups, {folder}, is not there.",
            "Plug its disk in, or name another folder: journal backup --to-folder DIR",
        )
    clear_parts(folder, _BEGINNING)
    backup = backups.make(_free_name(folder, made), made, told)
    for file in () if backups.held else needless(backups, folder, keep):
        with contextlib.suppress(OSError):  # the new one is made; the next backup tries again
            file.unlink()
    return backup


def needless(backups: Backups, folder: Path, keep: int) -> list[Path]:
    """Good backups of this journal beyond the newest good ones; nothing else is ever among them.

    The newest is the one with the longest history, so that a clock that was wrong deletes nothing.
    """
    aged = []
    for file in folder.glob(f"{_BEGINNING}*{_END}"):
        with contextlib.suppress(JournalError):
            header = read_sealed(file).header
            aged.append((header.links, header.made, file.name, file))
    good = (file for *_, file in sorted(aged, reverse=True) if backups.own(file))
    return list(good)[max(keep, 1) :]


def _free_name(folder: Path, made: datetime) -> Path:
    stem = f"{_BEGINNING}{made:%Y-%m-%d-%H%M}"
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(folder / f"{name}{_END}" for name in names if not (folder / f"{name}{_END}").exists())
