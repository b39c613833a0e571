"""Named hospitals, trusts, homes, practices, schools and wards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journal.domain import Identifier
from journal.privacy.calling import GRAMMAR
from journal.privacy.wordlists import allowed, ambiguous, context, fold, is_exactly_ordinary, is_ordinary, names, places
from journal.privacy.words import Word, touch_loosely

_JOINING = {"of", "the", "and", "&", "st", "upon", "le", "for", "y", "de", "our"}


_WELL_KNOWN = re.compile(
    r"\b(?:Addenbrooke['’]?s|Addenbrookes|Barts|Guy['’]s|Jimmy['’]s|St Thomas['’]?|GOSH|QMC|UCLH?|Papworth|Moorfields|"
    r"Great Ormond Street|Alder Hey|Broadmoor|Rampton|The Christie|Christie['’]s|Clatterbridge|Tallaght Hospital|"
    r"Royal (?:Free|London|Marsden|Brompton|Surrey|Berkshire|Stoke|Bolton|Oldham|Preston|Blackburn|Sussex|"
    r"Cornwall|Devon)"
    r"(?: Hospital| Infirmary)?|Queen (?:Elizabeth|Alexandra|Mary['’]s|Charlotte['’]s|"
    r"Margaret)(?: University)?(?: Hospital)?|"
    r"King['’]s College Hospital|University Hospitals? (?:of )?[A-Z][a-z]+(?: [A-Z][a-z]+)?|"
    r"Stoke Mandeville|John Radcliffe|Frenchay|Southmead|Gartnavel|Ninewells|Raigmore|Ysbyty(?: [A-Z]\w+){1,2}|"
    r"Holles Street|The Rotunda|Chris Hani Baragwanath|Baragwanath|Groote Schuur|Tygerberg|Karl Bremer|LUTH|LASUTH|"
    r"UCH Ibadan|AIIMS|(?:HMP|HMYOI|YOI|IRC)\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|RVI)(?!\w)"
)


_SAINT = re.compile(r"\b(?:St\.?|Saint)\s[A-Z]\w+['’]s\b(?!\s(?:wort|[Dd]ay|[Ee]ve|fire|dance|[Ww]ard\s\d))")


_HOME = re.compile(
    r"\b(?P<n>(?:The\s)?(?:[A-Z][\w'’]+\s){1,3})(?P<h>(?:(?:care|nursing|residential|rest|children['’]?s|"
    r"old\speople['’]?s)\shome|"
    r"(?:medical|health|birth|day|resource|leisure|community|treatment|urgent\scare)\scentre|"
    r"(?:community|cottage|district|general|teaching|children['’]?s|private|maternity|mission)\shospital|"
    r"(?:community|day|stroke|rehab|dialysis|birthing)\sunit|(?:gp|dental|vet['’]?s|doctors['’]?|medical)\s(?:surgery|"
    r"practice)|"
    r"(?:primary|secondary|high|junior|infants?|comprehensive|grammar|nursery|special|village)\s(?:school|academy)))\b"
)
_THE_HOME = re.compile(
    r"(?<=\b(?:at|in|to) )The\s(?!Gambia|Netherlands|Hague|Philippines)[A-Z][a-z]{3,}s\b(?!\s[A-Z])|"
    r"(?<=\bfrom )The\s[A-Z][a-z]{3,}s\b(?!\s[A-Z])"
)
_UNIVERSITY = re.compile(r"\b(?:University|College|Bank|Diocese)\sof\s(?:the\s)?[A-Z][\w'’]+(?:\s[A-Z][\w'’]+)?")
_OF = re.compile(r"\sof\s(?:(?:St\.?|the)\s)?[A-Z][\w'’]+")


_WARD = re.compile(
    r"\bWard\s(?!(?:Round|Manager|Sister|Clerk|Based|Managers|Staff|Nurse|Pharmacist)\b)(?P<n>[A-Z][a-z]{3,})\b"
)


_DEDICATED = re.compile(
    r"\b(?:Our Lady(?:['’]s)?(?: of(?: the)?(?: [A-Z]\w+){1,2})?|Royal)(?:\s(?:[A-Z][\w'’]*|of|"
    r"and))*(?:,\s[A-Z][a-z]+)?"
)


_DROPPED = {
    "at",
    "in",
    "to",
    "from",
    "the",
    "a",
    "our",
    "my",
    "near",
    "by",
    "on",
    "and",
    "then",
    "when",
    "after",
    "new",
    "old",
    "but",
    "as",
}


_NO_WARDS = frozenset(
    [
        "the",
        "said",
        "my",
        "so",
        "an",
        "per",
        "long",
        "more",
        "than",
        "little",
        "low",
        "green",
        "white",
        "busy",
        "grey",
        "brown",
        "black",
        "his",
        "new",
        "old",
        "young",
        "bay",
        "day",
    ]
)


def find(text: str, words: Sequence[Word]) -> Iterator[Identifier]:
    for match in _WELL_KNOWN.finditer(text):
        yield Identifier(*match.span(), "ORGANISATION", "medium", "a named hospital or institution")
    for match in _SAINT.finditer(text):
        yield Identifier(*match.span(), "ORGANISATION", "medium", "a place named after a saint")
    for match in _HOME.finditer(text):
        said = [fold(word) for word in match["n"].split()]
        if any(word not in context("generic") and word not in allowed() for word in said):
            start = (
                match.start()
                if said[0] not in context("generic") or said[0] == "the"
                else match.start() + len(said[0]) + 1
            )
            yield Identifier(start, match.end(), "ORGANISATION", "medium", "a named home or practice")
    for match in _THE_HOME.finditer(text):
        if fold(match.group().split()[1]) not in allowed():
            yield Identifier(*match.span(), "ORGANISATION", "medium", "a named house")
    for match in _UNIVERSITY.finditer(text):
        yield Identifier(*match.span(), "ORGANISATION", "medium", "a named institution")
    for match in _WARD.finditer(text):
        if match["n"].lower() not in allowed() or match["n"].lower() in names():
            yield Identifier(*match.span(), "ORGANISATION", "medium", "a named ward")
    heads = context("hospitals")
    for place, word in enumerate(words):
        if word.folded in heads and place:
            yield from _headed(text, words, place)
    for match in _DEDICATED.finditer(text):
        said = match.group().split()
        if said[0] == "Our" or (len(said) > 1 and _names_a_royal(said)):
            end = match.end()
            yield Identifier(match.start(), end, "ORGANISATION", "medium", "a named hospital")


def _names_a_royal(said: Sequence[str]) -> bool:
    """Whether “Royal …” is a hospital's short name: a known town or a word that is not English follows."""
    if said[0] != "Royal":
        return False
    rest = fold(" ".join(said[1:]))
    return rest in places() or (not is_ordinary(rest) and rest not in allowed() and len(said) == 2)


