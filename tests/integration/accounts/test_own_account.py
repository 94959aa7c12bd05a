"""One's own account: the password as it is typed, another telephone."""

import re

import pyotp
import pytest
from sqlalchemy import select

from app.accounts.model import Account
from app.accounts.service import proofs
from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from tests.factories.accounts import SIGN_IN, make_staff, send, sign_in, walk_in

ME = "/zh-Hans/staff/me"
AUTHENTICATOR = f"{ME}/authenticator"


@pytest.mark.parametrize("path", ["/zh-Hans/staff/sign-in", "/zh-Hans/staff/me"])
def test_a_password_can_be_looked_at_while_it_is_typed_and_pasted(visitor, officer, path):
    if path.endswith("/me"):
        sign_in(visitor, officer.handle)
    page = visitor.get(path).get_data(as_text=True)
    fields = re.findall(r'<input[^>]*type="password"[^>]*>', page)
    assert fields
    assert len(re.findall(r'<button[^>]*data-see="', page)) == len(fields)
    assert re.search(r'<script src="[^"]*/password\.[^"]*js" defer>', page)
    assert not re.search(r"onpaste|autocomplete=.off", page)


def key_on(page: str) -> str:
    """Return the key that a page shows."""
    return re.sub(r"[^A-Z2-7]", "", re.search(r'class="code">(.*?)</span>', page)[1].split(">")[1])


def test_a_new_telephone_takes_the_place_of_the_old_one(fresh_app, visitor, officer, later):
    other = fresh_app.test_client()
    for client in (visitor, other):
        sign_in(client, officer.handle)
    with fresh_app.app_context():
        recovery = proofs.new_recovery_codes(officer.id)
        db.session.commit()
    page = visitor.get(AUTHENTICATOR).get_data(as_text=True)
    new = key_on(page)
    assert new != officer.secret
    with fresh_app.app_context():
        kept = db.session.scalars(select(Account.totp).where(Account.handle == officer.handle)).one()
    wrong = visitor.post(AUTHENTICATOR, data={"csrf_token": token_in(page), "code": officer.code()})
    assert wrong.status_code == 400
    assert key_on(wrong.get_data(as_text=True)) == new, "a slip does not make another key"
    with fresh_app.app_context():
        now = db.session.scalars(select(Account.totp).where(Account.handle == officer.handle)).one()
    assert now == kept, "nothing changes before the new one shows a right code"
    code = pyotp.TOTP(new).at(clock.now())
    done = visitor.post(AUTHENTICATOR, data={"csrf_token": token_in(page), "code": code})
    assert done.location == f"{ME}?done=authenticator"
    assert visitor.get(ME).status_code == 200
    assert other.get(ME).status_code == 303, "all other sessions end"
    with fresh_app.app_context():
        assert db.session.scalar(select(Audit.action).order_by(Audit.id.desc()).limit(1)) == (
            "account.authenticator"
        )
    later(minutes=2)
    stranger = fresh_app.test_client()
    assert walk_in(stranger, officer).status_code == 400, "the old one opens nothing"
    assert send(stranger, f"{SIGN_IN}/code", code=recovery[0]).status_code == 303, "recovery codes stay"


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]


def test_another_authenticator_takes_being_there_and_having_one(fresh_app, visitor, officer, later):
    made = make_staff(fresh_app, "demo-provider-1")
    sign_in(visitor, made.handle)
    assert visitor.get(AUTHENTICATOR).location == ME
    sign_in(visitor, officer.handle)
    later(minutes=11)
    assert "/staff/confirm" in visitor.get(AUTHENTICATOR).location
