"""Staff for tests, made like any other, without the waiting: `sign_in(client, "demo-market")`."""

import csv
import re
from dataclasses import dataclass
from functools import cache

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.model import Account
from app.accounts.queries.current import ACTIVE, SEEN
from app.accounts.rules import Grant, Role, needs_code
from app.accounts.rules.credentials import sealed_as
from app.accounts.service import proofs, sessions
from app.accounts.service.inviting import new_account
from app.core import clock
from app.core.sealing import open_text
from app.extensions import db
from tests.sites import ROOT

PASSWORD = "seven-quiet-herons-2"  # noqa: S105 - of accounts that live as long as a test
SIGN_IN, CODE = "/zh-Hans/staff/sign-in", "/zh-Hans/staff/sign-in/code"


@dataclass(frozen=True)
class Made:
    """An account of a test, with what its owner knows."""

    id: str
    handle: str
    password: str
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code an authenticator shows now, or some steps of 30 seconds later."""
        return pyotp.TOTP(self.secret).at(clock.now(), counter_offset=steps)


@cache
def fictional() -> dict[str, dict[str, str]]:
    """Return the people of the fictional county by handle."""
    with (ROOT / "content/places/990101/staff.csv").open(encoding="utf-8", newline="") as file:
        return {row["handle"]: row for row in csv.DictReader(file)}


def make_staff(app: Flask, handle: str, *grants: Grant, password: str = PASSWORD) -> Made:
    """Make an active account; without grants it has those of the fictional county's person of that handle."""
    with app.app_context():
        names = {"zh-Hans": "测试"}
        if not grants:
            row = fictional()[handle]
            grants = (Grant(Role(row["role"]), row["unit"], row["area"], row["facility"]),)
            names = {code: row[f"name_{code}"] for code in ("zh-Hans", "ug", "en")}
        account = new_account(handle, names, list(grants))
        account.state, account.password = ACTIVE, proofs.hash_password(password)
        if needs_code(grants):
            account.totp = proofs.new_authenticator(account.id)
        db.session.commit()
        secret = open_text(account.totp, sealed_as(account.id)) if account.totp else ""
        return Made(account.id, handle, password, secret)


def sign_in(client: FlaskClient, handle: str) -> str:
    """Let a client hold a session of an account, made if need be; returns the account's id."""
    app = client.application
    with app.app_context():
        account = db.session.scalar(select(Account).where(Account.handle == handle))
    if account is None:
        make_staff(app, handle)
    with app.app_context():
        account = db.session.scalars(select(Account).where(Account.handle == handle)).one()
        token, found = sessions.begin(account), account.id
        db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"], session[SEEN] = token, int(clock.now().timestamp())
    return found


def form_token(client: FlaskClient, path: str) -> str:
    """Fetch a page and return the CSRF token of its forms."""
    text = client.get(path).get_data(as_text=True)
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)[1]


def send(client: FlaskClient, path: str, *, page: str | None = None, **fields: object):
    """Fill in the form of a page (by default the one at the path) and send it."""
    token = form_token(client, page or path)
    return client.post(path, data={"csrf_token": token, **fields})


def walk_in(client: FlaskClient, made: Made, **fields: object):
    """Sign in as a person does: password, then the code. Returns the last answer."""
    answer = send(client, SIGN_IN, handle=made.handle, password=made.password, **fields)
    if answer.status_code == 303 and answer.location.endswith(CODE):
        return send(client, CODE, code=made.code())
    return answer
