"""Reading which figures are asked for, and the words and the drawing of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.rules import normalise
from app.cases.queries.figures import Count, Figures
from app.cases.rules import periods
from app.cases.rules.periods import Period
from app.core import clock
from app.core.errors import WrongQuestion

WIDTH, BAR, LINE = 400, 14, 40
"""Size of the drawing: its width, the height of a bar, and from one bar to the next."""
HEADER = (
    "area", "period", "until", "subject", "cases_from", "cases_to", "answered_in_time_percent",
    "median_working_days", "satisfied_percent", "reopened_percent", "enforcement",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the drawing: its subject, its number, its length and where it stands."""

    category: str
    count: Count
    length: int
    y: int


def asked(args: Mapping[str, str]) -> tuple[areas.PlaceCard | None, Period, str]:
    """Return the place and the period asked for, and the code of the area as it was asked for.

    No place where none was said, or one that does not run this site. Raises `WrongQuestion`.
    """
    today, code = clock.today(), args.get("area", "").strip()
    problems: list[tuple[str, str]] = []
    normal = normalise(code)
    found = areas.area(normal) if normal else None
    if code and found is None:
        problems.append(("area", _("There is no area with the code %(code)s.", code=code)))
    wanted = args.get("period", "").strip()
    period = periods.read(wanted) if wanted else Period(today.year)
    if period is None:
        problems.append(("period", _("A period is a year such as 2026, or a quarter such as 2026-Q3.")))
    elif period.first > today:
        problems.append(("period", _("This period has not begun.")))
    if problems or period is None:
        raise WrongQuestion(problems)
    return (areas.place_of(found.code) if found else None), period, found.code if found else ""


def bars(figures: Figures) -> tuple[Sequence[Bar], int]:
    """Return the bars of the subjects, the longest as long as the drawing is wide, and its height."""
    longest = max((row.count.low for row in figures.rows), default=1)
    found = [
        Bar(row.category, row.count, max(2, WIDTH * row.count.low // longest), LINE * number + LINE - BAR)
        for number, row in enumerate(figures.rows)
    ]
    return found, LINE * len(found) + BAR


def table(figures: Figures) -> list[Sequence[object]]:
    """Return the figures as rows of a table under `HEADER`; what is hidden is empty."""
    stem = (figures.place, figures.period, figures.until)
    rows: list[Sequence[object]] = [
        (
            *stem, row.category, row.count.low, row.count.high, row.in_time, row.days, row.satisfied,
            row.reopened, "yes" if row.enforcement else "no",
        )
        for row in figures.rows
    ]  # fmt: skip
    if figures.total:
        rows.append((*stem, "all", figures.total.low, figures.total.high, *([None] * 4), ""))
    return rows
