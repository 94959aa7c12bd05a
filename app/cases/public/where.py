"""Where it is: a facility of the list, or a place that is in no list."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.cases.forms.report import CHECK, ELSEWHERE, UNKNOWN, PlaceForm, SearchForm, StepForm, chosen, offered
from app.cases.public import entry
from app.cases.public.entry import bp
from app.cases.public.flow import following
from app.cases.queries import ground, inboxes
from app.cases.rules import typed, words
from app.cases.rules.report import Report
from app.core.pages import plain
from app.facilities.queries import targets
from app.facilities.queries.cards import FacilityCard


@bp.route("/report/where", methods=["GET", "POST"])
def where() -> ResponseReturnValue:
    """Search the list and choose; the button of the search shows hits on this same page."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        form = SearchForm(formdata=None, back=request.args.get("back", ""))
        return _show_search(form, draft.report)
    report = draft.report if draft else Report()
    form = SearchForm()
    _offer_places(form)
    question = typed.line(form.q.data or "")
    fits = 0 < len(question) <= words.LONGEST_QUESTION
    found = ground.hits(question, chosen(form.place)) if fits else []
    if request.form.get("do") == "search" or not form.facility.data:
        return _search(form, report, question, found)
    facility = targets.target(str(form.facility.data)[:20])
    if facility is None:
        form.bad("facility", "choose")
        return _show_search(form, report, found, 400)
    place = areas.place_of(facility.area)
    if place is None or not inboxes.is_open(place.area):
        return entry.unavailable_here(facility.area)
    kept, _new = entry.keep({"facility": facility.id, "area": facility.area, "named": "", "address": ""})
    return _on(form, kept.report)


def _search(
    form: SearchForm, report: Report, question: str, found: list[FacilityCard]
) -> ResponseReturnValue:
    if request.form.get("do") == "choose" and found:
        form.bad("facility", "choose")
    elif not question:
        form.bad("q", "empty")
    elif len(question) > words.LONGEST_QUESTION:
        form.bad("q", "too-long")
    elif not found:
        form.bad("q", "none")
    return _show_search(form, report, found, 400 if form.errors else 200)


def _offer_places(form: SearchForm) -> None:
    places = inboxes.open_places()
    every = [("", _("All of them"))] if len(places) > 1 else []
    form.place.choices = offered([*every, *((place.area, plain(place.names)) for place in places)])


def _show_search(
    form: SearchForm, report: Report, found: list[FacilityCard] | None = None, status: int = 200
) -> ResponseReturnValue:
    _offer_places(form)
    here = areas.place_of(report.area) if report.area else None
    if form.place.data is None and here:
        form.place.data = here.area
    form.facility.choices = offered((card.id, card.name) for card in found or ())
    return entry.page(
        "cases/where.html",
        status,
        form=form,
        longest_question=words.LONGEST_QUESTION,
        found={card.id: card for card in found or ()},
        report=report,
        facility=targets.target(report.facility) if report.facility else None,
        place=here,
        next_url=url_for(f"cases.{following(report, after='where')}") if report.facility else None,
        section="report",
    )


def _on(form: StepForm, report: Report) -> ResponseReturnValue:
    back = form.back.data == CHECK and report.category
    return entry.to("check" if back else following(report, after="where"))


@bp.route("/report/place", methods=["GET", "POST"])
def place() -> ResponseReturnValue:
    """Ask for county, township and address of what is in no list; the address may name the township."""
    draft = entry.held()
    if request.method == "GET":
        if draft is None:
            return entry.to("report")
        held = draft.report
        county = ground.county_of(held.area)
        form = PlaceForm(
            formdata=None,
            named=held.named,
            address=held.address,
            area=county.code if county else None,
            township=held.area if county and held.area != county.code else None,
            back=request.args.get("back", ""),
        )
        return _show_place(form, held)
    report = draft.report if draft else Report()
    form = PlaceForm()
    return _take_place(form, report)


def _take_place(form: PlaceForm, report: Report) -> ResponseReturnValue:
    _offer_counties(form)
    county = chosen(form.area)
    if county == ELSEWHERE:
        return entry.unavailable_here("")
    if not county:
        form.bad("area", "choose")
        form.judge(())
        return _show_place(form, report, 400)
    _offer_townships(form, county)
    answers = form.answers()
    township = _township(form, county, answers.get("address", ""))
    if township is None and form.township.choices:
        form.bad("township", "choose")
    if not form.judge(()):
        return _show_place(form, report, 400)
    kept, _new = entry.keep({**answers, "facility": "", "area": township or county})
    return _on(form, kept.report)


def _township(form: PlaceForm, county: str, address: str) -> str | None:
    """Return the township chosen, else the one the address names; empty if the resident does not know."""
    picked = chosen(form.township)
    if picked and picked != UNKNOWN:
        return picked
    named = ground.township_named(county, address) if address else None
    return named or ("" if picked == UNKNOWN else None)


def _offer_counties(form: PlaceForm) -> None:
    found = ground.counties()
    form.area.choices = offered(
        [
            *([("", _("Choose"))] if len(found) > 1 else []),
            *((county.code, plain(county.names)) for county in found),
            (ELSEWHERE, _("Another county or district")),
        ]
    )


def _offer_townships(form: PlaceForm, county: str) -> None:
    inner = ground.townships(county) if county and county != ELSEWHERE else []
    known = [(area.code, plain(area.names)) for area in inner]
    ends = ("", _("Choose, unless the address names it")), (UNKNOWN, _("I do not know"))
    form.township.choices = offered([ends[0], *known, ends[1]]) if known else []


def _show_place(form: PlaceForm, report: Report, status: int = 200) -> ResponseReturnValue:
    _offer_counties(form)
    county = chosen(form.area)
    if not county and len(form.area.choices) == 2:  # noqa: PLR2004 - the only county, and "another one"
        county = form.area.choices[0].value
        form.area.data = county
    _offer_townships(form, county)
    return entry.page(
        "cases/place.html",
        status,
        form=form,
        report=report,
        place=areas.place_of(county) if county and county != ELSEWHERE else None,
        section="report",
    )
