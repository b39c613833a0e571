"""What the first screen may not wait for."""

import subprocess
import sys

HEAVY = {"spacy", "numpy", "sqlite_utils", "statsmodels", "pandas", "scipy", "zxcvbn", "mnemonic", "markdown_it"}


def test_the_first_screen_waits_for_no_heavy_library() -> None:
    code = "import sys, journal.tui.app, journal.tui.screens.unlock; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)


def test_asking_for_help_loads_neither_the_app_nor_the_model() -> None:
    code = (
        "import sys\nfrom journal.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print('MODULES', *sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = out.split("MODULES")[1].split()
    assert not {"spacy", "numpy", "textual", "sqlite_utils", "statsmodels"} & set(loaded)
