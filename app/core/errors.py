"""Errors as pages (or JSON for the API) that say what to do, in the reader's language, with a way on."""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask, Response, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from app.core.i18n import Languages

log = logging.getLogger("tuoyu")
_SERVER_ERROR = 500
_UNAVAILABLE = 503


class WrongQuestion(Exception):  # noqa: N818 - it is the question that is wrong, not the program
    """An address that cannot be answered as it stands; each problem is (field, whole sentence)."""

    def __init__(self, problems: list[tuple[str, str]], *, status: int = 400, way_on: str | None = None) -> None:
        self.problems = problems
        self.status = status
        self.way_on = way_on
        super().__init__("; ".join(field for field, _ in problems))


def install(app: Flask, hotlines: Callable[[], Sequence[Any]], field_label: Callable[[str], object]) -> None:
    """Answer every error with a page of the site; no input and no fault shows a bare one."""

    def page(
        code: int, title: str, sentence: str, problems: list[tuple[str, str]], way_on: str | None = None
    ) -> Response:
        if request.path.startswith("/api/"):
            fields = dict(problems)
            response = make_response(jsonify(error={"code": code, "message": sentence, "fields": fields}), code)
        else:
            body = render_template(
                "site/error.html",
                code=code,
                title=title,
                sentence=sentence,
                problems=[(field_label(field), text) for field, text in problems],
                way_on=way_on,
                hotlines=hotlines(),
            )
            response = make_response(body, code)
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.errorhandler(WrongQuestion)
    def _wrong(error: WrongQuestion) -> ResponseReturnValue:
        if error.status == 404:  # noqa: PLR2004 - there is no such thing
            return page(404, *_not_found(), error.problems, error.way_on)
        title = _("This question cannot be answered")
        sentence = _("A part of the address cannot be understood. Nothing was guessed. Correct it and try again.")
        return page(error.status, title, sentence, error.problems, error.way_on)

    @app.errorhandler(CSRFError)
    def _csrf(_error: CSRFError) -> ResponseReturnValue:
        title = _("This form was open too long")
        sentence = _("For your safety the form could not be accepted. Go back, load the page again and send it once more.")
        return page(400, title, sentence, [])

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        code = error.code or _SERVER_ERROR
        if code == 404:  # noqa: PLR2004
            moved = _other_language()
            return moved if moved is not None else page(404, *_not_found(), [])
        if code == 405:  # noqa: PLR2004
            return page(code, _("This cannot be done here"), _("Go back and use the buttons of the page."), [])
        if code == 413:  # noqa: PLR2004
            return page(code, _("Too much was sent"), _("Send less text or smaller files."), [])
        if error.response is not None or code < 400:  # noqa: PLR2004 - redirects pass through
            return error
        return page(code, _("This did not work"), _("Check the address and try again."), [])

    @app.errorhandler(SQLAlchemyError)
    def _database(error: SQLAlchemyError) -> ResponseReturnValue:
        log.error("database failed", exc_info=error)
        title = _("The data cannot be reached just now")
        sentence = _("The fault is ours, not yours. Try again in a few minutes. If it is urgent, call.")
        return page(_UNAVAILABLE, title, sentence, [], request.full_path.rstrip("?"))

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> ResponseReturnValue:
        log.error("unexpected", exc_info=error)
        if app.testing:
            raise error
        title = _("Something went wrong on our side")
        sentence = _("The fault is ours, not yours. Try again in a few minutes. If it is urgent, call.")
        return page(_SERVER_ERROR, title, sentence, [])


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
