"""The calculator: what care would cost a month at prices that a reader was told. It stores nothing."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.areas.rules import normalise
from app.core import clock, headers
from app.facilities.forms.calculator import read_offer
from app.facilities.forms.monthly import address, month_words
from app.facilities.forms.pattern import read_pattern
from app.facilities.public.entry import bp
from app.facilities.queries.costs import worked_out
from app.facilities.rules.classes import DOCUMENT, class_rules


@bp.get("/tools/cost")
def cost() -> ResponseReturnValue:
    """Work out a monthly cost from prices in the address, with the arithmetic and the break-even."""
    pattern, problems = read_pattern(request.args)
    offer, wrong = read_offer(request.args)
    problems += wrong
    code = normalise(request.args.get("area", ""))
    area = areas.area(code) if code else None
    ready = pattern is not None and offer is not None and not problems
    body = render_template(
        "facilities/cost.html",
        monthly=worked_out(offer, pattern, area.code if area else None, clock.today())
        if ready and pattern is not None and offer is not None
        else None,
        pattern=pattern if not problems else None,
        area=area,
        caps=areas.caps(area.code, clock.today()) if area else (),
        typed=request.args,
        problems=[(problem.field, problem.sentence) for problem in problems],
        month_words=month_words,
        sizes=class_rules,
        standard=areas.national_documents(clock.today()).get(DOCUMENT),
        find_url=address("facilities.find", pattern, sort="cost", **({"area": area.code} if area else {}))
        if pattern
        else None,
    )
    return headers.public(make_response(body, 400 if problems else 200))
