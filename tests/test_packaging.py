"""The wheel carries all that a person needs, and nothing of how it was made."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_prompts_models_styles_help_and_the_sample(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for family in (ROOT / "prompts").glob("*.toml"):
        assert f"journal/_bundled/prompts/{family.name}" in names
    for part in (
        "journal/_bundled/prompts/small_acts/small_acts.toml",
        "journal/_bundled/models/english.toml",
        "journal/_bundled/models/rules/level.toml",
        "journal/_bundled/models/encoder/encoder.onnx",
        "journal/tui/base.tcss",
        "journal/tui/screens/write.tcss",
        "journal/tui/help/today.md",
        "journal/privacy/data/names.txt",
        "journal/sharing/page.html",
        "journal/sharing/page.js",
        "journal/sharing/page.css",
        "journal/sample/fy1.jsonl",
    ):
        assert part in names


def test_the_wheel_leaves_the_corpus_and_the_tests_at_home(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "models/corpus" in name or name.startswith(("tests/", "models/", "prompts/"))]


def test_the_wheel_works_away_from_the_tree(wheel: Path, tmp_path: Path) -> None:
    away = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(away)
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from journal.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, str(away), "--home", str(tmp_path / "none"), "doctor"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "prompts" in done.stdout


def test_the_readme_names_the_commands_there_are() -> None:
    from journal.cli.root import journal

    readme = (ROOT / "README.md").read_text("utf-8")
    for command in journal.commands:
        assert command in readme
