import itertools
import json
import random
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.domain import IDENTIFIER_KINDS
from journal.privacy import detect, language
from journal.privacy.numbers import is_valid_nhs
from journal.privacy.wordlists import names, places

NOTES = [Path(__file__).parent / name for name in ("notes-dev.jsonl", "notes-dev-2.jsonl")]


def found(text: str, *own: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in detect.find(text, own).spans]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mrs Begum was frightened of the scan.", "Begum"),
        ("I asked priya to check the dose with me.", "priya"),
        ("Dr Okonkwo-Bright covered the ward.", "Okonkwo-Bright"),
        ("I sat with Nguyen Thi Mai for an hour.", "Nguyen Thi Mai"),
        ("Handed over to Mr van der Merwe's team.", "van der Merwe"),
        ("the registrar was dr patel again", "patel"),
        ("Then O'Dowd rang from theatre.", "O'Dowd"),
        ("Thank you, Zsófia, for staying.", "Zsófia"),
        ("Mr J.S. went home.", "J.S."),
        ("Grace said the pump was off.", "Grace"),
        ("MRS KOWALCZYK in the side room", "KOWALCZYK"),
        ("Mercy bleeped me twice.", "Mercy"),
        ("Violet, bed 3, is dying.", "Violet"),
        ("told the therapy lead oumaima this morning", "oumaima"),
        ("I took consent from Park Soo-jin alone.", "Park Soo-jin"),
        ("I told Hope the plan.", "Hope"),
    ],
)
def test_a_name_is_found_whole_without_its_title(text, name):
    assert found(text) == [("PERSON", name)]


def test_a_name_once_known_is_found_again_in_lower_case_and_misspelt():
    text = "Mr Thistlewood was cold. I moved thistlewood to bay 2. Wrote Thistelwood on the form."
    assert [span for _, span in found(text)] == ["Thistlewood", "thistlewood", "Thistelwood"]


def test_a_persons_own_list_is_always_found():
    assert found("the blue zorbin came too") == []
    assert found("the blue zorbin came too", "Zorbin") == [("PERSON", "zorbin")]


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        ("His NHS number is 943 476 5919.", "NHS_NUMBER", "943 476 5919"),
        ("CHI 0403525888 on the form", "NHS_NUMBER", "0403525888"),
        ("Found 943 476 5918 on a sticker.", "NHS_NUMBER", "943 476 5918"),
        ("hosp no K0482213 was wrong", "HOSPITAL_NUMBER", "K0482213"),
        ("MRN 00714429 on the bottle", "HOSPITAL_NUMBER", "00714429"),
        ("My GMC number 7918824 is on it.", "ID", "7918824"),
        ("Pin 17F0482E as ever", "ID", "17F0482E"),
        ("Datix W-118204 went in.", "ID", "W-118204"),
        ("his van WX68 KZO outside", "ID", "WX68 KZO"),
        ("NI QQ 12 88 40 C", "ID", "QQ 12 88 40 C"),
        ("Rang 07700 900432 twice.", "PHONE", "07700 900432"),
        ("wrote to a.b@ward.example today", "EMAIL", "a.b@ward.example"),
        ("she is tiktok.com/@adeelb_speaks", "URL", "tiktok.com/@adeelb_speaks"),
        ("home to 31 Withy Lane tonight", "ADDRESS", "31 Withy Lane"),
        ("went to 22b hathersage close", "ADDRESS", "22b hathersage close"),
        ("posted to LS6 3QX", "POSTCODE", "LS6 3QX"),
        ("a flat in SE15 somewhere", "POSTCODE", "SE15"),
        ("On the 14th of June it failed.", "DATE", "14th of June"),
        ("dob 21.7.66 on the band", "DATE", "21.7.66"),
        ("since October 2023 at least", "DATE", "October 2023"),
        ("He was 94 and sharp.", "AGE_OVER_89", "94"),
        ("a lady of ninety-four", "AGE_OVER_89", "ninety-four"),
        ("The bus from Burnley was late.", "LOCATION", "Burnley"),
        ("his sister is in gdynia now", "LOCATION", "gdynia"),
        ("Came over from Ashdown Infirmary.", "ORGANISATION", "Ashdown Infirmary"),
        ("We stood in Nightingale Ward.", "ORGANISATION", "Nightingale Ward"),
        ("GMC 7 104 482 is on the form.", "ID", "7 104 482"),
        ("The licence was MORGA 657054 SM9IJ.", "ID", "MORGA 657054 SM9IJ"),
        ("The serial is RLA 204471 G, I think.", "ID", "RLA 204471 G"),
        ("His service number, 24410882, was on it.", "ID", "24410882"),
        ("It was C/24/1182 in the end.", "ID", "C/24/1182"),
        ("An old car, F441 KLO, in the bay.", "ID", "F441 KLO"),
        ("The clinic file EY 44812 was lost.", "HOSPITAL_NUMBER", "EY 44812"),
        ("mail me at p.shah at nhs dot net please", "EMAIL", "p.shah at nhs dot net"),
        ("We took her home to Rosedene, 4 Mill Lane", "ADDRESS", "Rosedene, 4 Mill Lane"),
        ("It goes to Unit 8, Tollgate Yard.", "ADDRESS", "Unit 8, Tollgate Yard"),
        ("He lives at Apartment 30, The Maltings.", "ADDRESS", "Apartment 30, The Maltings"),
        ("It said postcode ZK4 1TB.", "POSTCODE", "ZK4 1TB"),
        ("She lives in L8 now.", "POSTCODE", "L8"),
        ("Hip, post op, 95, refusing to stand.", "AGE_OVER_89", "95"),
        ("her 102nd birthday on the ward", "AGE_OVER_89", "102nd"),
        ("He is 97 next week and knows it.", "AGE_OVER_89", "97"),
        ("The note said 12APR2024.", "DATE", "12APR2024"),
        ("We drove out to the Skelby clinic.", "LOCATION", "Skelby"),
        ("a house call to ballyvaughan", "LOCATION", "ballyvaughan"),
        ("He grew up in County Leitrim.", "LOCATION", "County Leitrim"),
        ("Her brother was in from Tiznit.", "LOCATION", "Tiznit"),
        ("Everyone on Kittiwake knows.", "ORGANISATION", "Kittiwake"),
        ("She packs salads for Greenacre Fresh.", "ORGANISATION", "Greenacre Fresh"),
        ("We sent her to Queen Adelaide's.", "ORGANISATION", "Queen Adelaide's"),
        ("It was the QE that rang.", "ORGANISATION", "QE"),
        ("The Laurels will not take her.", "ORGANISATION", "The Laurels"),
    ],
)
def test_numbers_days_and_places_are_found_whole(text, kind, span):
    assert found(text) == [(kind, span)]


