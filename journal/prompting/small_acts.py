"""Suggestions for one small act, fitted to what an entry shows."""

import random
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SmallActIdea:
    """One thing a person can do next shift without asking anyone's leave."""

    text: str
    after: frozenset[str]
    """Acts or levels an entry may show that make it fit."""


def load_ideas(folder: Path) -> tuple[SmallActIdea, ...]:
    """All ideas of the packaged prompts folder."""
    tables = tomllib.loads((folder / "small_acts" / "small_acts.toml").read_text("utf-8"))["small_act"]
    return tuple(SmallActIdea(table["text"], frozenset(table["after"])) for table in tables)


def suggest_acts(
    ideas: Collection[SmallActIdea],
    shown: Collection[str],
    *,
    chosen: Collection[str],
    seed: int,
    limit: int = 3,
) -> tuple[str, ...]:
    """Up to `limit` ideas: those that fit what the entry has `shown` first, none of the lately `chosen`."""
    order = random.Random(seed)  # noqa: S311 — variety, not secrecy
    fresh = [idea for idea in ideas if idea.text not in chosen]
    order.shuffle(fresh)
    fresh.sort(key=lambda idea: -len(idea.after & set(shown)))
    return tuple(idea.text for idea in fresh[:limit])
