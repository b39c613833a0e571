"""The sentences a person reads: plain, in natural frequencies, without praise, cause or target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from journal.analysis.shift_looks import GATE_DAYS, GATE_ENTRIES, GATE_SENTENCES, Gate
from journal.domain import Estimate

VAST = 0.8
"""A share at the end that nobody's writing comes to: naming it would only sound precise."""
ABOUT = "spoke of what the work is for or how it is arranged"
# Never the locale's names: the sentences around them are English.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def too_early(found: Gate, next_look: int) -> str:
    """What is still missing for a first reading, and that nothing waits for it."""
    if not found.entries:
        return (
            "There is nothing to compare yet. A first reading looks at "
            f"{GATE_ENTRIES} entries over {GATE_DAYS // 7} weeks or more."
        )
    meanwhile = "Your sentences are there to read meanwhile."
    set_points = "Readings come only at set points, so that chance is not taken for a change."
    if found.holds:
        return f"It is too early to say: the first reading comes with entry {next_look}. {set_points} {meanwhile}"
    missing = f"It is too early to say. Still missing for a first reading: {_missing(found)}."
    if found.entries >= GATE_ENTRIES:
        return f"{missing} It comes with entry {next_look} at the soonest. {set_points} {meanwhile}"
    return f"{missing} There is no hurry. {meanwhile}"


def _missing(found: Gate) -> str:
    days = GATE_DAYS - found.days
    sentences = round(GATE_SENTENCES - found.sentences + 0.499)
    parts = []
    if (entries := GATE_ENTRIES - found.entries) > 0:
        parts.append(f"{entries} more {_plural('entry', entries)}")
    if days >= 7:
        weeks = -(-days // 7)
        parts.append(f"about {weeks} more {_plural('week', weeks)}")
    elif days > 0:
        parts.append("a few more days")
    if sentences > 0:
        parts.append(f"about {sentences} more {_plural('sentence', sentences)} about the work")
    return listed(parts)


def shifted(first: Estimate, last: Estimate, *, agreed: bool, newest: bool) -> str:
    """The verdict of a change, in softer words where plainer ways of counting disagree."""
    of = denominator(first.share, last.share, last.low, last.high, apart=True)
    opening = "Your writing has shifted." if agreed else "Your writing may have shifted."
    doubt = "" if agreed else " Two plainer ways of counting do not both point the same way, so take this lightly."
    return (
        f"{opening} {_capital(part(first.share, of))} of your sentences in {month(first.day, last.day)} {ABOUT}; "
        f"{part(last.share, of)} {_ending(last, first.day, newest)} ({between(last, of)}).{doubt}"
    )


def no_clear_change(first: Estimate, last: Estimate, detectable: float | None, *, newest: bool) -> str:
    """No verdict of a change, with the smallest one that would have shown."""
    of = denominator(first.share, last.share, last.low, last.high, apart=False)
    now = f"{part(last.share, of)} {_ending(last, first.day, newest)} ({between(last, of)})"
    said = (
        f"No clear change. {_capital(part(first.share, of))} of your sentences in "
        f"{month(first.day, last.day)} {ABOUT}; {now}."
    )
    if detectable is not None:
        said += (
            f" With this much writing, a rise to {part(detectable, of)} or more would probably have shown."
            if detectable < VAST
            else " With this much writing, only a very large change would have shown."
        )
    return said


def rarely(share: float, last: Estimate) -> str:
    """No verdict where there are next to none, or next to nothing but, such sentences."""
    how = "Nearly all" if share > 0.5 else "Hardly any"
    of = denominator(last.low, last.high, apart=True)
    return (
        f"No clear change. {how} of your sentences so far {ABOUT} ({between(last, of)}), "
        "and that leaves nothing to compare."
    )


def inseparable() -> str:
    """No verdict where time runs together with days or prompts, or no line fits."""
    return (
        "No change can be read over time. The entries bunch on a few days, their prompts changed when the dates "
        "did, or sentences of this kind came all at once; no line through them would be honest."
    )


def earlier(look: int, latest: int, *, turned: bool) -> str:
    """Said before a verdict that takes an earlier one back."""
    if turned:
        return f"Your first {look} entries had pointed the other way. "
    return f"Your first {look} entries had shown a shift; over the first {latest} it no longer stands out. "


def standing(look: int, next_look: int) -> str:
    """Said after a verdict that newer entries have not yet been asked about."""
    return f" This was read from your first {look} entries; the next reading comes with entry {next_look}."


def denominator(*shares: float, apart: bool) -> int:
    """The coarsest of 10, 100 and 1000 that does a sentence's shares justice.

    None may round to nothing or to all (100 is fine enough there), and neither the first two shares (`apart`)
    nor the last two, a range, may round alike.
    """
    for of in (10, 100):
        whole = [round(share * of) for share in shares]
        edge = of == 10 and (min(whole) == 0 or max(whole) == of)
        if not (edge or (apart and whole[0] == whole[1]) or whole[-2] == whole[-1]):
            return of
    return 100 if max(shares) - min(shares) < 0.001 else 1000


def part(share: float, of: int) -> str:
    """A share as a natural frequency: "about 3 in 10"."""
    whole = round(share * of)
    if whole == 0:
        return f"fewer than 1 in {of:,}"
    return f"about {whole} in {of:,}"


def between(estimate: Estimate, of: int) -> str:
    """The 90 % range in the same frequency: "2 to 4"."""
    return f"{round(estimate.low * of)} to {round(estimate.high * of)}" + ("" if of == 10 else f" in {of:,}")


def month(day: date, other: date) -> str:
    """The month of a day, with its year where the other day lies in another year."""
    name = _MONTHS[day.month - 1]
    return name if day.year == other.year else f"{name} {day.year}"


def listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _ending(last: Estimate, first_day: date, newest: bool) -> str:
    return "do now" if newest else f"did in {month(last.day, first_day)}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _plural(noun: str, count: int) -> str:
    if count == 1:
        return noun
    return "entries" if noun == "entry" else noun + "s"
