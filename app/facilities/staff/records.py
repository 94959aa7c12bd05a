"""Assessments, inspections, rectifications and permits of a facility, each public from a day on."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.facilities.forms.editing.records import RecordForm
from app.facilities.queries.records import waiting_records
from app.facilities.service import records as service
from app.facilities.service.records import Entry
from app.facilities.staff.entry import CONFLICT, bp, me, mine, show


@bp.route("/facilities/<id>/records", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def records(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Enter a record and from when families may read it; list what is public and what waits."""
    mine(id)
    form = RecordForm()
    if request.method == "GET":
        form.begin()
        form.present()
        return _page(id, form)
    row, publish_on = form.row(), form.day("publish_on", needed=True)
    if form.errors or publish_on is None:
        return _page(id, form, 400)
    service.enter(id, Entry(row, publish_on, form.number()), me())
    return redirect(url_for("facilities_staff.records", id=id, saved=1), 303)


@bp.post("/facilities/<id>/records/<int:number>/withdraw")
@door(Action.FACILITY_EDIT)
def withdraw_record(id: str, number: int) -> ResponseReturnValue:  # noqa: A002
    """Withdraw a record before anybody could read it."""
    mine(id)
    if number < 1 << 31 and service.withdraw(id, number, me()):
        return redirect(url_for("facilities_staff.records", id=id), 303)
    form = RecordForm(formdata=None)
    form.begin()
    form.present()
    return _page(id, form, CONFLICT, late=True)


def _page(identity: str, form: RecordForm, status: int = 200, *, late: bool = False) -> ResponseReturnValue:
    page = mine(identity)
    return show(
        "records.html",
        status,
        page=page,
        form=form,
        waiting=waiting_records(identity),
        saved=request.args.get("saved") == "1",
        late=late,
    )
