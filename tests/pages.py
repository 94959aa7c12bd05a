"""The page client: a test client that refuses a page a reviewer would refuse."""

from typing import Any
from urllib.parse import urljoin

from babel import Locale
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import page_rules
from tests.page_rules import Page


class BadPageError(AssertionError):
    """A page breaks a rule; the message says which, page by page."""


class PageClient(FlaskClient):
    """Fetches pages like Flask's client; every HTML answer is checked before the test sees it.

    The parsed page is kept as `client.page`, and a relative address is followed from it. Set `lint = False`
    to look at an answer as it is.
    """

    lint = True
    page: Page

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if args and isinstance(args[0], str) and not args[0].startswith(("/", "http")):
            args = (urljoin(self.page.path.partition(" ")[2], args[0]), *args[1:])
        response = super().open(*args, **kwargs)
        if response.mimetype != "text/html" or 300 <= response.status_code < 400:
            return response
        if response.content_encoding:
            assert not self.lint, "Ask for pages without Accept-Encoding: the client reads the HTML."
            return response
        self.page = parse(self.application, response)
        if self.lint:
            found = page_rules.faults(self.page)
            if found:
                raise BadPageError("\n".join(found))
        return response


def parse(app: Flask, response: TestResponse) -> Page:
    """Return the page of an answer, with the language its address asks for."""
    request = response.request
    languages = app.extensions["languages"].codes
    first = request.path.split("/")[1] if "/" in request.path else ""
    lang = first if first in languages else response.headers.get("Content-Language", languages[0])
    with app.test_request_context(request.path, method=request.method) as context:
        endpoint = context.request.endpoint or ""
    return Page(
        html=response.get_data(),
        path=f"{request.method} {request.full_path.rstrip('?')}",
        lang=lang,
        direction=Locale.parse(lang.replace("-", "_")).text_direction,
        endpoint=endpoint,
        method=request.method,
        status=response.status_code,
        headers=dict(response.headers),
        cookies_set=tuple(cookie.partition("=")[0] for cookie in response.headers.getlist("Set-Cookie")),
    )
