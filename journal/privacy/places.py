"""Streets, towns, villages, districts and regions."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from journal.domain import Identifier
from journal.privacy.organisations import is_strange
from journal.privacy.wordlists import (
    allowed,
    ambiguous,
    context,
    is_exactly_ordinary,
    is_ordinary,
    names,
    places,
    words_of,
)
from journal.privacy.words import Word, touch_loosely

_MONTHS = {"march", "may", "august", "april", "june"}


_MOSTLY_PEOPLE = {
    "kimberley",
    "jordan",
    "clare",
    "kerry",
    "shirley",
    "chelsea",
    "sydney",
    "ashley",
    "florence",
    "victoria",
    "georgia",
    "stanley",
    "nelson",
}


_PLACE_LIKE = re.compile(
    r"^(?:bally|llan|kil|aber|inver|pen|tre|pont|drum|glen|dun|strath|knock|clon|rath|auch|bal)(?=\w{3})|\w{3}(?:ham|"
    r"ton|bury|ford|wick|"
    r"thorpe|worth|mouth|shire|minster|chester|field|dale|burgh|borough|pur|abad|nagar|grad|burg|ville|stead|sea|"
    r"leigh|hurst|"
    r"combe|holme|ness|port|bridge|hampton|under|stan|puram)$"
)


def find(text: str, words: Sequence[Word]) -> Iterator[Identifier]:
    """Streets first, then towns and regions."""
    yield from _streets(text, words)
    yield from _towns(text, words)


def _streets(text: str, words: Sequence[Word]) -> Iterator[Identifier]:
    for last, word in enumerate(words):
        if word.folded not in context("streets") or not last or not touch_loosely(text, words[last - 1], word):
            continue
        first = last
        if word.capital and not word.shouted:
            while (
                first > 0
                and last - first < 3
                and words[first - 1].capital
                and not words[first - 1].shouted
                and touch_loosely(text, words[first - 1], words[first])
                and not (words[first - 1].opens and words[first - 1].folded in context("generic"))
            ):
                first -= 1
            sure = word.folded in context("sure_streets")
            named = [
                w
                for w in words[first:last]
                if w.folded not in allowed("roles_and_phrases") and w.folded not in context("generic")
            ]
            if first < last and (named or sure) and (sure or any(is_strange(w) for w in named)):
                yield Identifier(words[first].start, word.end, "LOCATION", "medium", "a street")
        elif (
            word.folded in ("road", "street", "lane", "avenue", "crescent", "terrace")
            and not (last > 1 and words[last - 1].capital and words[last - 2].folded == "the")
            and is_strange(words[last - 1])
            and not words[last - 1].possessive
        ):
            yield Identifier(words[last - 1].start, word.end, "LOCATION", "medium", "a street")


def _towns(text: str, words: Sequence[Word]) -> Iterator[Identifier]:
    for match in _several_words().finditer(text):
        if match.group()[0].isupper() or " in " in text[max(0, match.start() - 5) : match.start()].lower():
            yield Identifier(*match.span(), "LOCATION", "medium", "a place")
    place = 0
    while place < len(words):
        taken = _town_at(text, words, place)
        if taken:
            first, last = _widened(text, words, place, place + taken - 1)
            yield Identifier(words[first].start, words[last].end, "LOCATION", "medium", "a place")
        place += max(taken, 1)


_SENDERS = words_of(
    "letter message text email mail call handover bleep feedback card note notes advice referral word words help "
    "learned learnt "
    "heard got look nod question apology support reply away apart it that this took take taken came one different "
    "hide far tears"
)
"""What comes from a person rather than from a town."""
_BEFORE = words_of(
    "cold easter wester saint great little upper lower north south east west new old mid nether inner outer higher "
    "castle market"
)
_BEHIND = words_of(
    "heath park green hill moor bay bridge end cross common village town vale wood spa regis magna parva marsh "
    "road moss bank fields mills sands beach harbour island estate quay valley"
)


def _widened(text: str, words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """“Upper Norwood”, “Newton Heath”: a capital word that belongs to a place's name, before or behind it."""
    before = words[first - 1] if first else None
    if before and before.capital and before.folded in _BEFORE and touch_loosely(text, before, words[first]):
        first -= 1
    behind = words[last + 1] if last + 1 < len(words) else None
    if behind and words[last].capital and behind.capital and behind.folded in _BEHIND:
        last += int(touch_loosely(text, words[last], behind))
    return first, last


