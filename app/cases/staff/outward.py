"""What leaves the office: a notice to the facility, an outcome for the public."""

from collections.abc import Mapping
from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.cases.forms.desk import DecideForm, NoticeForm, outcome_form
from app.cases.queries import caseparts, outcomes
from app.cases.queries.access import Found
from app.cases.service import notices, publishing
from app.cases.staff.desk import attempt, bp, forbidden, me, show, theirs, to_case
from app.facilities.queries import targets


@bp.route("/<number>/notice", methods=["GET", "POST"])
@door(Action.CASE_HANDLE)
def notice(number: str) -> ResponseReturnValue:
    """Make a notice to the facility. The page holds nothing of the resident, and what is typed is checked."""
    found, form = theirs(number), NoticeForm()
    if not (found.reach.leading or found.reach.desk):
        abort(404)
    listed = targets.target(found.case.facility) if found.case.facility else None
    made: list[int] = []

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show(
            "notice_form.html", status, number=fresh.case.number, form=form, listed=listed, **(more or {})
        )

    if not form.is_submitted():
        form.facility.data = listed.name if listed else ""
        return again(found)
    given = form.given()

    def act() -> None:
        made.append(
            notices.make(
                found.case,
                found.reach,
                me(),
                facility=listed.name if listed else str(given.get("facility") or ""),
                demands=tuple(given.get("demands") or ()),
                due_on=given.get("due_on"),
                extra=str(given.get("extra") or ""),
            )
        )

    def to_sheet() -> ResponseReturnValue:
        return redirect(url_for("cases_staff.notice_sheet", number=number, notice=made[0]), 303)

    return attempt(number, form, act, again, to_sheet)


@bp.get("/<number>/notice/<int:notice>")
@door(Action.CASE_HANDLE)
def notice_sheet(number: str, notice: int) -> ResponseReturnValue:
    """Show a notice as a sheet to print."""
    found = theirs(number)
    if not found.reach.full:
        abort(404)
    try:
        held = notices.read(found.case, notice)
    except LookupError:
        abort(404)
    names = caseparts.unit_names(found.case.place).get(held.unit, {})
    return show("notice.html", number=number, notice=held, unit_names=names)


@bp.route("/<number>/outcome", methods=["GET", "POST"])
@door(Action.CASE_HANDLE, fresh=True)
def outcome(number: str) -> ResponseReturnValue:
    """Write what the public may read of a closed case; a second person clears it."""
    found = theirs(number)
    if not (found.reach.leading or found.reach.desk):
        abort(404)
    languages = current_app.extensions["languages"].offered
    form = outcome_form((each.code, each.name) for each in languages)

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show(
            "outcome.html",
            status,
            number=fresh.case.number,
            form=form,
            languages_in=languages,
            **(more or {}),
        )

    if not form.is_submitted():
        waiting = outcomes.pending(found.case)
        for code, text in (waiting.texts if waiting else found.case.outcome).items():
            if f"text_{code}" in form:
                form[f"text_{code}"].data = text
        return again(found)
    texts = {each.code: str(form.given().get(f"text_{each.code}") or "") for each in languages}
    return attempt(
        number,
        form,
        lambda: publishing.write(found.case, found.reach, me(), texts),
        again,
        lambda: to_case(number, "outcome"),
    )


@bp.post("/<number>/outcome/<int:proposal>")
@door(Action.CASE_APPROVE, fresh=True)
def clear(number: str, proposal: int) -> ResponseReturnValue:
    """Clear an outcome that a colleague wrote, or send it back."""
    found, form = theirs(number), DecideForm()
    agree = request.form.get("agree") == "yes"
    return attempt(
        number,
        form,
        lambda: publishing.clear(found.case, found.reach, me(), proposal, agree=agree),
        lambda fresh, _status, more: forbidden(fresh, str(more["code"]), []),
        lambda: to_case(number, "outcome"),
    )
