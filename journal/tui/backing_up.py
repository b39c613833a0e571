"""Making the backup that is due, off the event loop."""

from __future__ import annotations

from collections.abc import Callable

from journal.errors import JournalError
from journal.service import Journal


class _Stopped(Exception):
    """The journal is being locked or left; what was begun is taken away again."""


def back_up_when_due(journal: Journal, stopped: Callable[[], bool]) -> bool:
    """Make the backup that the person asked for every so many days, where it is time; whether anything was tried.

    For a thread of its own. A failure is remembered in the journal, from where Today tells of it.
    """

    def told(done: int, total: int) -> None:
        if stopped():
            raise _Stopped

    try:
        if journal.sample or not journal.safekeeping.state().due:
            return False
        journal.safekeeping.back_up_as_planned(told)
    except (JournalError, _Stopped):
        return not stopped()
    return True
