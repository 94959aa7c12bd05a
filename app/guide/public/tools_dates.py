"""Calendars from a date of birth. It arrives by POST, is used for the one answer and kept nowhere."""

from typing import TYPE_CHECKING

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock, headers
from app.core.pages import language
from app.guide.forms.tools.dates import (
    GIVEN,
    check_entries,
    read_birth,
    read_child,
    vaccine_entries,
)
from app.guide.public.entry import bp
from app.guide.queries import tools
from app.guide.rules import ics
from app.guide.rules.checks import common, plan_checks
from app.guide.rules.schedule import completed_months
from app.guide.rules.vaccines import plan, visits

if TYPE_CHECKING:
    from app.guide.forms.tools.reading import Problem

_CALENDAR = "text/calendar; charset=utf-8"


@bp.route("/tools/vaccines", methods=["GET", "POST"])
def vaccines() -> ResponseReturnValue:
    """Show the schedule in force; with a date of birth, when each dose falls due and which rule says so."""
    schedule, today = tools.schedule(), clock.today()
    asked = read_child(request.form, schedule, today) if request.method == "POST" else None
    child = asked.child if asked else None
    planned = plan(schedule, child) if child else ()
    body = render_template(
        "guide/tools/vaccines.html",
        schedule=schedule,
        child=child,
        months=completed_months(child.born, today) if child else None,
        planned=sorted(planned, key=lambda each: each.earliest),
        visits=visits(planned),
        record=[each for each in planned if each.given or each.earliest <= today],
        recording=bool(request.form.get("record")),
        given_prefix=GIVEN,
        typed=request.form,
        problems=_pairs(asked.problems) if asked else [],
        named=tools.named(),
        today=today,
    )
    return make_response(body, 400 if asked and asked.problems else 200)


@bp.post("/tools/vaccines/calendar")
def vaccines_calendar() -> ResponseReturnValue:
    """Answer with the doses to come as a calendar file."""
    schedule = tools.schedule()
    asked = read_child(request.form, schedule, clock.today())
    if asked.child is None:
        return vaccines()
    entries = vaccine_entries(schedule, asked.child, plan(schedule, asked.child))
    return _file(_("Vaccine calendar"), "vaccines.ics", entries)


@bp.route("/tools/checks", methods=["GET", "POST"])
def checks() -> ResponseReturnValue:
    """Show the health checks; with a date of birth, the day of each."""
    today, rows = clock.today(), tools.checks()
    born, problems = read_birth(request.form, today) if request.method == "POST" else (None, ())
    body = render_template(
        "guide/tools/checks.html",
        checks=rows,
        born=born,
        months=completed_months(born, today) if born else None,
        due=plan_checks(rows, born, today) if born else (),
        common=common(rows),
        typed=request.form,
        problems=_pairs(problems),
        named=tools.named(),
        today=today,
    )
    return make_response(body, 400 if problems else 200)


@bp.post("/tools/checks/calendar")
def checks_calendar() -> ResponseReturnValue:
    """Answer with the checks to come as a calendar file."""
    today = clock.today()
    born, _problems = read_birth(request.form, today)
    if born is None:
        return checks()
    due = plan_checks(tools.checks(), born, today)
    return _file(
        _("Health check calendar"), "checks.ics", check_entries(due, born, tools.schedule().gathered_on)
    )


def _pairs(problems: "tuple[Problem, ...]") -> list[tuple[str, str]]:
    return [(problem.field, problem.sentence) for problem in problems]


def _file(name: str, filename: str, entries: list[ics.Entry]) -> ResponseReturnValue:
    data = ics.calendar(name, language(), entries, clock.now())
    return headers.attachment(data, _CALENDAR, filename)
