"""The page of results."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.areas import queries as areas
from app.core import clock, headers
from app.core.errors import WrongQuestion
from app.facilities.forms import asking
from app.facilities.forms.chips import chips, tidy, url
from app.facilities.forms.chosen import address, list_of, read_list
from app.facilities.forms.monthly import month_words
from app.facilities.forms.pattern import write_pattern
from app.facilities.forms.question import not_understood, write_criteria
from app.facilities.public.entry import bp
from app.facilities.public.mistaken import mistaken
from app.facilities.queries import pages as reads
from app.facilities.queries.comparing import known
from app.facilities.queries.loosening import Looser, loosened
from app.facilities.queries.plotting import plot
from app.facilities.queries.search import find as ask
from app.facilities.queries.similar import alike
from app.facilities.queries.typed import by_id, by_phone
from app.facilities.queries.vague import townships_around
from app.facilities.queries.why import Explained, explain
from app.facilities.rules.chosen import MOST_LISTED
from app.facilities.rules.classes import DOCUMENT, class_rules
from app.facilities.rules.criteria import PAGE_SIZE, Criteria, Sort

_WINDOW = 2
_MOST_NAMED = 5


@bp.get("/find")
def find() -> ResponseReturnValue:
    """Show the places that answer a question."""
    if (moved := asking.longer_code("facilities.find")) is not None:
        return moved
    criteria, problems = asking.understood(request.args)
    if problems:
        return mistaken(criteria, problems)
    today = clock.today()
    mine = read_list(request.args, MOST_LISTED, known).ids
    called = by_phone(criteria.q, today)
    named = by_id(criteria.q) or (called[0].id if len(called) == 1 else None)
    if named is not None:
        return redirect(url_for("facilities.facility", id=named) + _onward(criteria, mine), 303)
    results = ask(criteria, today)
    if criteria.page > results.pages:
        raise WrongQuestion(
            [("page", _("There are only %(pages)s pages.", pages=results.pages))],
            status=404,
            way_on=url("facilities.find", replace(criteria, page=1)),
        )
    first = (criteria.page - 1) * PAGE_SIZE + 1
    path = areas.path(criteria.area) if criteria.area else []
    place = areas.place_of(criteria.area) if criteria.area else None
    vague = townships_around(criteria, today)
    page = render_template(
        "facilities/find.html",
        criteria=criteria,
        left_out=not_understood(request.args)[:_MOST_NAMED],
        called=called,
        alike=alike(criteria, results.count, today),
        similar_url=url("facilities.find", replace(criteria, similar=True, page=1)) if criteria.q else None,
        mine=mine,
        pairs=write_criteria(criteria),
        near_url=url("facilities.near", replace(criteria, page=1)),
        mine_url=address("facilities.shortlist", mine, write_criteria(criteria)),
        results=results,
        first=first,
        place=place,
        said_fictional=place is not None and place.fictional,
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
        plot=plot(
            results.cards,
            first,
            criteria.near,
            criteria.radius,
            {each.area.code: each.count for each in vague} if criteria.near else None,
        ),
        vague=[(each, _township_url(criteria, each.area.code)) for each in vague],
        view_urls={view: url("facilities.find", replace(criteria, view=view)) for view in ("list", "map")},
        unknown_url=url("facilities.find", replace(criteria, unknown=not criteria.unknown, page=1)),
        undecided_url=_undecided_url(criteria, results.silent_filters),
        clear_url=url("facilities.find", Criteria(area=criteria.area)),
        loosened=_loosened(criteria) if not results.count else (),
        named_areas=areas.named(criteria.q, 6) if criteria.q else [],
        explained=_explained(criteria) if criteria.why else None,
        onward=_onward(criteria, mine),
        age_url=url("facilities.age", replace(criteria, age=None, start=None, page=1)),
        month_words=month_words,
        sizes=class_rules,
        standard=areas.national_documents(clock.today()).get(DOCUMENT),
        snapshot_on=reads.newest_snapshot(),
        hotlines=areas.hotlines(),
    )
    return headers.public(make_response(page))


def _onward(criteria: Criteria, mine: Sequence[str]) -> str:
    """Return the query that goes along to a facility's page: the pattern of care and the list in hand."""
    pairs = [*(write_pattern(criteria.pattern) if criteria.pattern else ()), *list_of(mine)]
    return "?" + urlencode(pairs) if pairs else ""


def _township_url(criteria: Criteria, code: str) -> str:
    """Return the same question within a township instead of near the places."""
    return url("facilities.find", tidy(replace(criteria, near=(), area=code, page=1)))


def _explained(criteria: Criteria) -> tuple[tuple[Explained, str], ...]:
    """Return the places a reader misses, each with the address of a question that shows it."""
    return tuple((each, _shown_by(criteria, each)) for each in explain(criteria, clock.today()))


def _shown_by(criteria: Criteria, each: Explained) -> str:
    against, silent = each.why.against, each.why.silent
    for name in (*against, *(silent if len(silent) > 1 else ())):
        criteria = criteria.without(name)
    return url("facilities.find", tidy(replace(criteria, unknown=criteria.unknown or len(silent) == 1)))


def _undecided_url(criteria: Criteria, silent: tuple[str, ...]) -> str:
    """Return the question without the filters that several places have not reported on."""
    for name in silent:
        criteria = criteria.without(name)
    return url("facilities.find", tidy(criteria))


def _sorts(criteria: Criteria) -> tuple[tuple[str, str, bool], ...]:
    offered = [Sort.NAME, Sort.PRICE, Sort.UPDATED]
    if criteria.pattern:
        offered.insert(1, Sort.COST)
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


def _loosened(criteria: Criteria) -> tuple[tuple[Looser, str], ...]:
    """Return looser questions that find something, each with its address."""
    return tuple(
        (each, url("facilities.find", tidy(each.criteria))) for each in loosened(criteria, clock.today())
    )
