"""Proposed facts: the list of one's area, one of them as a difference, taking it in or declining it."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.queries import person
from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import clock
from app.facilities.forms.deciding import DecisionForm
from app.facilities.queries import proposals as reads
from app.facilities.queries.proposals import ProposalCard
from app.facilities.rules.proposals import FIELDS, By, State, Why
from app.facilities.service import proposals
from app.facilities.staff.entry import CONFLICT, bp, me, show

WANTED = {"approve": State.APPROVED, "decline": State.DECLINED}
"""What a button wants a proposal to become."""
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
    """Take a proposal in, or decline it with a reason. The first word stands; who comes later is told."""
    found, form = _mine(number), DecisionForm()
    if found.state != State.OPEN:
        return _settled(found, form)
    note = form.words()
    if form.do.data == "approve" and not form.errors:
        state = proposals.approve(number, me(), note)
    elif form.do.data == "decline" and form.reason() and not form.errors:
        state = proposals.decline(number, me(), Why(form.why.data), note)
    else:
        return _page(found, form, 400)
    if state != WANTED[form.do.data]:  # somebody else was faster by a moment
        return _settled(_mine(number), form)
    return redirect(url_for("facilities_staff.proposal", number=number), 303)


def _settled(found: ProposalCard, form: DecisionForm) -> ResponseReturnValue:
    """Answer a decision that came too late; one's own, sent twice, is simply shown."""
    if WANTED.get(form.do.data) == found.state and found.decided_by == me().id:
        return redirect(url_for("facilities_staff.proposal", number=found.id), 303)
    return _page(found, form, CONFLICT)


def _page(found: ProposalCard, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    decider = person(found.decided_by) if found.decided_by else None
    return show(
        "proposal.html",
        status,
        found=found,
        form=form,
        change=_change(found),
        decider=decider,
        mine=found.decided_by == me().id,
        late=status == CONFLICT,
        typed=form.words() if status == CONFLICT else "",
    )


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
