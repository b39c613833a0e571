import base64
import json
import struct
from datetime import date

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from journal.errors import BadInput, WrongPassphrase
from journal.importers import jrnl
from journal.importers.given import Given
from journal.importers.jrnl_encrypted import decrypted, looks_encrypted

TODAY = date(2026, 11, 23)
FILE = """[2026-03-01 08:00] Long night on @AMU. *
Three bloods missed.

#NOF in bay two.
[not a date] is only a thought.

[2026-03-02 09:15] Quiet.
"""
PASSWORD = "pässword four"
SALT = b"\xf2\xd5q\x0e\xc1\x8d.\xde\xdc\x8e6t\x89\x04\xce\xf8"

WRITTEN_BY_JRNL = {  # both with PASSWORD and one entry
    "4.1": b"gAAAAABrBEZ9Xagp-qEIP3aAREJk_XG3sgP3Y9uebzUFoGhiatd9pNh1dni8RpgLTK_syWkoJEt7lVfAt-UYz2DyiGrGv1DY-fdrq1Cq"
    b"Ji70Sgts9BNgQI0=",
    "4.6": b"JRNLv3\x000eyJzYWx0IjoiSVJ1cXUzQlFvcGRmTS1kWHZMYktWZz09In0=gAAAAABrBEZ8zA-FgL6VS7vqOoHAqOlArTSfCq2f4mCChJ"
    b"RBBV1NDm1_ZdSbaAvddUh5bySDjezMq-zy01_VzhBAqwk43a1MRe76yGngA9ryb0Jmz0-NIWg=",
}


def read(text, password="", **given):
    data = text if isinstance(text, bytes) else text.encode()
    return jrnl.read(Given("journal.txt", None, data, **given), TODAY, lambda: password)


def written(found):
    return [(r.written, r.content.text, r.content.tags) for r in found.records]


def key(password, salt):
    derived = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=100_000).derive(password.encode())
    return base64.urlsafe_b64encode(derived)


def test_a_jrnl_file_becomes_entries_with_their_tags_and_stars():
    found = read(FILE)
    assert not found.problems
    assert written(found) == [
        (
            "2026-03-01T08:00",
            "Long night on @AMU.\nThree bloods missed.\n\n#NOF in bay two.\n[not a date] is only a thought.",
            ("amu", "nof", "starred"),
        ),
        ("2026-03-02T09:15", "Quiet.", ()),
    ]
    assert [record.place for record in found.records] == ["Line 1", "Line 7"]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("2026-03-01 08:00:05 PM", "2026-03-01T20:00:05"),
        ("2026-03-01 12:30:00 AM", "2026-03-01T00:30:00"),
        ("2026-03-01 12:30:00 pm", "2026-03-01T12:30:00"),
        ("2026-03-29 01:30", "2026-03-29T01:30"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T08:00:00+0100", "2026-03-01T08:00:00+01:00"),
    ],
)
def test_every_time_jrnl_writes_is_read_and_an_hour_that_summer_time_left_out_stays_as_written(stamp, expected):
    assert [record.written for record in read(f"[{stamp}] Ward.").records] == [expected]


@pytest.mark.parametrize(
    "stamp", ["03/04/2026 08:00", "1.3.26 08:00", "Sun Mar  1 08:00:00 2026", "1 Mar 2026", "2026/03/01"]
)
def test_a_date_that_cannot_be_read_for_sure_is_named_rather_than_joined_to_the_entry_before(stamp):
    found = read(FILE + f"[{stamp}] CANARY\n")
    assert [problem.place for problem in found.problems] == ["Line 8"]
    assert "CANARY" not in str(found.problems)


@pytest.mark.parametrize("words", ["2 to 3", "x", "08:00", "3/7", "may", "bay 2016"])
def test_brackets_at_the_start_of_a_line_are_words_like_others(words):
    found = read(FILE + f"[{words}] bloods")
    assert not found.problems
    assert len(found.records) == 2


def test_words_before_the_first_entry_are_named_and_not_lost_in_silence():
    assert [problem.place for problem in read("CANARY\n" + FILE).problems] == ["Line 1"]


def test_a_file_from_windows_is_read_the_same():
    assert written(read(FILE.replace("\n", "\r\n"))) == written(read(FILE))


def test_a_folder_of_days_gives_each_entry_the_day_of_its_file(tmp_path):
    (tmp_path / "2026" / "03").mkdir(parents=True)
    (tmp_path / "2026" / "03" / "01.txt").write_text("[08:00] Early.\n[2025-01-01 09:30] Later.\n")
    (tmp_path / "2026" / "03" / "notes.pdf").write_bytes(b"%PDF")
    found = jrnl.read(Given("days", tmp_path), TODAY, str)
    assert written(found) == [("2026-03-01T08:00", "Early.", ()), ("2026-03-01T09:30", "Later.", ())]
    assert found.records[1].place == "2026/03/01.txt, line 2"
    assert found.notes == ("1 other file was left alone.",)


def test_its_json_gives_the_same_entries_as_its_file():
    entries = [
        {
            "title": "Long night on @AMU.",
            "body": "Three bloods missed.\n\n#NOF in bay two.\n[not a date] is only a thought.",
            "date": "2026-03-01",
            "time": "08:00",
            "tags": ["@amu", "#nof"],
            "starred": True,
        },
        {"title": "Quiet.", "body": "", "date": "2026-03-02", "time": "09:15", "tags": [], "starred": False},
    ]
    assert written(read(json.dumps({"tags": {"@amu": 1, "#nof": 1}, "entries": entries}, indent=2))) == written(
        read(FILE)
    )


@pytest.mark.parametrize(
    "entry", [5, {}, {"date": "CANARY"}, {"date": "2026-03-01", "title": 5}, {"date": "2026-03-01", "body": " "}]
)
def test_an_entry_of_its_json_that_cannot_be_used_is_named_by_its_number(entry):
    found = read(json.dumps({"entries": [entry]}))
    assert [problem.place for problem in found.problems] == ["Entry 1"]
    assert "CANARY" not in str(found.problems)


def test_json_of_something_else_is_refused():
    with pytest.raises(BadInput, match="not an export of jrnl"):
        read('{"entries": 5}')


@pytest.mark.parametrize("version", WRITTEN_BY_JRNL)
def test_a_file_that_jrnl_itself_encrypted_opens(version):
    assert written(read(WRITTEN_BY_JRNL[version], PASSWORD)) == [("2026-03-01T08:00:00", "Ward.", ())]


def test_an_encrypted_file_opens_with_its_password_and_no_other():
    token = Fernet(key(PASSWORD, SALT)).encrypt(FILE.encode())
    assert written(read(token + b"\n", PASSWORD)) == written(read(FILE))
    with pytest.raises(WrongPassphrase):
        read(token, "password")


def test_an_encrypted_file_with_a_salt_of_its_own_opens_too():
    salt = bytes(range(16))
    header = json.dumps({"salt": base64.urlsafe_b64encode(salt).decode()}).encode()
    token = Fernet(key(PASSWORD, salt)).encrypt(FILE.encode())
    data = b"JRNLv3" + struct.pack(">H", len(header)) + header + token
    assert looks_encrypted(data)
    assert written(read(data, PASSWORD)) == written(read(FILE))
    for broken in (data[:6], data[:7], data[:20], b"JRNLv3\0\2[]" + token, b'JRNLv3\0\x0a{"salt":5}' + token):
        with pytest.raises(WrongPassphrase):
            decrypted(broken, PASSWORD)
