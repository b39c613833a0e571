"""The part of the English pipeline that this room reads: word classes and named entities."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from journal import english
from journal.errors import AnalysisUnavailable

_UNUSED = ("parser", "senter", "lemmatizer", "attribute_ruler", "meta")
"""Left out for speed; the lemmatiser's word lists are read from its folder."""


@functools.cache
def load() -> Any:
    """The pipeline of this process; raises AnalysisUnavailable where it is missing, altered or will not load."""
    import spacy.util  # about a second; only a process that looks for identifiers pays it

    folder = _folder()
    try:
        config = spacy.util.load_config(folder / "config.cfg")
        nlp = spacy.util.load_model_from_config(config, exclude=list(_UNUSED), auto_fill=False)
        nlp.from_disk(folder, exclude=list(_UNUSED))
        return nlp
    except Exception:  # whatever spaCy raised, a person can only install it again
        raise AnalysisUnavailable(
            "The English language model could not be loaded.",
            "Install the journal again: pip install --force-reinstall small-l",
        ) from None


@functools.cache
def dictionary() -> frozenset[str]:
    """English verbs, adjectives and adverbs in their basic form, and irregular forms of all.

    They are WordNet's index, as spaCy's lemmatiser carries it.
    """
    index, irregular = _table("lemma_index"), _table("lemma_exc")
    basic = {word for kind in ("verb", "adj", "adv") for word in index[kind]}
    return frozenset(basic | {form for kind in ("verb", "adj", "adv", "noun") for form in irregular[kind]})


@functools.cache
def nouns() -> frozenset[str]:
    """Nouns of the same index, among them some names in lower case."""
    return frozenset(_table("lemma_index")["noun"])


@functools.cache
def _table(name: str) -> Mapping[str, Iterable[str]]:
    from spacy.lookups import Lookups

    lookups = Lookups().from_disk(_folder() / "lemmatizer" / "lookups")
    table: Mapping[str, Iterable[str]] = lookups.get_table(name)
    return table


@functools.cache
def _folder() -> Path:
    manifest = english.read_manifest()
    return english.verified(manifest, english.installed(manifest))
