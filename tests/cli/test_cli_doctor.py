import json


def test_a_sound_installation_without_a_journal_is_well(nowhere):
    result = nowhere.plain("doctor", "--json")
    checks = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.stdout
    assert {"prompts", "English pipeline", "encryption", "app", "journal"} <= {check["name"] for check in checks}
    assert all(check.keys() == {"name", "ok", "detail", "advice"} and check["ok"] for check in checks)
    assert not nowhere.home.exists()


def test_a_sound_journal_is_looked_through_and_not_changed(journal):
    journal.add("Something.")
    before = {path.name: path.read_bytes() for path in journal.home.iterdir()}
    assert journal("doctor").stderr.endswith("All is well.\n")
    assert {path.name: path.read_bytes() for path in journal.home.iterdir()} == before


def test_a_journal_is_not_asked_a_passphrase_for(journal):
    result = journal.plain("doctor")
    assert result.exit_code == 0
    assert "no passphrase was given" in result.stdout


def test_a_damaged_journal_is_wrong(journal):
    journal.add("Something. " * 5_000)
    raw = bytearray((journal.home / "journal.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (journal.home / "journal.db").write_bytes(raw)
    assert "WRONG" in journal("doctor", code=1).stdout


def test_a_faulty_prompt_file_of_ones_own_is_named_with_its_line(nowhere, tmp_path):
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "mine.toml").write_text('[[prompt]]\nid = "x"\nquestion = "?"\nfamily = "no such"\n')
    result = nowhere.plain("doctor", JOURNAL_CONFIG=str(tmp_path))
    assert result.exit_code == 1
    assert "mine.toml, line 1" in result.stdout
