"""Words that stand side by side as one name, with the particles between and the initials about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal.privacy.calling import CALENDAR, GRAMMAR
from journal.privacy.wordlists import allowed, context, is_ordinary, names, words_of
from journal.privacy.words import Word, touch


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of words, as indices with the end exclusive, taken for one name."""

    first: int
    end: int
    why: str
    sure: bool


_SHORT_WORDS = frozenset(
    {"an", "so", "do", "he", "my", "to", "on", "in", "no", "at", "by", "we", "me", "asked", "per", "min"}
)


_BACK_PARTICLES = context("particles") - {"of", "o", "i", "y", "st", "saint", "da"} | {"da"}


def join(text: str, words: Sequence[Word], marks: dict[int, tuple[str, bool]], blocked: set[int]) -> Iterator[Spot]:
    """Names that stand side by side as one, with the particles between and initials before or after."""
    place = 0
    while place < len(words):
        if place not in marks:
            place += 1
            continue
        first, end = place, place + 1
        while end < len(words) and end not in blocked and not words[end - 1].possessive:
            step = _step(text, words, marks, end, first, blocked)
            if not step:
                break
            end += step
        first = _reach_back(text, words, first, blocked)
        why, sure = marks[place]
        yield Spot(first, end, why, sure)
        place = end


def _step(
    text: str, words: Sequence[Word], marks: dict[int, tuple[str, bool]], end: int, first: int, blocked: set[int]
) -> int:
    """How many words more belong to the name that ends before `end`."""
    word = words[end]
    if not touch(text, words[end - 1], word):
        return 0
    if end in marks and not marks[end][0].startswith("a name after"):
        return 1
    if word.folded in context("particles") and not word.shouted:
        ahead = end + 1
        while ahead < len(words) and words[ahead].folded in context("particles") and ahead < end + 3:
            ahead += 1
        if (
            ahead < len(words)
            and (ahead in marks or (words[ahead].capital and words[ahead].folded in names()))
            and touch(text, words[ahead - 1], words[ahead])
            and word.folded not in ("e", "y", "of", "do", "the", "saint")
        ):
            return ahead - end + 1
        if word.capital and word.folded in ("thi", "bin", "binti"):
            return 1
        if not word.capital:
            return 0
    if end in blocked:
        return 0
    if len(word.text) == 1 and word.capital and word.text not in "AI" and words[end - 1].capital:
        return int(not text[word.end : word.end + 1].isdigit())
    hard = (
        (word.folded in allowed() and word.folded not in names())
        or word.folded in context("titles")
        or word.folded in context("verbs")
    )
    if (
        word.capital
        and not word.shouted
        and not word.opens
        and not hard
        and word.folded not in CALENDAR
        and words[end - 1].capital
    ):
        return int(
            word.folded in names() or not is_ordinary(word.folded) or (word.tag == "PROPN" and word.entity == "PERSON")
        )
    if word.capital and word.shouted and len(word.text) > 3 and word.folded in names():
        return 1
    return 0


_SURNAMES_FIRST = words_of(
    "park kim lee choi jung jeong kang cho yoon jang lim han oh seo shin kwon hwang ahn song yoo hong jeon bae baek "
    "nam noh ha wong chan "
    "chen wu xu li zhang wang liu yang zhao huang sun ma zhu hu guo he lin gao luo cheng tsang lau leung cheung fung "
    "tang chow ho ng mo"
)
_NICKED = words_of("wee big auld")


def _is_a_surname_first(before: Word, given: Word) -> bool:
    """“Park Soo-jin”: the surname stands first where the given name is of two joined parts."""
    return (
        before.capital and before.folded in _SURNAMES_FIRST and len(given.parts) == 2 and given.parts[1] in given.text
    )


def _reach_back(text: str, words: Sequence[Word], first: int, blocked: set[int]) -> int:
    """Particles and initials before a name belong to it: van der Merwe, J. Smith."""
    while (
        first > 0
        and first - 1 not in blocked
        and not words[first - 1].possessive
        and touch(text, words[first - 1], words[first])
    ):
        before = words[first - 1]
        dotted = text[before.end : before.end + 1] == "."
        initial = (
            len(before.text) == 1 and before.capital and (dotted or (before.text not in "IA" and not before.opens))
        )
        if _is_a_surname_first(before, words[first]) or (before.capital and before.folded in _NICKED):
            first -= 1
            continue
        if initial or (
            before.folded in _BACK_PARTICLES
            and (before.capital or before.folded not in ("do", "la", "den", "st", "e", "the", "al", "el", "le"))
        ):
            first -= 1
            continue
        if (
            not before.capital
            and not words[first].capital
            and before.folded in names()
            and before.folded not in GRAMMAR
            and not is_ordinary(before.folded, noun=False) | (before.folded in _SHORT_WORDS)
        ):
            first -= 1
            continue
        if (
            before.capital
            and not before.opens
            and before.folded in ("abu", "al", "el", "de", "la", "le", "st", "ni", "nic", "mac", "o")
        ):
            first -= 1
            continue
        break
    return first
