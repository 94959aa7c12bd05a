"""Proof that a form was shown to somebody who took the time to read it: a signed moment, and a trap.

A trap is a field that no person sees; whoever fills it in is a program. The moment says when the form was
shown and for what, so that it counts for nothing else and not for ever.
"""

from typing import Final
from urllib.parse import urlsplit

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from app.core import clock
from app.settings import secret

SHORTEST: Final = 3
"""Seconds that reading a form takes at least."""
LONGEST: Final = 24 * 3600


def stamp(purpose: str) -> str:
    """Return a token for a form that is being shown."""
    signed = _serializer().dumps([purpose, int(clock.now().timestamp())])
    return signed if isinstance(signed, str) else signed.decode("ascii")


def judge(token: str, purpose: str, trap: str) -> str:
    """Return `right`, `hasty` (faster than anybody reads), `stale`, or `trap`."""
    if trap:
        return "trap"
    try:
        of, shown = _serializer().loads(token)
        age = clock.now().timestamp() - int(shown)
    except (BadData, TypeError, ValueError):
        return "stale"
    if of != purpose or not -SHORTEST <= age <= LONGEST:
        return "stale"
    return "right" if age >= SHORTEST else "hasty"


def from_elsewhere() -> bool:
    """Tell whether another site sent the form; it gets no token, and so cannot replace this one's session."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(secret(current_app.extensions["settings"], "stamps"), salt="form")
