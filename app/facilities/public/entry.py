"""The blueprint of the finder's pages. Cacheable, no cookie, no session."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.areas import queries as areas
from app.core import kept
from app.facilities.rules.chosen import read_id
from app.facilities.rules.near import SLOTS, coarse

bp = Blueprint("facilities", __name__, url_prefix="/<lang:lang>")
bp.add_app_template_global(areas.area, "area_of")


@bp.before_request
def _round_positions() -> ResponseReturnValue | None:
    """Keep no page in memory that names where somebody is, and let no address do so to the metre.

    An exact position leads to the rounded one, so that links of the page, histories and caches hold no more.
    """
    if not any(request.args.get(slot) for slot in SLOTS):
        return None
    kept.forget()
    given = list(request.args.items(multi=True))
    pairs = [(name, coarse(text) if name in SLOTS else text) for name, text in given]
    if request.method != "GET" or pairs == given:
        return None
    return redirect(f"{request.script_root}{request.path}?{urlencode(pairs, safe=',:')}", 303)


@bp.before_request
def _mend_id() -> ResponseReturnValue | None:
    """Lead an id that was typed off a sheet, in small letters or with O for 0, to the right address."""
    values = request.view_args or {}
    typed = values.get("id", "")
    meant = read_id(typed)
    if meant in {None, typed} or request.method != "GET" or request.endpoint is None:
        return None
    address = url_for(request.endpoint, **{**values, "id": meant})
    query = request.query_string.decode("latin-1")
    return redirect(f"{address}?{query}" if query else address, 301)
