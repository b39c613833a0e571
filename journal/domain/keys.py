"""Ways into a journal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way to unlock a journal; never its secret."""

    kind: str
    """"passphrase", "keyring", or a kind that only a newer program knows."""
    name: str
    cost: str = ""
    """What each guess costs, in words."""
