"""The blueprint of the finder's pages. Cacheable, no cookie, no session."""

from flask import Blueprint, request

from app.core import kept
from app.facilities.rules.near import SLOTS

bp = Blueprint("facilities", __name__, url_prefix="/<lang:lang>")


@bp.before_request
def _forget_positions() -> None:
    """Keep no page in memory that names where somebody is or lives."""
    if any(request.args.get(slot) for slot in SLOTS):
        kept.forget()