@functools.cache
def _several_words() -> re.Pattern[str]:
    several = sorted((place for place in places() if " " in place), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, several)) + r")(?!\w)", re.I)


def _town_at(text: str, words: Sequence[Word], place: int) -> int:
    """How many words from here are the name of a town or region; 0 if none."""
    word = words[place]
    if word.folded in _MONTHS or len(word.text) < 3 or (word.shouted and word.folded not in places()):
        return 0
    if word.folded not in places():
        return _unknown_town(text, words, place)
    if any(after.folded in context("heads") for after in words[place + 1 : place + 3] if after.start - word.end < 14):
        return 0
    if re.match(r"\s?\d|\s*(?:stool|coma|collar)", text[word.end : word.end + 8]) and word.folded in allowed():
        return 0
    placed = is_placed(words, place)
    unsure = word.folded in ambiguous() or is_ordinary(word.folded, noun=False)
    if not word.capital:
        return int(placed and not unsure and not (word.folded in names() and words[place - 1].folded == "from"))
    if unsure and (word.opens or not placed):
        return 0
    if word.folded in names() and not placed:
        return int(word.entity in ("GPE", "LOC") and not word.possessive and word.folded not in _MOSTLY_PEOPLE)
    if word.folded in allowed() and not placed and word.folded in allowed("clinical") | allowed("drugs"):
        return 0
    return 1


def _unknown_town(text: str, words: Sequence[Word], place: int) -> int:
    """A capitalised word of no list counts as a town after “in”, “near” or “moved to”."""
    word = words[place]
    if not word.capital or word.opens or word.shouted or word.possessive or word.folded in allowed():
        return 0
    if word.folded in names() and place and words[place - 1].folded in ("in", "near", "outside"):
        behind = words[place + 1] if place + 1 < len(words) else None
        if behind and behind.capital and behind.folded in _BEHIND and touch_loosely(text, word, behind):
            return 2
    if any(part in names() for part in word.parts) or not place:
        return 0
    strange = not is_exactly_ordinary(word.folded) and (word.tag == "PROPN" or _PLACE_LIKE.search(word.folded))
    if not strange and is_ordinary(word.folded, noun=word.tag != "PROPN" or word.entity not in ("GPE", "LOC")):
        return _two_ordinary(text, words, place)
    if not is_placed(words, place) or not touch_loosely(text, words[place - 1], word):
        return 0
    if (
        words[place - 1].folded in ("around", "off", "across", "at")
        and word.entity not in ("GPE", "LOC", "FAC")
        and not _is_travel(words, place)
    ):
        return 0
    if words[place - 1].folded == "from" and not _PLACE_LIKE.search(word.folded):
        sender = place > 1 and words[place - 2].folded in _SENDERS
        if sender or (words[place - 1].opens and not _is_travel(words, place)):
            return 0
    taken = 1
    while place + taken < len(words) and taken < 3:
        after = words[place + taken]
        if not after.capital or after.folded in allowed() or not touch_loosely(text, words[place + taken - 1], after):
            break
        taken += 1
    return taken


def _two_ordinary(text: str, words: Sequence[Word], place: int) -> int:
    """“at Alum Rock”: two English words with capitals after a word of place."""
    if not is_placed(words, place) or place + 1 >= len(words) or words[place - 1].folded == "from":
        return 0
    word, after = words[place], words[place + 1]
    plain = all(
        w.capital and not w.shouted and w.folded not in allowed() | context("generic") | names() for w in (word, after)
    )
    return 2 if plain and touch_loosely(text, words[place - 1], word) and touch_loosely(text, word, after) else 0


def is_placed(words: Sequence[Word], place: int) -> bool:
    """Whether the word before, past a “Great” or “Upper”, says that a place follows."""
    if not place:
        return False
    if words[place - 1].capital and words[place - 1].folded in _BEFORE and place > 1:
        place -= 1
    before = words[place - 1].folded
    if before == "of":
        return place > 1 and words[place - 2].folded in (
            "out",
            "village",
            "town",
            "city",
            "parish",
            "outskirts",
            "side",
            "county",
            "all",
            "port",
            "island",
        )
    return before in context("places_before") or (before in ("to", "for") and _is_travel(words, place))


def _is_travel(words: Sequence[Word], place: int) -> bool:
    return place > 1 and any(word.folded in context("travel") for word in words[max(0, place - 4) : place - 1])
