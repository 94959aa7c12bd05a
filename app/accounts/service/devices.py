"""Browsers that signed in before.

They prove nothing; they only have tries of their own, so that whoever floods the sign-in page with wrong
passwords cannot keep the staff out (OWASP, device cookies).
"""

import secrets

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.rules.credentials import DEVICE

_MOST = 5
"""Accounts one browser remembers: the clerks who share an office computer."""


def remember(cookie: str, account: str) -> str:
    """Return the cookie of a browser that has just signed in to an account."""
    others = {known: nonce for known, nonce in _read(cookie).items() if known != account}
    kept = [*others.items()][-(_MOST - 1) :]
    return str(_signer().dumps([*kept, (account, secrets.token_urlsafe(9))]))


def recognised(cookie: str, account: str) -> str | None:
    """Return what tells this browser from others, if it signed in to the account within 90 days."""
    return _read(cookie).get(account)


def _read(cookie: str) -> dict[str, str]:
    try:
        return dict(_signer().loads(cookie, max_age=int(DEVICE.total_seconds())))
    except (BadData, TypeError, ValueError):
        return {}


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="staff device")
