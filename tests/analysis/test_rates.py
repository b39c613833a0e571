"""What the analysis is known to misread, as its evaluation wrote it down."""

from pathlib import Path

import pytest

from journal.analysis.rates import Rate, Rates, rates
from journal.domain import LEVELS

EVEN = "".join(f"[confusion.{level}]\ntask = 0.25\nteam = 0.25\nsystem = 0.25\nother = 0.25\n" for level in LEVELS)


def written(folder: Path, text: str) -> Path:
    (folder / "rates.toml").write_text(text, "utf-8")
    return folder


def test_rates_are_read_by_level_act_and_frame(tmp_path: Path) -> None:
    text = f"{EVEN}[found.voice]\nrecall = 0.34\nprecision = 0.23\n[found.production]\nrecall = 0.1\nprecision = 0.5\n"
    found = rates(written(tmp_path, text + "[found.tea]\nrecall = 1\n"))
    assert found.found == {"voice": Rate(0.34, 0.23), "production": Rate(0.1, 0.5)}
    assert found.confusion == {level: dict.fromkeys(LEVELS, 0.25) for level in LEVELS}


@pytest.mark.parametrize(
    "text",
    [
        f"{EVEN}[found.voice]\nrecall = 2\nprecision = 0",
        f"{EVEN}[found.voice]\nrecall = 0.5",
        "[confusion.task]\ntask = 1\n[found]",
        f"{EVEN}[found]\nvoice = 3",
        "nonsense",
        "[voice",
    ],
)
def test_rates_that_make_no_sense_count_as_not_measured(tmp_path: Path, text: str) -> None:
    assert rates(written(tmp_path, text)) == Rates()


def test_a_model_never_tested_has_no_rates(tmp_path: Path) -> None:
    assert rates(tmp_path) == Rates()


def test_the_bundled_model_was_tested() -> None:
    assert rates().confusion
    assert set(rates().found) >= {"voice", "silence", "learning"}
