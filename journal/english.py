"""Find an installed English pipeline and make sure, file by file, that it is the one the journal was made with."""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from journal.errors import AnalysisUnavailable
from journal.resources import bundled

_AGAIN = "Install the journal again: pip install --force-reinstall small-l"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a sound English pipeline looks like on disk."""

    name: str
    version: str
    packages: tuple[str, ...]
    """Installed packages to look in, the preferred first."""
    files: Mapping[str, str]
    """SHA-256 in hexadecimal by path inside the data folder."""
    unread: frozenset[str]
    """Files that may lie there and are never read."""


def read_manifest(path: Path | None = None) -> Manifest:
    """The manifest in `models/english.toml`, or another for a test."""
    with (path or bundled("models") / "english.toml").open("rb") as file:
        raw = tomllib.load(file)
    return Manifest(raw["name"], raw["version"], tuple(raw["packages"]), dict(raw["files"]), frozenset(raw["unread"]))


def installed(manifest: Manifest) -> list[Path]:
    """Data folders of the installed packages, preferred first; nothing of a package is run to find them."""
    folders = []
    for package in manifest.packages:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            continue
        base = Path(spec.origin).parent
        folders += [f for f in sorted(base.glob(f"{package}-*")) if (f / "config.cfg").is_file()]
    return folders


def verified(manifest: Manifest, folders: Sequence[Path]) -> Path:
    """The first folder whose files are all known and unaltered.

    Raises AnalysisUnavailable when there is none, saying whether it is missing or altered.
    """
    for folder in folders:
        if is_sound(manifest, folder):
            return folder
    if folders:
        raise AnalysisUnavailable(
            "The English language model on this computer is not the one this journal was made with, so it is not used.",
            _AGAIN,
        )
    raise AnalysisUnavailable("The English language model is not installed.", _AGAIN)


def is_sound(manifest: Manifest, folder: Path) -> bool:
    """Whether the folder holds exactly the files of the manifest, byte for byte."""
    try:
        present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        if not set(manifest.files) <= present or present - set(manifest.files) - manifest.unread:
            return False
        return all(
            hashlib.sha256((folder / name).read_bytes()).hexdigest() == wanted
            for name, wanted in manifest.files.items()
        )
    except OSError:
        return False
