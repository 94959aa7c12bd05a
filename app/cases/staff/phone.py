"""Taking a report down for a resident who calls or comes to the counter."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action, Target
from app.accounts.staff import door, offer
from app.cases.forms.choices import chosen, named, options
from app.cases.forms.phone import ELSEWHERE, PhoneForm
from app.cases.forms.sentences import sentence
from app.cases.queries import ground
from app.cases.rules import numbers
from app.cases.service import phone
from app.cases.service.drafts import DraftGone
from app.cases.staff.desk import bp, me, show
from app.core.pages import language
from app.facilities.queries import targets

offer("cases_staff.take_down", _l("Take down a report"), Action.CASE_INTAKE, order=14)
_INCOMPLETE, _GONE = 422, 410


@bp.route("/new", methods=["GET", "POST"])
@door(Action.CASE_INTAKE)
def take_down() -> ResponseReturnValue:
    """Show the form, or register what was said and show the receipt, once, for the caller."""
    form = PhoneForm()
    _offer(form)
    if not form.is_submitted():
        form.key.data = phone.mint_key()
        return _page(form)
    asks = _ask_facility(form)
    if asks or request.form.get("do") == "find":
        return _page(form, asks=asks)
    return _register(form)


def _register(form: PhoneForm) -> ResponseReturnValue:
    """Register what was said; one may only take down what is in one's own areas."""
    report = form.report(language())
    listed = targets.target(report.facility) if report.facility else None
    report = form.report(language(), area=listed.area if listed else "")
    if not form.judge(phone.faults(report)):
        return _page(form, _INCOMPLETE)
    places = {report.area, listed.area if listed else report.area}
    own = all(me().may(Action.CASE_INTAKE, Target(area=area)) for area in places)
    try:
        receipt = phone.take_down(str(form.key.data or ""), report) if own else None
    except phone.NotHere:
        receipt = None
    except DraftGone:
        form.key.data = phone.mint_key()
        return _page(form, _GONE, gone=True)
    if receipt is None:
        form.say("area", sentence("area", "elsewhere"))
        return _page(form, _INCOMPLETE)
    return show("receipt.html", receipt=receipt, code=numbers.show_code(receipt.code))


def _page(form: PhoneForm, status: int = 200, **more: object) -> ResponseReturnValue:
    return show("new.html", status, form=form, **more)


def _offer(form: PhoneForm) -> None:
    """Put into the form what one may choose: townships of one's own areas, offices, facilities."""
    form.offer_subjects()
    areas, offices = options([("", "")]), options([("", "")])
    for county in ground.counties():
        inner = [(each.code, each.names) for each in ground.townships(county.code)]
        mine = [
            named(code, names)
            for code, names in ((county.code, county.names), *inner)
            if me().may(Action.CASE_INTAKE, Target(area=code))
        ]
        areas += mine
        if mine:
            offices += [named(office.code, office.names) for office in ground.units(county.code)]
    form.area.choices, form.about.choices = areas, offices
    wanted = str(form.facility.data or "")
    hits = ground.hits(form.q.data.strip()) if (form.q.data or "").strip() else []
    found = {hit.id: hit.name for hit in hits}
    if wanted and wanted != ELSEWHERE and wanted not in found:
        listed = targets.target(wanted)
        found |= {listed.id: listed.name} if listed else {}
    form.facility.choices = options([*found.items(), (ELSEWHERE, _l("None of these"))] if found else ())


def _ask_facility(form: PhoneForm) -> bool:
    """Tell whether one of the facilities found must be chosen first."""
    return bool(form.facility.choices) and not chosen(form.facility)
