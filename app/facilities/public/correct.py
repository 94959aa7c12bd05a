"""Anybody may say what is wrong on a page; a worker of the place checks it. And what changed so far.

The form is between one reader and us: a session for its token, never kept. The history is public.
"""

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries as accounts
from app.accounts.rules import Action
from app.areas import queries as areas
from app.core import clock, headers, human, limits, stamps
from app.facilities.forms.proposing import FORMS, LONGEST_REASON, ProposalForm
from app.facilities.forms.proposing.base import SENTENCES
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.changed import changed, told_apart
from app.facilities.queries.proposals import target
from app.facilities.rules.proposals import FIELDS, By
from app.facilities.service import proposals
from app.facilities.service.proposals import Asked, NoChange, TooMany

_TOO_OFTEN = 429


@bp.route("/facilities/<id>/correct", methods=["GET", "POST"])
def correct(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Ask which fact is wrong, then what is right and how one knows."""
    page = _page_of(id)
    field = request.args.get("field", "")
    if request.args.get("done") == "1":
        return _show(page, "facilities/corrected.html")
    if not _somebody_looks(id):
        return _show(page, "facilities/correct.html", closed=True)
    if field not in FIELDS[By.PUBLIC]:
        return _show(page, "facilities/correct.html", fields=FIELDS[By.PUBLIC])
    form = FORMS[field]()
    if request.method == "GET":
        form.present(page.fields[field].value)
        return _form(page, field, form)
    return _take(page, field, form)


def once_more(identity: str) -> ResponseReturnValue:
    """Answer a form whose session ended: nothing is done, and what was typed stands in it still."""
    page, field = _page_of(identity), request.args.get("field", "")
    if field not in FIELDS[By.PUBLIC] or not _somebody_looks(identity):
        return redirect(url_for("facilities.correct", id=identity), 303)
    return _form(page, field, FORMS[field](), 400, _("The form was open for too long. Send it once more."))


def _take(page: FacilityPage, field: str, form: ProposalForm) -> ResponseReturnValue:
    if not limits.allow("facility.correct", limits.source_key()):
        words = _("Too many corrections came from your connection. Try again in an hour, or call.")
        return _form(page, field, form, _TOO_OFTEN, words)
    value, reason = form.value(), form.why()
    answer = human.judge(form.proof.data or "", form.answer.data or "", _purpose(page))
    answered = answer in {"right", "hasty"}
    if not (answered or form.website.data):
        form.bad("answer", answer)
    if form.errors:
        return _form(page, field, form, 400, answered=answered)
    verdict = stamps.judge(form.shown.data or "", _purpose(page), form.website.data or "")
    if verdict == "trap":
        return _done(page)  # a program need not learn that it was seen through
    if verdict != "right":
        return _form(page, field, form, 400, str(SENTENCES[verdict]), answered=answered)
    status, words = _keep(Asked(page.card.id, field, value, reason, By.PUBLIC))
    return _form(page, field, form, status, words, answered=answered) if words else _done(page)


def _keep(asked: Asked) -> tuple[int, str]:
    """Keep a proposal; returns what to say instead of thanks, if anything, and its status."""
    try:
        proposals.propose(asked)
    except NoChange:
        return 400, _("The page says so already. Change what is wrong.")
    except TooMany:
        return _TOO_OFTEN, _("Many corrections of this facility wait already. Please call.")
    return 200, ""


def _purpose(page: FacilityPage) -> str:
    return f"correct:{page.card.id}"


def _done(page: FacilityPage) -> ResponseReturnValue:
    return redirect(url_for("facilities.correct", id=page.card.id, done="1"), 303)


def _form(
    page: FacilityPage,
    field: str,
    form: ProposalForm,
    status: int = 200,
    trouble: str = "",
    *,
    answered: bool = False,
) -> Response:
    proof = human.answered(_purpose(page)) if answered else human.ask(_purpose(page))
    form.proof.data, form.answer.data = proof.token, ""
    form.shown.data, form.website.data = stamps.stamp(_purpose(page)), ""
    return _show(
        page,
        "facilities/correct.html",
        status,
        field=field,
        form=form,
        held=page.fields[field],
        trouble=trouble,
        riddle=proof.riddle,
        longest=LONGEST_REASON,
    )


def _show(page: FacilityPage, template: str, status: int = 200, **values: object) -> Response:
    body = render_template(
        template,
        page=page,
        card=page.card,
        place=areas.place_of(page.card.area),
        area_path=areas.path(page.card.township or page.card.area),
        hotlines=areas.hotlines(page.card.area),
        **values,
    )
    response = make_response(body, status)
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _somebody_looks(identity: str) -> bool:
    """Tell whether anybody may decide about it: nothing is taken in that nobody would read."""
    found = target(identity)
    return found is not None and accounts.reached(Action.FACILITY_EDIT, found)


def _page_of(identity: str) -> FacilityPage:
    page = reads.facility_page(identity, clock.today())
    if page is None:
        abort(404)
    return page


@bp.get("/facilities/<id>/history")
def history(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Show what changed at a facility, day by day: which value gave way to which, and who said so."""
    page = _page_of(id)
    body = render_template(
        "facilities/history.html",
        page=page,
        card=page.card,
        place=areas.place_of(page.card.area),
        area_path=areas.path(page.card.township or page.card.area),
        changes=told_apart(changed([id])[id]),
    )
    return headers.public(make_response(body))
