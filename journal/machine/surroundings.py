"""What around a journal keeps copies of it, or of the screen: said once, since only the person can change it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from journal.domain import Notice

SYNCED = {
    "OneDrive": r"onedrive( - .*)?",
    "iCloud": r"mobile documents|com~apple~clouddocs|icloud ?drive",
    "Dropbox": r"dropbox( \(.*\))?",
    "Google Drive": r"google ?drive.*|my drive",
    "Nextcloud": r"nextcloud|owncloud",
    "Box": r"box|box sync",
    "pCloud": r"pclouddrive|pcloud drive",
    "a cloud store": r"cloudstorage",
}
"""Names that the folders of syncing programs bear, by default, in any case."""
SYNCTHING = ".stfolder"
"""The marker that Syncthing puts into a folder it copies."""
MULTIPLEXERS = {"TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}
"""Variables by which a terminal multiplexer tells of itself."""
RECORDERS = frozenset({"script", "asciinema", "ttyrec", "termrec", "tlog-rec", "tlog-rec-session", "scriptreplay"})
"""Programs that write down all a terminal shows."""


def notices(home: Path, environment: Mapping[str, str], parents: tuple[str, ...]) -> tuple[Notice, ...]:
    """What is worth knowing about a journal in `home`, run under `environment` by programs named `parents`."""
    return (*_synced(home, environment), *_multiplexed(environment), *_recorded(environment, parents))


def _synced(home: Path, environment: Mapping[str, str]) -> Iterator[Notice]:
    service = _syncing(home.resolve(), environment)
    if service:
        yield Notice(
            "synced",
            f"This journal lies in a folder that {service} copies.",
            "It is encrypted there too, but two computers writing at once can spoil it, and old copies stay after you "
            "delete. Move the whole folder elsewhere, and let journal backup write its file there instead.",
        )


def _syncing(home: Path, environment: Mapping[str, str]) -> str | None:
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        if (root := environment.get(name)) and home.is_relative_to(Path(root).resolve()):
            return "OneDrive"
    for folder in (home, *home.parents):
        if (folder / SYNCTHING).is_dir():
            return "Syncthing"
        for service, pattern in SYNCED.items():
            if re.fullmatch(pattern, folder.name, re.IGNORECASE):
                return service
    return None


def _multiplexed(environment: Mapping[str, str]) -> Iterator[Notice]:
    for variable, name in MULTIPLEXERS.items():
        if environment.get(variable):
            yield Notice(
                "multiplexer",
                f"You are inside {name}.",
                f"{name} holds in memory what your screen shows, and whoever can attach to it sees it. Lock before "
                "you detach.",
            )


def _recorded(environment: Mapping[str, str], parents: tuple[str, ...]) -> Iterator[Notice]:
    found = next((name for name in parents if name in RECORDERS), None)
    if found or environment.get("ASCIINEMA_REC"):
        yield Notice(
            "recorder",
            f"This terminal is being recorded by {found or 'asciinema'}.",
            "Everything on this screen is being written to a file as it stands. Stop the recording before you write.",
        )


def parent_programs() -> tuple[str, ...]:
    """The names of the programs that this one runs in, nearest first; nothing where the system does not say."""
    names: list[str] = []
    process = os.getppid()
    while process > 1 and len(names) < 32:
        try:
            names.append(Path(f"/proc/{process}/comm").read_text("utf-8").strip())
            stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
        except OSError:
            break
        process = int(stat.rpartition(")")[2].split()[1])
    return tuple(names)