def _headed(text: str, words: Sequence[Word], last: int) -> Iterator[Identifier]:
    """The organisation whose last word is a head such as “Hospital”, with the name before it."""
    head = words[last]
    end = last
    while (
        end + 1 < len(words)
        and words[end + 1].capital
        and words[end + 1].folded in context("hospitals")
        and touch_loosely(text, words[end], words[end + 1])
    ):
        end += 1
    if (
        last
        and words[last - 1].folded in context("hospitals")
        and words[last - 1].capital
        and head.capital
        and touch_loosely(text, words[last - 1], head)
    ):
        return  # the run was handed out at its first head
    first = last
    while first > 0 and last - first < 6 and touch_loosely(text, words[first - 1], words[first]):
        before = words[first - 1]
        named = before.capital and not (before.opens and before.folded in context("generic"))
        joined = (
            before.folded in _JOINING
            and first - 1 > 0
            and words[first - 2].capital
            and touch_loosely(text, words[first - 2], before)
        )
        if not named and not joined:
            break
        first -= 1
    while first < last and (
        words[first].folded in _JOINING - {"st", "our"}
        or words[first].folded in _DROPPED
        or words[first].folded in context("titles") - {"st"}
    ):
        first += 1
    while first < last - 1 and _is_no_part(words[first]):
        first += 1
    if first < last and head.capital:
        if any(_is_a_name(word) for word in words[first:last]) or _end(text, words[end]) > words[end].end:
            yield Identifier(
                words[first].start, _end(text, words[end]), "ORGANISATION", "medium", "a named organisation"
            )
    elif not head.capital and head.folded in context("sure_hospitals"):
        yield from _lower_headed(text, words, first, last)


def _lower_headed(text: str, words: Sequence[Word], first: int, last: int) -> Iterator[Identifier]:
    """“nightingale ward”, “St Brannoc's hospice”: a head in lower case after a name that is no English word."""
    while (
        first > 0
        and last - first < 2
        and touch_loosely(text, words[first - 1], words[first])
        and (
            words[first - 1].folded == "st"
            or (first == last and is_strange(words[first - 1]))
            or (
                first == last
                and words[last].folded == "ward"
                and words[first - 1].folded in names() - _NO_WARDS - GRAMMAR
            )
        )
    ):
        first -= 1
    before = words[last - 1]
    on_a_ward = (
        words[last].folded == "ward"
        and before.folded not in _NO_WARDS
        and ((before.capital and not before.opens) or before.folded in names() - GRAMMAR)
    )
    if first < last and (on_a_ward or any(is_strange(word) for word in words[first:last])):
        if words[last].folded in ("house", "practice") and words[first].possessive:
            return
        if (
            words[first].possessive
            and words[first].folded in names()
            and words[last].folded in ("school", "ward", "college", "house", "gp", "surgery", "manor")
        ):
            return
        yield Identifier(words[first].start, words[last].end, "ORGANISATION", "medium", "a named organisation")


def _is_no_part(word: Word) -> bool:
    """Whether it stands before an organisation's name by chance: “Rang Thornleigh General”, “GP Mill Surgery”."""
    if word.opens and (word.folded in GRAMMAR or word.folded in context("verbs")):
        return True
    if word.folded in names() or (not is_exactly_ordinary(word.folded) and not word.shouted) or word.folded in places():
        return False
    return (word.opens and word.tag in ("VERB", "ADV", "INTJ")) or (word.shouted and word.folded in allowed())


def _end(text: str, head: Word) -> int:
    """Where the name ends: “Royal Infirmary of Edinburgh” goes on after its head."""
    more = (
        _OF.match(text, head.end)
        if head.folded in ("hospital", "infirmary", "university", "hospitals", "college")
        else None
    )
    return more.end() if more else head.end


def _is_a_name(word: Word) -> bool:
    """Whether it makes an organisation a particular one."""
    if word.folded in context("generic") or word.folded in _JOINING:
        return False
    if word.folded in names() or word.folded in places():
        return True
    return word.folded not in allowed() and not (word.shouted and len(word.text) < 5)


def is_strange(word: Word) -> bool:
    """Whether it is a name and no word of English or of the clinic."""
    if word.shouted or word.folded in allowed() or word.folded in context("generic"):
        return False
    if word.capital and not word.opens:
        return True
    return word.folded not in ambiguous() and not is_ordinary(word.folded) and len(word.text) > 3
