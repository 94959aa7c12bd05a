"""An event as an entry of a calendar (RFC 5545), in the reader's language."""

from datetime import datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _

from app.core import clock
from app.core.i18n import pick
from app.core.pages import direction, language
from app.events.queries import EventCard
from app.events.rules.vocabulary import Status

_ISOLATE, _END = "\u2068", "\u2069"
_HOUR = timedelta(hours=2)


def calendar(card: EventCard, address: str) -> bytes:
    """Return the event as a calendar file with a reminder two hours before.

    The UID follows from the event alone and SEQUENCE grows with each change, so that a calendar which holds
    it already changes its entry.
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - heavy, and seldom asked for

    found: Any = Calendar()
    found.add("prodid", "-//Tuoyu//events//")
    found.add("version", "2.0")
    entry: Any = Event()
    entry.add("uid", f"event-{card.id}@tuoyu")
    entry.add("sequence", card.sequence)
    entry.add("dtstamp", datetime.combine(clock.today(), time(), tzinfo=clock.ZONE))
    entry.add("dtstart", card.starts_at)
    entry.add("dtend", card.ends_at)
    entry.add("summary", _whole(pick(card.titles, language()).text))
    entry.add("location", _whole(pick(card.venues, language()).text))
    words = [pick(card.about, language()).text, address]
    if card.phone:
        words.insert(1, _("Telephone of the organiser: %(number)s", number=_whole(card.phone)))
    entry.add("description", "\n".join(word for word in words if word))
    entry.add("url", address)
    entry.add("status", "CANCELLED" if card.status == Status.CANCELLED else "CONFIRMED")
    alarm: Any = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _whole(pick(card.titles, language()).text))
    alarm.add("trigger", -_HOUR)
    entry.add_component(alarm)
    found.add_component(entry)
    written: bytes = found.to_ical()
    return written


def _whole(text: str) -> str:
    """Keep a text together where the text around it may run from right to left."""
    return f"{_ISOLATE}{text}{_END}" if text and direction() == "rtl" else text
