"""Tools that ask for nothing about a child: the list of tools, and whether a class keeps to the standard."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import headers
from app.core.pages import language
from app.guide.forms.tools.classes import read_class
from app.guide.public.entry import bp
from app.guide.queries import tools
from app.guide.rules.classes import judge


@bp.get("/tools")
def tool_list() -> ResponseReturnValue:
    """List the tools with what each is for."""
    return headers.public(make_response(render_template("guide/tools/list.html")))


@bp.get("/tools/portions")
def portions() -> ResponseReturnValue:
    """Show what a child eats in a day, by age, from the facts of the ledger."""
    body = render_template("guide/tools/portions.html", table=tools.portions(language()), named=tools.named())
    return headers.public(make_response(body))


@bp.get("/tools/ratio")
def classes() -> ResponseReturnValue:
    """Compare children and carers of a class with the national standard."""
    rules = tools.classes()
    asked, problems = read_class(request.args, rules)
    body = render_template(
        "guide/tools/classes.html",
        rules=rules,
        verdict=judge(*asked) if asked else None,
        typed=request.args,
        problems=[(problem.field, problem.sentence) for problem in problems],
        named=tools.named(),
    )
    return headers.public(make_response(body, 400 if problems else 200))
