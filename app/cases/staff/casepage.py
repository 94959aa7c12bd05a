"""One case: what one may see of it, what can be done next, and a sheet to print."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.cases.forms import counter_hints as hints
from app.cases.forms.counter import STEPS
from app.cases.queries import outcomes
from app.cases.queries.access import Found
from app.cases.queries.casepage import CasePage
from app.cases.rules.acts import Event, Refused
from app.cases.rules.states import CONVERSING, State
from app.cases.service import counter, reveals
from app.cases.staff.desk import askable, bp, forbidden, me, read, show, theirs
from app.core import headers
from app.core.photos import shown_name

INLINE = (Event.SIGN, Event.START, Event.RESUME, Event.DISPUTE)
"""Steps that are one button on the case's own page."""
_REPLYING = frozenset({Event.SUBMIT_REPLY, Event.APPROVE, Event.RETURN_REPLY})
_MIMETYPES = {"photo": "application/octet-stream", "pdf": "application/pdf"}


@bp.get("/<number>")
@door(Action.CASE_READ)
def case(number: str) -> ResponseReturnValue:
    """Show a case. That its words were read is recorded, so this one GET writes: a line of the audit."""
    found = theirs(number)
    seen = read(found)
    return show("case.html", page=seen, **_desk(found, seen))


def _desk(found: Found, seen: CasePage) -> dict[str, Any]:
    """Return what can be done next."""
    offers = counter.offers(found.case, found.reach, me())
    state = State(found.case.state)
    return {
        "inline": [offer for offer in offers if offer.event in INLINE],
        "offers": [offer for offer in offers if offer.event in STEPS and offer.event not in INLINE],
        "replying": [offer for offer in offers if offer.event in _REPLYING],
        "may_speak": found.reach.full and state in CONVERSING and bool(found.reach.actors),
        "may_ask": askable(found),
        "may_hold": Action.CASE_HOLD in found.reach.rights,
        "handles": bool(found.reach.leading or found.reach.desk),
        "outcome": outcomes.pending(found.case) if found.reach.full else None,
        "done": state in {State.CLOSED, State.FINAL},
        "pictures": reveals.may_see_pictures(found.case, found.reach, me()),
        "me": me().id,
        "longest": hints.WORDS,
        "open_gate": seen.gate_needed and not seen.gates,
    }


@bp.get("/<number>/print")
@door(Action.CASE_PRINT)
def sheet(number: str) -> ResponseReturnValue:
    """Show a case as a sheet for the file, without contact and without notes for colleagues."""
    found = theirs(number)
    if not found.reach.full or Action.CASE_PRINT not in found.reach.rights:
        abort(404)
    return show("print.html", page=read(found))


@bp.get("/<number>/files/<file>")
@door(Action.CASE_READ)
def picture(number: str, file: str) -> ResponseReturnValue:
    """Answer with a clean picture made from a photo; `small` asks for the little one."""
    found = theirs(number)
    try:
        data = reveals.picture(found.case, found.reach, me(), file, small="small" in request.args)
    except LookupError:
        abort(404)
    return headers.picture(data)


@bp.post("/<number>/files/<file>/original")
@door(Action.CASE_FILE_ORIGINAL)
def original(number: str, file: str) -> ResponseReturnValue:
    """Hand out a file as it was sent, to be saved and never shown; each time is recorded."""
    found = theirs(number)
    try:
        kind, name, data = reveals.original(found.case, found.reach, me(), file)
    except LookupError:
        abort(404)
    except Refused as refusal:
        return forbidden(theirs(number), refusal.code, [])
    return headers.attachment(data, _MIMETYPES[kind], shown_name(name))
