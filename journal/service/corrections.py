"""What a person says their sentences are about: it wins at once, and in time teaches the model this writer's ways."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from journal.domain import Act, Correction, Entry, Frame, Item, Level, Parcel, now_text
from journal.errors import BadInput
from journal.service.overlay import Overlay
from journal.service.readings import Readings

if TYPE_CHECKING:
    from journal.analysis.calibration import Answer, WriterCalibration
    from journal.vault.vault import Vault

Span = tuple[int, int]


class Corrections:
    """The answers about the sentences of one vault; `turn` lets one thread at a time learn from them."""

    def __init__(self, vault: Vault, now: Callable[[], datetime], turn: Lock) -> None:
        self._vault = vault
        self._now = now
        self._turn = turn
        self._readings = Readings(vault)
        self._overlay = Overlay(vault)

    def of(self, entry: Entry) -> Mapping[Span, Correction]:
        """What was said of an entry's sentences, by where they begin and end."""
        if not self._readings.wanted(entry):
            return {}
        return {(said.start, said.end): said for said in self._vault.corrections.of(entry.id, entry.revision)}

    def count(self) -> int:
        """How many sentences of entries as they now stand the person has answered for."""
        return len(self._vault.corrections.standing())

    def wipe(self) -> int:
        """Delete all that was ever said of sentences, what was learnt from it, and every reading.

        Returns how many sentences of entries as they now stand had an answer.
        """
        with self._vault.together():
            standing = self.count()
            self._vault.analyses.wipe()
            self._overlay.forget()
            self._vault.corrections.wipe()
            return standing

    def any(self) -> bool:
        """Whether anything was ever said of a sentence, be it of an earlier revision or in the bin."""
        return self._vault.corrections.any()

    def say(
        self,
        entry: Entry,
        span: Span,
        level: Level,
        acts: tuple[Act, ...] | None = None,
        frame: Frame | None = None,
    ) -> Correction:
        """Keep what a sentence is about, be it what was shown or something else; every count follows at once.

        Without `acts` the model's acts and frame stand. Raises BadInput for what is no sentence of the entry's reading.
        """
        from journal.analysis.calibration import apply

        with self._vault.together():
            kept = self._readings.own(entry)
            own = next((s for s in kept.sentences if (s.start, s.end) == span), None) if kept else None
            if kept is None or own is None:
                raise BadInput("This sentence has not been read.", "Wait until the entry is read, then say it again.")
            calibration = self._overlay.calibration
            tilted = apply(replace(kept, sentences=(own,)), calibration).sentences[0] if calibration else own
            at = now_text(self._now())
            said = Correction(entry.id, entry.revision, *span, level, tilted.level, kept.model, own.p, at, acts, frame)
            self._vault.corrections.put(said)
            self._overlay.recount(entry.id)
        return said

    def take_back(self, entry: Entry, span: Span) -> bool:
        """Let the model's reading of a sentence stand again; whether anything had been said of it."""
        with self._vault.together():
            gone = self._vault.corrections.take_back(entry.id, entry.revision, *span)
            self._overlay.recount(entry.id)
        return gone

    def adapt(self) -> WriterCalibration | None:
        """Learn from the answers, and count the whole history anew, where that makes a noticeable difference.

        Nothing is learnt from fewer than `calibration.FEWEST` answers. Returns what is now in use where it changed.
        May take seconds in a long journal: to be called off the event loop.
        """
        from journal.analysis import calibration

        with self._turn:
            model, before = self._readings.model, self._overlay.calibration
            if model is None or not self._readings.on:
                return None
            answers = list(self._answers(model))
            if len(answers) < calibration.FEWEST:
                if before is None:
                    return None
                answers = []  # so many were taken back that nothing is learnt any more
            fresh = calibration.fit(answers, model, calibration.sure_from())
            if not fresh.moved_from(before):
                return None
            return self._overlay.adopt(fresh)

    def _answers(self, model: str) -> Iterator[Answer]:
        """What the present model makes of each sentence that was answered for; without those it has still to read."""
        from journal.analysis.calibration import Answer, unread

        for (entry_id, revision), group in self._by_revision():
            kept = self._vault.analyses.get(entry_id, revision, model)
            own = {(s.start, s.end): s.p for s in kept.sentences} if kept else {}
            for said in group:
                p = own.get((said.start, said.end))
                if p and not unread(p):
                    yield Answer(p, said.shown, said.level)

    def _by_revision(self) -> Iterator[tuple[tuple[str, int], Iterator[Correction]]]:
        return itertools.groupby(self._vault.corrections.standing(), key=lambda said: (said.entry_id, said.revision))

    def lines(self, *, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """Each answer as an object to give away, oldest entry first; entries are numbered, never named.

        {"entry", "start", "end", "level", "acts", "frame", "model", "model_level", "p", "at"}, where "acts" is null
        if only the level was answered, and "at" a day; with `with_text` also "text", the sentence itself.
        """
        for number, ((entry_id, _), group) in enumerate(self._by_revision(), 1):
            text = self._vault.entries.get(entry_id).content.text if with_text else ""
            for said in group:
                fields: dict[str, Any] = {
                    "entry": number,
                    "start": said.start,
                    "end": said.end,
                    "level": said.level,
                    "acts": None if said.acts is None else list(said.acts),
                    "frame": said.frame,
                    "model": said.model,
                    "model_level": said.model_level,
                    "p": {level: round(value, 4) for level, value in said.p.items()},
                    "at": said.at[:10],
                }
                yield fields | ({"text": text[said.start : said.end]} if with_text else {})

    def parcel(self, weight: tuple[str, int], *, with_text: bool) -> Parcel:
        """What `lines` gives away, for the record of departures: `weight` is its digest and size."""
        part = "sentences answered for" if with_text else "answers without words"
        items = tuple(Item(entry_id, revision, part) for (entry_id, revision), _ in self._by_revision())
        return Parcel("corrections", "jsonl", items, *weight, description="standard output")
