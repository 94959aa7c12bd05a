"""A whole question from an address: read, checked against the areas there are, or refused with reasons."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import Response, make_response, redirect, request, url_for
from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.rules import normalise
from app.core.errors import WrongQuestion
from app.facilities.forms.near import sentence
from app.facilities.forms.question import Problem, read_criteria
from app.facilities.queries.near import looked_up
from app.facilities.rules.criteria import Criteria

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


def question(args: "MultiDict[str, str]") -> Criteria:
    """Return the question asked, or raise `WrongQuestion` with everything that is wrong with it."""
    criteria, problems = read_criteria(args)
    if criteria.area and areas.area(criteria.area) is None:
        problems.append(Problem("area", _("There is no area with the code %(code)s.", code=criteria.area)))
    anchors, lost = looked_up(criteria.near)
    problems += [Problem(anchor.name, sentence(wrong, anchor.text)) for anchor, wrong in lost]
    if problems:
        raise WrongQuestion([(problem.field, problem.sentence) for problem in problems])
    return replace(criteria, near=anchors)


def longer_code(endpoint: str) -> Response | None:
    """Return a redirect if the area was given in one of the longer official forms."""
    given = request.args.get("area", "")
    normal = normalise(given)
    if not given or normal in {None, given}:
        return None
    values: dict[str, Any] = {**request.args.to_dict(flat=False), "area": normal}
    return make_response(redirect(url_for(endpoint, **values), 301))
