"""What a person is to see of a model's reading: what was learnt of them, and what they said, laid over it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from journal.domain import Analysis, Entry, corrected

if TYPE_CHECKING:
    from journal.analysis.calibration import WriterCalibration
    from journal.vault.analyses import Recount
    from journal.vault.vault import Vault

MODEL = "analysis_model"
_CALIBRATION = "calibration"


class Overlay:
    """The kept readings stay the model's own; what lies over them is reckoned anew each time, and into the counts."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def model(self) -> str | None:
        """The model whose readings are kept; None before the first."""
        value = self._vault.settings.get(MODEL)
        return value if isinstance(value, str) else None

    @property
    def calibration(self) -> WriterCalibration | None:
        """What was learnt of this writer for the present model, if anything."""
        last = self._last()
        return last if last and last.model == self.model else None

    def _last(self) -> WriterCalibration | None:
        kept = self._vault.settings.get(_CALIBRATION)
        if kept is None:
            return None
        from journal.analysis.calibration import from_dict

        return from_dict(kept)

    def forget(self) -> None:
        """Unlearn all of the writer."""
        self._vault.settings.set(_CALIBRATION, None)

    def over(self, entry: Entry, own: Analysis) -> Analysis:
        """The reading of an entry's newest revision as the person is to see it."""
        return corrected(self._tilted(own, self.calibration), self._vault.corrections.of(entry.id, entry.revision))

    @staticmethod
    def _tilted(own: Analysis, calibration: WriterCalibration | None) -> Analysis:
        if calibration is None:
            return own
        from journal.analysis.calibration import apply

        return apply(own, calibration)

    def keep(self, entry: Entry, own: Analysis) -> Analysis:
        """Keep a model's own reading, to be counted as the person sees it; what they see."""
        with self._vault.together():
            seen, calibration = self.over(entry, own), self.calibration
            number = calibration.number if calibration else 0
            self._vault.analyses.put(entry.id, entry.revision, own, counts=seen.expected(), calibration=number)
            return seen

    def recount(self, entry_id: str) -> None:
        """Count an entry's kept reading as the person now sees it."""
        with self._vault.together():
            entry, model, calibration = self._vault.entries.get(entry_id), self.model, self.calibration
            own = self._vault.analyses.get(entry.id, entry.revision, model) if model else None
            if model and own:
                counts = (entry.id, entry.revision, self.over(entry, own).expected())
                self._vault.analyses.recount(model, [counts], calibration.number if calibration else 0)

    def adopt(self, fresh: WriterCalibration) -> WriterCalibration | None:
        """Put what was learnt to use, for the whole history at one moment: else the learning would be the trend.

        Most is reckoned before that moment, while others go on writing; within it only what they kept meanwhile, and
        what was answered for. None where the analysis was switched off or the model changed meanwhile.
        """
        last = self._last()
        fresh = replace(fresh, number=last.number + 1 if last else 1)
        counts: list[Recount] = []
        for entry_id, revision, own in self._vault.analyses.kept(fresh.model):
            counts.append((entry_id, revision, self._tilted(own, fresh).expected()))
        with self._vault.together():
            if self.model != fresh.model or self._vault.settings.get("analysis", True) is not True:
                return None
            from journal.analysis.calibration import to_dict

            self._vault.settings.set(_CALIBRATION, to_dict(fresh))
            self._vault.analyses.recount(fresh.model, counts, fresh.number)
            late = self._vault.analyses.counted_otherwise(fresh.model, fresh.number)
            for entry_id in self._vault.corrections.answered().union(late):
                self.recount(entry_id)
        return fresh
