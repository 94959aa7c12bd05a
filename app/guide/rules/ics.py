"""A calendar file (RFC 5545) of whole days: no name, no birth date, the same ids each time it is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""Where the seconds of a sequence begin; they fit the 31 bits that calendars give it until 2094."""
REMIND = timedelta(days=7)
_FIRST, _LAST = "\u2066", "\u2069"
"""Left-to-right isolate and its end (Unicode bidirectional algorithm)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a calendar. `sequence` is the version of the rules behind it, of the day `changed`."""

    uid: str
    day: date
    sequence: int
    changed: date
    title: str
    note: str


def in_order(value: object, *, rtl: bool) -> str:
    """Return a date, a number or a code so that it keeps its order inside right-to-left text."""
    return f"{_FIRST}{value}{_LAST}" if rtl else str(value)


def sequence_of(entry: Entry, now: datetime) -> int:
    """Return the SEQUENCE of an entry made now.

    The rule: the seconds from `EPOCH` to the moment of reckoning, plus the version of the rules. What is
    reckoned later therefore has a larger one, also if only a dose was entered in between, and calendars take
    the new day of the same UID; a newer version of the rules never has a smaller one.
    """
    return max(0, int((now - EPOCH).total_seconds())) + entry.sequence


def product(language: str) -> str:
    """Return the PRODID of a file in a language; its last part is two letters (ISO 639)."""
    return f"-//tuoyu//guide//{language.partition('-')[0].upper()}"


def calendar(name: str, language: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """Return the file: UTF-8, lines of at most 75 octets, by day, a reminder seven days before each."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - only where a file is asked for

    file = Calendar()
    file.add("prodid", product(language))
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    for entry in sorted(entries, key=lambda each: each.day):
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("last-modified", max(datetime.combine(entry.changed, time(), UTC), now.astimezone(UTC)))
        event.add("sequence", sequence_of(entry, now))
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
