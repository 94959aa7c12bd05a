"""Logs for operators: one JSON object a line, no addresses, no queries, no cookies, no personal data."""

import json
import logging
import sys
import time

from flask import Flask, Response, g, request

_FIELDS = ("endpoint", "method", "status", "ms", "error")


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
        return json.dumps(line, ensure_ascii=False)


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
    log = logging.getLogger("tuoyu")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    app.logger.handlers[:] = [handler]
    app.logger.propagate = False

    @app.before_request
    def _start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def _finish(response: Response) -> Response:
        if request.endpoint not in {"static_asset", "site.healthz"}:
            spent = time.perf_counter() - g.get("started", time.perf_counter())
            log.info(
                "request",
                extra={
                    "endpoint": request.endpoint,
                    "method": request.method,
                    "status": response.status_code,
                    "ms": round(spent * 1000, 1),
                },
            )
        return response