@pytest.mark.parametrize(
    "text",
    [
        "Gave Tazocin and Hartmann's, GCS 15, Waterlow 12, NEWS2 of 7.",
        "Her Parkinson's is worse; Murphy's sign negative; Foley in; Glasgow score 9.",
        "Bleep 2231, ext 4410, bed 12, bay 3, ward 7, theatre 4.",
        "BP 120/80, sats 94 on air, HR 101, potassium 5.9, 10 mg twice, 3/7 of doxycycline.",
        "May I march on? Will it snow in June? Last Tuesday, after Christmas, I was tired.",
        "Wednesday again. Catheterised him, bleeped the SpR, rewrote the Kardex and went home.",
        "He speaks Polish and came from Nigeria. NICE says so. MRCP in August.",
        "The ED, ICU and the GP practice all use Datix and SystmOne.",
        "Sats were 94, 95, 93 and the pulse 98; CRP 97, then 101; weight 92.",
        "May I ask? Hope it lasts. Dawn broke. Grace under pressure, they say.",
        "T4, L5 and S1 were fine; at C6 there was a step. An FY2 and an ST3 came.",
        "The Acute Medical Unit rang Social Services and the Crisis Team.",
    ],
)
def test_what_names_nobody_is_left_alone(text):
    assert found(text) == []


def test_a_rare_combination_is_a_hint_and_no_span():
    both = detect.find("The triplets were in the local paper.")
    assert both.spans == ()
    assert [hint.why for hint in both.hints] == ["a rare birth", "something the press wrote of"]


def test_the_marked_notes_stay_within_the_promise():
    notes = [json.loads(line) for path in NOTES for line in path.read_text("utf-8").splitlines()[::4]]
    marked = hit = false = words = 0
    for note, result in zip(notes, detect.find_many(note["text"] for note in notes), strict=True):
        spans = {(span["start"], span["end"], span["kind"]) for span in note["spans"]}
        marked, words = marked + len(spans), words + len(note["text"].split())
        hit += len(spans & {(s.start, s.end, s.kind) for s in result.spans})
        false += sum(not any(a < s.end and s.start < b for a, b, _ in spans) for s in result.spans)
    assert hit / marked >= 0.95
    assert false / words <= 0.01


def test_nothing_is_looked_up_over_the_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    language.load.cache_clear()
    assert found("Mail priya@ward.example or see www.ward.example") == [
        ("EMAIL", "priya@ward.example"),
        ("URL", "www.ward.example"),
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_spans_inside_it_in_order_that_never_overlap(text):
    spans = detect.find(text).spans
    assert all(0 <= span.start < span.end <= len(text) and span.kind in IDENTIFIER_KINDS for span in spans)
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))


def test_each_tenth_digit_but_one_is_refused():
    rng = random.Random(4)
    for _ in range(50):
        nine = "".join(rng.choice("0123456789") for _ in range(9))
        assert sum(is_valid_nhs(nine + str(last)) for last in range(10)) <= 1


def test_the_lists_hold_names_of_every_origin_and_places():
    assert {"begum", "okafor", "kowalczyk", "siobhan", "nguyen", "hodan", "fernandes", "yildiz", "cohen"} <= names()
    assert {"burnley", "gdynia", "stornoway"} <= places()
    assert len(names()) > 9000


def test_what_was_found_shows_no_text_in_its_repr():
    assert "Begum" not in repr(detect.find("Mrs Begum was cold."))
