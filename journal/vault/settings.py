"""What a person chose, and who they said they are."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from journal.domain import Profile
from journal.vault.contents import storable
from journal.vault.database import Database

_PROFILE = "profile"


class Settings:
    """Small values under names; a value is anything JSON can hold."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str, default: Any = None) -> Any:
        kept = self._database.value("SELECT value FROM settings WHERE name = ?", (name,))
        return default if kept is None else json.loads(kept)

    def set(self, name: str, value: Any) -> None:
        text = storable(json.dumps(value, ensure_ascii=False))
        query = "INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        with self._database.atomic():
            self._database.run(query, (name, text))

    def profile(self) -> Profile:
        return Profile(**self.get(_PROFILE, {}))

    def set_profile(self, profile: Profile) -> None:
        self.set(_PROFILE, asdict(profile))
