"""The blueprint of the finder's pages. Cacheable, no cookie, no session."""

import re
from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from app.core import kept
from app.facilities.rules.near import DECIMALS, SLOTS, Anchor, read_anchor

bp = Blueprint("facilities", __name__, url_prefix="/<lang:lang>")
_EXACT = re.compile(rf"\.\d{{{DECIMALS + 1},}}")


@bp.before_request
def _round_positions() -> ResponseReturnValue | None:
    """Keep no page in memory that names where somebody is, and let no address do so to the metre.

    An exact position leads to the rounded one, so that links of the page, histories and caches hold no more.
    """
    if not any(request.args.get(slot) for slot in SLOTS):
        return None
    kept.forget()
    pairs = [(name, _rounded(name, text)) for name, text in request.args.items(multi=True)]
    if request.method != "GET" or pairs == list(request.args.items(multi=True)):
        return None
    return redirect(f"{request.path}?{urlencode(pairs, safe=',:')}", 303)


def _rounded(name: str, text: str) -> str:
    """Return a position with as many decimals as addresses may have; anything else as it is."""
    if name not in SLOTS or not _EXACT.search(text):
        return text
    read = read_anchor(SLOTS.index(name), text.strip())
    return read.text if isinstance(read, Anchor) else text
