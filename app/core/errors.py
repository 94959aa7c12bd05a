"""Errors as pages (or JSON for the API) that say what to do, in the reader's language, with a way on."""

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from app.extensions import db

if TYPE_CHECKING:
    from app.core.i18n import Languages

log = logging.getLogger("tuoyu")
_SERVER_ERROR = 500
_UNAVAILABLE = 503
_LONGEST_QUESTION = 2000
"""Bytes of a query that is offered for correction; nobody typed a longer one."""


class WrongQuestion(Exception):  # noqa: N818 - it is the question that is wrong, not the program
    """An address that cannot be answered as it stands; each problem is (field, whole sentence)."""

    def __init__(
        self, problems: list[tuple[str, str]], *, status: int = 400, way_on: str | None = None
    ) -> None:
        self.problems = problems
        self.status = status
        self.way_on = way_on
        super().__init__("; ".join(field for field, _ in problems))


def install(app: Flask, hotlines: Callable[[], Sequence[Any]], field_label: Callable[[str], object]) -> None:
    """Answer every error with a page of the site; no input and no fault shows a bare one."""
    pages = _Pages(hotlines, field_label)
    app.register_error_handler(WrongQuestion, pages.wrong_question)
    app.register_error_handler(CSRFError, pages.old_form)
    app.register_error_handler(HTTPException, pages.http)
    app.register_error_handler(SQLAlchemyError, pages.database)
    app.register_error_handler(Exception, pages.unexpected)


class _Pages:
    """The error pages, one method a kind of error."""

    def __init__(self, hotlines: Callable[[], Sequence[Any]], field_label: Callable[[str], object]) -> None:
        self._hotlines = hotlines
        self._field_label = field_label

    def wrong_question(self, error: WrongQuestion) -> ResponseReturnValue:
        """Show what is wrong with the address."""
        if error.status == 404:  # noqa: PLR2004 - there is no such thing
            return self._page(404, *_not_found(), error.problems, error.way_on)
        title = _("This question cannot be answered")
        sentence = _(
            "A part of the address cannot be understood. Nothing was guessed. Correct it and try again."
        )
        return self._page(error.status, title, sentence, error.problems, error.way_on, correctable=True)

    def old_form(self, _error: CSRFError) -> ResponseReturnValue:
        """Explain a form without a valid token."""
        sentence = _(
            "For your safety the form could not be accepted. Load the page again and send it once more."
        )
        return self._page(400, _("This form was open too long"), sentence, [])

    def http(self, error: HTTPException) -> ResponseReturnValue:
        """Show the errors of the web server's own making; redirects pass through."""
        code = error.code or _SERVER_ERROR
        if code < 400 or error.response is not None or isinstance(error, SecurityError):  # noqa: PLR2004
            return error  # a forged host has no address to build a page for
        if code == 404:  # noqa: PLR2004
            moved = _other_language()
            return moved if moved is not None else self._page(404, *_not_found(), [])
        words = {
            403: (
                _("Your role does not include this"),
                _("Go back, or ask the administrator of your office."),
            ),
            405: (_("This cannot be done here"), _("Go back and use the buttons of the page.")),
            413: (_("Too much was sent"), _("Send less text or smaller files.")),
        }
        return self._page(
            code, *words.get(code, (_("This did not work"), _("Check the address and try again."))), []
        )

    def database(self, error: SQLAlchemyError) -> ResponseReturnValue:
        """Say that the data is away, with the numbers to call.

        A value that no column can hold (a NUL, a number beyond all bounds) is the reader's fault.
        """
        if isinstance(error, DataError):
            db.session.rollback()
            log.warning("value refused by the database", exc_info=error)
            return self.http(BadRequest())
        log.error("database failed", exc_info=error)
        title = _("The data cannot be reached just now")
        return self._page(
            _UNAVAILABLE, title, _ours(), [], request.script_root + request.full_path.rstrip("?")
        )

    def unexpected(self, error: Exception) -> ResponseReturnValue:
        """Say that the fault is ours."""
        log.error("unexpected", exc_info=error)
        if current_app.testing:
            raise error
        return self._page(_SERVER_ERROR, _("Something went wrong on our side"), _ours(), [])

    def _page(
        self,
        code: int,
        title: str,
        sentence: str,
        problems: list[tuple[str, str]],
        way_on: str | None = None,
        *,
        correctable: bool = False,
    ) -> Response:
        if request.path.startswith("/api/"):
            response = make_response(
                jsonify(error={"code": code, "message": sentence, "fields": dict(problems)}), code
            )
        else:
            body = render_template(
                "site/error.html",
                code=code,
                title=title,
                sentence=sentence,
                problems=[(self._field_label(field), text) for field, text in problems],
                way_on=way_on,
                again=self._again(problems) if correctable else None,
                hotlines=self._hotlines(),
                counter=code < _SERVER_ERROR and _behind_the_counter(),
            )
            response = make_response(body, code)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _again(self, problems: list[tuple[str, str]]) -> dict[str, Any] | None:
        """Return the question as a form: what was wrong to be typed anew, everything else as it was."""
        if (
            request.method != "GET"
            or request.endpoint is None
            or len(request.query_string) > _LONGEST_QUESTION
        ):
            return None
        wrong = dict.fromkeys(field for field, _sentence in problems)
        shown = [
            (field, self._field_label(field), _printable(request.args.get(field, ""))) for field in wrong
        ]
        kept = [
            (_printable(name), _printable(value))
            for name, value in request.args.items(multi=True)
            if name not in wrong
        ]
        action = url_for(request.endpoint, **(request.view_args or {}))
        return {"action": action, "wrong": shown, "kept": kept}


def _behind_the_counter() -> bool:
    """Tell whether an address is one of the staff's, with or without a language before it."""
    return "staff" in request.path.split("/")[1:3]


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _ours() -> str:
    sentence: str = _("The fault is ours, not yours. Try again in a few minutes. If it is urgent, call.")
    return sentence


def _not_found() -> tuple[str, str]:
    title = _("There is no page at this address")
    return title, _("It may be mistyped or an old link. Start from the home page, or search for the name.")


def _other_language() -> AnyResponse | None:
    """Redirect `/zh-CN/find` and the like to the language's own address; keep path and query."""
    languages: Languages = current_app.extensions["languages"]
    first, _slash, rest = request.path.lstrip("/").partition("/")
    if not first or first in languages.codes or len(first) > 20:  # noqa: PLR2004 - no language tag is longer
        return None
    tags = {alias.lower(): each.code for each in languages.offered for alias in (each.code, *each.aliases)}
    code = tags.get(first.lower())
    if code is None:
        return None
    g.lang = code
    query = request.query_string.decode("latin-1")
    address = url_for("site.home", lang=code) + rest + (f"?{query}" if query else "")
    return redirect(address, 301)
