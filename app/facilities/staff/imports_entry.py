"""The blueprint of the import screens, and what they share."""

from typing import Any

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts.queries import Staff
from app.accounts.staff import keep_typed
from app.facilities.forms.imports import shown, words
from app.facilities.loading.ledger.container import MAX_BYTES
from app.facilities.queries import uploads as reads
from app.facilities.queries.uploads import UploadCard
from app.facilities.rules.uploads import STEPS, Kind

bp = Blueprint("imports", __name__, url_prefix="/<lang:lang>/staff/imports")
CONFLICT, REFUSED, TOO_LARGE, FULL = 409, 422, 413, 503
WITH_FILES = frozenset({"imports.bring", "imports.bring_snapshot"})
_AROUND = 64 * 1024
"""Bytes of a form around its file."""
_MANY = 2000
"""Fields that a form of matches or of columns may have."""

keep_typed(bp, but=WITH_FILES)


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the import screens."""
    page = render_template(
        f"staff/imports/{template}", w=words, sentence=shown.sentence, reason=shown.reason, **values
    )
    return make_response(page, status)


def waiting(card: UploadCard, status: int = 200) -> ResponseReturnValue:
    """Show how far the job worker is with a file."""
    return show(
        "waiting.html",
        status,
        card=card,
        parts=STEPS[card.task],
        busy=reads.busy(card),
        rows=reads.rows_done(card.id),
    )


def mine(number: int, kind: Kind) -> UploadCard:
    """Return a file within reach; one of another area is as if it were not there."""
    found = reads.upload(number, me(), kind)
    if found is None:
        abort(404)
    return found


def version() -> int:
    """Return the version of the file that a form was made of."""
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limits where files and long lists are taken, before anything reads the form."""
    request.max_form_parts = _MANY
    if endpoint in WITH_FILES:
        request.max_content_length = MAX_BYTES + _AROUND


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    return show("large.html", TOO_LARGE, back=_back(), limit=MAX_BYTES // (1024 * 1024))


def _back() -> str:
    """Return the page with the form that was sent."""
    values = request.view_args or {}
    number = values.get("number")
    register = "snapshot" in (request.endpoint or "")
    if number is None:
        return url_for("imports.snapshots" if register else "imports.ledgers")
    return url_for("imports.snapshot" if register else "imports.ledger", number=number)
