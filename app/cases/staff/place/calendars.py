"""A year of a work calendar: typed or pasted day by day, put into force by a second person."""

import json

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.areas.forms import place as forms
from app.areas.queries import overlays
from app.areas.rules.edits import CALENDAR, DAYS, YEAR, Row
from app.areas.service import editing
from app.areas.service.editing import Faulty, Refused, Sent, Stale
from app.cases.staff.place.entry import CONFLICT, UNREADY, bp, me, regions, show, theirs

_YEARS = range(2000, 2200)
_EXAMPLE = "-01-01,rest,元旦"


@bp.route("/<code>/calendars/<region>/<int:number>", methods=["GET", "POST"])
@door(Action.PLACE_EDIT)
def year(code: str, region: str, number: int) -> ResponseReturnValue:
    """Enter the notice of a year. What it would move is shown before anybody approves it."""
    theirs(code)
    if region not in regions(code) or number not in _YEARS:
        abort(404)
    name = f"{CALENDAR}:{region}:{number}"
    waiting = overlays.open_change(region, name)
    before = overlays.rows(region, name)
    held = {key: row for key, row in {**before, **(waiting.rows if waiting else {})}.items() if row}
    if request.method == "GET":
        return _page(code, region, number, forms.days_as_text(held), held.get(YEAR) or {}, held)
    text = request.form.get("days", "")
    typed = forms.read_days(text, request.form.get("status", ""), request.form.get("source", ""))
    shown, seen = typed[YEAR], _seen()
    sent = [Sent(key, typed.get(key), seen.get(key)) for key in {**seen, **typed}]
    try:
        made = editing.put_all(region, name, sent, me().id)
    except Stale:
        stands = forms.days_as_text(held)
        return _page(code, region, number, text, shown, held, CONFLICT, stale=True, stands=stands)
    except Refused as why:
        return _page(code, region, number, text, shown, held, CONFLICT, refused=why.code)
    except Faulty as why:
        problems = [(fault.line, forms.said(fault, DAYS, {})) for fault in why.faults]
        return _page(code, region, number, text, shown, seen, UNREADY, problems=problems)
    if made:
        return redirect(url_for("place_staff.change", code=code, id=made), 303)
    return redirect(url_for("place_staff.place", code=code), 303)


def _seen() -> dict[str, Row]:
    """Return the year as it stood when the form was shown."""
    try:
        found = json.loads(request.form.get("seen", ""))
    except ValueError:
        return {"": {"": ""}}
    return found if isinstance(found, dict) else {"": {"": ""}}


def _page(
    code: str,
    region: str,
    number: int,
    text: str,
    known: Row,
    held: object,
    status: int = 200,
    **more: object,
) -> ResponseReturnValue:
    return show(
        "year.html",
        status,
        place=theirs(code),
        region=region,
        number=number,
        text=text,
        example=f"{number}{_EXAMPLE}",
        known=known,
        seen=json.dumps(held, ensure_ascii=False, sort_keys=True),
        **more,
    )
