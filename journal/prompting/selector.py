"""Which prompt now, and why: a pure choice that can always be said in a sentence.

Of the prompts not answered within the last `REST` answers, the least of these decides, in order: how often it was
shown in this sitting; whether it suits the setting and the writer's energy; whether a neutral prompt is due; how
little its family was written about in the last `LATELY` days, then how long ago; whether it balances hard and well;
how long ago it was answered; whether it was written for this very setting; and last a seeded lot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b

from journal.domain import Energy, Family, Leaning, Prompt, Suggestion
from journal.errors import NotFound
from journal.prompting.places import settings_named

REST = 12
"""Answers before a prompt may come back."""
LATELY = 28
"""Days that count as lately."""
NEUTRAL_GAPS = (2, 3, 4)
"""Answers between two neutral prompts, drawn for each gap: 3 on average, so one in four is neutral."""
PLAN_ID = "plan"

Answered = tuple[str, str, date]
"""Prompt id, family, and the day it was answered."""

_ENERGY: Mapping[Energy | None, int] = {"low": 0, "medium": 1, "high": 2, None: 1}
_ABOUT: Mapping[Family, str] = {
    "framing": "what the work is for",
    "culture": "how people here speak up and own up",
    "operating_system": "how the place is arranged",
    "interdependence": "handing over and relying on each other",
    "barriers": "what stands in the way",
    "measures": "how anyone knows that it works",
    "being_and_doing": "your own way of being with others",
    "neutral": "whatever comes to mind",
}
_FURTHER = (
    "",
    "Nothing lighter is left just now; this one asks a little more of you.",
    "Nothing else is left for where you work; this one was written for elsewhere.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def suggest(
    prompts: Sequence[Prompt],
    history: Sequence[Answered],
    *,
    today: date,
    seed: int,
    open_plan: str | None = None,
    planned: date | None = None,
    setting: str | None = None,
    energy: Energy | None = None,
    skip: Collection[str] = (),
) -> Suggestion:
    """One prompt and the reason for it; the same for the same arguments.

    `history` holds what was answered, in order within a day; leave out entries written without a question. `skip`
    holds the ids already shown in this sitting: none comes twice until all have come, and a list with repeats in it
    goes round again. `setting` may be in the person's own words. `energy` is what they have; None, not asked, counts
    as medium. `open_plan` is the text of a plan not yet closed, `planned` its day. Raises NotFound where there is
    nothing to ask.
    """
    choice = _weigh(prompts, history, today, seed, settings_named(setting), _ENERGY[energy], skip)
    plan = " ".join((open_plan or "").split())
    if plan and choice.shown[PLAN_ID] <= min((choice.shown[prompt.id] for prompt in choice.pool), default=0):
        return Suggestion(_plan_prompt(plan), _planned(planned, today))
    if not choice.pool:
        raise NotFound("There is no prompt to ask.", "Write freely; journal doctor looks at the prompt files.")
    chosen = min(choice.pool, key=choice.rank)
    return Suggestion(chosen, choice.why(chosen))


@dataclass(frozen=True, slots=True)
class _Choice:
    """What the rank of every prompt rests on, gathered once."""

    pool: tuple[Prompt, ...]
    resting: frozenset[str]
    shown: Counter[str]
    shown_families: Counter[str]
    neutral_due: bool
    lately: Counter[str]
    last_of_family: Mapping[str, int]
    last_of_prompt: Mapping[str, int]
    wanted: Leaning | None
    places: frozenset[str]
    strength: int
    lot: str

    def rank(self, prompt: Prompt) -> tuple[int, ...]:
        """The prompt of least rank is asked."""
        family = prompt.family
        return (
            self.shown[prompt.id],
            self.reach(prompt),
            int((family == "neutral") != (self.neutral_due and not self.shown_families["neutral"])),
            self.shown_families[family],
            self.lately[family],
            self.last_of_family.get(family, -1),
            int(self.wanted is not None and prompt.leaning not in (self.wanted, "open")),
            self.last_of_prompt.get(prompt.id, -1),
            int(not prompt.settings),
            _lot(self.lot, prompt.id),
        )

    def reach(self, prompt: Prompt) -> int:
        """0: suits the writer now; 1: asks for more energy; 2: was written for other settings."""
        if prompt.settings and self.places.isdisjoint(prompt.settings):
            return 2
        return int(_ENERGY[prompt.energy] > self.strength)

    def why(self, prompt: Prompt) -> str:
        """What decided for it, in a phrase a person reads."""
        about = _ABOUT[prompt.family]
        if self.shown[prompt.id]:
            return "You have seen them all; here they come round again."
        if prompt.id in self.resting:
            return "You answered this not long ago, but there is no other to ask."
        if reach := self.reach(prompt):
            return _FURTHER[reach]
        if prompt.family == "neutral":
            share = " one in four questions is open, so that" if self.neutral_due else ""
            return f"No lead this time:{share} your own words set the course."
        if self.shown:
            return f"Another one, about {about}."
        if not self.last_of_prompt:
            return f"Somewhere to begin: {about}."
        if not self.lately[prompt.family]:
            return f"You have not written about {about} lately."
        if any(count > self.lately[prompt.family] for name, count in self.lately.items() if name != "neutral"):
            return f"You have written less about {about} than about other things lately."
        return f"It is longest since you wrote about {about}."


def _weigh(
    prompts: Sequence[Prompt],
    history: Sequence[Answered],
    today: date,
    seed: int,
    places: frozenset[str],
    strength: int,
    skip: Collection[str],
) -> _Choice:
    answers = sorted(history, key=lambda answer: answer[2])
    resting = frozenset(prompt_id for prompt_id, _, _ in answers[-REST:])
    by_id = {prompt.id: prompt for prompt in prompts}
    since = today - timedelta(days=LATELY)
    return _Choice(
        pool=tuple(prompt for prompt in prompts if prompt.id not in resting) or tuple(prompts),
        resting=resting,
        shown=Counter(skip),
        shown_families=Counter(by_id[prompt_id].family for prompt_id in skip if prompt_id in by_id),
        neutral_due=_neutral_due(answers, seed),
        lately=Counter(family for _, family, day in answers if day > since),
        last_of_family={family: place for place, (_, family, _) in enumerate(answers)},
        last_of_prompt={prompt_id: place for place, (prompt_id, _, _) in enumerate(answers)},
        wanted=_leaning_wanted([by_id[answer[0]].leaning for answer in answers[-REST:] if answer[0] in by_id]),
        places=places,
        strength=strength,
        lot=f"{seed}:{today.isoformat()}",
    )


def _plan_prompt(plan: str) -> Prompt:
    """A person's own plan, asked after. Its text stays whole, however long."""
    stop = "" if plan[-1] in ".!?…。" else "."
    return Prompt(
        id=PLAN_ID,
        family="being_and_doing",
        question=f"You planned: {plan}{stop} What happened?",
        follow_ups=("What helped, or got in the way?", "What would you try next?"),
        row=6,
    )


