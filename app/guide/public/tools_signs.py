"""The warning signs of an age, asked and answered on one page; no score, and nothing is kept."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core.pages import language
from app.guide.forms.tools.signs import machine_label, read_answers, read_months
from app.guide.public.entry import bp
from app.guide.queries import tools
from app.guide.rules.signs import ages, judge, table_age


@bp.route("/tools/warning-signs", methods=["GET", "POST"])
def signs() -> ResponseReturnValue:
    """Ask the four questions of an age; with answers, say what they mean."""
    rows = tools.signs()
    posted = request.method == "POST"
    typed = request.form if posted else request.args
    months, problems = read_months(typed)
    age = table_age(rows, months) if months is not None else None
    asked = tuple(sign for sign in rows if sign.months == age)
    answers, unanswered = read_answers(request.form, asked) if posted and asked else ({}, [])
    problems += unanswered
    body = render_template(
        "guide/tools/signs.html",
        ages=ages(rows),
        aigc=machine_label(language()) if asked else None,
        months=months,
        age=age,
        signs=asked,
        answers=answers,
        finding=judge(answers) if answers and not problems else None,
        typed=typed,
        problems=[(problem.field, problem.sentence) for problem in problems],
        named=tools.named(),
    )
    return make_response(body, 400 if problems else 200)
