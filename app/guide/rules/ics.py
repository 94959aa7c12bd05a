"""A calendar file (RFC 5545) of whole days: no name, no birth date, the same ids each time it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

PRODUCT = "-//tuoyu//guide//ZH"
REMIND = timedelta(days=7)
_FIRST, _LAST = "\u2066", "\u2069"
"""Left-to-right isolate and its end (Unicode bidirectional algorithm)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a calendar. `sequence` grows when the rules behind it change, on the day `changed`."""

    uid: str
    day: date
    sequence: int
    changed: date
    title: str
    note: str


def in_order(value: object, *, rtl: bool) -> str:
    """Return a date, a number or a code so that it keeps its order inside right-to-left text."""
    return f"{_FIRST}{value}{_LAST}" if rtl else str(value)


def calendar(name: str, language: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """Return the file: UTF-8, lines of at most 75 octets, a reminder seven days before each day."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - only where a file is asked for

    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("last-modified", datetime.combine(entry.changed, time(), UTC))
        event.add("sequence", entry.sequence)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.title, parameters={"LANGUAGE": language})
        event.add("description", entry.note, parameters={"LANGUAGE": language})
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", -REMIND)
        event.add_component(alarm)
        file.add_component(event)
    return bytes(file.to_ical())