def _planned(day: date | None, today: date) -> str:
    if day is None or day > today:
        return "You planned this and have not yet said what became of it."
    ago = (today - day).days
    if ago < 2:
        return f"You planned this {('today', 'yesterday')[ago]}."
    if ago < 7:
        return f"You planned this on {_DAYS[day.weekday()]}."
    year = f" {day.year}" if day.year != today.year else ""
    return f"You planned this on {day.day} {_MONTHS[day.month - 1]}{year}."


def _neutral_due(answers: Sequence[Answered], seed: int) -> bool:
    """Whether enough answers have gone by since the last neutral one, the gap being drawn anew after each."""
    neutral = [place for place, (_, family, _) in enumerate(answers) if family == "neutral"]
    last = neutral[-1] if neutral else -1
    drawn_by = f"{answers[last][0]}:{answers[last][2].isoformat()}" if neutral else "first"
    gap = NEUTRAL_GAPS[_lot(str(seed), drawn_by) % len(NEUTRAL_GAPS)]
    return len(answers) - 1 - last >= gap


def _leaning_wanted(recent: Sequence[Leaning]) -> Leaning | None:
    """The leaning that has come up less, or else the one that did not come last; None before either has."""
    leanings = [leaning for leaning in recent if leaning != "open"]
    if not leanings:
        return None
    hard, well = leanings.count("hard"), leanings.count("well")
    if hard == well:
        return "well" if leanings[-1] == "hard" else "hard"
    return "well" if hard > well else "hard"


def _lot(*parts: str) -> int:
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=6).digest())
