"""Logs tell operators what happened, never who asked what: no query, cookie, address or words of an error."""

import io
import json
import logging

import pytest

from app.core.logs import JsonLine

CANARY = "身份证110101199003070003"
ALLOWED = {"at", "level", "event", "endpoint", "method", "status", "ms", "error", "trace"}


@pytest.fixture
def lines(app):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLine())
    loggers = [
        logging.getLogger("tuoyu"),
        app.logger,
        logging.getLogger("werkzeug"),
        logging.getLogger("sqlalchemy"),
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield lambda: stream.getvalue().splitlines()
    for logger in loggers:
        logger.removeHandler(handler)


def ask(app, path: str, **data: object):
    client = app.test_client()
    client.lint = False
    client.set_cookie("view", CANARY)
    client.set_cookie("tuoyu", CANARY)
    headers = {
        "User-Agent": "canary-agent",
        "Referer": "https://canary.example/",
        "X-Forwarded-For": "203.0.113.9",
    }
    send = client.post if data else client.get
    return send(path, query_string={"q": CANARY}, headers=headers, **data)


@pytest.mark.parametrize(
    "path", ["/zh-Hans/find", "/zh-Hans/verify", "/zh-Hans/nowhere", f"/zh-Hans/areas/{CANARY}"]
)
def test_what_a_reader_asks_is_not_logged(app, lines, path):
    ask(app, path)
    assert lines(), "a request leaves a line"
    for line in lines():
        assert not any(mark in line for mark in (CANARY, "canary", "203.0.113.9", "110101"))
        assert set(json.loads(line)) <= ALLOWED


def test_what_a_reader_sends_is_not_logged(app, lines):
    ask(app, "/zh-Hans/view", data={"size": CANARY, "next": CANARY})
    assert lines()
    assert CANARY not in "\n".join(lines())


def test_an_error_is_logged_with_its_place_and_without_its_words(app, lines, monkeypatch):
    def fail(*_args: object, **_kwargs: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setitem(app.view_functions, "facilities.verify", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.config, "TESTING", False)
    response = ask(app, "/zh-Hans/verify")
    assert response.status_code == 500
    assert CANARY not in response.text
    text = "\n".join(lines())
    assert "ValueError" in text
    assert CANARY not in text


def test_a_log_line_holds_only_named_fields():
    record = logging.LogRecord("tuoyu", logging.INFO, __file__, 1, "request", None, None)
    record.address = CANARY
    assert CANARY not in JsonLine().format(record)
