"""The facilities of one's area: the list, one of them with every fact, its history, taking back."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import clock
from app.facilities.forms.desk import read_page, read_wanted, write_wanted
from app.facilities.queries import desk as reads
from app.facilities.queries import told as log
from app.facilities.queries.photos import photos_of
from app.facilities.queries.records import waiting_records
from app.facilities.rules.editing import EDITED, SEVERAL
from app.facilities.rules.vocabulary import TAKING_CHILDREN, Status
from app.facilities.service import taking
from app.facilities.staff.entry import CONFLICT, bp, me, mine, show

offer("facilities_staff.desk", _l("Facilities"), Action.FACILITY_EDIT, order=20)
REGISTERED = ("name", "credit_code", "form", "filing_number", "filed_on")
"""Facts that the register alone says."""


@bp.get("/facilities")
@door(Action.FACILITY_EDIT)
def desk() -> ResponseReturnValue:
    """List the facilities of one's area that fit, with what is missing and what is old."""
    wanted = read_wanted(request.args)
    return show(
        "desk.html",
        found=reads.lines(me(), wanted, read_page(request.args), clock.today()),
        wanted=wanted,
        asked=write_wanted(wanted),
        townships=reads.townships(me()),
        statuses=tuple(Status),
        lackings=tuple(reads.LACKING),
        fields=SEVERAL,
    )


@bp.get("/facilities/<id>")
@door(Action.FACILITY_EDIT)
def one(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show every fact of a facility with its source and day, and the ways to change each."""
    page = mine(id)
    done = request.args.get("done", "")
    return show(
        "one.html",
        page=page,
        edited=EDITED,
        registered=REGISTERED,
        done=done if done in page.fields or done == "back" else "",
        takes=page.card.status in TAKING_CHILDREN,
        waiting=waiting_records(id),
        photos=photos_of(id),
    )


@bp.get("/facilities/<id>/history")
@door(Action.FACILITY_EDIT)
def history(id: str) -> ResponseReturnValue:  # noqa: A002
    """Show everything that was said of a facility, and take back what may be."""
    return _history(id)


def _history(identity: str, status: int = 200, *, late: bool = False) -> ResponseReturnValue:
    page, number = mine(identity), read_page(request.args)
    said, pages = log.told(identity, number)
    return show(
        "history.html",
        status,
        card=page.card,
        said=said,
        page=min(number, pages),
        pages=pages,
        late=late,
    )


@bp.post("/facilities/<id>/history/<int:number>/undo")
@door(Action.FACILITY_EDIT)
def take_back(id: str, number: int) -> ResponseReturnValue:  # noqa: A002
    """Take back what somebody entered: what stood before stands again."""
    mine(id)
    try:
        taking.take_back(id, number if number < 1 << 31 else 0, me())
    except taking.TooLate:
        return _history(id, CONFLICT, late=True)
    return redirect(url_for("facilities_staff.one", id=id, done="back"), 303)


@bp.get("/facilities/edits")
@door(Action.FACILITY_EDIT)
def edits() -> ResponseReturnValue:
    """List what one has edited, the newest first."""
    number = read_page(request.args)
    made, pages = log.edits(me(), number)
    return show("edits.html", made=made, page=min(number, pages), pages=pages)


@bp.get("/facilities/edits/<int:number>")
@door(Action.FACILITY_EDIT)
def edit_made(number: int) -> ResponseReturnValue:
    """Show an edit and where it still stands."""
    return _edit(number)


@bp.post("/facilities/edits/<int:number>/undo")
@door(Action.FACILITY_EDIT)
def undo_edit(number: int) -> ResponseReturnValue:
    """Take an edit back wherever nothing newer stands on it."""
    found = log.edit_made(number, me()) if number < 1 << 31 else None
    if found is None:
        abort(404)
    if found.state == "undone":
        return redirect(url_for("facilities_staff.edit_made", number=number), 303)
    try:
        taking.undo(number, me())
    except taking.TooLate:
        return _edit(number, CONFLICT, late=True)
    return redirect(url_for("facilities_staff.edit_made", number=number), 303)


def _edit(number: int, status: int = 200, *, late: bool = False) -> ResponseReturnValue:
    found = log.edit_made(number, me()) if number < 1 << 31 else None
    if found is None:
        abort(404)
    return show("edit_made.html", status, found=found, late=late)
