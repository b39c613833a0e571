"""What the sentences of a journal are about, and how that moves over months."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from journal.domain import Analysis, Entry, Pair, Sentence, Shift, ShiftEntry
from journal.service.overlay import MODEL, Overlay

if TYPE_CHECKING:
    from journal.vault.vault import Vault

SHORTEST_LIFT = 6
"""Words a task sentence must have to be worth asking "what was it for?" of."""


class Readings:
    """Analyses kept beside the entries of one vault.

    What is kept is the model's own reading. What was learnt of the writer, and then what they said themselves, is laid
    over it whenever it is read or counted, so that both can be taken away again.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._overlay = Overlay(vault)

    @property
    def on(self) -> bool:
        """Whether the person wants their sentences analysed at all."""
        return self._vault.settings.get("analysis", True) is True

    def switch(self, on: bool) -> None:
        """Turn all analysis on or off; turning it off wipes all that was derived, and keeps what the person said."""
        with self._vault.together():
            self._vault.settings.set("analysis", on)
            if not on:
                self._vault.analyses.wipe()
                self._overlay.forget()

    @property
    def model(self) -> str | None:
        """The model whose readings are kept; None before the first."""
        return self._overlay.model

    def use_model(self, model: str) -> None:
        """Make this the model of all readings; those of another are dropped, and history is read again."""
        if self.model != model:
            self._vault.settings.set(MODEL, model)
            self._vault.analyses.drop_other_models(model)

    def of(self, entry: Entry) -> Analysis | None:
        """The reading of an entry's newest revision as the person is to see it, if there is one."""
        kept = self.own(entry)
        return None if kept is None else self._overlay.over(entry, kept)

    def own(self, entry: Entry) -> Analysis | None:
        """The same as the model by itself gave it."""
        if self.model is None or not self.wanted(entry):
            return None
        return self._vault.analyses.get(entry.id, entry.revision, self.model)

    def wanted(self, entry: Entry) -> bool:
        """Whether this entry may be analysed."""
        return self.on and entry.content.analyse

    def keep(self, entry: Entry, analysis: Analysis) -> Analysis:
        """Keep a model's reading beside its entry, unless the person has said no since; what they are to see of it."""
        with self._vault.together():
            if not self.wanted(entry):
                return analysis
            self.use_model(analysis.model)
            return self._overlay.keep(entry, analysis)

    def missing(self, model: str) -> list[str]:
        """Ids of entries this model has still to read."""
        return self._vault.analyses.missing(model) if self.on else []

    # ----------------------------------------------------------------- shift

    def points(self) -> tuple[ShiftEntry, ...]:
        """What the shift is reckoned from, oldest first: one for each entry read."""
        if not self.on or self.model is None:
            return ()
        return tuple(self._vault.analyses.points(self.model))

    def shift(self) -> Shift:
        """How the share of system sentences has moved, in one of three honest states."""
        from journal.analysis.rates import rates
        from journal.analysis.shift import shift

        return shift(self.points(), confusion=rates().confusion)

    def then_and_now(self, *, limit: int = 3) -> tuple[Pair, ...]:
        """The person's own sentences on a like matter, from the first and the last third of the entries."""
        from journal.analysis.pairs import then_and_now

        points = self.points()
        third = len(points) // 3
        if not third:
            return ()
        some = min(third, 200)  # of each third, as many as are read within a blink
        near = itertools.chain(points[:some], points[-some:])
        ends = (points[third - 1].day, points[-third].day)
        return then_and_now(list(self._sentences(near)), limit=limit, seed=len(points), ends=ends)

    def _sentences(self, points: Iterable[ShiftEntry]) -> Iterator[tuple[str, date, str, Sentence]]:
        for point in points:
            entry = self._vault.entries.get(point.id)
            if analysis := self.of(entry):
                for sentence in analysis.sentences:
                    yield entry.id, entry.day, entry.content.text[sentence.start : sentence.end], sentence

    # ----------------------------------------------------------------- lift a sentence

    def liftable(self, entry: Entry, analysis: Analysis) -> Sentence | None:
        """The task sentence to ask "what was it for?" of, or None where none would repay it.

        The surest of the longer ones: a short or doubtful sentence makes a poor question.
        """
        text = entry.content.text
        fit = [
            s
            for s in analysis.sentences
            if s.level == "task" and s.sure and len(text[s.start : s.end].split()) >= SHORTEST_LIFT
        ]
        if not fit or self._vault.reflections.lift(entry.id):
            return None
        return max(fit, key=lambda s: (round(s.p["task"], 2), s.end - s.start, -s.start))
