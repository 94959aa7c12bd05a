"""The staff door: who may come in, and where they go on to.

    @bp.get("/staff/cases")
    @door(Action.CASE_LIST)
    def inbox() -> ResponseReturnValue: …

A screen asks for its action here; the objects on it are asked for one by one (`g.staff.may(action, target)`),
and what lies with others is answered as if it were not there (404). `g.staff` is who is signed in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import login_user

from app.accounts import queries
from app.accounts.queries.current import SEEN
from app.accounts.rules import Action
from app.accounts.rules.credentials import DEVICE
from app.accounts.service import devices
from app.core import clock
from app.core.pages import language

bp = Blueprint("accounts", __name__)

KNOWN = "known"
"""Cookie of a browser that signed in before; see `app.accounts.service.devices`."""
_REFRESH = 60
"""Seconds after which a session's cookie is stamped anew."""
_KNOWN_AGE = int(DEVICE.total_seconds())

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


def door(action: Action | None = None, *, fresh: bool = False) -> Callable[[View], View]:
    """Let in only staff who may do the action to something; without one, any staff.

    Others are sent to sign in (303), or told that their role does not include it (403). With `fresh`, who has
    not proved to be there within ten minutes does so first and comes back to the page with the form: put it
    on that page too, so that nothing typed is lost.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            staff = queries.staff()
            if staff is None:
                return redirect(url_for("accounts.sign_in", next=_return_address()), 303)
            if action is not None and not staff.may(action):
                abort(403)
            g.staff = staff
            g.audit_actor = staff.id
            g.audit_for = staff.lender(action) if action else ""
            way = prove() if fresh else None
            if way is not None:
                return way
            now = int(clock.now().timestamp())
            if now - session.get(SEEN, 0) >= _REFRESH:
                session[SEEN] = now
            return view(*args, **kwargs)

        guarded.door = action or "staff"  # type: ignore[attr-defined]
        return cast("View", guarded)

    return wrap


def prove() -> ResponseReturnValue | None:
    """Return the way to prove once more to be there, for who has not within ten minutes; else nothing.

    For a view that asks this of some objects only; one that asks it of all says so at its door.
    """
    if g.staff.is_fresh:
        return None
    return redirect(url_for("accounts.confirm", next=_return_address()), 303)


def _return_address() -> str | None:
    """Return where to come back to: this page, or the one with the form that was sent."""
    rule = request.url_rule
    if rule is not None and "GET" in (rule.methods or ()):
        return request.script_root + request.full_path.rstrip("?")
    return inside(urlsplit(request.referrer or "").path)


def inside(address: str | None) -> str | None:
    """Return an address only if it is a path of the staff pages of this very site."""
    if not address or len(address) > 2000 or "\\" in address:  # noqa: PLR2004 - no page has a longer one
        return None
    plain = unquote(address)
    if not all(letter.isprintable() for letter in plain) or ".." in plain or "\\" in plain:
        return None
    parts = urlsplit(address)
    languages = current_app.extensions["languages"]
    starts = tuple(f"{request.script_root}/{code}/staff" for code in languages.codes)
    path = parts.path
    here = any(path == start or path.startswith(start + "/") for start in starts)
    return address if here and not parts.scheme and not parts.netloc and "//" not in path else None


def enter(token: str) -> None:
    """Let this browser hold a session. All it held before is forgotten, its CSRF token with it."""
    session.clear()
    session[SEEN] = int(clock.now().timestamp())
    login_user(_Holder(token))
    for stale in ("csrf_token", "_login_user"):
        g.pop(stale, None)
    g.staff = queries.staff()


class _Holder:
    """What Flask-Login keeps of somebody: the token of their session."""

    is_active = True

    def __init__(self, token: str) -> None:
        self._token = token

    def get_id(self) -> str:
        return self._token


def go_on(address: str | None, account: str) -> Response:
    """Send somebody who has just signed in to where they were going."""
    return know(make_response(redirect(inside(address) or url_for("accounts.home"), 303)), account)


def know(response: Response, account: str) -> Response:
    """Let this browser be known as one that signed in to an account."""
    known = devices.remember(request.cookies.get(KNOWN, ""), account)
    path = current_app.config["SESSION_COOKIE_PATH"]
    response.set_cookie(
        KNOWN, known, max_age=_KNOWN_AGE, path=path, samesite="Lax", secure=request.is_secure, httponly=True
    )
    return response


@bp.get("/staff")
@bp.get("/staff/<path:rest>")
def elsewhere(rest: str = "") -> ResponseReturnValue:
    """Send an address without a language to the reader's language."""
    query = request.query_string.decode("latin-1")
    address = url_for("accounts.home", lang=language()) + (f"/{rest}" if rest else "")
    response = make_response(redirect(address + (f"?{query}" if query else ""), 302))
    response.vary.add("Accept-Language")
    return response


@bp.after_request
def _say_nothing_outside(response: Response) -> Response:
    """Never tell another site where somebody came from: a one-time link is an address."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response
