"""What the pages of residents share: what a browser holds, limits, and never losing what was typed."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import RequestEntityTooLarge

from app.areas import queries as areas
from app.cases.forms.labels import TYPED
from app.cases.rules import typed
from app.cases.rules.words import LONGEST_LINE
from app.cases.service import drafts
from app.cases.service.drafts import Draft, DraftGone
from app.cases.service.keeping import Unkept, keeping
from app.core import limits
from app.core.errors import WrongQuestion
from app.core.pages import language
from app.core.stamps import from_elsewhere

bp = Blueprint("cases", __name__, url_prefix="/<lang:lang>")

WITH_FILES = frozenset({"cases.files", "cases.say"})
"""Endpoints that take files: three photos and a paper of 8 MB each, and the rest of the form."""
STEPS = frozenset(
    f"cases.{name}"
    for name in (
        "where",
        "place",
        "subject",
        "story",
        "urgent",
        "danger",
        "files",
        "remove_file",
        "you",
        "check",
    )
)
"""Endpoints that need a draft which was not sent yet."""
_MOST_BYTES = 36 * 1024 * 1024
_DRAINED = 128 * 1024 * 1024
_PIECE = 1024 * 1024
_NEVER = frozenset({"csrf_token", "code"})
"""Fields that no page ever shows or carries again."""
_FORBIDDEN, _TOO_LARGE, _TOO_OFTEN, _UNAVAILABLE = 400, 413, 429, 503


class TooOften(Exception):  # noqa: N818 - nobody made an error
    """Tried too often from one connection; `minutes` says when it surely works again."""

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Raise the limit where files are taken, before anything reads the form."""
    if endpoint in WITH_FILES:
        request.max_content_length = _MOST_BYTES


@bp.after_request
def _keep_private(response: Response) -> Response:
    """Tell no other site, and no search engine, of pages between one resident and us."""
    if not response.headers.get("Cache-Control", "").startswith("public"):
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.before_request
def _sent_is_sent() -> ResponseReturnValue | None:
    """Lead from the pages of a report that was sent meanwhile, perhaps in another window, to its code."""
    if request.endpoint not in STEPS:
        return None
    draft = held()
    return to("report") if draft is not None and draft.sent else None


def count(name: str, key: str | None = None, *, minutes: int) -> None:
    """Count a try of a connection, or of another key. Raises `TooOften`, `Unkept`."""
    with keeping():
        allowed = limits.allow(name, key or limits.source_key())
    if not allowed:
        raise TooOften(minutes)


def token() -> str:
    """Return the token of the draft that this browser holds; empty if there is none."""
    return str(session.get("draft") or "")


def held() -> Draft | None:
    """Return the draft of this browser, if it lives."""
    try:
        with keeping():
            return drafts.load(token())
    except DraftGone:
        return None


def begin(**answers: Any) -> Draft:
    """Begin a draft and let the browser hold its token. Raises `TooOften`, `Unkept`."""
    count("report.draft", minutes=60)
    with keeping():
        session["draft"] = drafts.begin(**answers, language=language())
        return drafts.load(token())


def keep(answers: dict[str, Any]) -> tuple[Draft, bool]:
    """Add answers to the draft, or to a new one if its day is over; tells whether it is a new one."""
    try:
        with keeping():
            return drafts.save(token(), {**answers, "language": language()}), False
    except DraftGone:
        return begin(**answers), True


def page(template: str, status: int = 200, **values: Any) -> Response:
    """Answer with a page of a report, which nothing may keep."""
    return make_response(render_template(template, longest_line=LONGEST_LINE, **values), status)


def to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Send the browser on to a page, by GET."""
    return redirect(url_for(f"cases.{endpoint}", **values), 303)


def again(title: str, status: int, minutes: int = 0) -> Response:
    """Show once more what was typed, with a button that sends it again, and the telephone numbers.

    It needs no database: it is what a reader gets while the database is away.
    """
    shown, carried = [], []
    if status != _TOO_LARGE:
        fields = ((typed.safe(name), typed.safe(text)) for name, text in request.form.items(multi=True))
        for name, value in fields:
            if name in TYPED and value.strip():
                shown.append((name, value))
            elif name not in _NEVER:
                carried.append((name, value))
    had_files = (request.mimetype or "") == "multipart/form-data"
    response = page(
        "cases/again.html",
        status,
        why=title,
        shown=shown,
        carried=carried,
        had_files=had_files,
        minutes=minutes,
        sends_again=status != _TOO_LARGE and request.endpoint != "cases.track" and not from_elsewhere(),
        way_on=_way_on(),
        hotlines=areas.hotlines_always(),
        section="track" if "/track" in request.path else "report",
    )
    if status in {_TOO_OFTEN, _UNAVAILABLE}:
        response.headers["Retry-After"] = str((minutes or 2) * 60)
    return response


def _way_on() -> str:
    """Return the page that the form stood on."""
    looked_at = request.url_rule is not None and "GET" in (request.url_rule.methods or ())
    if looked_at and request.endpoint:
        return url_for(request.endpoint, **(request.view_args or {}))
    return url_for("cases.case" if "/track" in request.path else "cases.report")


@bp.errorhandler(CSRFError)
def _old_form(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form whose session ended: nothing is done, and nothing that was typed is lost."""
    return again("old", _FORBIDDEN)


@bp.errorhandler(TooOften)
def _too_often(error: TooOften) -> ResponseReturnValue:
    return again("often", _TOO_OFTEN, error.minutes)


@bp.errorhandler(Unkept)
def _unkept(_error: Unkept) -> ResponseReturnValue:
    return again("unkept", _UNAVAILABLE)


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Read on to the end, so that the browser shows the answer, and say what the limit is."""
    if (request.content_length or 0) > (request.max_content_length or 0):  # nothing of it was read yet
        _drain(request.environ["wsgi.input"].read, request.content_length or 0)
    return again("large", _TOO_LARGE)


def _drain(read: Callable[[int], bytes], length: int) -> None:
    left = min(length, _DRAINED)
    while left > 0 and (piece := read(min(_PIECE, left))):
        left -= len(piece)


def unavailable_here(code: str) -> Response:
    """Say that nobody of this site answers for a place, and whom to call instead."""
    found = areas.area(code) if code else None
    place = areas.place_of(code) if code else None
    return page(
        "cases/closed.html",
        area=found,
        place=place,
        hotlines=areas.hotlines(place.area if place else None),
        section="report",
    )


def no_such(endpoint: str) -> WrongQuestion:
    """Return the answer to an address that leads nowhere, with a way on."""
    g.forget_query = True
    return WrongQuestion([], status=404, way_on=url_for(f"cases.{endpoint}"))
