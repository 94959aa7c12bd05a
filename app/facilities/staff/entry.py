"""The blueprint of the pages behind the counter that are about facilities, and what all of them share."""

from typing import Any, Final

from flask import Blueprint, abort, g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.staff import keep_typed
from app.core import clock, photos
from app.facilities.queries import proposals as rights
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.pages import facility_page

bp = Blueprint("facilities_staff", __name__, url_prefix="/<lang:lang>/staff")
WITH_FILES: Final = frozenset({f"{bp.name}.photos"})
CONFLICT = 409

keep_typed(bp)


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/facilities/{template}", **values), status)


def mine(identity: str) -> FacilityPage:
    """Return a facility one may edit; another area's is answered as if it were not there."""
    target = rights.target(identity)
    if target is None or not me().may(Action.FACILITY_EDIT, target):
        abort(404)
    return facility_page(identity, clock.today()) or abort(404)


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit where photos are taken, before anything reads the form."""
    if endpoint in WITH_FILES:
        request.max_content_length = photos.PHOTO_BYTES + 1024 * 1024
