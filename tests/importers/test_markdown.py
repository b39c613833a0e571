import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.domain import Entry, EntryContent, Step, join_steps
from journal.errors import BadInput
from journal.exporters import markdown as exported
from journal.importers import markdown
from journal.importers.given import Given

TODAY = date(2026, 11, 23)
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
AWKWARD = st.sampled_from(
    ["---", "\n---\n", "\n", "\r\n", "\r", "\u2028", "\x85", "\x1b[31m", "\ufeff", ": ", "id: x", '"', " "]
)
TEXTS = st.lists(st.text(CHARACTERS, max_size=20) | AWKWARD, min_size=1, max_size=6).map("".join).filter(str.strip)
WORDS = st.none() | TEXTS | st.just("")
WRITTEN = st.sampled_from(["2026-03-09", "2026-03-09T20:41:00+00:00", "2026-03-09 20:41", "2026-03-09T20:41:07.5Z"])
STEPS = st.lists(st.builds(Step, TEXTS, TEXTS | st.sampled_from(["", " ", "\n"])), max_size=4).map(tuple)
CONTENTS = (
    st.builds(
        EntryContent,
        text=TEXTS,
        steps=STEPS,
        event_date=st.none() | st.dates(date(2020, 1, 1), date(2026, 3, 9)),
        prompt_id=WORDS,
        prompt=WORDS,
        prompt_family=WORDS,
        placement=WORDS,
        setting=WORDS,
        role=WORDS,
        tags=st.lists(TEXTS, max_size=3).map(tuple),
        analyse=st.booleans(),
    )
    .map(lambda content: replace(content, text=join_steps(content.steps) or content.text))
    .map(lambda content: content if join_steps(content.steps) else replace(content, steps=()))
)


def read(data, name="2026-03-01.md"):
    raw = data if isinstance(data, bytes) else data.encode()
    return markdown.read(Given(name, Path(name), raw), TODAY)


@settings(deadline=None)
@given(CONTENTS, WRITTEN)
def test_an_entry_comes_back_from_its_file_as_it_was(content, written):
    entry = Entry("0" * 31 + "1", written, content)
    found = read(exported.page(entry))
    assert found.problems == ()
    [record] = found.records
    assert (record.id, record.written, record.content) == (entry.id, written, content)


def test_a_folder_keeps_the_order_of_entries_past_a_thousand_a_day(tmp_path):
    entries = [Entry(f"{n:032x}", "2026-03-09", EntryContent(f"Entry {n}.")) for n in range(1_005)]
    for name, page in exported.files(entries):
        (tmp_path / name).write_bytes(page.encode())
    found = markdown.read(Given("folder", tmp_path), TODAY)
    assert [record.id for record in found.records] == [entry.id for entry in entries]


def test_an_entry_in_steps_that_was_changed_outside_keeps_its_text_and_says_so():
    steps = (Step("What?", "Bloods."), Step("So what?", "Late."), Step("Now what?", ""))
    page = exported.page(Entry("a" * 32, "2026-03-09", EntryContent("Bloods.\n\nLate.", steps=steps)))
    assert read(page).records[0].content.steps == steps
    found = read(page.replace("Late.", "Very late."))
    assert found.records[0].content == EntryContent("Bloods.\n\nVery late.")
    assert found.notes == ("1 entry was changed since and is no longer in steps.",)


def test_a_file_of_ours_that_an_editor_gave_the_line_ends_of_windows_is_still_read():
    page = exported.page(Entry("a" * 32, "2026-03-09", EntryContent("One.\nTwo.", tags=("nights",))))
    [record] = read(page.replace("\n", "\r\n")).records
    assert (record.written, record.content.text, record.content.tags) == ("2026-03-09", "One.\nTwo.", ("nights",))


