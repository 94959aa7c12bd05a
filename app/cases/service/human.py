"""Whether a person fills in the form: a worded question, signed together with the moment it was shown.

What the browser gets says neither the numbers nor the answer; the answer counts for one draft only. A
question is asked once: after a wrong answer, and after a day, there is another.
"""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.cases.rules.human import Riddle, pose, read_answer
from app.cases.service import drafts
from app.core import clock, sealing
from app.settings import secret

SHORTEST: Final = 3
"""Seconds that reading the answers and the question takes at least."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a form carries: the question to answer, or none where it was answered, and a signed token."""

    riddle: Riddle | None
    token: str


def ask(draft: str) -> Proof:
    """Return a new question for a draft, given by the token that its browser holds."""
    riddle, nonce = pose(secrets.randbelow), secrets.token_urlsafe(9)
    return Proof(riddle, _sign(draft, nonce, _mark(nonce, riddle.answer)))


def answered(draft: str) -> Proof:
    """Return what stands for a right answer, so that it is not asked again after another mistake."""
    return Proof(None, _sign(draft, secrets.token_urlsafe(9), ""))


def judge(token: str, answer: str, draft: str) -> str:
    """Return `right`, `wrong`, `hasty` (right, but faster than anybody reads), or `stale`."""
    try:
        held = _serializer().loads(token)
        shown, of, nonce, mark = int(held["at"]), str(held["of"]), str(held["nonce"]), str(held["mark"])
    except (BadData, KeyError, TypeError, ValueError):
        return "stale"
    age = clock.now().timestamp() - shown
    if of != _owner(draft) or age > drafts.LIFE.total_seconds():
        return "stale"
    if mark:
        number = read_answer(answer)
        if number is None or not hmac.compare_digest(_mark(nonce, number), mark):
            return "wrong"
    return "right" if age >= SHORTEST else "hasty"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(secret(current_app.extensions["settings"], "human"), salt="question")


def _sign(draft: str, nonce: str, mark: str) -> str:
    shown = int(clock.now().timestamp())
    signed = _serializer().dumps({"at": shown, "of": _owner(draft), "nonce": nonce, "mark": mark})
    return signed if isinstance(signed, str) else signed.decode("ascii")


def _owner(draft: str) -> str:
    return drafts.key_of(draft)[:16]


def _mark(nonce: str, number: int) -> str:
    return sealing.keyed_hash("human", f"{nonce}:{number}")[:24]
