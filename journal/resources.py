"""Where the packaged data lies, in a wheel and in a checkout alike."""

from pathlib import Path
from typing import Literal

from journal.errors import ResourceMissing


def bundled(kind: Literal["models", "prompts"]) -> Path:
    """The packaged folder: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    if (inside := package / "_bundled" / kind).is_dir():
        return inside
    if (package.parent / "pyproject.toml").is_file():  # a checkout, not site-packages
        return package.parent / kind
    raise ResourceMissing(
        f"This installation lacks its {kind}.",
        "Install the journal again: pip install --force-reinstall small-l",
    )
