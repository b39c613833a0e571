"""Where a person's files lie: the vault, and their own prompt files."""

import os
from pathlib import Path


def default_home() -> Path:
    """The vault's folder: `JOURNAL_HOME`, else the system's place for a program's data."""
    if given := os.environ.get("JOURNAL_HOME"):
        return Path(given).expanduser()
    import platformdirs  # 15 ms; only when nothing was named

    return Path(platformdirs.user_data_dir("small-l", appauthor=False))


def config_folder() -> Path:
    """Where a person puts prompt files of their own (in its `prompts` folder)."""
    if given := os.environ.get("JOURNAL_CONFIG"):
        return Path(given).expanduser()
    import platformdirs

    return Path(platformdirs.user_config_dir("small-l", appauthor=False))
