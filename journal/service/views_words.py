"""The views in words: the same on the screen and on the command line. Never a score, a rank or a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from journal.analysis.rates import Rate, rates
from journal.analysis.share import Share
from journal.domain import ACTS, FRAMES, Act, Frame
from journal.service.views import FEWEST_ENTRIES, FEWEST_SENTENCES, Contrast, Labelled, Part, Place, Where

TOO_FEW = "too few to say"
OFF = (
    "The analysis is off, so nothing is counted here. Settings (comma, on Today) turns it on again, and your sentences "
    "are then read anew. While it is off, nothing it made of your writing is kept."
)
NOTHING = (
    "Nothing here yet: the views fill as your entries are read. Say where you are in each entry (F2 while writing) or "
    "once in Settings: then each placement and setting has a row that opens its sentences, and from "
    f"{FEWEST_ENTRIES} entries on its numbers."
)
ABOUT_PLACES = (
    f"Of 100 sentences about work, how many are of each kind, with the 90 % range. Shown from {FEWEST_ENTRIES} "
    f"entries and {FEWEST_SENTENCES} sentences on. Team and task stand beside it for curiosity."
)
RANGES = "The ranges do not hold the analysis's own mistakes: the sentences are the check."
ABOUT_FRAMES = (
    "For curiosity: as what kind of work your sentences treat it. Most sentences have none, and none is better than "
    "another: each fits some wards and patients."
)
ABOUT_ACTS = (
    "For curiosity: what your sentences show of how people are here, both ways. Early and late are the first and the "
    "last third of your entries."
)
ABOUT_LEADING = (
    "For curiosity: leading says what the work is for and opens the talk, managing arranges it and watches how it "
    "goes. A ward needs both."
)
FRAME_NAMES: Mapping[str, str] = {
    "production": "production",
    "problem_solving": "problem solving",
    "learning": "learning",
}
FRAME_MEANINGS: Mapping[str, str] = {
    "production": "carrying out what is specified",
    "problem_solving": "finding the answer for this patient",
    "learning": "finding out something new from the work",
}
_THAT = {"placement": "the ward", "setting": "the setting"}


def name_of(place: Place) -> str:
    """A place as a row is headed; a person's own words, to be shown as they stand."""
    if place.where == "all":
        return "all your entries"
    return place.name if place.name is not None else f"no {place.where}"


def hundredths(share: Share) -> str:
    """ "31 (24–39)": of 100 sentences, with the range."""
    return f"{share.share * 100:.0f} ({share.low * 100:.0f}–{share.high * 100:.0f})"


def range_words(share: Share) -> str:
    """ "31 of 100 (24 to 39)", for lines that are read out."""
    return f"{share.share * 100:.0f} of 100 ({share.low * 100:.0f} to {share.high * 100:.0f})"


def part_words(part: Part) -> str:
    """ "12 of 835"."""
    return f"{part.count:,} of {part.of:,}"


def contrast_words(contrast: Contrast | None, where: Where, places: Sequence[Place]) -> str:
    """The one thing said of places against each other; empty where fewer than two could be compared."""
    if contrast:
        places_said = f"Your writing in {contrast.more} had more of this (system) than in {contrast.less}"
        return f"{places_said}; that can be {_THAT[where]}, not you."
    if sum(place.shares is not None and place.name is not None for place in places) < 2:
        return ""
    return f"No {where} stands clear of another: the differences can be chance."


def mostly_words(place: Place) -> str:
    """ "You mostly write Renal as production: carrying out what is specified." or nothing."""
    if place.mostly is None:
        return ""
    name = "your work" if place.where == "all" or place.name is None else place.name
    framed = sum(place.frames.values())
    count = f"{place.frames[place.mostly]} of {framed} sentences with a frame"
    return f"You mostly write {name} as {FRAME_NAMES[place.mostly]}: {FRAME_MEANINGS[place.mostly]} ({count})."


def thirds_words(found: Labelled) -> str:
    """ "early 3 of 210, late 6 of 215", or nothing where there are too few entries."""
    if found.early is None or found.late is None:
        return ""
    return f"early {part_words(found.early)}, late {part_words(found.late)}"


def doubt_words(kind: Literal["act", "frame"], measured: Mapping[str, Rate] | None = None) -> str:
    """What the analysis is known to miss, by its own evaluation where there was one: `measured`, or the bundled."""
    names: tuple[Act, ...] | tuple[Frame, ...] = ACTS if kind == "act" else FRAMES
    if tested := _missed(kind, names, rates().found if measured is None else measured):
        known = f"Tested on writers it had not seen, the analysis found {tested}, and saw some that were not there."
    else:
        known = f"The analysis misses many {'frames' if kind == 'frame' else 'acts'}, and sees some that are not there."
    return f"{known} A small number can be the analysis, not you."


def _missed(kind: str, names: Sequence[Act | Frame], rates: Mapping[str, Rate]) -> str:
    known = {name: rates[name].recall for name in names if name in rates}
    if not known:
        return ""
    low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
    article = "an act" if kind == "act" else "a frame"
    worst, best = (f"{known[name] * 100:.0f}" for name in (low, high))
    if worst == best:
        return f"{worst} of 100 sentences with {article}"
    first, last = (FRAME_NAMES.get(name, name) for name in (low, high))
    return f"from {worst} ({first}) to {best} ({last}) of 100 sentences with {article}"
