"""Times as other programs and people write them, to ISO 8601.

A time without a zone stays without one, as the clock on the wall stood, so that an hour that summer time left out or
had twice is kept as it was written.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_DAY = r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
_HALF = r"(?: ?(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_ZONE = r"(?: ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2}))?"
_WHOLE = re.compile(rf"{_DAY}(?:(?:T|,? ){_CLOCK}{_HALF}{_ZONE})?")
_CLOCK_ALONE = re.compile(rf"{_CLOCK}{_HALF}")
_AT_START = re.compile(rf"{_DAY}(?:T{_CLOCK}{_ZONE})?(?![\w/])")
_CLOCK_AT_START = re.compile(rf"(?:,? at |,? ){_CLOCK}{_HALF}(?![\w:/])")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_NAMED = (
    re.compile(rf"{_WEEKDAY}(?P<date>[0-9]{{1,2}})(?:st|nd|rd|th)? {_MONTH}\.?,? (?P<year>[0-9]{{4}})(?!\w)", re.I),
    re.compile(rf"{_WEEKDAY}{_MONTH}\.? (?P<date>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year>[0-9]{{4}})(?!\w)", re.I),
)


def moment(written: str) -> str | None:
    """A whole text that is a day, or a day and a time with or without zone; None where it is none.

    >>> moment("2026-03-01 08:05:00 PM")
    '2026-03-01T20:05:00'
    """
    found = _WHOLE.fullmatch(written.strip())
    return _iso(found["day"], found) if found else None


def moment_on(day: str, clock: str) -> str | None:
    """A time of day alone, on a day known from elsewhere; None where it is none."""
    found = _CLOCK_ALONE.fullmatch(clock.strip())
    return _iso(day, found) if found else None


def at_start(line: str) -> tuple[str, str] | None:
    """The day or the moment a line begins with, and the rest of the line; None where it begins with none.

    Days in numbers begin with the year: 03/04/2026 is April to some and March to others.

    >>> at_start("Sunday 1 March 2026, 8:15 pm: Long shift.")
    ('2026-03-01T20:15', ': Long shift.')
    """
    if found := _AT_START.match(line):
        if found["hour"]:
            return _with_rest(_iso(found["day"], found), line[found.end() :])
        return _with_clock(found["day"], line[found.end() :])
    for pattern in _NAMED:
        if found := pattern.match(line):
            month = _MONTHS.index(found["month"][:3].lower()) + 1
            return _with_clock(f"{found['year']}-{month:02}-{int(found['date']):02}", line[found.end() :])
    return None


def in_zone(utc: str, zone: str | None) -> tuple[str, bool] | None:
    """A moment given with its offset, on the clock of a named zone, and whether that zone was known.

    None where it is no moment. Where no zone is named, or it is not known, the offset stays as given.

    >>> in_zone("2026-03-29T01:30:00Z", "Europe/London")
    ('2026-03-29T02:30:00+01:00', True)
    """
    iso = moment(utc)
    if iso is None or len(iso) == 10:
        return (iso, True) if iso else None
    if zone is None:
        return iso, True
    import zoneinfo  # for files with zones only

    try:
        at = datetime.fromisoformat(iso)
        local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zoneinfo.ZoneInfo(zone[:64]))
        return local.isoformat(timespec="seconds"), True
    except (KeyError, ValueError, OSError, OverflowError):
        return iso, False


def _with_clock(day: str, rest: str) -> tuple[str, str] | None:
    if found := _CLOCK_AT_START.match(rest):
        return _with_rest(_iso(day, found), rest[found.end() :])
    return _with_rest(_valid(day), rest)


def _with_rest(iso: str | None, rest: str) -> tuple[str, str] | None:
    return (iso, rest) if iso else None


def _iso(day: str, found: re.Match[str]) -> str | None:
    if found["hour"] is None:
        return _valid(day)
    groups = found.groupdict()
    hour, half = int(found["hour"]), (groups.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (half == "p")
    zone = groups.get("zone") or ""
    if zone:
        zone = "+00:00" if zone == "Z" else f"{zone[:3]}:{zone[-2:]}"
    seconds = f":{found['second']}" if found["second"] else ""
    return _valid(f"{day}T{hour:02}:{found['minute']}{seconds}{zone}")


def _valid(iso: str) -> str | None:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return iso if moment.date().isoformat() == iso[:10] else None
