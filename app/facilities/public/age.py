"""Works out a child's age in completed months. The month of birth is posted, and neither kept nor sent on."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.facilities.forms.age import BACK, Born, carried, read_age
from app.facilities.forms.reading import Problem
from app.facilities.public.entry import bp


@bp.route("/tools/age", methods=["GET", "POST"])
def age() -> ResponseReturnValue:
    """Ask for the months, and go back to where the reader came from with `age` and `start`."""
    born, problems = read_age(request.form, clock.today()) if request.method == "POST" else (None, [])
    return _answer(born, problems)


def once_more() -> ResponseReturnValue:
    """Ask again with what was typed, after a session that ended."""
    return _answer(None, [Problem("born", _("The form was open for too long. Send it once more."))])


def _answer(born: Born | None, problems: list[Problem]) -> ResponseReturnValue:
    posted = request.method == "POST"
    kept = carried(request.form if posted else request.args)
    values: dict[str, Any] = {}
    for name, value in kept:
        values.setdefault(name, []).append(value)
    back = str(values.pop("back", ["find"])[0])
    identity = values.pop("id", [""])[0]
    if back == "facility" and identity:
        values["id"] = identity
    else:
        back = back if back in BACK and back != "facility" else "find"
    if born is not None:
        anchor = {"facility": "cost", "find": None, "cost": None}[back]
        values |= {"age": born.age, "start": born.start.strftime("%Y-%m")}
        return redirect(url_for(BACK[back], **values, _anchor=anchor), 303)
    body = render_template(
        "facilities/age.html",
        kept=[(name, value) for name, value in kept if name not in {"born", "start", "age"}],
        back_url=url_for(BACK[back], **values),
        typed=request.form if posted else request.args,
        problems=[(problem.field, problem.sentence) for problem in problems],
    )
    return make_response(body, 400 if problems else 200)
