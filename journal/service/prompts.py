"""The prompts a person is asked, and why this one now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal.domain import Analysis, Energy, FileProblem, Prompt, Suggestion
from journal.resources import bundled

if TYPE_CHECKING:
    from journal.vault.vault import Vault


class Prompts:
    """Prompts over one vault's history; the library is read once for each instance."""

    def __init__(self, vault: Vault, config: Path, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._config = config
        self._now = now

    @cached_property
    def _loaded(self) -> tuple[tuple[Prompt, ...], tuple[FileProblem, ...]]:
        from journal.prompting.library import load_library

        return load_library(bundled("prompts"), self._config / "prompts")

    @property
    def library(self) -> tuple[Prompt, ...]:
        return self._loaded[0]

    @property
    def problems(self) -> tuple[FileProblem, ...]:
        """Parts of the person's own files that were skipped."""
        return self._loaded[1]

    def suggest(self, *, skip: Sequence[str] = (), energy: Energy = "medium") -> Suggestion:
        """The prompt for now and why; `skip` holds ids just passed over, in the order they were shown.

        A small act of an earlier day comes back first, but not in the place of a neutral prompt: else those who
        always have one planned would never be left to their own words.
        """
        found = self._select(skip, energy)
        plan = next(iter(self._vault.reflections.open_acts()), None)
        if plan and found.prompt.family != "neutral":
            planned = date.fromisoformat(plan.chosen[:10])
            if planned < self._now().date():
                return self._select(skip, energy, open_plan=plan.text, planned=planned)
        return found

    def _select(self, skip: Sequence[str], energy: Energy, **plan: Any) -> Suggestion:
        from journal.prompting.selector import suggest

        today = self._now().date()
        return suggest(
            self.library,
            self._vault.entries.prompt_history(),
            today=today,
            seed=today.toordinal(),
            setting=self._vault.settings.profile().setting or None,
            energy=energy,
            skip=skip,
            **plan,
        )

    def suggest_acts(self, analysis: Analysis | None, *, seed: int) -> tuple[str, ...]:
        """Up to three small acts that fit what an entry shows."""
        from journal.prompting.small_acts import load_ideas, suggest_acts

        sentences = analysis.sentences if analysis else ()
        shown = {s.level for s in sentences} | {act for s in sentences for act in s.acts}
        lately = {act.text for act in self._vault.reflections.history()[:10]}
        return suggest_acts(load_ideas(bundled("prompts")), shown, chosen=lately, seed=seed)
