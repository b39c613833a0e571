"""Whether a word with a capital is a name: known ones, strange ones, and the many that are neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.privacy.calling import CALENDAR, GRAMMAR, TOLD, is_a_family, is_beside_a_role, stands_as_a_name
from journal.privacy.wordlists import allowed, ambiguous, context, is_ordinary, names, words_of
from journal.privacy.words import Word, next_word, previous_word

_HARD = ("drugs", "clinical", "roles_and_phrases", "acronyms_and_software", "nations")
"""Sections of the allow-list that hold against a name; the others yield to one."""

_EPONYMS_FIRST = words_of(
    "hartmann hartmanns foley venturi parkinson parkinsons alzheimer crohn wernicke doppler magill hickman bohmer"
)


_SPEAKERS = frozenset(
    [
        "son",
        "lad",
        "guy",
        "baby",
        "mate",
        "porter",
        "master",
        "butcher",
        "baker",
        "senior",
        "junior",
        "king",
        "queen",
        "nan",
        "nana",
        "lady",
        "sun",
        "may",
        "mum",
        "dad",
        "will",
    ]
)


def shouted(words: Sequence[Word], place: int, shouting: bool) -> tuple[str, bool] | None:
    word = words[place]
    known = any(part in names() for part in word.parts if len(part) > 2)
    harmless = word.folded in allowed() or word.folded in ambiguous() or is_ordinary(word.folded, noun=not known)
    if known and not harmless and len(word.text) > (3 if shouting else 4):
        return "a known name", True
    near = [words[i] for i in (place - 1, place + 1) if 0 <= i < len(words)]
    if (
        known
        and len(word.text) > 3
        and any(w.capital and w.folded in names() and not w.shouted for w in near)
        and word.folded not in allowed("clinical")
    ):
        return "a known name", True
    return None


def capital(text: str, words: Sequence[Word], place: int) -> tuple[str, bool] | None:
    word = words[place]
    known = is_known(word)
    if word.opens and stands_as_a_name(text, word, next_word(text, words, place)):
        return "a name at the start of a sentence", False
    if known and not word.opens and is_beside_a_role(text, word):
        return "a name beside somebody's role", False
    if is_a_family(words, place):
        return "a family by its name", False
    if _is_harmless(text, words, place, known):
        return None
    after, before = next_word(text, words, place), previous_word(text, words, place)
    if is_ordinary(word.folded, noun=not known and not _is_proper(word)):
        return _ordinary_capital(text, words, place, known, before, after)
    if known:
        return "a known name", True
    if _is_clinical(word):
        return None
    acts = after is not None and (after.folded in context("verbs") or after.tag == "VERB")
    if (
        word.opens
        and not acts
        and not word.possessive
        and word.entity != "PERSON"
        and word.tag != "PROPN"
        and after is None
    ):
        return None
    return "a capitalised word that is no English one", word.entity == "PERSON"


def _is_proper(word: Word) -> bool:
    """Whether the pipeline is sure of a name although the dictionary's nouns, which hold names too, have the word."""
    return word.tag == "PROPN" and word.entity == "PERSON" and not word.opens


def is_known(word: Word) -> bool:
    return word.folded in names() or (
        len(word.parts) > 1
        and any(part in names() and part not in ambiguous() for part in word.parts if len(part) > 2)
        and not all(is_ordinary(part, noun=False) for part in word.parts)
    )


