from pathlib import Path

import pytest

from journal.domain import Prompt
from journal.prompting.library import load_library

BUNDLED = Path(__file__).parents[2] / "prompts"


@pytest.fixture(scope="session")
def prompts() -> tuple[Prompt, ...]:
    found, problems = load_library(BUNDLED, None)
    assert problems == ()
    return found
