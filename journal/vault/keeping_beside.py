"""What another copy recorded of departures, and its legal hold: what comes along of them in a merge."""

from __future__ import annotations

from dataclasses import dataclass

from journal.vault.database import Database
from journal.vault.departures import Departures
from journal.vault.keeping import Retention, held


@dataclass(frozen=True, slots=True)
class KeepingBeside:
    """Takes over what is not here, within the transaction of a merge; what is here stays as it is."""

    ours: Database
    theirs: Database

    def departures(self) -> int:
        """Departures that are not here, and the ends of those begun here; how many of the former."""
        here = Departures(self.ours)
        known = {departure.id: departure.state for departure in here.all()}
        count = 0
        for departure in Departures(self.theirs).all():
            if (state := known.get(departure.id)) is None:
                here.begin(departure.parcel, departure.at, departure.id)
            if departure.state != "begun" and state in (None, "begun"):
                here.end(departure.id, departure.state, departure.ended or departure.at)
            count += state is None
        return count

    def hold(self) -> bool:
        """Take over a legal hold that is on there and not here; whether it was."""
        last = Retention(self.theirs).hold()
        return bool(last and last.on and not held(self.ours) and Retention(self.ours).switch(last))