def _ordinary_capital(
    text: str, words: Sequence[Word], place: int, known: bool, before: Word | None, after: Word | None
) -> tuple[str, bool] | None:
    """A word of English with a capital: Grace, Hope, Young, Bright."""
    word = words[place]
    if not known:
        return None
    told = before is not None and before.folded in TOLD and not word.opens and word.folded not in CALENDAR
    if told and (word.folded not in GRAMMAR or word.folded == "hope"):
        return "a name after a word of speaking", False
    named_before = (
        before is not None
        and before.capital
        and not before.opens
        and before.folded in names()
        and not before.shouted
        and before.folded not in allowed("everyday")
    )
    named_after = (
        after is not None
        and after.capital
        and (is_known(after) or (not after.opens and not is_ordinary(after.folded) and after.folded not in allowed()))
        and not after.shouted
        and after.folded not in allowed("everyday")
    )
    if word.opens:
        if (
            named_after
            and known
            and word.folded not in GRAMMAR
            and after is not None
            and not is_ordinary(after.folded, noun=False)
        ):
            return "a name at the start of a sentence", False
        speaks = after is not None and after.folded in context("verbs") and word.tag in ("PROPN", "ADJ")
        speaks = speaks or (after is not None and after.folded in context("speech") and word.folded not in _SPEAKERS)
        owns = word.possessive and after is not None and not after.capital and word.tag in ("PROPN", "NOUN")
        if word.folded in context("roles") or word.folded in context("titles"):
            return None
        beside = re.match(
            r",\s(?:one of|the|a|my|our|who|his|her|their|an|\d\d?,|F[Y12]|our)\b", text[word.end : word.end + 10]
        )
        if beside and word.tag in ("PROPN", "NOUN") and word.folded not in GRAMMAR:
            return "a name at the start of a sentence", False
        if (
            (named_after and word.tag == "PROPN" and word.folded not in GRAMMAR)
            or (speaks and word.folded not in GRAMMAR - {"will", "hope"})
            or (owns and word.tag == "PROPN")
        ):
            return "a name at the start of a sentence", False
        return None
    if word.folded in GRAMMAR:
        return None
    if (
        before is not None
        and before.folded in ("the", "a", "an", "this", "every", "each", "our")
        and word.entity != "PERSON"
    ):
        return None
    if not (named_before or named_after) and any(
        w is not None
        and w.capital
        and not w.opens
        and not w.shouted
        and w.folded not in names()
        and w.folded not in context("titles")
        and w.folded != "i"
        for w in (before, after)
    ):
        return None  # a title-case phrase
    return "a known name with a capital inside a sentence", False


def _is_harmless(text: str, words: Sequence[Word], place: int, known: bool) -> bool:
    """Whether a capitalised word is an eponym, a drug, a month or another word that names nobody here."""
    word = words[place]
    after = next_word(text, words, place)
    whole = word.folded + ("'s" if word.possessive else "")
    if word.folded in context("titles") or word.folded in ("i", "ok") or _is_a_symbol(word):
        return True
    if re.match(r"\s\d+/\d" if known else r"\s\d", text[word.end : word.end + 5]):
        return True  # a score
    heads = after is not None and after.folded in context("heads")
    eponym = word.folded in allowed("eponyms") or whole in allowed("eponyms")
    if known and not eponym and word.folded not in allowed():
        return (
            heads
            and word.possessive
            and after is not None
            and after.folded in ("sign", "syndrome", "disease", "test", "criteria", "score")
        )
    if eponym:
        if not known:
            return True
        if word.possessive:
            return after is None or after.folded not in context("belongings")
        paired = re.match(r"[-–]\w|\s?\d", text[word.end : word.end + 3]) is not None
        return heads or paired or word.folded in _EPONYMS_FIRST
    if word.folded in allowed():
        soft = known and not any(word.folded in allowed(section) for section in _HARD)
        if not soft or word.folded in CALENDAR:
            return not (
                known
                and after is not None
                and after.folded in context("speech")
                and word.folded not in allowed("clinical")
            )
        return heads
    if len(word.parts) > 1 and all(part in allowed() or is_ordinary(part) for part in word.parts):
        return True
    return bool(heads and word.possessive)


def _is_a_symbol(word: Word) -> bool:
    """CrCl, MoCA, SpO: capitals inside that no name has."""
    inner = re.sub(
        r"^(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|Von|O['’]|D['’]|L['’]|N['’]|M['’]|Al|El|Ni|Ó|St)(?=[A-Z])", "", word.text
    )
    return any(
        len(part) > 1 and not part.isupper() and any(c.isupper() for c in part[1:])
        for part in re.split(r"[-‐‑'’]", inner)
    )


def _is_clinical(word: Word) -> bool:
    """Whether it is built as drugs and procedures are."""
    return (
        len(word.text) > 6
        and re.search(
            r"(?:olol|pril|sartan|statin|mycin|cillin|floxacin|azole|prazole|tidine|mab|nib|caine|oxetine|pram|azepam|"
            r"zepine|parin|"
            r"xaban|gliptin|gliflozin|tide|formin|triptan|dipine|sone|solone|profen|ectomy|otomy|ostomy|oscopy|plasty|"
            r"itis|osis|"
            r"aemia|emia|uria|pathy|algia|oma|ogram|ology|graphy|phylline|vir|setron|cycline|thiazide|semide|barbital|"
            r"urium)s?$",
            word.folded,
        )
        is not None
    )


def has_inner_capital(word: Word) -> bool:
    """al-Rashid, deShawn, O’Dowd typed small."""
    return re.search(r"[a-z]['’‐‑-]?[A-Z][a-z]{2}", word.text) is not None and not word.folded.startswith(
        ("e-", "i", "x-")
    )
