"""Then and now: the person's own sentences on a like matter, early beside late.

How the pairs are chosen, for a reader who suspects they were chosen to please:

1. Early is the first third of the entries, late the last third; the middle is left out. Sentences of fewer than
   five words and sentences at `other` are left out of both.
2. Which levels are shown is drawn before any sentence is looked at: each pair's early level from the levels of
   all early sentences, and its late level from those of all late ones, each in proportion (systematic sampling
   with a random start, the two orders shuffled apart). If 8 in 10 late sentences are task, 8 in 10 late sentences
   shown are task, in the long run of seeds; most pairs then show no change, because most sentences do not.
3. Within the levels drawn, the pair is drawn by lot from the five most like in topic: the cosine of their sets of
   content words, each word weighted by idf. The model's probabilities take no part, so the clearest or most
   flattering instance has no better chance than a dull one.
4. No entry is shown twice. Where the drawn levels have no two sentences on a like matter, that draw is dropped
   and another made by the same rule; where none is found there are fewer pairs, or none. Levels too rare to
   find a partner are so shown a little less often than they occur: this is the one departure.
"""

from __future__ import annotations

import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from journal.domain import LEVELS, Level, Pair, Sentence

FEWEST_WORDS = 5
LIKE_ENOUGH = 0.15
"""Cosine below which two sentences only share a word by chance."""
CHOICE = 5
CROWD = 300
"""Sentences of one level and one side compared at most, by lot, so that a long journal answers at once."""
REDRAWS = 12

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FUNCTION_WORD_LIST = (
    "a about after again all also although am an and any are as at back be because been before being both but by "
    "can could did do does doing done down during each even every few for from get go got had has have having he "
    "her here hers him his how i if in into is it its just like made make me more most much my no nor not now of "
    "off on one only or other our out over own really said same she should so some still such than that the their "
    "them then there these they thing things this those through to today too two under until up us very was we "
    "well went were what when where which while who why will with would you your "
    "told tell think thought know known knew say says saying felt feel never ever always first last next new old "
    "something someone anyone nobody everyone nothing person people others day days time came come coming took "
    "i'm i'd i've it's didn't wasn't don't couldn't that's there's he's she's we'd they'd"
)
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())


@dataclass(frozen=True, slots=True)
class _Line:
    entry: str
    day: date
    text: str
    level: Level
    words: frozenset[str]


def then_and_now(
    sentences: Sequence[tuple[str, date, str, Sentence]],
    *,
    limit: int = 3,
    seed: int,
    ends: tuple[date, date] | None = None,
) -> tuple[Pair, ...]:
    """Up to `limit` pairs of (entry id, day, the sentence's own text, its reading), oldest first.

    The same sentences and seed give the same pairs, in whatever order the sentences come; another seed, others.
    `ends` is for a caller who has left the middle out already: the last day of the early third of all entries
    and the first day of the late third. Without it the thirds are those of the entries given.
    """
    ends = ends or _ends(sentences)
    lines = [line for line in map(_line, sentences) if line is not None]
    lines.sort(key=lambda line: (line.day, line.entry, line.text, line.level))
    early = [line for line in lines if ends and line.day <= ends[0]]
    late = [line for line in lines if ends and line.day >= ends[1] and line.day > ends[0]]
    if not early or not late or limit < 1:
        return ()
    lot = random.Random(seed)  # noqa: S311 - a draw that can be repeated, nothing secret
    weights = _idf([*early, *late])
    found: list[Pair] = []
    used: set[str] = set()
    for _ in range(REDRAWS):
        for levels in _levels(early, late, limit, lot):
            if len(found) == limit:
                break
            if (pair := _pair(early, late, levels, used, weights, lot)) is not None:
                found.append(pair)
                used |= {pair.then_entry, pair.now_entry}
        if len(found) == limit:
            break
    return tuple(sorted(found, key=lambda pair: (pair.then_day, pair.now_day, pair.then_entry)))


def _line(sentence: tuple[str, date, str, Sentence]) -> _Line | None:
    entry, day, text, reading = sentence
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    if reading.level == "other" or len(words) < FEWEST_WORDS:
        return None
    return _Line(entry, day, text.strip(), reading.level, frozenset(words) - _FUNCTION_WORDS)


def _ends(sentences: Sequence[tuple[str, date, str, Sentence]]) -> tuple[date, date] | None:
    """The last day of the first third of the entries, and the first day of the last."""
    days = [day for day, _ in sorted({(day, entry) for entry, day, _, _ in sentences})]
    third = len(days) // 3
    return (days[third - 1], days[-third]) if third else None


def _levels(early: Sequence[_Line], late: Sequence[_Line], count: int, lot: random.Random) -> list[tuple[Level, Level]]:
    then, now = _systematic(early, count, lot), _systematic(late, count, lot)
    lot.shuffle(then)
    lot.shuffle(now)
    return list(zip(then, now, strict=True))


def _systematic(lines: Sequence[_Line], count: int, lot: random.Random) -> list[Level]:
    """`count` levels in proportion to how often they occur, evenly spaced from a random start."""
    levels = sorted((line.level for line in lines), key=LEVELS.index)
    start = lot.random()
    return [levels[min(len(levels) - 1, int((start + at) / count * len(levels)))] for at in range(count)]


def _pair(
    early: Sequence[_Line],
    late: Sequence[_Line],
    levels: tuple[Level, Level],
    used: set[str],
    weights: Mapping[str, float],
    lot: random.Random,
) -> Pair | None:
    thens = _crowd([line for line in early if line.level == levels[0] and line.entry not in used], lot)
    nows = _crowd([line for line in late if line.level == levels[1] and line.entry not in used], lot)
    like = _most_like(thens, nows, weights)
    if not like:
        return None
    then, now = lot.choice(like)
    return Pair(then.entry, then.day, then.text, then.level, now.entry, now.day, now.text, now.level)


def _crowd(lines: list[_Line], lot: random.Random) -> list[_Line]:
    return lines if len(lines) <= CROWD else lot.sample(lines, CROWD)


def _most_like(
    thens: Sequence[_Line], nows: Sequence[_Line], weights: Mapping[str, float]
) -> list[tuple[_Line, _Line]]:
    """The five pairs with the highest idf-weighted cosine, those below `LIKE_ENOUGH` and copies left out."""
    holding: dict[str, list[int]] = defaultdict(list)
    for at, now in enumerate(nows):
        for word in now.words:
            holding[word].append(at)
    lengths = [_length(now.words, weights) for now in nows]
    ranked = []
    for index, then in enumerate(thens):
        shared: dict[int, float] = defaultdict(float)
        for word in sorted(then.words):
            for at in holding.get(word, ()):
                shared[at] += weights[word] ** 2
        own = _length(then.words, weights)
        ranked += [
            (-product / (own * lengths[at]), index, at)
            for at, product in shared.items()
            if product >= LIKE_ENOUGH * own * lengths[at] and then.text.lower() != nows[at].text.lower()
        ]
    return [(thens[index], nows[at]) for _, index, at in sorted(ranked)[:CHOICE]]


def _idf(lines: Sequence[_Line]) -> dict[str, float]:
    """ln((1 + N) / (1 + sentences with the word)), plus a little so that no word weighs nothing."""
    holding = Counter(word for line in lines for word in line.words)
    return {word: math.log((1 + len(lines)) / (1 + count)) + 0.1 for word, count in holding.items()}


def _length(words: frozenset[str], weights: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(weights[word] ** 2 for word in words)) or 1.0
