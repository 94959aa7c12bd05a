"""Headers that every response carries: what a browser may load, and what it may keep."""

import hashlib
import io

from flask import Flask, Response, request, send_file
from flask.sessions import SecureCookieSessionInterface

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

COMPRESSED = (
    "text/html",
    "text/css",
    "text/plain",
    "text/csv",
    "text/javascript",
    "text/xml",
    "application/xml",
    "application/json",
    "application/geo+json",
    "application/x-ndjson",
    "application/manifest+json",
    "image/svg+xml",
)
"""Kinds of answers that gain by being sent compressed."""
_CLOSED = "sandbox; default-src 'none'"


class _Sessions(SecureCookieSessionInterface):
    """Session cookies that never travel in the clear once the site is served over HTTPS."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - the signature is Flask's
        return request.is_secure


def install(app: Flask) -> None:
    """Add the security headers, and forbid keeping any page that was not declared cacheable."""
    app.session_interface = _Sessions()

    @app.after_request
    def _add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "geolocation=(self), camera=(), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store"
        return response


def public(response: Response, seconds: int = 60, *, by_content: bool = False) -> Response:
    """Declare a page cacheable by browsers and proxies; answers 304 when the reader has it already.

    Its ETag follows from the address and the version of the public data (`app.core.kept`). With `by_content`
    it follows from the answer itself: for pages of data that has no version, such as figures of cases.
    """
    if response.status_code == 200:  # noqa: PLR2004 - only a full answer may be kept
        response.headers["Cache-Control"] = f"public, max-age={seconds}, stale-while-revalidate=600"
        if by_content:
            response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:24], weak=True)
        response.vary.add("Accept-Encoding")
        response.vary.add("Cookie")
    return response


def attachment(data: bytes, mimetype: str, filename: str) -> Response:
    """Answer with a file somebody sent, to be saved and never shown: sandboxed, not kept, not sniffed.

    The name goes out as RFC 6266 asks; make it with `photos.shown_name`.
    """
    return _closed(
        send_file(
            io.BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=filename, conditional=False
        )
    )


def picture(jpeg: bytes) -> Response:
    """Answer with a JPEG made by `photos.read_photo`, to be shown in a page of one reader and not kept."""
    return _closed(send_file(io.BytesIO(jpeg), mimetype="image/jpeg", conditional=False))


def _closed(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _CLOSED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
