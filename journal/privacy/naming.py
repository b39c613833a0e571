"""Why one word is taken for a name: by a title, by its capital, or in lower case by the lists and its company."""

from __future__ import annotations

from collections.abc import Sequence

from journal.privacy.calling import GRAMMAR
from journal.privacy.capitals import capital, has_inner_capital, shouted
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
from journal.privacy.words import Word, next_word, previous_word, touch

_NEVER_TITLED = {"in", "on", "who", "charge", "and", "or", "was", "is", "had", "has", "came"}


_AFTER_NO_TITLE = words_of(
    "she he they the we it no and but this that when if what then my who google i said monday tuesday wednesday "
    "thursday friday saturday sunday "
)


_ASKED = frozenset(
    {"asked", "ask", "told", "tell", "thanked", "texted", "rang", "emailed", "messaged", "phoned", "called"}
)


_NOUN_BEFORE = frozenset(
    {
        "the",
        "a",
        "an",
        "my",
        "her",
        "his",
        "their",
        "our",
        "this",
        "that",
        "to",
        "and",
        "of",
        "in",
        "on",
        "no",
        "night",
        "some",
        "one",
    }
)


def is_shouted(words: Sequence[Word]) -> bool:
    """Whether the whole text is typed in capitals."""
    long = [word for word in words if len(word.text) > 3]
    return bool(long) and sum(word.shouted for word in long) > 0.6 * len(long)


def reason_for(text: str, words: Sequence[Word], place: int, shouting: bool) -> tuple[str, bool] | None:
    """Why a word is taken for a name, and whether surely; None if it is not."""
    word = words[place]
    if place and text[word.start - 1 : word.start].isdigit():
        return None
    if len(word.text) < 2 or (word.text.isupper() and len(word.text) < 3):
        return None
    title = _title_before(text, words, place)
    if title and _fits_title(words, place, title):
        return f"a name after “{title}”", True
    if word.shouted:
        return shouted(words, place, shouting)
    if word.capital or has_inner_capital(word):
        return capital(text, words, place)
    return _lower(text, words, place)


def _title_before(text: str, words: Sequence[Word], place: int) -> str:
    """The title or particle-and-title that stands right before a word, or nothing."""
    back = place - 1
    while (
        back >= 0
        and words[back].folded in context("particles")
        and touch(text, words[back], words[back + 1])
        and back > place - 4
    ):
        back -= 1
    if back >= 0 and words[back].shouted and not words[place].shouted:
        return ""
    if (
        back >= 0
        and words[back].folded in context("titles")
        and touch(text, words[back], words[back + 1])
        and not words[back].possessive
    ):
        return words[back].folded
    return ""


def _fits_title(words: Sequence[Word], place: int, title: str) -> bool:
    word, firm = words[place], title in context("firm_titles")
    if word.folded in context("titles") or word.folded in _NEVER_TITLED:
        return False
    if word.shouted:
        return firm and len(word.text) > 3 and word.folded not in allowed("acronyms_and_software")
    if word.capital:
        if firm:
            return word.folded not in _AFTER_NO_TITLE
        return (word.folded not in allowed() or word.folded in names()) and (
            word.folded in names() or not is_ordinary(word.folded)
        )
    if firm:
        known = word.folded in names() and (word.folded not in GRAMMAR)
        return known or (len(word.text) > 2 and not is_exactly_ordinary(word.folded) and word.folded not in allowed())
    return (
        any(part in names() for part in word.parts)
        and not is_ordinary(word.folded, noun=False)
        and word.folded not in ambiguous()
        and len(word.text) > 2
    )


_ROLES = words_of(
    "registrar consultant reg surgeon sho physio porter pharmacist paramedic student colleague partner neighbour "
    "anaesthetist intern "
    "matron nurse midwife supervisor mentor cleaner hca lead dietitian optometrist radiographer interpreter dad mum "
    "wife husband "
    "daughter son sister brother niece nephew named called"
)


def _follows_a_role(text: str, words: Sequence[Word], place: int) -> bool:
    """“the therapy lead oumaima”: no word of any list, in lower case, right after what somebody is."""
    word, before = words[place], previous_word(text, words, place)
    return (
        before is not None
        and before.folded in _ROLES
        and not before.possessive
        and not word.capital
        and len(word.text) > 4
        and word.folded not in allowed()
        and not is_ordinary(word.folded)
        and word.tag != "VERB"
    )


def _lower(text: str, words: Sequence[Word], place: int) -> tuple[str, bool] | None:
    """A name typed without its capital: one that is no word of English, or one in the company of a name."""
    word = words[place]
    if _follows_a_role(text, words, place):
        return "a strange word after somebody's role", False
    parts = [part for part in word.parts if part in names()]
    if len(word.parts) > 1:
        parts = [part for part in parts if part not in ambiguous() and not is_ordinary(part)]
    if not parts or len(word.text) < 3:
        return None
    before, after = previous_word(text, words, place), next_word(text, words, place)
    plain = word.folded in ambiguous() or word.folded in allowed() or is_ordinary(word.folded, noun=False)
    if not plain and len(word.text) > 3 and (len(parts) == len(word.parts) or len(word.parts[0]) > 3):
        if word.folded in allowed() or (
            word.folded in places()
            and before is not None
            and before.folded in context("places_before")
            and before.folded != "from"
        ):
            return None
        if after is not None and after.folded in (
            "sign",
            "score",
            "scale",
            "syndrome",
            "disease",
            "test",
            "criteria",
            "tube",
            "catheter",
            "law",
            "splint",
        ):
            return None
        return "a known name", True
    if word.folded in GRAMMAR or word.folded in allowed("clinical") or word.folded in allowed("drugs"):
        return None
    called = (
        before is not None
        and before.folded in _ASKED
        and after is not None
        and after.folded in ("to", "if", "about", "for", "why", "what")
    )
    speaks = (
        after is not None
        and after.folded in context("speech")
        and (before is None or before.folded not in _NOUN_BEFORE)
        and word.tag == "PROPN"
    )
    if (called and word.tag in ("PROPN", "NOUN", "X") and before is not None and before.folded != "called") or speaks:
        return "a name by the words around it", False
    return None
