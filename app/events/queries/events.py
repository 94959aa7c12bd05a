"""Events of places: lists, one of them, its bookings, and figures of what was held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import Select, func, select

from app.accounts.rules import Target
from app.areas import queries as areas
from app.core import clock
from app.events.model import Booking, Event
from app.events.queries.meetings import meeting_of, telephone
from app.events.rules.booking import Held, No, free, refusal
from app.events.rules.reach import Counted, Reach, reach
from app.events.rules.vocabulary import State, Status
from app.extensions import db

PAGE = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: of a place or any, of a township, a kind, a topic, a language, a month; past ones too."""

    place: str = ""
    township: str = ""
    kind: str = ""
    topic: str = ""
    language: str = ""
    month: date | None = None
    """First day of the month."""
    past: bool = False


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event as pages show it. `free` is None where nobody books; `no` says why nothing can be booked."""

    id: str
    place: str
    fictional: bool
    township: Mapping[str, str] | None
    township_code: str
    kind: str
    topic: str
    titles: Mapping[str, str]
    about: Mapping[str, str]
    venues: Mapping[str, str]
    organiser: Mapping[str, str] | None
    organiser_code: str
    phone: str
    expert: str
    languages: tuple[str, ...]
    from_months: int | None
    to_months: int | None
    starts_at: datetime
    ends_at: datetime
    places: int | None
    free: int | None
    waiting: int
    booking_until: datetime | None
    status: str
    reasons: Mapping[str, str]
    families: int | None
    children: int | None
    sequence: int
    no: No | None
    over: bool


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of events, the next to come first; past ones the other way round."""

    cards: tuple[EventCard, ...]
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class BookingCard:
    """A booking. `turn`: how many wait before it, for one that waits. `telephone` only behind the counter."""

    id: int
    event: EventCard
    adults: int
    children: int
    state: State
    turn: int
    made_at: datetime
    telephone: str = ""


def event(identity: str) -> EventCard | None:
    """Return an event."""
    row = db.session.get(Event, identity)
    return _cards([row])[0] if row else None


def events(wanted: Wanted, page: int = 1) -> EventList:
    """Return a page of the events that are wanted."""
    query = _where(wanted)
    rows = list(db.session.scalars(query))
    if wanted.language:
        rows = [row for row in rows if wanted.language in row.languages]
    pages = max(1, -(-len(rows) // PAGE))
    page = min(max(1, page), pages)
    return EventList(tuple(_cards(rows[(page - 1) * PAGE : page * PAGE])), len(rows), page, pages)


def month_counts(place: str = "") -> tuple[tuple[date, int], ...]:
    """Return the months, as their first days, in which something is still to come, and how much."""
    counts: dict[date, int] = {}
    for row in db.session.scalars(_where(Wanted(place=place))):
        first = row.starts_at.astimezone(clock.ZONE).date().replace(day=1)
        counts[first] = counts.get(first, 0) + 1
    return tuple(sorted(counts.items()))


def booking(identity: int) -> BookingCard | None:
    """Return a booking for the family that made it."""
    row = db.session.get(Booking, identity)
    return _booking(row) if row else None


def bookings(identity: str) -> tuple[BookingCard, ...]:
    """Return the bookings of an event with their telephone numbers, the first first."""
    rows = db.session.scalars(select(Booking).where(Booking.event == identity).order_by(Booking.id))
    return tuple(_booking(row, telephone(row)) for row in rows)


def target(identity: str) -> Target | None:
    """Return what rights to an event depend on; None if there is none of that id."""
    row = db.session.get(Event, identity)
    if row is None:
        return None
    return Target(place=row.place, area=row.township or row.place)


def reached(place: str, year: int) -> Reach:
    """Return figures of a place's events of a year."""
    start = datetime(year, 1, 1, tzinfo=clock.ZONE)
    end = datetime(year + 1, 1, 1, tzinfo=clock.ZONE)
    rows = db.session.scalars(
        select(Event).where(Event.place == place, Event.starts_at >= start, Event.starts_at < end)
    )
    now = clock.now()
    return reach(
        Counted(Status(row.status), row.ends_at <= now, row.township or "", row.families, row.children)
        for row in rows
    )


def _where(wanted: Wanted) -> Select[Event]:
    now = clock.now()
    query = select(Event)
    if wanted.past:
        query = query.where(Event.ends_at <= now).order_by(Event.starts_at.desc(), Event.id)
    else:
        query = query.where(Event.ends_at > now).order_by(Event.starts_at, Event.id)
    for column, value in (
        (Event.place, wanted.place),
        (Event.township, wanted.township),
        (Event.kind, wanted.kind),
        (Event.topic, wanted.topic),
    ):
        if value:
            query = query.where(column == value)
    if wanted.month:
        start = datetime.combine(wanted.month, time(), tzinfo=clock.ZONE)
        following = (wanted.month.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = datetime.combine(following, time(), tzinfo=clock.ZONE)
        query = query.where(Event.starts_at >= start, Event.starts_at < end)
    return query


def _booking(row: Booking, number: str = "") -> BookingCard:
    before = 0
    if row.state == State.WAITING:
        earlier = (Booking.event == row.event, Booking.state == State.WAITING, Booking.id < row.id)
        before = db.session.scalar(select(func.count()).select_from(Booking).where(*earlier)) or 0
    held = db.session.get_one(Event, row.event)
    return BookingCard(
        row.id, _cards([held])[0], row.adults, row.children, State(row.state), before, row.made_at, number
    )


def _cards(rows: Sequence[Event]) -> list[EventCard]:
    ids = [row.id for row in rows]
    held: dict[str, list[Held]] = {}
    taken = select(Booking.id, Booking.event, Booking.state).where(Booking.event.in_(ids))
    for booked in db.session.execute(taken.order_by(Booking.id)):
        held.setdefault(booked.event, []).append(Held(booked.id, State(booked.state)))
    offices = areas.office_names({row.organiser for row in rows if row.organiser})
    townships = areas.areas([row.township for row in rows if row.township])
    fictional = {place.area for place in areas.places() if place.fictional}
    now = clock.now()
    cards = []
    for row in rows:
        mine = held.get(row.id, [])
        township = townships.get(row.township) if row.township else None
        cards.append(
            EventCard(
                id=row.id,
                place=row.place,
                fictional=row.place in fictional,
                township=township.names if township else None,
                township_code=row.township or "",
                kind=row.kind,
                topic=row.topic,
                titles=row.titles,
                about=row.about,
                venues=row.venues,
                organiser=offices.get(row.organiser) if row.organiser else None,
                organiser_code=row.organiser or "",
                phone=row.phone,
                expert=row.expert or "",
                languages=tuple(row.languages),
                from_months=row.from_months,
                to_months=row.to_months,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                places=row.places,
                free=free(row.places, mine),
                waiting=sum(each.state == State.WAITING for each in mine),
                booking_until=row.booking_until,
                status=row.status,
                reasons=row.reasons,
                families=row.families,
                children=row.children,
                sequence=row.sequence,
                no=refusal(meeting_of(row), mine, now),
                over=row.ends_at <= now,
            )
        )
    return cards