@pytest.mark.parametrize(
    ("name", "page", "expected"),
    [
        ("2026-03-01.md", "Ward.\n", ("2026-03-01", "Ward.", ())),
        ("2026-03-01 Long night.md", "# Ward\r\nx", ("2026-03-01", "# Ward\nx", ())),
        ("2026-03-01_ward.md", "---\n---\nWard.", ("2026-03-01", "Ward.", ())),
        ("ward.md", "---\ndate: 2026-03-01 08:00:00 +0100\n---\nWard.", ("2026-03-01T08:00:00+01:00", "Ward.", ())),
        (
            "2026-03-02.md",
            "---\ndate: '2026-03-01'\ntags: nights, #amu\n---\nWard.",
            ("2026-03-01", "Ward.", ("nights", "amu")),
        ),
        (
            "2026-03-01.md",
            "---\ntags:\n  - nights\n- two words\n---\nWard.",
            ("2026-03-01", "Ward.", ("nights", "two words")),
        ),
        ("2026-03-01.md", "---\ntags: [nights, 'amu']\nid: 17\n---\nWard.", ("2026-03-01", "Ward.", ("nights", "amu"))),
        ("2026-03-01.md", "---\ntitle: Night one\n---\nWard.", ("2026-03-01", "Night one\n\nWard.", ())),
        ("2026-03-01.md", "---\nA line, then words.", ("2026-03-01", "---\nA line, then words.", ())),
    ],
)
def test_files_of_other_programs_are_read_as_they_are_commonly_written(name, page, expected):
    found = read(page, name)
    assert [(r.written, r.content.text, r.content.tags) for r in found.records] == [expected], found.problems


def test_fields_without_a_place_are_named_and_pictures_counted():
    found = read("---\nmood: 5\nweather:\n  sky: grey\n---\nWard. ![bay](x.png) ![[y.png]]")
    assert found.left_out == ("mood", "weather")
    assert found.notes == ("2 images were left out.",)


def test_text_made_to_keep_a_reader_busy_is_read_like_any_other():
    for part in ("![", "![[", "---\n", "- \n", "@#"):
        found = read("---\ntitle: x\n---\n" + part * (900_000 // len(part)))
        assert len(found.records) == 1


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("ward.md", "CANARY"),
        ("2026-03-01.md", "\n \n"),
        ("2026-03-01.md", "---\nCANARY CANARY\n---\nx"),
        ("2026-03-01.md", "---\ndate: CANARY\n---\nx"),
        ("2026-03-01.md", "---\ndate: |\n  CANARY\n---\nx"),
        ("2026-03-01.md", "---\nprompt: {CANARY\n---\nx"),
        ("2026-03-01.md", "---\nanalyse: CANARY\n---\nx"),
        ("2026-03-01.md", '---\ntags: {"CANARY": 1}\n---\nx'),
        ("2999-01-01.md", "CANARY"),
        ("2026-03-01.md", b"CANARY \xff"),
        ("2026-03-01.md", "CANARY \0"),
        ("2026-03-01.md", '---\nprompt: "CANARY \\ud800"\n---\nx'),
        ("2026-03-01.md", "---\nprompt: " + "[" * 100_000 + "\n---\nx"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_without_a_word_of_it(name, page):
    found = read(page, name)
    assert [problem.place for problem in found.problems] == [name]
    assert "CANARY" not in str(found.problems)


def test_a_file_with_any_byte_changed_or_cut_short_is_read_or_refused_in_words():
    steps = (Step("What?", "Bloods."), Step("So what?", "Late."))
    content = EntryContent(
        "Bloods.\n\nLate.", steps=steps, tags=("nights",), prompt="Who?", event_date=date(2026, 3, 8)
    )
    page = exported.page(Entry("a" * 32, "2026-03-09T20:41:00+00:00", content)).encode()
    for place in range(len(page)):
        for other in (page[place] ^ 0x21, 0xFF, ord("\n"), ord('"'), ord("[")):
            found = read(page[:place] + bytes([other]) + page[place + 1 :])
            assert len(found.records) + len(found.problems) == 1
        found = read(page[:place])
        assert len(found.records) + len(found.problems) == 1


def test_links_and_hidden_folders_are_not_followed(tmp_path):
    (tmp_path / "outside.md").write_text("---\ndate: 2026-03-01\n---\nSecret.")
    folder = tmp_path / "notes"
    (folder / ".obsidian").mkdir(parents=True)
    (folder / ".obsidian" / "2026-03-01.md").write_text("Hidden.")
    (folder / "2026-03-01.md").write_text("Mine.")
    (folder / "2026-03-02.md").symlink_to(tmp_path / "outside.md")
    (folder / "elsewhere").symlink_to(tmp_path)
    os.mkfifo(folder / "2026-03-03.md")
    found = markdown.read(Given("notes", folder), TODAY)
    assert [record.content.text for record in found.records] == ["Mine."]


def test_a_folder_of_more_files_than_a_journal_has_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("journal.importers.given.MOST_FILES", 2)
    for day in range(1, 4):
        (tmp_path / f"2026-03-0{day}.md").write_text("Ward.")
    with pytest.raises(BadInput, match="more than 2 files"):
        markdown.read(Given("notes", tmp_path), TODAY)
