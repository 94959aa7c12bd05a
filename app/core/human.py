"""Whether a person fills in a form: a worded question, signed together with the moment it was shown.

What the browser gets says neither the numbers nor the answer; the answer counts for one form only, which its
`owner` names. A question is asked once: after a wrong answer, and after a day, there is another.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.core import clock, sealing
from app.core.riddles import Riddle, pose, read_answer
from app.settings import secret

SHORTEST: Final = 3
"""Seconds that reading the answers and the question takes at least."""
LIFE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Proof:
    """What a form carries: the question to answer, or none where it was answered, and a signed token."""

    riddle: Riddle | None
    token: str


def ask(owner: str) -> Proof:
    """Return a new question for a form."""
    riddle, nonce = pose(secrets.randbelow), secrets.token_urlsafe(9)
    return Proof(riddle, _sign(owner, nonce, _mark(nonce, riddle.answer)))


def answered(owner: str) -> Proof:
    """Return what stands for a right answer, so that it is not asked again after another mistake."""
    return Proof(None, _sign(owner, secrets.token_urlsafe(9), ""))


def judge(token: str, answer: str, owner: str, life: timedelta = LIFE) -> str:
    """Return `right`, `wrong`, `hasty` (right, but faster than anybody reads), or `stale`."""
    try:
        held = _serializer().loads(token)
        shown, of, nonce, mark = int(held["at"]), str(held["of"]), str(held["nonce"]), str(held["mark"])
    except (BadData, KeyError, TypeError, ValueError):
        return "stale"
    age = clock.now().timestamp() - shown
    if of != owner or age > life.total_seconds():
        return "stale"
    if mark:
        number = read_answer(answer)
        if number is None or not hmac.compare_digest(_mark(nonce, number), mark):
            return "wrong"
    return "right" if age >= SHORTEST else "hasty"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(secret(current_app.extensions["settings"], "human"), salt="question")


def _sign(owner: str, nonce: str, mark: str) -> str:
    shown = int(clock.now().timestamp())
    signed = _serializer().dumps({"at": shown, "of": owner, "nonce": nonce, "mark": mark})
    return signed if isinstance(signed, str) else signed.decode("ascii")


def _mark(nonce: str, number: int) -> str:
    return sealing.keyed_hash("human", f"{nonce}:{number}")[:24]
