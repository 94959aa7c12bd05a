"""Register snapshots at the counter: bring one, look at what differs, bring it into the mirror."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.facilities.forms.imports import shown
from app.facilities.queries import uploads as reads
from app.facilities.rules.uploads import Kind, State
from app.facilities.staff.imports_entry import bp, me, mine, show, waiting
from app.facilities.staff.imports_taking import act_on, page_number, take

offer("imports.snapshots", _l("Register snapshots"), Action.FACILITY_IMPORT, order=36)


@bp.get("/register")
@door(Action.FACILITY_IMPORT)
def snapshots() -> ResponseReturnValue:
    """List the snapshots that were brought, and take another."""
    return _list()


@bp.post("/register")
@door(Action.FACILITY_IMPORT)
def bring_snapshot() -> ResponseReturnValue:
    """Take a snapshot in; it is compared beside the page."""
    number, trouble, status = take(Kind.REGISTER)
    if number is None:
        return _list(trouble, status)
    return redirect(url_for("imports.snapshot", number=number), 303)


def _list(trouble: str = "", status: int = 200) -> ResponseReturnValue:
    return show(
        "list.html",
        status,
        kind=Kind.REGISTER,
        found=reads.uploads(me(), Kind.REGISTER, page_number()),
        areas=reads.reach(me(), Kind.REGISTER),
        trouble=trouble,
        chosen=request.form.get("area", ""),
        newest=reads.newest_snapshot(),
    )


@bp.get("/register/<int:number>")
@door(Action.FACILITY_IMPORT)
def snapshot(number: int) -> ResponseReturnValue:
    """Show how far a snapshot is: progress, or what differs."""
    card = mine(number, Kind.REGISTER)
    if card.state is State.WAITING:
        return waiting(card)
    plan = reads.plan_of(card.id)
    if card.state is State.FAILED or plan is None:
        return show("failed.html", card=card)
    tab = shown.tab(plan, request.args.get("tab", ""), request.args.get("page", ""))
    return show(
        "plan.html", card=card, plan=plan, tab=tab, profile=None, trouble="", typed={}, conflict=False
    )


@bp.post("/register/<int:number>/act")
@door(Action.FACILITY_IMPORT)
def act_snapshot(number: int) -> ResponseReturnValue:
    """Bring it into the mirror, compare anew, or take the file away."""
    mine(number, Kind.REGISTER)
    return act_on(number, Kind.REGISTER)
