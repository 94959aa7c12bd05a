"""The page of results."""

from dataclasses import replace

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.facilities.forms import asking
from app.facilities.forms.chips import chips, tidy, url
from app.facilities.public.entry import bp
from app.facilities.queries import pages as reads
from app.facilities.queries.plotting import plot
from app.facilities.queries.search import count_real
from app.facilities.queries.search import find as ask
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort

_WINDOW = 2


@bp.get("/find")
def find() -> ResponseReturnValue:
    """Show the places that answer a question."""
    if (moved := asking.longer_code("facilities.find")) is not None:
        return moved
    criteria = asking.question(request.args)
    today = clock.today()
    results = ask(criteria, today)
    if criteria.page > results.pages:
        raise WrongQuestion(
            [("page", _("There are only %(pages)s pages.", pages=results.pages))],
            status=404,
            way_on=url("facilities.find", replace(criteria, page=1)),
        )
    first = (criteria.page - 1) * PAGE_SIZE + 1
    path = areas.path(criteria.area) if criteria.area else []
    page = render_template(
        "facilities/find.html",
        criteria=criteria,
        results=results,
        first=first,
        place=areas.place_of(criteria.area) if criteria.area else None,
        area_path=path,
        chips=chips(criteria, path[-1].names if path else {}),
        sorts=_sorts(criteria),
        pager=_pager(criteria, results.pages),
        previous_url=url("facilities.find", replace(criteria, page=criteria.page - 1))
        if criteria.page > 1
        else None,
        next_url=(
            url("facilities.find", replace(criteria, page=criteria.page + 1))
            if criteria.page < results.pages
            else None
        ),
        plot=plot(results.cards, first, criteria.near),
        view_urls={view: url("facilities.find", replace(criteria, view=view)) for view in ("list", "map")},
        unknown_url=url("facilities.find", replace(criteria, unknown=not criteria.unknown, page=1)),
        undecided_url=_undecided_url(criteria, results.silent_filters),
        clear_url=url("facilities.find", Criteria(area=criteria.area)),
        loosened=_loosened(criteria) if not results.count else (),
        named_areas=areas.named(criteria.q, 6) if criteria.q else [],
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
    )
    return headers.public(make_response(page))


def _undecided_url(criteria: Criteria, silent: tuple[str, ...]) -> str:
    """Return the question without the filters that several places have not reported on."""
    for name in silent:
        criteria = criteria.without(name)
    return url("facilities.find", tidy(criteria))


def _sorts(criteria: Criteria) -> tuple[tuple[str, str, bool], ...]:
    offered = [Sort.NAME, Sort.PRICE, Sort.UPDATED]
    if criteria.near:
        offered.insert(0, Sort.DISTANCE)
    if criteria.q:
        offered.insert(0, Sort.RELEVANCE)
    return tuple(
        (
            sort.value,
            url("facilities.find", replace(criteria, sort=sort, page=1)),
            sort is criteria.order,
        )
        for sort in offered
    )


def _pager(criteria: Criteria, pages: int) -> tuple[tuple[int | None, str, bool], ...]:
    near = range(criteria.page - _WINDOW, criteria.page + _WINDOW + 1)
    shown = [number for number in range(1, pages + 1) if number in {1, pages} or number in near]
    links: list[tuple[int | None, str, bool]] = []
    for previous, number in zip([0, *shown], shown, strict=False):
        if number - previous > 1:
            links.append((None, "", False))
        address = url("facilities.find", replace(criteria, page=number))
        links.append((number, address, number == criteria.page))
    return tuple(links)


def _loosened(criteria: Criteria) -> tuple[tuple[str, int, str], ...]:
    """Return, for each filter in force, how many places there would be without it, the most first."""
    today = clock.today()
    found = []
    for name in criteria.filters:
        looser = tidy(criteria.without(name))
        number = count_real(looser, today)
        if number:
            found.append((name, number, url("facilities.find", looser)))
    return tuple(sorted(found, key=lambda each: -each[1]))
