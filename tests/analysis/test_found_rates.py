"""What the analysis is known to miss, as its evaluation wrote it down."""

from pathlib import Path

import pytest

from journal.analysis.found_rates import Rate, found_rates


def written(folder: Path, text: str) -> Path:
    (folder / "config").mkdir()
    (folder / "config" / "found.toml").write_text(text, "utf-8")
    return folder


def test_rates_are_read_by_act_and_frame(tmp_path: Path) -> None:
    text = "[voice]\nrecall = 0.34\nprecision = 0.23\n[production]\nrecall = 0.1\nprecision = 0.5\n[tea]\nrecall = 1\n"
    found = found_rates(written(tmp_path, text))
    assert found == {"voice": Rate(0.34, 0.23), "production": Rate(0.1, 0.5)}


@pytest.mark.parametrize(
    "text", ["[voice]\nrecall = 2\nprecision = 0", "[voice]\nrecall = 0.5", "nonsense", "voice = 3", "[voice"]
)
def test_rates_that_make_no_sense_count_as_not_measured(tmp_path: Path, text: str) -> None:
    assert found_rates(written(tmp_path, text)) == {}


def test_a_model_never_tested_has_no_rates(tmp_path: Path) -> None:
    assert found_rates(tmp_path) == {}
