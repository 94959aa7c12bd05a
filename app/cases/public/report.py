"""The first pages: whom to call, what one may want, and what becomes of an unfinished report."""

from typing import Any

from flask import g, request, session, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.areas.rules import normalise
from app.cases.forms.report import CHECK, PurposeForm, chosen
from app.cases.public import entry
from app.cases.public.entry import bp
from app.cases.public.flow import following
from app.cases.queries import inboxes
from app.cases.rules.categories import SUBJECTS
from app.cases.rules.words import PURPOSES
from app.cases.service import drafts
from app.cases.service.drafts import Draft
from app.cases.service.keeping import keeping
from app.facilities.queries import targets
from app.facilities.queries.targets import Target


@bp.get("/report")
def report() -> ResponseReturnValue:
    """Show the numbers to call, then the way on: a new report, the unfinished one, or a sent one's code."""
    facility, area = _prefilled()
    draft = entry.held()
    gone = draft is None and bool(session.pop("draft", None))
    if draft is None and _is_closed(area):
        return entry.unavailable_here(area)
    asked: dict[str, Any] = {
        "facility": facility.id if facility else None,
        "area": area or None,
        "purpose": _purpose() or None,
        "category": _category() or None,
    }
    return entry.page(
        "cases/start.html",
        draft=draft,
        gone=gone,
        facility=facility,
        closed_here=_is_closed(area),
        place=areas.place_of(area) if area else None,
        old=targets.target(draft.report.facility) if draft and draft.report.facility else None,
        new_url=url_for("cases.purpose", **asked, fresh="1" if draft else None),
        go_on_url=url_for(f"cases.{following(draft.report)}") if draft and not draft.sent else None,
        section="report",
    )


def _is_closed(area: str) -> bool:
    if not area:
        return not inboxes.open_places()
    place = areas.place_of(area)
    return place is None or not inboxes.is_open(place.area)


def _prefilled() -> tuple[Target | None, str]:
    """Return the facility and the area that an address asks for; what is not known is left out."""
    facility = targets.target(request.values.get("facility", "")[:20])
    code = normalise(request.values.get("area", "")) or ""
    if facility:
        return facility, facility.area
    return None, code if code and areas.area(code) else ""


def _purpose() -> str:
    wanted = request.values.get("purpose", "")
    return wanted if wanted in PURPOSES else ""


def _category() -> str:
    """Return the subject that an address suggests; the page that asks for it shows it as chosen."""
    wanted = request.values.get("category", "")
    return wanted if wanted in SUBJECTS else ""


@bp.route("/report/purpose", methods=["GET", "POST"])
def purpose() -> ResponseReturnValue:
    """Ask what the resident wants, and tell what each choice means before anything is typed."""
    facility, area = _prefilled()
    draft = entry.held()
    if request.method == "GET":
        fresh = draft is None or draft.sent or request.args.get("fresh") == "1"
        if fresh and _is_closed(area):
            return entry.unavailable_here(area)
        form = PurposeForm(
            formdata=None,
            purpose=_purpose() or (draft.report.purpose if draft and not fresh else ""),
            facility=facility.id if facility else "",
            area=area,
            fresh=_mark() if draft and fresh else "",
            back=request.args.get("back", ""),
        )
        return _show(form, draft, facility, area)
    form = PurposeForm()
    fresh = draft is None or draft.sent or form.fresh.data == _mark()
    if fresh and _is_closed(area):
        return entry.unavailable_here(area)
    if not chosen(form.purpose):
        form.bad("purpose", "choose")
        return _show(form, draft, facility, area, 400)
    kept = _begin(form, draft, facility, area) if fresh else entry.keep(form.answers())[0]
    return entry.to(CHECK if form.back.data == CHECK else following(kept.report, after="purpose"))


def _mark() -> str:
    """Return what stands for the draft to be replaced: a form sent twice must not throw the new one away."""
    return drafts.key_of(entry.token())[:12]


def _begin(form: PurposeForm, draft: Draft | None, facility: Target | None, area: str) -> Draft:
    if draft and not draft.sent:
        with keeping():
            drafts.discard(entry.token())
    known = {"facility": facility.id if facility else "", "area": area, "category": _category()}
    return entry.begin(**form.answers(), **known)


def _show(
    form: PurposeForm, draft: Draft | None, facility: Target | None, area: str, status: int = 200
) -> ResponseReturnValue:
    return entry.page(
        "cases/purpose.html",
        status,
        form=form,
        draft=draft,
        facility=facility,
        area=area,
        category=_category(),
        place=areas.place_of(area) if area else None,
        section="report",
    )


@bp.post("/report/discard")
def discard() -> ResponseReturnValue:
    """Throw the unfinished report away, with its files."""
    with keeping():
        drafts.discard(entry.token())
    session.pop("draft", None)
    g.forget_query = True
    return entry.to("report")
