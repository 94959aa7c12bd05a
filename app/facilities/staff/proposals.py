"""Proposed facts: the list of one's area, one of them as a difference, taking it in or declining it."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import clock
from app.facilities.forms.deciding import DecisionForm
from app.facilities.queries import proposals as reads
from app.facilities.queries.proposals import ProposalCard
from app.facilities.rules.proposals import FIELDS, By, State, Why
from app.facilities.service import proposals
from app.facilities.staff.entry import bp, me, show

offer("facilities_staff.proposals_list", _l("Proposed facts"), Action.FACILITY_EDIT, order=30)


@bp.get("/proposals")
@door(Action.FACILITY_EDIT)
def proposals_list() -> ResponseReturnValue:
    """List what waits for a decision in one's area, the oldest first; or what was decided."""
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else State.OPEN
    text = request.args.get("page", "1")
    page = min(int(text), 10_000) if text.isdecimal() and len(text) < 6 and int(text) else 1  # noqa: PLR2004
    return show(
        "proposals.html",
        listed=reads.proposals(me(), state, page, clock.today()),
        state=state,
        states=tuple(State),
        fields=FIELDS[By.STAFF],
    )


@bp.get("/proposals/<int:number>")
@door(Action.FACILITY_EDIT)
def proposal(number: int) -> ResponseReturnValue:
    """Show one proposal: what stands, what would stand, who asks and how they know."""
    return _page(_mine(number), DecisionForm(formdata=None))


@bp.post("/proposals/<int:number>/decide")
@door(Action.FACILITY_EDIT)
def decide_proposal(number: int) -> ResponseReturnValue:
    """Take a proposal in, or decline it with a reason. Deciding twice is harmless: the first word stands."""
    found, form = _mine(number), DecisionForm()
    if found.state != State.OPEN:
        return redirect(url_for("facilities_staff.proposal", number=number), 303)
    note = form.words()
    if form.do.data == "approve" and not form.errors:
        proposals.approve(number, me(), note)
    elif form.do.data == "decline" and form.reason() and not form.errors:
        proposals.decline(number, me(), Why(form.why.data), note)
    else:
        return _page(found, form, 400)
    return redirect(url_for("facilities_staff.proposal", number=number), 303)


def _page(found: ProposalCard, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    return show("proposal.html", status, found=found, form=form, change=_change(found))


def _change(found: ProposalCard) -> str:
    """Return where a worker enters the fact with a source and day, the proposal beside it."""
    wanted: dict[str, Any] = {"id": found.facility, "proposal": found.id}
    if found.field in {"fees", "status"}:
        return url_for(f"facilities_staff.{found.field}", **wanted)
    return url_for("facilities_staff.edit", field=found.field, **wanted)


def _mine(number: int) -> ProposalCard:
    """Return a proposal within reach; one that lies elsewhere is answered as if it were not there."""
    found = reads.proposal(number, me(), clock.today()) if number < 1 << 31 else None
    if found is None:
        abort(404)
    return found
