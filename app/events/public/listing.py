"""What is on: a list by place, day and kind; one event; its entry for a calendar."""

from datetime import datetime, time, timedelta

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers, kept
from app.core.pages import public_address
from app.events import queries as reads
from app.events.forms.asking import page, wanted
from app.events.forms.calendar import calendar
from app.events.public.entry import bp
from app.events.queries import EventCard
from app.events.rules.vocabulary import SPOKEN, TOPICS, Kind

_ASKED = ("area", "kind", "topic", "language", "month", "past")


@bp.get("/events")
def events() -> ResponseReturnValue:
    """Show events to come, or past ones with who came."""
    places = areas.places()
    asked = wanted(request.args, [place.area for place in places])
    found = reads.events(asked, page(request.args))
    _ends_with(found.cards)
    today = clock.today()
    body = render_template(
        "events/events.html",
        found=found,
        asked=asked,
        months=reads.month_counts(asked.place),
        reach=reads.reached(asked.place, today.year) if asked.place else None,
        year=today.year,
        places={place.area: place for place in places},
        place=areas.place_of(asked.place) if asked.place else None,
        area_path=areas.path(asked.place) if asked.place else (),
        townships=areas.children(asked.place) if asked.place else (),
        query={name: value for name, value in request.args.items() if name in _ASKED and value},
        kinds=tuple(Kind),
        topics=TOPICS,
        spoken=SPOKEN,
    )
    return headers.public(make_response(body))


@bp.get("/events/<id>")
def event(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show one event."""
    if id != id.upper():
        return redirect(url_for("events.event", id=id.upper()), 301)
    card = known(id)
    _ends_with([card])
    body = render_template(
        "events/event.html",
        card=card,
        expert=reads.expert(card.expert) if card.expert else None,
        place=areas.place_of(card.place),
        area_path=areas.path(card.township_code or card.place),
        share_url=public_address("events.event", id=card.id),
    )
    return headers.public(make_response(body))


@bp.get("/events/<id>.ics")
def entry(id: str) -> Response:  # noqa: A002
    """Return one event as a calendar entry; it holds nothing of who asks."""
    card = known(id)
    response = Response(calendar(card, public_address("events.event", id=card.id)), mimetype="text/calendar")
    response.headers["Content-Disposition"] = f'attachment; filename="event-{card.id}.ics"'
    return headers.public(response)


def known(identity: str) -> EventCard:
    """Return the event of an address; 404 if there is none."""
    card = reads.event(identity)
    if card is None:
        abort(404)
    return card


def _ends_with(cards: "list[EventCard] | tuple[EventCard, ...]") -> None:
    """Let the answer be kept no longer than what it says of beginnings and ends is true."""
    now = clock.now()
    moments = [datetime.combine(clock.today() + timedelta(days=1), time(), tzinfo=clock.ZONE)]
    for card in cards:
        moments += [
            moment for moment in (card.starts_at, card.ends_at, card.booking_until) if moment and moment > now
        ]
    kept.until(min(moments))
