"""Looking for what could identify somebody, in texts of no journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from journal.domain import Identifiers


def find_identifiers(texts: Iterable[str], own: Sequence[str] = ()) -> Iterator[Identifiers]:
    """What could identify somebody in each text, in order; `own` are names always to be found.

    Raises AnalysisUnavailable where the English pipeline is missing or altered.
    """
    from journal.privacy.detect import find_many

    return find_many(texts, own)


def identifier_fields(found: Identifiers, text_id: str | int | None = None) -> dict[str, Any]:
    """What was found as the object that scripts are given."""
    return {
        "id": text_id,
        "spans": [asdict(span) for span in found.spans],
        "hints": [asdict(hint) for hint in found.hints],
    }
