"""A whole question from an address: read, checked against the areas there are, or refused with reasons."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.rules import normalise
from app.core.errors import WrongQuestion
from app.facilities.forms.chips import tidy
from app.facilities.forms.near import sentence
from app.facilities.forms.question import Problem, read_criteria
from app.facilities.queries.near import looked_up
from app.facilities.rules.criteria import Criteria
from app.facilities.rules.near import SLOTS, coarse

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


def question(args: "MultiDict[str, str]") -> Criteria:
    """Return the question asked, or raise `WrongQuestion` with everything that is wrong with it."""
    criteria, problems = understood(args)
    if problems:
        raise WrongQuestion([(problem.field, problem.sentence) for problem in problems])
    return criteria


def understood(args: "MultiDict[str, str]") -> tuple[Criteria, list[Problem]]:
    """Return what is understood of a question, and everything that is wrong with it."""
    criteria, problems = read_criteria(args)
    if criteria.area and areas.area(criteria.area) is None:
        problems.append(Problem("area", _("There is no area with the code %(code)s.", code=criteria.area)))
    anchors, lost = looked_up(criteria.near)
    problems += [Problem(anchor.name, sentence(wrong, anchor.text)) for anchor, wrong in lost]
    return replace(criteria, near=anchors), problems


def answerable(criteria: Criteria, problems: Iterable[Problem]) -> Criteria:
    """Return what is left of a question without its wrong parts, and without what cannot do without them."""
    empty = Criteria()
    wrong = {"minutes" if problem.field == "hours" else problem.field for problem in problems}
    parts = {each.name for each in fields(Criteria)} - {"near"}  # of the places only good ones are left
    left: dict[str, Any] = {name: getattr(empty, name) for name in wrong & parts}
    criteria = replace(criteria, **(left | {"page": 1, "why": ""}))
    return tidy(criteria if criteria.pattern else criteria.without("pattern"))


def longer_code(endpoint: str) -> Response | None:
    """Return a redirect if the area was given in one of the longer official forms."""
    given = request.args.get("area", "")
    normal = normalise(given)
    if not given or normal in {None, given}:
        return None
    values: dict[str, Any] = {**request.args.to_dict(flat=False), "area": normal}
    values |= {slot: [coarse(text) for text in values[slot]] for slot in SLOTS if slot in values}
    return make_response(redirect(url_for(endpoint, **values), 301))
