import json

import pytest

NOTE = "Mrs Begum (NHS 943 476 5919) came from Burnley on 12 March."


def test_identifiers_are_given_with_their_places_and_why(nowhere):
    result = nowhere.plain("identifiers", "--json", text=NOTE)
    [said] = [json.loads(line) for line in result.stdout.splitlines()]
    assert said.keys() == {"id", "spans", "hints"}
    assert said["id"] is None
    assert [(s["kind"], NOTE[s["start"] : s["end"]]) for s in said["spans"]] == [
        ("PERSON", "Begum"),
        ("NHS_NUMBER", "943 476 5919"),
        ("LOCATION", "Burnley"),
        ("DATE", "12 March"),
    ]
    assert all(s["severity"] in ("high", "medium") and s["why"] for s in said["spans"])
    assert not nowhere.home.exists()


def test_lines_keep_their_order_and_ids(nowhere):
    sent = "\n".join(json.dumps({"id": n, "text": f"Rang 07700 90043{n}."}) for n in range(5))
    result = nowhere.plain("identifiers", "--lines", "--json", text=sent)
    said = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in said] == list(range(5))
    assert all([span["kind"] for span in one["spans"]] == ["PHONE"] for one in said)


def test_people_are_shown_what_was_found_and_told_to_read_it_themselves(nowhere):
    assert nowhere.plain("identifiers", text=NOTE).stdout.startswith("name             Begum  (a name after “mrs”)")
    assert "read it once yourself" in nowhere.plain("identifiers", text="A long quiet night.").stdout


def test_names_of_ones_own_are_found(nowhere, tmp_path):
    (tmp_path / "names.txt").write_text("Zorbin\n\n")
    shown = nowhere.plain("identifiers", "--names", str(tmp_path / "names.txt"), text="we looked for zorbin all night")
    assert "zorbin" in shown.stdout


@pytest.mark.parametrize("bad", [b"{", b'{"id": 1}'])
def test_a_bad_line_is_named_after_all_before_it_were_answered(nowhere, bad):
    good = json.dumps({"id": "a", "text": NOTE}).encode()
    result = nowhere.plain("identifiers", "--lines", "--json", text=good + b"\n" + bad)
    assert result.exit_code == 2
    assert "ine 2" in result.stderr
    assert "Begum" not in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a"]
