"""The libraries that only studies need, and how to ask for one that is not installed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from journal.errors import JournalError


@contextlib.contextmanager
def needing(extra: str) -> Iterator[None]:
    """Around an import; raises JournalError naming the extra of this package that brings what is missing."""
    try:
        yield
    except ImportError:
        raise JournalError(
            f"This needs the extra “{extra}”, which is not installed.",
            f'Install it with: pip install "small-l[{extra}]"\nIn a copy of the folder: uv sync --extra {extra}',
        ) from None
