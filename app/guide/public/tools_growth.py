"""Growth: measures beside a standard, as a sentence, a table and a chart. Nothing that is typed is kept."""

from dataclasses import replace
from datetime import timedelta

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.core import clock
from app.guide.forms.tools.growth import MOST_ROWS, OLDEST, SEXES, STANDARDS, Grown, read_growth
from app.guide.public.entry import bp
from app.guide.queries import tools
from app.guide.rules.chart import Chart, draw
from app.guide.rules.growth import CHINA_UNTIL, DAYS_A_MONTH, Indicator, Reading, Trend, read, trend

_DRAWN = (Indicator.WEIGHT, Indicator.LENGTH, Indicator.HEAD)


@bp.route("/tools/growth", methods=["GET", "POST"])
def growth() -> ResponseReturnValue:
    """Ask for measures; say where they stand, which way they go, and when to ask a doctor."""
    today = clock.today()
    grown, problems = read_growth(request.form, today) if request.method == "POST" else (None, ())
    body = render_template(
        "guide/tools/growth.html",
        **(_answer(grown) if grown else {"grown": None}),
        rows=_rows(bool(grown or problems)),
        sexes=SEXES,
        standards=STANDARDS,
        oldest=OLDEST,
        typed=request.form,
        problems=[(problem.field, problem.sentence) for problem in problems],
        named=tools.named(),
        today=today,
    )
    return make_response(body, 400 if problems else 200)


def _rows(posted: bool) -> range:  # noqa: FBT001 - one fact of the request
    """Return the numbers of the rows to show: three at first, then one more than were filled."""
    filled = max(
        (
            n
            for n in range(1, MOST_ROWS + 1)
            if request.form.get(f"day-{n}") or request.form.get(f"weight-{n}")
        ),
        default=0,
    )
    return range(1, min(MOST_ROWS, max(2, filled + 1) if posted else 2) + 1)


def _answer(grown: Grown) -> dict[str, object]:
    """Compare with one standard throughout: WHO's where a measure lies beyond the national tables shipped."""
    standards = tools.standards()
    ended = grown.measures[-1].days > CHINA_UNTIL * DAYS_A_MONTH and grown.standard != "who"
    if ended:
        grown = replace(grown, standard="who")
    chosen = standards[grown.standard]
    other = next(each for code, each in standards.items() if code != grown.standard)
    days = {each.number: grown.born + timedelta(days=each.days) for each in grown.measures}
    by: dict[Indicator, list[Reading]] = {}
    for measure in grown.measures:
        for reading in read(measure, grown.sex, grown.weeks, chosen, other):
            by.setdefault(reading.indicator, []).append(reading)
    charts: list[Chart] = []
    for indicator in _DRAWN:
        found = by.get(indicator, [])
        drawn = draw(standards[found[-1].standard], indicator, grown.sex, found) if found else None
        if drawn:
            charts.append(drawn)
    trends: dict[Indicator, Trend | None] = {name: trend(tuple(found)) for name, found in by.items()}
    return {
        "by": {name: by[name] for name in Indicator if name in by},
        "days": days,
        "grown": grown,
        "ended": ended,
        "trends": trends,
        "charts": charts,
        "missing": len(by) == 0,
    }
