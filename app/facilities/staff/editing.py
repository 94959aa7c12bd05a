"""Changing a fact of a facility of one's area: one field, or the status with its reason."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice

from app.accounts.rules import Action, Target
from app.accounts.staff import door
from app.areas import queries as areas
from app.core import clock
from app.core.pages import plain
from app.facilities.forms.editing import EDITORS, NOT_WORTH, HowForm, ProposalForm
from app.facilities.forms.editing.position import LocationForm
from app.facilities.forms.editing.records import StatusForm
from app.facilities.queries import proposals as waiting
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.proposals import ProposalCard
from app.facilities.queries.standing import standing
from app.facilities.rules.editing import EDITED
from app.facilities.rules.position import box_around
from app.facilities.rules.proposals import KEYS, State
from app.facilities.service import editing, proposals
from app.facilities.service.editing import Change
from app.facilities.staff.entry import CONFLICT, bp, me, mine, show

COUNTY = 6


@bp.route("/facilities/<id>/edit/<field>", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def edit(id: str, field: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Enter another value of a field, how one knows, and the day."""
    page = mine(id)
    if field not in EDITED:
        abort(404)
    form, how = _form(page, field), HowForm()
    now, asked = standing([id], field)[id], asked_for(id, field)
    if request.method == "GET":
        form.present(asked.value if asked and field not in KEYS else now.value)
        how.begin(now.version)
        return _page(page, field, form, how)
    value, known, day = form.value(), how.said(), how.on()
    if form.errors or how.errors or known is None or day is None:
        return _page(page, field, form, how, 400)
    change = Change(field, value, known, day, how.number())
    return attempt(
        lambda: editing.edit(id, change, how.seen.data or "", me()),
        lambda status, **more: _page(mine(id), field, form, how, status, **more),
        how,
        (id, field),
    )


def attempt(
    act: Callable[[], None], again: Callable[..., ResponseReturnValue], how: HowForm, what: tuple[str, str]
) -> ResponseReturnValue:
    """Edit, or show the form again with what is in the way; nothing that was typed is lost."""
    identity, field = what
    try:
        act()
    except editing.Twice:
        pass  # it is done
    except editing.Stale:
        how.seen.data = standing([identity], field)[identity].version
        return again(CONFLICT, stale=True)
    except editing.NotWorth as error:
        return again(400, trouble=NOT_WORTH[error.why])
    asked = asked_for(identity, field)
    if asked:
        proposals.settle(asked.id, me())
        return redirect(url_for("facilities_staff.proposal", number=asked.id), 303)
    return redirect(url_for("facilities_staff.one", id=identity, done=field, _anchor=f"f-{field}"), 303)


def asked_for(identity: str, field: str) -> ProposalCard | None:
    """Return the proposal that a worker came from to change a field, if it still waits."""
    text = request.args.get("proposal", "")
    if not (text.isascii() and text.isdecimal() and len(text) < 10):  # noqa: PLR2004 - digits of a number
        return None
    found = waiting.proposal(int(text), me(), clock.today())
    fits = found and (found.facility, found.field, found.state) == (identity, field, State.OPEN)
    return found if fits else None


def _form(page: FacilityPage, field: str) -> ProposalForm:
    form, county = EDITORS[field](), page.card.area[:COUNTY]
    if isinstance(form, LocationForm):
        centres = [*areas.areas([county]).values(), *areas.children(county)]
        form.box = box_around([each.point for each in centres if each.point])
    if field == "township":
        form["township"].choices = [
            SelectChoice(each.code, plain(each.names))
            for each in areas.children(county)
            if me().may(Action.FACILITY_EDIT, Target(place=county, area=each.code))
        ]
    return form


def _page(
    page: FacilityPage, field: str, form: ProposalForm, how: HowForm, status: int = 200, **more: Any
) -> ResponseReturnValue:
    held = page.fields[field]
    asked = asked_for(page.card.id, field)
    return show(
        "edit.html", status, card=page.card, field=field, form=form, how=how, held=held, asked=asked, **more
    )


@bp.route("/facilities/<id>/status", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def status(id: str) -> ResponseReturnValue:  # noqa: A002
    """Change the filing status, with a reason that families read."""
    page = mine(id)
    form, how = StatusForm(), HowForm()
    if request.method == "GET":
        asked = asked_for(id, "status")
        form.status.data = asked.value if asked else page.card.status
        how.begin(standing([id], "status")[id].version)
        return _status(page, form, how)
    code, reasons = form.chosen(), form.words("reason")
    known, day = how.said(), how.on()
    if form.errors or how.errors or known is None or day is None:
        return _status(page, form, how, 400)
    held = standing([id], "history")[id].value or []
    row = {"on": day.isoformat(), "status": code, "reasons": reasons}
    change = Change("status", code, known, day, how.number(), along=(("history", [*held, row]),))
    return attempt(
        lambda: editing.edit(id, change, how.seen.data or "", me()),
        lambda code, **more: _status(mine(id), form, how, code, **more),
        how,
        (id, "status"),
    )


def _status(
    page: FacilityPage, form: StatusForm, how: HowForm, code: int = 200, **more: Any
) -> ResponseReturnValue:
    asked = asked_for(page.card.id, "status")
    return show(
        "status.html", code, page=page, form=form, how=how, held=page.fields["status"], asked=asked, **more
    )
