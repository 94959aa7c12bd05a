"""Register snapshots at the counter: bring one, look at what differs, bring it into the mirror."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.facilities.forms.imports import shown
from app.facilities.queries import uploads as reads
from app.facilities.queries.uploads import UploadCard
from app.facilities.rules.uploads import Kind, State, Whole
from app.facilities.service import uploads
from app.facilities.staff.imports_entry import CONFLICT, bp, me, mine, show, version, waiting
from app.facilities.staff.imports_taking import act_on, listed, table_of, taken_in

offer("imports.snapshots", _l("Register snapshots"), Action.FACILITY_IMPORT, order=36)


@bp.get("/register")
@door(Action.FACILITY_IMPORT)
def snapshots() -> ResponseReturnValue:
    """List the snapshots that were brought, and take another."""
    return listed(Kind.REGISTER)


@bp.post("/register")
@door(Action.FACILITY_IMPORT)
def bring_snapshot() -> ResponseReturnValue:
    """Take a snapshot in; it is compared beside the page."""
    return taken_in(Kind.REGISTER)


@bp.get("/register/<int:number>")
@door(Action.FACILITY_IMPORT)
def snapshot(number: int) -> ResponseReturnValue:
    """Show how far a snapshot is: progress, or what differs."""
    return _page(mine(number, Kind.REGISTER))


def _page(card: UploadCard, status: int = 200, *, trouble: str = "") -> ResponseReturnValue:
    if card.state is State.WAITING:
        return waiting(card, status)
    plan = reads.plan_of(card.id)
    if card.state is State.FAILED or plan is None:
        return show("failed.html", status, card=card, table=_faults(card) is not None)
    return show(
        "plan.html",
        status,
        card=card,
        plan=plan,
        tab=shown.tab(plan, request.args.get("tab", ""), request.args.get("page", "")),
        parts=_parts(card, plan),
        reasons=tuple(Whole),
        profile=None,
        trouble=trouble,
        typed={},
        conflict=False,
    )


def _parts(card: UploadCard, plan: Any) -> list[dict[str, Any]]:
    """Return the counties of which the file has less than half, and why some are said to be whole."""
    found = plan.get("parts", [])
    names = reads.names_of(county for county, *_numbers in found)
    return [
        {
            "county": county,
            "names": names.get(county),
            "held": held,
            "there": there,
            "gone": gone,
            "why": card.choices.get(int(county), ""),
        }
        for county, held, there, gone in found
    ]


@bp.post("/register/<int:number>/whole")
@door(Action.FACILITY_IMPORT)
def speak_for(number: int) -> ResponseReturnValue:
    """Say that the file holds a county whole, and why; or take that back."""
    card = mine(number, Kind.REGISTER)
    plan = reads.plan_of(card.id) or {}
    county, why = request.form.get("county", ""), request.form.get("why", "")
    if county not in {each[0] for each in plan.get("parts", ())}:
        return show("meanwhile.html", CONFLICT, card=card)
    if request.form.get("do") != "back" and why not in set(Whole):
        return _page(card, 400, trouble=_("Say why this file holds the county whole."))
    reason = None if request.form.get("do") == "back" else Whole(why)
    try:
        uploads.speak_for(number, county, reason, version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return show("meanwhile.html", CONFLICT, card=mine(number, Kind.REGISTER))
    return redirect(url_for("imports.snapshot", number=number), 303)


@bp.get("/register/<int:number>/errors.csv")
@door(Action.FACILITY_IMPORT)
def snapshot_errors(number: int) -> ResponseReturnValue:
    """Give all faults of a snapshot that cannot be read, or the warnings of one that can, as a table."""
    card = mine(number, Kind.REGISTER)
    faults = _faults(card) if card.state is State.FAILED else reads.plan_of(card.id)
    if faults is None:
        abort(404)
    return table_of(faults, card.id)


def _faults(card: UploadCard) -> dict[str, Any] | None:
    """Return all faults of a file that cannot be read, in the shape of a plan; None if none are kept."""
    found = reads.survey_of(card.id)
    return {"items": {"errors": found["faults"], "warnings": []}} if found else None


@bp.post("/register/<int:number>/act")
@door(Action.FACILITY_IMPORT)
def act_snapshot(number: int) -> ResponseReturnValue:
    """Bring it into the mirror, compare anew, or take the file away."""
    mine(number, Kind.REGISTER)
    return act_on(number, Kind.REGISTER)
