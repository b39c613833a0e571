"""Words that people are called by: when “Mercy”, “May” or “Art” is a person and no word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.privacy.wordlists import ambiguous, context, is_ordinary, names, words_of
from journal.privacy.words import Word

GRAMMAR = words_of(
    "said saw will may can do so an he my the more long read mine else ward phone than de per non rang sang on "
    "reg sho hope van "
)


CALENDAR = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "summer",
        "autumn",
        "winter",
        "spring",
        "easter",
        "noel",
        "india",
        "china",
        "israel",
        "jordan",
        "chad",
        "eve",
    ]
) - {"eve", "jordan", "noel", "chad", "india"}

TOLD = words_of("told asked thanked bleeped texted rang phoned emailed messaged hugged thank")
_FIRST_NAMES = words_of(
    "dolly violet amber ivy daisy heather holly grace mercy blessing precious penny sonny ginger rose jean pat frank "
    "jack harry sue "
    "eve ruby pearl olive poppy lily jasmine rosemary iris ebony clementine jocasta dawn joy hope faith april june "
    "may carol peter "
    "robin martin jade crystal sandy misty gene clement constance prudence patience temperance felicity verity honor "
    "innocent "
    "goodluck gift comfort bella stella clara viola flora fern hazel laurel myrtle marigold primrose bryony victor "
    "earl duke "
    "clay cliff dean drew glen guy heath lance miles rod rowan troy wade ray art bill bob dick jim tom sally molly "
    "polly minty "
    "biddy teddy charity chastity harmony serenity melody candy cherry ginny kitty maya mina nina paris sierra stone "
    "bonny sunny"
)
"""Words that people are called by and that seldom open a sentence as words."""
_ASIDE = re.compile(
    r"(?:\sand\s[A-Z][a-z]+(?:\s|,)|\sthe\s(?:[a-z-]+\s)?(?:hca|sho|reg|registrar|nurse|porter|physio|sister|student|"
    r"cleaner|ward|"
    r"night|domestic|clerk|consultant|intern|f1|f2|midwife|ot|pharmacist|carer|interpreter)\b|,\s(?:bed|bay|who|whose|"
    r"my|our|her|his|"
    r"the|a|an|one|aged|\d\d)\b|\son\s(?:nights?|days?|reception|the\s(?:desk|door|ward))\b|\s\(|\sin\s(?:bed|bay|"
    r"side)\b|['’]s\s"
    r"(?:daughter|son|wife|husband|mum|dad|mother|father|sister|brother|family|bed|notes|hands?|face|bloods|"
    r"drip)\b)", re.I
)  # fmt: skip
_BY_ROLE = re.compile(
    r"(?:,?\sthe\s(?:[a-z-]+\s)?(?:hca|sho|reg|registrar|physio|porter|cleaner|domestic|consultant|intern|f1|f2|"
    r"midwife|ot|pharmacist|"
    r"interpreter|student|clerk)\b|\s\((?:hca|sho|reg|registrar|physio|porter|cleaner|nurse|pharmacist|consultant|"
    r"ward\sclerk|student|"
    r"sister|midwife|ot|f1|f2|st\d)\b)",
    re.I,
)
_NOT_BY_ROLE = GRAMMAR | words_of(
    "monday tuesday wednesday thursday friday saturday sunday mum dad sister nurse doctor"
)
_PAST = words_of(
    "fell rang said came went took brought told sat stood got gave had was did made held knew kept left lost met put "
    "ran saw sent "
    "wept woke wrote has wants says is died does can't won't never hadn't wasn't didn't isn't doesn't hates likes "
    "loves needs lives"
)


def stands_as_a_name(text: str, word: Word, after: Word | None) -> bool:
    """Whether a first name that is a word too opens the sentence as a person: “Mercy bleeped me”, “Violet, bed 3”."""
    if word.folded not in _FIRST_NAMES or word.shouted or word.folded in context("titles"):
        return False
    if _ASIDE.match(text, word.end):
        return True
    return after is not None and (
        (after.folded in _PAST and word.folded not in ("hope", "may", "guy", "duke", "dawn"))
        or (after.folded.endswith("ed") and len(after.text) > 4 and after.tag == "VERB")
        or (word.folded == "may" and after.folded in ("fell", "rang", "was", "died", "wants"))
    )


def is_beside_a_role(text: str, word: Word) -> bool:
    """“Art, the physio”, “Jun (SHO)”."""
    return word.folded not in _NOT_BY_ROLE and _BY_ROLE.match(text, word.end) is not None


def is_a_family(words: Sequence[Word], place: int) -> bool:
    """“the Khans”."""
    word, single = words[place], words[place].folded[:-1]
    if word.opens or not place or words[place - 1].folded != "the" or not word.folded.endswith("s"):
        return False
    return single in names() and not is_ordinary(single, noun=False) and single not in ambiguous()
