"""Logs for operators: one JSON object a line, no addresses, no queries, no cookies, no personal data."""

import json
import logging
import sys
import time

from flask import Flask, Response, g, request

_FIELDS = ("endpoint", "method", "status", "ms", "error")
_LOG = logging.getLogger("tuoyu")
_AS_JSON = json.JSONEncoder(ensure_ascii=False).encode


class JsonLine(logging.Formatter):
    """Formats a record as one JSON object; only fields named here can ever appear."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if record.exc_info:
            line["trace"] = _where(record)
        return _AS_JSON(line)


def _where(record: logging.LogRecord) -> list[str]:
    """Return file, line and function of each frame and the error's class: never values, never messages."""
    kind, _value, trace = record.exc_info or (None, None, None)
    frames = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/app/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return [*frames, kind.__name__ if kind else ""]


def install(app: Flask) -> None:
    """Send the application's log to standard error and write one line a request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    _LOG.handlers[:] = [handler]
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False
    app.logger.handlers[:] = [handler]
    app.logger.propagate = False

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        if request.endpoint not in {"static_asset", "site.healthz"}:
            started = g.get("started", time.perf_counter())
            answered(request.endpoint, request.method, response.status_code, started)
        return response


def answered(endpoint: str | None, method: str, status: int, started: float) -> None:
    """Write the line of a request. `started`: by `time.perf_counter`."""
    if not _LOG.isEnabledFor(logging.INFO):
        return
    record = logging.LogRecord(_LOG.name, logging.INFO, __file__, 0, "request", None, None)
    spent = round((time.perf_counter() - started) * 1000, 1)
    vars(record).update(endpoint=endpoint, method=method, status=status, ms=spent)
    _LOG.handle(record)
