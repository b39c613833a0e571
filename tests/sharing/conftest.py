"""An excerpt, a trainee and a supervisor, the same on every run."""

import pytest
from sharing_cases import WORDS, drawn, made_excerpt

from journal.domain.sharing import Excerpt
from journal.sharing import identity, page


@pytest.fixture(scope="session")
def shared() -> Excerpt:
    return made_excerpt()


@pytest.fixture(scope="session")
def trainee() -> identity.Identity:
    return identity.identity_from(bytes(range(32)), "Amina Rahman")


@pytest.fixture(scope="session")
def supervisor() -> identity.Identity:
    return identity.identity_from(bytes(range(32, 64)), "Dr Chidi Okafor")


@pytest.fixture(scope="session")
def stranger() -> identity.Identity:
    return identity.identity_from(bytes(range(64, 96)), "Somebody Else")


@pytest.fixture(scope="session")
def sealed_page(shared: Excerpt) -> page.SealedPage:
    return page.seal_page(shared, WORDS, rounds=page.FEWEST_ROUNDS, randomness=drawn(100))
