import json

from journal.service import opening

CHARTS = "Spent an hour rewriting drug charts. "
OBS = "Obs get missed whenever the HCA is pulled to the other bay. "


def test_places_frames_and_acts_come_as_one_object(journal):
    journal.add(CHARTS * 6 + OBS * 3, "--placement", "Renal", "--date", "2026-01-05")
    journal.add(CHARTS * 9, "--placement", "ED", "--date", "2026-01-09")
    [found] = journal.json("views")
    assert [place["name"] for place in found["placements"]] == ["ED", "Renal"]
    assert found["placements"][0]["shares"] is None
    assert found["entries"] == 2
    assert found["leading"][0] == "framing"
    assert found["managing"][0] == "measure"
    assert set(found["acts"]) == {*found["leading"], *found["managing"], "silence", "barrier"}
    assert found["acts"]["voice"].keys() == {"count", "of", "early", "late"}


def test_people_read_lines_and_open_a_row_to_its_sentences(journal):
    journal.add(CHARTS + OBS, "--placement", "Renal", "--date", "2026-01-05")
    shown = journal("views").stdout
    assert "placement Renal: 1 entry" in shown
    assert "too few to say" in shown
    opened = journal("views", "--sentences", "renal").stdout.splitlines()
    assert any(line.startswith("2026-01-05, Renal, ") and line.endswith(OBS.strip()) for line in opened)
    lines = journal.json("views", "--sentences", "Renal")
    assert {line["text"] for line in lines} == {CHARTS.strip(), OBS.strip()}


def test_enough_entries_have_their_numbers(journal):
    lines = [{"date": f"2026-01-{n:02}", "text": CHARTS * 9, "placement": "Renal"} for n in range(1, 8)]
    journal("import", "-", text="\n".join(map(json.dumps, lines)))
    [found] = journal.json("views")
    shares = found["placements"][0]["shares"]
    assert sum(shares[level]["share"] for level in ("system", "team", "task")) > 0.99
    assert shares["task"]["low"] <= shares["task"]["share"] <= shares["task"]["high"]
    assert f"task {shares['task']['share'] * 100:.0f} of 100 (" in journal("views").stdout


def test_a_row_that_is_not_there_is_said_so(journal):
    journal.add(CHARTS)
    assert "no such row" in journal("views", "--sentences", "Narnia", code=2).stderr


def test_with_the_analysis_off_nothing_is_counted(journal):
    journal.add(CHARTS)
    opened = opening.unlock(journal.home, journal.phrase, floor=journal.floor)
    opened.readings.switch(False)
    opened.close()
    result = journal("views", code=1)
    assert "switched off" in result.stderr
    assert result.stdout == ""


def test_an_empty_journal_says_how_the_views_fill(journal):
    assert "Nothing here yet" in journal("views").stdout


def test_an_export_holds_nothing_of_the_views(journal, tmp_path):
    journal.add(CHARTS + OBS, "--placement", "Renal")
    journal("views")
    journal("export", str(tmp_path / "out.jsonl"))
    [line] = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert not {"level", "acts", "frame", "frames", "shares", "sentences"} & set(json.loads(line))
