"""What stands beside the entries: a sentence lifted to what it was for, and small things to do next shift."""

from __future__ import annotations

from typing import Any

from journal.domain import ActState, Lift, SmallAct
from journal.errors import BadInput, NotFound
from journal.vault.contents import storable
from journal.vault.database import Database
from journal.vault.finding import EntryReading

_ACT = """SELECT a.id, e.id AS entry_id, a.text, a.chosen, a.state, a.outcome, a.closed
          FROM small_acts a LEFT JOIN entries e USING (place)"""


class Reflections:
    """Lifts, at most one for an entry, and small acts in the order they were chosen."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._entries = EntryReading(database)

    def put_lift(self, lift: Lift) -> None:
        """Keep a lift in place of the entry's earlier one. Raises NotFound."""
        with self._database.atomic():
            texts = storable(lift.sentence), storable(lift.answer)
            values = (self._entries.place(lift.entry_id), lift.revision, lift.start, lift.end, lift.at, *texts)
            self._database.run("INSERT OR REPLACE INTO lifts VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def lift(self, entry_id: str) -> Lift | None:
        """The entry's lift. Raises NotFound where there is no such entry."""
        query = """SELECT e.id, l.revision, l.start, l."end", l.sentence, l.answer, l.at
                   FROM lifts l JOIN entries e USING (place) WHERE l.place = ?"""
        row = self._database.row(query, (self._entries.place(entry_id),))
        return Lift(*row) if row else None

    def choose(self, act: SmallAct) -> None:
        """Keep a small act. Raises NotFound where it names an entry that is not there, BadInput for an id in use."""
        with self._database.atomic():
            if self._database.value("SELECT 1 FROM small_acts WHERE id = ?", (act.id,)):
                raise BadInput("This small act was chosen already.", "Nothing was changed.")
            place = self._entries.place(act.entry_id) if act.entry_id else None
            values = (act.id, place, act.chosen, act.state, act.closed, storable(act.text), storable(act.outcome))
            query = """INSERT INTO small_acts (id, place, chosen, state, closed, text, outcome)
                       VALUES (?, ?, ?, ?, ?, ?, ?)"""
            self._database.run(query, values)

    def close(self, act_id: str, state: ActState, outcome: str, at: str) -> SmallAct:
        """Say what became of an act, for the first time or otherwise than before. Raises NotFound."""
        with self._database.atomic():
            query = "UPDATE small_acts SET state = ?, outcome = ?, closed = ? WHERE id = ?"
            closed = None if state == "open" else at
            self._database.run(query, (state, storable(outcome), closed, act_id))
            row = self._database.row(f"{_ACT} WHERE a.id = ?", (act_id,))
        if row is None:
            raise NotFound("There is no such small act.", "Choose one of those that are open.")
        return _act(row)

    def open_acts(self) -> list[SmallAct]:
        """Acts nothing has been said of yet, newest first."""
        return [_act(row) for row in self._database.rows(f"{_ACT} WHERE a.state = 'open' ORDER BY a.turn DESC")]

    def of_entry(self, entry_id: str) -> list[SmallAct]:
        """Acts chosen with an entry, oldest first. Raises NotFound."""
        place = self._entries.place(entry_id)
        return [_act(row) for row in self._database.rows(f"{_ACT} WHERE a.place = ? ORDER BY a.turn", (place,))]

    def history(self) -> list[SmallAct]:
        """Every act, newest first."""
        return [_act(row) for row in self._database.rows(f"{_ACT} ORDER BY a.turn DESC")]


def _act(row: Any) -> SmallAct:
    return SmallAct(*row)
