"""Organisations told by their form or the words before them: royal names, camps, shops, employers, wards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.domain import Identifier
from journal.privacy.wordlists import allowed, ambiguous, context, fold, is_exactly_ordinary, names, places, words_of

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’&-]*"
_RUN = rf"{_CAP}(?:\s(?:&\s)?{_CAP}){{0,3}}"

_ROYAL = re.compile(
    r"\b(?:(?:(?P<at>at|from|to|in|near|the|\A)\s?)?(?P<n>(?:Queen|King|Prince|Princess|Duchess|Duke|Lady|"
    r"Lord)(?:\sof)?\s"
    r"(?P<who>[A-Z]\w+)(?:['’]s)?(?P<more>(?:\s(?:Children['’]?s|General|Hospital|Infirmary|Royal|University|"
    r"Memorial|Maternity|"
    r"Women['’]?s|Eye|Dental|District|College|Hospice|Unit|Ward|House))*)))(?!\w)"
)
_ROYALS = words_of("elizabeth mary marys alexandra charlotte charlottes margaret victoria adelaide anne philip albert")
_SERVICE = re.compile(
    r"\b(?:RAF|HMS|RNAS|HMP|HMYOI|YOI|IRC|Camp|Fort|FOB|MTI|CMHT|Barracks)\s(?P<w>[A-Z][a-z]{3,})(?:\s[A-Z][a-z]+)?\b"
)
_INITIALS = re.compile(r"(?<=\bthe )(?:QE|JR|RVI|BRI|LGI|RIE|WGH|QA|RD&E|UHW|RUH|GRI)\b(?!\s\d)")
_SHOP = re.compile(
    r"\b(?P<w>[A-Z][a-z]{3,}(?:\s[A-Z][a-z]+)?)\s(?:Sainsbury['’]?s|Tesco|Asda|ASDA|Aldi|Lidl|Morrisons|Waitrose|"
    r"Co-?op|Boots|"
    r"Greggs|B&Q|Spar|SPAR|Wetherspoons?|McDonald['’]?s|Costa|Argos|Ikea|IKEA|Iceland|Halfords|Screwfix)\b"
)
_JOB = (
    r"(?:work(?:s|ed|ing)?|jobs?|shifts?|employed|drives?|drove|driver|driving|packs?|packing|stacks?|stacking|"
    r"clean(?:s|er|ing)|"
    r"laid\soff|sacked|retired|redundant|apprentice(?:d|ship)?|foreman|manager|welder|fitter|chef|cook|porter|"
    r"key\s?worker|"
    r"support\sworker|placement|elective|rotation|nights|fostered|volunteers?|volunteering|temping|agency|contract|"
    r"security|"
    r"teaches|taught|pharmacist|receptionist|caseworker|worker|counsellor|advocate)"
)
_EMPLOYER = re.compile(
    rf"\b{_JOB}(?:\s(?!at\b|for\b|by\b|from\b)[a-z'’-]+){{0,4}}\s(?P<by>at|for|by|from|with)\s(?:the\s)?(?P<n>{_RUN})"
)
_RESIDENT = re.compile(
    r"\b(?:dying|died|resident|residents|carers?|respite|staff|discharged|transferred|admitted|manager|matron|referred|"
    r"referral|back|home|bed|place)\s(?:(?:off|back|out)\s)?(?:in|at|to|from)\s(?P<n>[A-Z][a-z]{2,}(?:hill|field|view|"
    r"lea|brook|croft|haven|"
    r"dene|mead|bank|rise|lands|holme|cliffe|acre|acres|lodge|gate|side|lawn|lawns|mount|wood))\b(?!['’]|\s[A-Z])"
)
_ON_A_WARD = re.compile(
    r"\b(?:everyone|everybody|nobody|someone|sister|staff|team|beds?|nights?|shifts?|nurses?|hcas?|lady|man|patients?|"
    r"months?|"
    r"weeks?|days?|weekend|housekeeper|domestic|matron|back|up|working|student|students|was|f1|reg|outlier|outliers|"
    r"cover|covering|"
    r"sleepout|bay\s\d|over|falls|arrest|died)\s(?:here\s)?(?P<o>on|to|"
    r"onto)\s(?P<n>[A-Z][a-z]{3,})\b(?!['’])(?!\s[A-Z])",
    re.I,
)
_WARD_WORDS = (
    "juniper|willow|maple|birch|cedar|hazel|rowan|elder|aspen|alder|hawthorn|sycamore|chestnut|beech|larch|laurel|"
    "lavender|bluebell|"
    "primrose|marigold|foxglove|snowdrop|daffodil|sunflower|buttercup|thistle|heather|bramble|clover|jasmine|magnolia|"
    "orchid|fern|"
    "kittiwake|kestrel|curlew|lapwing|puffin|swift|swallow|kingfisher|skylark|nightingale|wren|robin|heron|osprey|"
    "merlin|falcon|"
    "avocet|plover|dunlin|linnet|goldfinch|starling|badger|otter|dolphin|starfish|seahorse|penguin|rainbow|sunshine|"
    "cheviot|elgar|"
    "amethyst|sapphire|topaz|emerald|harbour|lighthouse|meadow|orchard|poppy|acorn|oak|ash|elm|pine|bracken|campion|"
    "speedwell"
)
_ON_A_PLANT = re.compile(
    rf"\b(?:on|onto)\s(?P<n>(?i:{_WARD_WORDS}))\b(?!['’])(?!\s(?:Street|Road|Lane|Avenue|Close|Drive|Way|Ward|ward))"
)
_TO_A_PLANT = re.compile(
    r"\b(?:moved|stepped|transferred|going|sent|admitted|back|up|down)\s(?:back\s|over\s|up\s|down\s)?(?:to|from)\s"
    rf"(?P<n>(?i:{_WARD_WORDS}))\b(?!['’])(?!\s(?:Street|Road|Lane|Avenue|Close|Drive|Way|Ward|ward))"
)
_HOUSE = re.compile(
    r"\bThe\s(?:Laurels|Willows|Elms|Oaks|Beeches|Limes|Firs|Cedars|Poplars|Pines|Hollies|Chestnuts|Sycamores|Gables|"
    r"Orchards|"
    r"Paddocks|Meadows|Haven|Priory|Larches|Hawthorns|Birches|Maples|Rowans|Mews|Old\sVicarage|Hermitage|Lindens|"
    r"Acorns|Ashes)\b"
    r"(?!,\s(?:\d|[A-Z]\w+\s(?:Street|Road|Lane)))"
)
_AND_DISTRICT = re.compile(
    r"\b[A-Z][a-z]{3,}\s(?:and|&)\s(?:District(?:\s(?:General|Hospitals?))*|[A-Z][a-z]+\s(?:Hospitals?|Infirmary|"
    r"Trust|NHS\sTrust))\b"
)


def find(text: str) -> Iterator[Identifier]:
    """Each such organisation, in no order."""
    for match in _ROYAL.finditer(text):
        who = fold(match["who"])
        if match["more"] or match["n"].endswith(("'s", "’s")) or who in _ROYALS:
            if match["n"].split()[0] not in ("Lady", "Lord") or match["more"]:
                yield Identifier(*match.span("n"), "ORGANISATION", "medium", "a hospital of a royal name")
        elif match["at"] and match["n"].startswith("Prince"):
            yield Identifier(*match.span("n"), "ORGANISATION", "medium", "a hospital of a royal name")
    for pattern in (_SERVICE, _SHOP):
        for match in pattern.finditer(text):
            if fold(match["w"]) not in context("generic") | allowed() and not is_exactly_ordinary(fold(match["w"])):
                yield Identifier(*match.span(), "ORGANISATION", "medium", "a named camp, prison or shop")
    for pattern in (_INITIALS, _HOUSE, _AND_DISTRICT):
        for match in pattern.finditer(text):
            yield Identifier(*match.span(), "ORGANISATION", "medium", "a named hospital or home")
    yield from _employers(text)
    yield from _wards(text)


def _employers(text: str) -> Iterator[Identifier]:
    for match in _EMPLOYER.finditer(text):
        said = [fold(word) for word in match["n"].split() if word != "&"]
        if (
            match["n"].endswith(("'s", "’s"))
            or said[0] in context("titles")
            or any(w in context("particles") for w in said)
        ):
            continue
        if len(said) == 1:
            strange = not is_exactly_ordinary(said[0]) and said[0] not in names() | places() | allowed() | context(
                "generic"
            )
            if strange and match["by"] in ("at", "for") and len(said[0]) > 4 and not match["n"].isupper():
                yield Identifier(*match.span("n"), "ORGANISATION", "medium", "an employer by the words before it")
        elif (
            not all(w in allowed() | context("generic") for w in said)
            and not (said[0] in names() and (said[-1] in names() or not is_exactly_ordinary(said[-1])))
            and not {"street", "road", "lane"} & set(said)
        ):
            yield Identifier(*match.span("n"), "ORGANISATION", "medium", "an employer by the words before it")
    for match in _RESIDENT.finditer(text):
        if fold(match["n"]) not in allowed() | ambiguous() | context("generic") and not is_exactly_ordinary(
            fold(match["n"])
        ):
            yield Identifier(*match.span("n"), "ORGANISATION", "medium", "a named home by the words before it")


def _wards(text: str) -> Iterator[Identifier]:
    for pattern in (_ON_A_PLANT, _TO_A_PLANT):
        for match in pattern.finditer(text):
            if match["n"][0].isupper():
                yield Identifier(*match.span("n"), "ORGANISATION", "medium", "a ward's own name")
    for match in _ON_A_WARD.finditer(text):
        word = fold(match["n"])
        if (
            match["n"][0].isupper()
            and match["o"].lower() == "on"
            and word not in allowed() | names() | places() | context("generic") | context("titles")
            and not is_exactly_ordinary(word)
        ):
            yield Identifier(*match.span("n"), "ORGANISATION", "medium", "a ward's own name")
