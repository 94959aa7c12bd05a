"""Answers whether a place is filed."""

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.facilities.forms.question import LONGEST_TEXT, printable
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.typed import by_id
from app.facilities.queries.verifying import verify as judge


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    """Answer whether a place is filed, by name, other name or credit code."""
    asked = " ".join(printable(request.args.get("q", "")).split())[:LONGEST_TEXT]
    if (named := by_id(asked)) is not None:
        return redirect(url_for("facilities.facility", id=named), 303)
    verdict = judge(asked, clock.today()) if asked else None
    if verdict is not None and verdict.state == "citizen":
        g.forget_query = True  # the language links of the page must not repeat it
        asked = ""
    body = render_template(
        "facilities/verify.html",
        verdict=verdict,
        q=asked,
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
    )
    response = make_response(body)
    return headers.public(response)
