"""Two to five facilities side by side. Nobody is declared the winner."""

from collections.abc import Iterable

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import clock, headers
from app.facilities.forms.carried import read_carried, way_back
from app.facilities.forms.chips import pattern_words
from app.facilities.forms.chosen import address, lasting_address, query_of, read_list
from app.facilities.forms.pattern import PATTERN
from app.facilities.public.entry import bp
from app.facilities.queries import comparing
from app.facilities.rules.chosen import FEWEST_COMPARED, MOST_COMPARED

_ONLY = ("only", "differences")
_PATTERN = frozenset([*PATTERN, "age", "start"])


@bp.get("/compare")
def compare() -> ResponseReturnValue:
    """Show the facilities named in the address side by side; what is wrong with the address is said."""
    listed = read_list(request.args, MOST_COMPARED, comparing.known)
    carried = read_carried(request.args)
    only = request.args.get(_ONLY[0]) == _ONLY[1]
    pairs = [*carried.pairs, _ONLY] if only else list(carried.pairs)
    found = comparing.compare(listed.ids, clock.today(), carried.criteria.near, carried.criteria.pattern)
    body = render_template(
        "facilities/compare.html",
        comparison=found,
        costs=found.costs,
        pattern_words=pattern_words(carried.criteria.pattern) if carried.criteria.pattern else None,
        pattern_query=query_of(_pairs(carried.pairs, chosen=True)),
        kept=[*(("id", each) for each in listed.ids), *_pairs(carried.pairs, chosen=False)],
        typed=request.args,
        listed=listed,
        carried=carried,
        enough=len(listed.ids) >= FEWEST_COMPARED,
        only=only,
        only_url=address(
            "facilities.compare", listed.ids, carried.pairs if only else [*carried.pairs, _ONLY]
        ),
        removals={
            each: address("facilities.compare", [other for other in listed.ids if other != each], pairs)
            for each in listed.ids
        },
        list_url=address("facilities.shortlist", listed.ids, carried.pairs),
        back_url=way_back(carried.criteria, listed.ids),
        share_url=lasting_address("facilities.compare", listed.ids),
        place=next((areas.place_of(each.card.area) for each in found.columns if each.card.fictional), None),
    )
    return headers.public(make_response(body))


def _pairs(pairs: Iterable[tuple[str, str]], *, chosen: bool) -> list[tuple[str, str]]:
    """Return the part of a question that is the pattern of care, or all but it."""
    return [(name, value) for name, value in pairs if (name in _PATTERN) is chosen]
