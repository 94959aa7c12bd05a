"""Writing a reply, and a second person's look at it."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.rules import Action
from app.accounts.staff import door
from app.areas.forms import LABELS as AREA_LABELS
from app.cases.forms import counter_hints as hints
from app.cases.forms.choices import options
from app.cases.forms.counter import InsideReasonForm
from app.cases.forms.desk import ReplyForm
from app.cases.queries.access import Found
from app.cases.rules.acts import Event
from app.cases.service import counter, replying
from app.cases.staff.desk import (
    askable,
    attempt,
    bp,
    forbidden,
    me,
    read,
    show,
    theirs,
    to_case,
    version_field,
)

ANY = "*"


@bp.route("/<number>/reply", methods=["GET", "POST"])
@door(Action.CASE_HANDLE)
def reply(number: str) -> ResponseReturnValue:
    """Write a reply: begin with a template, keep a draft, check it, send it to a second person."""
    found, form = theirs(number), ReplyForm()
    offers = {offer.event: offer for offer in counter.offers(found.case, found.reach, me())}
    if not form.is_submitted():
        if Event.SUBMIT_REPLY not in offers:
            return forbidden(found, "wrong-state", [])
        words, is_draft = replying.draft(found.case)
        form.process(data={**words, "template": _usual(found)})
        version_field(form, found)
        return _page(found, form, more={"is_draft": is_draft})
    wanted = request.form.get("do", "send")
    if wanted == "template":
        _begin(found, form)
        return _page(found, form, more={"filled": True})
    if wanted == "save":
        return attempt(
            number,
            form,
            lambda: replying.save(found.case, found.reach, me(), form.parts()),
            lambda fresh, status, more: _page(fresh, form, status, more),
            lambda: _page(theirs(number), form, more={"saved": True, "is_draft": True}),
        )
    if wanted == "check":
        return _page(found, form, more={"leaks": replying.check(found.case, form.parts()), "checked": True})
    return attempt(
        number,
        form,
        lambda: replying.send(found.case, found.reach, me(), form.version, form.parts()),
        lambda fresh, status, more: _again(fresh, form, status, more),
        lambda: to_case(number, "replies"),
    )


def _again(found: Found, form: ReplyForm, status: int, more: Mapping[str, Any]) -> ResponseReturnValue:
    """Show a reply that was not taken; what it gives away is named."""
    leaks = replying.check(found.case, form.parts())
    return _page(found, form, status, {**more, "leaks": leaks, "checked": bool(leaks)})


def _page(
    found: Found, form: ReplyForm, status: int = 200, more: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    known = replying.templates(found.case.language)
    form.template.choices = options(
        (code, _("For any subject") if code == ANY else AREA_LABELS["category"][code]) for code in known
    )
    offers = {offer.event: offer for offer in counter.offers(found.case, found.reach, me())}
    offer, seen = offers.get(Event.SUBMIT_REPLY), read(found)
    return show(
        "reply.html",
        status,
        number=found.case.number,
        language_of_case=found.case.language,
        form=form,
        problem=offer.problem if offer else "wrong-state",
        page=seen,
        may_ask=askable(found),
        limits=hints.REPLY,
        **(more or {}),
    )


def _usual(found: Found) -> str:
    return found.case.category if found.case.category in replying.templates("") else ANY


def _begin(found: Found, form: ReplyForm) -> None:
    """Put a template's words where nothing is typed yet; what is typed stays."""
    words = replying.templates(found.case.language).get(str(form.template.data), {})
    for part, text in words.items():
        if not (form[part].data or "").strip():
            form[part].data = text


@bp.route("/<number>/approve", methods=["GET", "POST"])
@door(Action.CASE_APPROVE)
def approve(number: str) -> ResponseReturnValue:
    """Look at a reply that waits, with what it changes and what it gives away; send it or return it."""
    found, form = theirs(number), InsideReasonForm()
    offers = {offer.event: offer for offer in counter.offers(found.case, found.reach, me())}
    if not form.is_submitted():
        if Event.APPROVE not in offers:
            return forbidden(found, "wrong-state", [])
        version_field(form, found)
        return _judge(found, form)
    event = Event.APPROVE if request.form.get("do") == "approve" else Event.RETURN_REPLY
    given = form.given() if event is Event.RETURN_REPLY else {}
    return attempt(
        number,
        form,
        lambda: counter.step(found.case, found.reach, me(), event, form.version, **given),
        lambda fresh, status, more: _judge(fresh, form, status, more),
    )


def _judge(
    found: Found, form: InsideReasonForm, status: int = 200, more: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    seen = read(found)
    if seen.waiting is None:
        return forbidden(found, "wrong-state", [("", form.reason.data)] if form.reason.data else [])
    offers = {offer.event: offer for offer in counter.offers(found.case, found.reach, me())}
    return show(
        "approve.html",
        status,
        page=seen,
        may_ask=askable(found),
        reply=seen.waiting,
        changes=replying.changes(seen.replies, seen.waiting),
        found_leaks=replying.check(found.case, seen.waiting.parts),
        problem=offers[Event.APPROVE].problem if Event.APPROVE in offers else "wrong-state",
        form=form,
        back=url_for("cases_staff.case", number=found.case.number),
        **(more or {}),
    )
