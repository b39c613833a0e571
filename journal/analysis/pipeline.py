"""The whole pipeline: the verified English parts of spaCy, then our own components, assembled once a process."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal import english
from journal.analysis.lexicon import MalformedRules
from journal.errors import AnalysisUnavailable
from journal.resources import bundled

_UNUSED = ("ner", "senter", "lemmatizer", "attribute_ruler", "meta")
"""Parts of the English pipeline that nothing of ours reads; left out for speed."""


PARTS = ("rules", "config", "encoder")
"""Folders of models/ that decide the answers."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pipeline ready to use, and the name and version of all that decides its answers."""

    nlp: Any
    model: str


@functools.cache
def load() -> Loaded:
    """The pipeline of this process; raises AnalysisUnavailable where it is missing, altered or will not load."""
    manifest = english.read_manifest()
    return assemble(manifest, english.installed(manifest), bundled("models"))


def assemble(manifest: english.Manifest, folders: Sequence[Path], models: Path) -> Loaded:
    """Load the first sound English folder and add our components; a folder that fails is passed over."""
    left = list(folders)
    while True:
        folder = english.verified(manifest, left)
        try:
            nlp = _english(folder)
            break
        except Exception:  # whatever spaCy raised, the next folder may load
            left = left[left.index(folder) + 1 :]
            if not left:
                raise AnalysisUnavailable(
                    "The English language model could not be loaded.",
                    "Install the journal again: pip install --force-reinstall small-l",
                ) from None
    try:
        _add_ours(nlp, models)
    except (MalformedRules, OSError, KeyError, tomllib.TOMLDecodeError):
        raise AnalysisUnavailable(
            "The journal's own language rules are damaged.",
            "Install the journal again: pip install --force-reinstall small-l",
        ) from None
    return Loaded(nlp, model_name(manifest, models))


def model_name(manifest: english.Manifest, models: Path) -> str:
    """Name and version, such as `small-l-1.3fa9c2d1+en_core_web_sm-3.8.0`; any change of its files changes it."""
    digest = hashlib.sha256()
    for path in sorted(path for part in PARTS for path in (models / part).glob("*") if path.is_file()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"small-l-1.{digest.hexdigest()[:8]}+{manifest.name}-{manifest.version}"


def _english(folder: Path) -> Any:
    import spacy.util  # about a second; only a process that analyses pays it

    config = spacy.util.load_config(folder / "config.cfg")
    nlp = spacy.util.load_model_from_config(config, exclude=list(_UNUSED), auto_fill=False)
    nlp.from_disk(folder, exclude=list(_UNUSED))
    return nlp


def _add_ours(nlp: Any, models: Path) -> None:
    from journal.analysis import components  # registers the factories with spaCy

    with (models / "config" / "pipeline.toml").open("rb") as file:
        config = tomllib.load(file)
    for name in components.NAMES:
        place = {"before": "parser"} if name == "small_l_sentences" else {}
        nlp.add_pipe(name, config={**config.get(name, {}), "rules": str(models / "rules")}, **place)
