"""The page of a question that cannot be answered: what is wrong, and all the rest of it in the form."""

from collections.abc import Sequence
from dataclasses import replace

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock
from app.facilities.forms.asking import answerable
from app.facilities.forms.chips import chips, url
from app.facilities.forms.chosen import read_list
from app.facilities.forms.reading import LONGEST_TEXT, Problem, printable
from app.facilities.queries.comparing import known
from app.facilities.queries.search import find as ask
from app.facilities.rules.chosen import MOST_LISTED
from app.facilities.rules.criteria import Criteria, Sort


def mistaken(criteria: Criteria, problems: Sequence[Problem]) -> ResponseReturnValue:
    """Show what is wrong; `criteria` is what was understood. Nothing is guessed, and nothing else is lost."""
    rest = answerable(criteria, problems)
    results = ask(rest, clock.today())
    path = areas.path(rest.area) if rest.area else []
    by_cost = criteria.sort is Sort.COST  # it comes back with the days and hours
    wrong = dict.fromkeys(problem.field for problem in problems)
    body = render_template(
        "facilities/mistaken.html",
        problems=[(problem.field, problem.sentence) for problem in problems],
        typed={name: printable(request.args.get(name, ""))[:LONGEST_TEXT] for name in wrong},
        criteria=replace(criteria, area=rest.area, sort=criteria.sort if by_cost else rest.sort),
        results=results,
        rest_url=url("facilities.find", rest),
        chips=chips(rest, path[-1].names if path else {}),
        area_path=path,
        place=areas.place_of(rest.area) if rest.area else None,
        mine=read_list(request.args, MOST_LISTED, known).ids,
        near_url=url("facilities.near", rest),
        clear_url=url("facilities.find", Criteria(area=rest.area)),
        age_url=url("facilities.age", replace(rest, age=None, start=None)),
    )
    response = make_response(body, 400)
    response.headers["Cache-Control"] = "no-store"
    return response
