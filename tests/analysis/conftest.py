"""The real pipeline, loaded once."""

import pytest

from journal.analysis.analyser import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    reader = Analyser()
    assert reader.model
    return reader
