"""Who advises families here: people who agreed to be named, and what they speak about."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import headers
from app.events import queries as reads
from app.events.forms.asking import wanted
from app.events.public.entry import bp
from app.events.rules.vocabulary import SPOKEN, TOPICS


@bp.get("/experts")
def experts() -> ResponseReturnValue:
    """Show the experts of a place, for a topic, in a language."""
    places = areas.places()
    asked = wanted(request.args, [place.area for place in places])
    found = reads.experts(asked.place or None, asked.topic, asked.language)
    body = render_template(
        "events/experts.html",
        found=found,
        asked=asked,
        places={place.area: place for place in places},
        place=areas.place_of(asked.place) if asked.place else None,
        topics=TOPICS,
        spoken=SPOKEN,
        fictional=any(place.fictional for place in places),
    )
    return headers.public(make_response(body))
