"""The views of one vault, and the sentences behind each of their rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from journal.domain import Frame, Sentence
from journal.errors import NotFound
from journal.service.readings import Readings
from journal.service.views import Label, Views, make_views

if TYPE_CHECKING:
    from journal.vault.labels import LabelledEntry
    from journal.vault.vault import Vault

BELIEVED_FROM = 0.5
"""Measured precision of a frame from which on it may be said that it leads."""


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence of the person's own, and where it stands."""

    entry_id: str
    day: date
    placement: str | None
    text: str = field(repr=False)
    sentence: Sentence


class Viewing:
    """Reckoned anew each time, and kept nowhere: what is switched off or wiped is gone from here too."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._readings = Readings(vault)

    def views(self) -> Views:
        """All four views of what has been read; empty while the analysis is off.

        A second or two in a journal of 10,000 entries: to be called off the event loop.
        """
        model = self._readings.model
        if not self._readings.on or model is None:
            return make_views(())
        entries = list(self._entries(model))
        return make_views(entries, left=len(self._readings.missing(model)), believable=_believable)

    def _entries(self, model: str) -> Iterator[LabelledEntry]:
        """What the model counted, and for entries of which the person said more than the level, what they said."""
        from journal.vault.labels import labels_of

        said = {answer.entry_id for answer in self._vault.corrections.standing() if answer.acts is not None}
        for found in self._vault.labels.entries(model):
            entry = found
            if found.id in said and (analysis := self._readings.of(self._vault.entries.get(found.id))):
                acts, frames = labels_of((sentence.acts, sentence.frame) for sentence in analysis.sentences)
                entry = replace(found, acts=acts, frames=frames)
            yield entry

    def sentences(self, ids: Sequence[str], label: Label | None = None) -> Iterator[FoundSentence]:
        """The sentences of some entries, in the order given, that show an act, have a frame or stand at a level.

        Without a label all of them but those that are about everything else. A sentence the analysis is not sure of is
        among them, and says so itself. Entries that have gone meanwhile are passed over.
        """
        for entry_id in ids:
            try:
                entry = self._vault.entries.get(entry_id)
            except NotFound:
                continue
            analysis = None if entry.deleted else self._readings.of(entry)
            for sentence in analysis.sentences if analysis else ():
                if shows(sentence, label):
                    text = entry.content.text[sentence.start : sentence.end]
                    yield FoundSentence(entry.id, entry.day, entry.content.placement, text, sentence)


def shows(sentence: Sentence, label: Label | None) -> bool:
    """Whether a sentence belongs to the row with a label; no label: whether it counts among the levels at all."""
    if label is None:
        return sentence.level != "other"
    if label == "any_frame":
        return sentence.frame is not None
    return label in sentence.acts or label in (sentence.frame, sentence.level)


def _believable(frame: Frame) -> bool:
    """Whether the analysis, when tested, was right as often as not where it saw this frame; yes if untested."""
    from journal.analysis.rates import rates

    rate = rates().found.get(frame)
    return rate is None or rate.precision >= BELIEVED_FROM
