"""Sealed words: asking to read them, allowing others to, reading."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.cases.forms.choices import options
from app.cases.forms.counter_labels import LABELS
from app.cases.forms.desk import DecideForm, RevealForm
from app.cases.queries import reveals as reads
from app.cases.queries.access import Found
from app.cases.rules.acts import Refused
from app.cases.service import reveals
from app.cases.staff.desk import askable, attempt, bp, forbidden, me, show, theirs, to_case

offer("cases_staff.requests", _l("Sealed words"), Action.CASE_REVEAL, order=12)


@bp.get("/reveals")
@door(Action.CASE_REVEAL)
def requests() -> ResponseReturnValue:
    """Show one's own requests, and those that wait for one's word."""
    return show("reveals.html", requests=reads.requests(me()))


@bp.route("/<number>/reveal", methods=["GET", "POST"])
@door(Action.CASE_REVEAL, fresh=True)
def reveal(number: str) -> ResponseReturnValue:
    """Ask to read something sealed; or, once it is allowed, read the contact: every read is recorded."""
    found, form = theirs(number), RevealForm()
    within = askable(found)
    offered = [what for what in within if not reads.active(found.case, me().id, what)]
    form.what.choices = options((what, LABELS["sealed"][what]) for what in offered)
    if not within and not reveals.may_allow(found.reach):
        abort(404)
    if found.case.severity != "e1":
        del form.urgent
    if not form.is_submitted():
        form.what.data = request.args.get("what", "") or (offered[0] if len(offered) == 1 else None)
        return _page(found, form)
    if request.form.get("do") == "read":
        try:
            contact = reveals.contact(found.case, found.reach, me())
        except Refused as refusal:
            return forbidden(theirs(number), refusal.code, [])
        return _page(found, form, more={"contact": contact})
    given = form.given()
    return attempt(
        number,
        form,
        lambda: reveals.ask(
            found.case,
            found.reach,
            me(),
            str(given.get("what") or ""),
            str(given.get("reason") or ""),
            urgent=bool(given.get("urgent")),
        ),
        lambda fresh, status, more: _page(fresh, form, status, more),
        lambda: to_case(number, "sealed"),
    )


def _page(
    found: Found, form: RevealForm, status: int = 200, more: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    may_allow = reveals.may_allow(found.reach)
    return show(
        "reveal.html",
        status,
        number=found.case.number,
        form=form,
        requests=[each for each in reads.of_case(found.case, me().id) if each.mine or may_allow],
        may_allow=may_allow,
        readable=reads.active(found.case, me().id, "contact"),
        **(more or {}),
    )


@bp.post("/<number>/reveal/<int:wanted>")
@door(Action.CASE_REVEAL_APPROVE, fresh=True)
def allow(number: str, wanted: int) -> ResponseReturnValue:
    """Allow or decline what somebody asked for."""
    found, form = theirs(number), DecideForm()
    agree = form.agree.data == "yes"
    return attempt(
        number,
        form,
        lambda: reveals.decide(found.case, found.reach, me(), wanted, allow=agree),
        lambda fresh, _status, more: forbidden(fresh, str(more["code"]), []),
        lambda: to_case(number, "sealed"),
    )
