"""The list of what lies with one's office."""

from dataclasses import replace
from datetime import date
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.areas import queries as areas
from app.cases.forms.labels import LABELS
from app.cases.queries import access, reveals
from app.cases.queries.inbox import TABS, Inbox, Question
from app.cases.queries.inbox import inbox as read
from app.cases.rules import numbers
from app.cases.rules.categories import SUBJECTS
from app.cases.staff.desk import bp, me, show
from app.core.errors import WrongQuestion

offer("cases_staff.inbox", _l("Cases"), Action.CASE_LIST, order=10)
_LONGEST = 100
_LONGEST_AREA = 12
_WINDOW = 2


@bp.get("")
@door(Action.CASE_LIST)
def inbox() -> ResponseReturnValue:
    """Show what lies with one's offices, what is due first at the top; a number leads to its case."""
    wanted = request.args.get("number", "").strip()[:_LONGEST]
    number = numbers.read_number(wanted) if wanted else None
    if number and access.find(me(), number):
        return redirect(url_for("cases_staff.case", number=number), 303)
    question = _question()
    found = read(me(), question)
    if question.page > found.pages:
        abort(404)
    return show(
        "inbox.html",
        question=question,
        found=found,
        tabs=[(tab, found.counts[tab], _url(Question(tab=tab))) for tab in TABS],
        categories=tuple(SUBJECTS),
        states=tuple(LABELS["case-state"]),
        townships=_townships(found),
        not_found=wanted,
        waiting=sum(request_.waits and not request_.mine for request_ in reveals.requests(me())),
        pager=_pager(question, found.pages),
        previous_url=_url(replace(question, page=question.page - 1)) if question.page > 1 else None,
        next_url=_url(replace(question, page=question.page + 1)) if question.page < found.pages else None,
    )


def _question() -> Question:
    """Read the question of the address. Raises `WrongQuestion` for what cannot be meant."""
    wrong: list[tuple[str, str]] = []
    asked = {
        name: request.args.get(name, "").strip()[:_LONGEST] for name in ("tab", "area", "category", "state")
    }
    known = {"tab": TABS, "category": SUBJECTS, "state": LABELS["case-state"]}
    for name, codes in known.items():
        if asked[name] and asked[name] not in codes:
            wrong.append((name, _("This choice is not in the list.")))
    area = asked["area"]
    if area and not (area.isascii() and area.isdigit() and len(area) <= _LONGEST_AREA):
        wrong.append(("area", _("This choice is not in the list.")))
    days = {name: _day(name, wrong) for name in ("since", "until")}
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdigit() and 0 < int(page) < 10_000):  # noqa: PLR2004
        wrong.append(("page", _("This is not a number of a page.")))
    if wrong:
        raise WrongQuestion(wrong)
    return Question(
        tab=asked["tab"] or TABS[0],
        area=area,
        category=asked["category"],
        facility=request.args.get("facility", "").strip()[:_LONGEST],
        state=asked["state"],
        since=days["since"],
        until=days["until"],
        page=int(page),
    )


def _day(name: str, wrong: list[tuple[str, str]]) -> date | None:
    text = request.args.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append((name, _("This is not a date like 2026-01-30.")))
        return None


def _url(question: Question) -> str:
    """Return the address of a question; what is as usual is left out."""
    usual = Question()
    values: dict[str, Any] = {}
    for name in Question.__slots__:
        value: Any = getattr(question, name)
        if value != getattr(usual, name):
            values[name] = value.isoformat() if isinstance(value, date) else value
    return url_for("cases_staff.inbox", **values)


def _townships(found: Inbox) -> list[tuple[str, Any]]:
    """Return the areas one can choose between: those right below the places of one's cases."""
    return [(area.code, area.names) for place in found.places for area in areas.children(place)]


def _pager(question: Question, pages: int) -> tuple[tuple[int | None, str, bool], ...]:
    near = range(question.page - _WINDOW, question.page + _WINDOW + 1)
    shown = [number for number in range(1, pages + 1) if number in {1, pages} or number in near]
    links: list[tuple[int | None, str, bool]] = []
    for previous, number in zip([0, *shown], shown, strict=False):
        if number - previous > 1:
            links.append((None, "", False))
        links.append((number, _url(replace(question, page=number)), number == question.page))
    return tuple(links)
