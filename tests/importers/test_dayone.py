import io
import json
import zipfile
from datetime import date

import pytest

from journal.errors import BadInput
from journal.importers import dayone
from journal.importers.given import Given

TODAY = date(2026, 11, 23)
ENTRY = {
    "uuid": "0C3F",
    "creationDate": "2026-03-29T01:30:00Z",
    "timeZone": "Europe/London",
    "text": "# Night\n\nWe won\\! 3\\. of 4\\.\n![](dayone-moment://ABC)",
    "tags": ["nights"],
    "starred": True,
    "location": {"latitude": 51.5, "placeName": "CANARY"},
}


def whole(*entries):
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)}, indent=1).encode()


def read(*entries):
    return dayone.read(Given("Journal.json", None, whole(*entries)), TODAY)


def zipped(path, files, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return Given(str(path), path, is_zip=True)


def test_an_entry_comes_with_the_time_of_its_own_zone_and_without_its_pictures_and_place():
    found = read(ENTRY)
    [record] = found.records
    assert record.written == "2026-03-29T02:30:00+01:00"
    assert record.content.text == "# Night\n\nWe won! 3. of 4."
    assert record.content.tags == ("nights", "starred")
    assert record.content.placement is None
    assert found.notes == ("1 image was left out.",)


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "/etc/passwd", "", "Europe", "\0", "x" * 5_000])
def test_a_zone_that_is_not_known_leaves_the_time_in_utc_and_says_so(zone):
    found = read(ENTRY | {"timeZone": zone})
    assert [record.written for record in found.records] == ["2026-03-29T01:30:00+00:00"]
    assert "1 time is in UTC: its zone is not known." in found.notes


def test_text_made_to_keep_a_reader_busy_is_read_like_any_other():
    assert len(read(ENTRY | {"text": "![" * 500_000}).records) == 1
    assert [problem.place for problem in read(ENTRY | {"text": "![" * 500_001}).problems] == ["Entry 1"]


def test_an_entry_of_pictures_alone_is_counted_and_no_fault():
    found = read({"creationDate": "2026-03-01T08:00:00Z"}, ENTRY | {"text": "![](dayone-moment://ABC)"})
    assert found.notes[0] == "2 entries without text were left out."
    assert not found.records
    assert not found.problems


@pytest.mark.parametrize(
    "bad",
    [
        5,
        {"text": "CANARY"},
        {"text": "CANARY", "creationDate": "CANARY"},
        {"text": "CANARY", "creationDate": "2999-01-01T00:00:00Z"},
        {"text": 5, "creationDate": "2026-03-01T08:00:00Z"},
        {"text": "CANARY \ud800", "creationDate": "2026-03-01T08:00:00Z"},
        {"text": "CANARY \0", "creationDate": "2026-03-01T08:00:00Z"},
        {"text": "CANARY", "creationDate": "2026-03-01T08:00:00Z", "tags": {"a": 1}},
        {"text": "CANARY", "creationDate": "0001-01-01T00:00:00Z", "timeZone": "America/New_York", "tags": 5},
    ],
)
def test_an_entry_that_cannot_be_used_is_named_by_its_number_without_a_word_of_it(bad):
    found = read(ENTRY, bad)
    assert [problem.place for problem in found.problems] == ["Entry 2"]
    assert "CANARY" not in str(found.problems)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'{"entries": {}}', b"{", b"[" * 100_000, b"\xff"])
def test_what_is_no_export_is_refused(data):
    with pytest.raises(BadInput):
        dayone.read(Given("Journal.json", None, data), TODAY)


def test_a_zip_file_gives_the_entries_of_every_journal_in_it_and_unpacks_nothing(tmp_path):
    files = {"Journal.json": whole(ENTRY), "Work.json": whole(ENTRY | {"text": "Work."}), "photos/a.jpeg": b"\xff"}
    found = dayone.read(zipped(tmp_path / "export.zip", files), TODAY)
    assert [record.place for record in found.records] == ["Journal.json, entry 1", "Work.json, entry 1"]
    assert [path.name for path in tmp_path.iterdir()] == ["export.zip"]


def test_names_in_a_zip_file_that_lead_elsewhere_are_passed_over(tmp_path):
    files = {"../../Journal.json": whole(ENTRY), "/etc/Journal.json": whole(ENTRY)}
    with pytest.raises(BadInput, match="holds no export"):
        dayone.read(zipped(tmp_path / "export.zip", files), TODAY)


def test_a_zip_file_that_unpacks_to_more_than_a_file_may_have_is_refused_early(tmp_path, monkeypatch):
    monkeypatch.setattr(dayone, "LARGEST_FILE", 10_000)
    given = zipped(tmp_path / "export.zip", {"Journal.json": whole(ENTRY | {"text": " " * 1_000_000})})
    with pytest.raises(BadInput, match="larger than"):
        dayone.read(given, TODAY)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_zip_file_with_any_byte_changed_is_read_or_refused_in_words(tmp_path, method):
    zipped(tmp_path / "export.zip", {"Journal.json": whole(ENTRY)}, method)
    data = (tmp_path / "export.zip").read_bytes()
    refused = 0
    for place in range(len(data)):
        (tmp_path / "export.zip").write_bytes(data[:place] + bytes([data[place] ^ 0x21]) + data[place + 1 :])
        try:
            dayone.read(Given("export.zip", tmp_path / "export.zip", is_zip=True), TODAY)
        except BadInput:
            refused += 1
    assert refused > len(data) // 2


def test_a_zip_file_cut_short_anywhere_is_refused_in_words(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("Journal.json", whole(ENTRY))
    for length in range(4, len(buffer.getvalue()), 7):
        (tmp_path / "export.zip").write_bytes(buffer.getvalue()[:length])
        with pytest.raises(BadInput):
            dayone.read(Given("export.zip", tmp_path / "export.zip", is_zip=True), TODAY)
