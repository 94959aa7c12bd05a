"""The blueprint of the pages behind the counter that are about events."""

from flask import Blueprint, g, make_response, render_template
from flask.typing import ResponseReturnValue

from app.accounts.queries import Staff
from app.accounts.staff import keep_typed

bp = Blueprint("events_staff", __name__, url_prefix="/<lang:lang>/staff")
_UNSEEN = frozenset({"id", "sequence", "do"})
keep_typed(bp, shown=lambda name: name not in _UNSEEN)


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/events/{template}", **values), status)
