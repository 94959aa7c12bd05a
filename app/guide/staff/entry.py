"""The blueprint of the pages behind the counter where texts are written, and what all of them share.

A text that is sent after the session ended, or with the token of an older one, comes back as a page that
holds every word of it: sign in beside it, then send it again.
"""

from flask import Blueprint, abort, current_app, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts import queries as accounts
from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.core import stamps
from app.core.i18n import SOURCE
from app.guide.queries import editing as reads
from app.guide.queries.editing import Desk

bp = Blueprint("guide_staff", __name__, url_prefix="/<lang:lang>/staff/guide")
CONFLICT, UNREADY = 409, 422


def me() -> Staff:
    """Return who is signed in; behind the door somebody is."""
    found: Staff = g.staff
    return found


def show(template: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """Answer with a page of the counter."""
    return make_response(render_template(f"staff/guide/{template}", **values), status)


def theirs(slug: str, code: str) -> Desk:
    """Return a text in a language that somebody may write; any other is as if it were not there."""
    known: tuple[str, ...] = current_app.extensions["languages"].codes
    target = reads.target(slug[:80])
    action = Action.GUIDE_SOURCE if code == SOURCE else Action.GUIDE_EDIT
    if target is None or code not in known or not me().may(action, target):
        abort(404)
    return reads.desk(slug, code)


def may_read(slug: str) -> None:
    """Go on only with a text within reach, whatever its language."""
    target = reads.target(slug[:80])
    if target is None or not me().may(Action.GUIDE_EDIT, target):
        abort(404)


@bp.before_request
def _keep_what_was_typed() -> ResponseReturnValue | None:
    """Hold a text that is sent without a session, before the door sends its writer to sign in."""
    if request.method == "POST" and accounts.staff() is None:
        return _held()
    return None


@bp.errorhandler(CSRFError)
def old_form(_error: CSRFError) -> ResponseReturnValue:
    """Hold a text whose form belongs to an older session. One from another site starts anew."""
    return show("held.html", 400, fields=(), back=_back()) if stamps.from_elsewhere() else _held()


def _held() -> ResponseReturnValue:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in {"csrf_token", "do"} and name.isprintable()
    ]
    return show("held.html", 400, fields=fields if _has_words(fields) else (), back=_back())


def _has_words(fields: list[tuple[str, str]]) -> bool:
    return any(name.startswith("text-") or name in {"title", "note"} for name, _value in fields)


def _back() -> str:
    """Return the page with the form that was sent."""
    rule, values = request.url_rule, request.view_args or {}
    if rule is not None and request.endpoint and "GET" in (rule.methods or ()):
        return url_for(request.endpoint, **values)
    return url_for("guide_staff.texts")
