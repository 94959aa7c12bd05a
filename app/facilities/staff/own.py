"""What a facility reports of itself: its facts with their age, and a form for each that proposes another."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action, Target
from app.accounts.staff import door, offer
from app.core import clock
from app.facilities.forms.proposing import FORMS, LONGEST_REASON
from app.facilities.queries import pages as reads
from app.facilities.queries import proposals as queries
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.waiting import old_of_own
from app.facilities.rules.proposals import FIELDS, By
from app.facilities.service import proposals
from app.facilities.service.proposals import Asked, NoChange, TooMany
from app.facilities.staff.entry import bp, me, show

offer("facilities_staff.own", _l("My facility"), Action.FACILITY_OWN, order=30)
_TOO_MANY = 429


@bp.get("/facility")
@door(Action.FACILITY_OWN)
def own() -> ResponseReturnValue:
    """Show the facilities one reports for: each fact with its day, and what was proposed."""
    today = clock.today()
    pages = [found for each in queries.own_facilities(me()) if (found := reads.facility_page(each, today))]
    waiting = {page.card.id: queries.waiting(page.card.id, me().id, today) for page in pages}
    old = {each.id: each.facts for each in old_of_own(me(), today)}
    return show("own.html", pages=pages, waiting=waiting, fields=FIELDS[By.PROVIDER], old=old)


@bp.route("/facility/<id>/<field>", methods=["GET", "POST"])
@door(Action.FACILITY_OWN)
def propose(id: str, field: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Propose another value of a fact of one's own facility."""
    if field not in FIELDS[By.PROVIDER] or not me().may(Action.FACILITY_OWN, Target(facility=id)):
        abort(404)  # another's is answered as if it were not there
    return _ask(id, field, By.PROVIDER)


@bp.route("/facts", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def enter() -> ResponseReturnValue:
    """Let a worker enter a fact of a facility of the area: a proposal that they then take in."""
    identity, field = request.args.get("id", "").strip().upper(), request.args.get("field", "")
    target = queries.target(identity)
    if target is None or field not in FIELDS[By.STAFF] or not me().may(Action.FACILITY_EDIT, target):
        abort(404)
    return _ask(identity, field, By.STAFF)


def _ask(identity: str, field: str, by: By) -> ResponseReturnValue:
    page = reads.facility_page(identity, clock.today())
    if page is None:
        abort(404)
    form = FORMS[field]()
    if request.method == "GET":
        form.present(page.fields[field].value)
        return _form(page, field, form)
    value = form.value()
    reason = form.why()
    if form.errors:
        return _form(page, field, form, 400)
    try:
        number = proposals.propose(Asked(identity, field, value, reason, by, me().id))
    except NoChange:
        return _form(page, field, form, 400, _("The page says so already. Change what is wrong."))
    except TooMany:
        return _form(
            page, field, form, _TOO_MANY, _("Many corrections of this facility wait already. Please call.")
        )
    if by is By.STAFF:
        return redirect(url_for("facilities_staff.proposal", number=number), 303)
    return redirect(url_for("facilities_staff.own") + f"#waiting-{identity}", 303)


def _form(
    page: FacilityPage, field: str, form: Any, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    return show(
        "propose.html",
        status,
        card=page.card,
        field=field,
        form=form,
        held=page.fields[field],
        trouble=trouble,
        longest=LONGEST_REASON,
        own=me().may(Action.FACILITY_OWN, Target(facility=page.card.id)),
    )
