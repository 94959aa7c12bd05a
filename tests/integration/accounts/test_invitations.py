"""An invitation opens an account once, for 72 hours, and shows its secrets to nobody but its owner."""

import re

import pyotp
import pytest
from sqlalchemy import select

from app.accounts.model import Account, Invitation
from app.accounts.rules import Grant, Role
from app.accounts.service import inviting, managing
from app.accounts.service.refusals import RefusedError
from app.core import clock
from app.extensions import db
from tests.factories.accounts import form_token, make_staff, send

ACCEPT = "/zh-Hans/staff/invitation"
GOOD = {"password": "four green kettles", "again": "four green kettles"}
OFFICER = Grant(Role.DEPARTMENT_OFFICER, "330681.health", "330681")


def invite(app, grant: Grant = OFFICER, handle: str = "li-hua") -> str:
    with app.app_context():
        return inviting.invite(handle, {"zh-Hans": "李华"}, grant, by="system")


def open_link(client, token: str):
    answer = client.get(f"{ACCEPT}/{token}")
    assert (answer.status_code, answer.location) == (303, ACCEPT)
    return client.get(ACCEPT)


def secret_on(page) -> str:
    return re.search(r'class="code"><bdi[^>]*>([A-Z2-7-]+)<', page.get_data(as_text=True))[1].replace("-", "")


def now(secret: str) -> str:
    return pyotp.TOTP(secret).at(clock.now())


def test_the_invited_choose_a_password_set_up_codes_and_are_in(fresh_app, visitor):
    token = invite(fresh_app)
    page = open_link(visitor, token)
    assert "li-hua" in page.get_data(as_text=True)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert send(visitor, ACCEPT, **GOOD).location == ACCEPT
    page = visitor.get(ACCEPT)
    assert 'src="data:image/png;base64,' in page.get_data(as_text=True)
    shown = send(visitor, ACCEPT, code=now(secret_on(page)))
    assert shown.status_code == 200
    codes = re.findall(r"<code>([0-9A-Z-]{19})</code>", shown.get_data(as_text=True))
    assert len(set(codes)) == 10
    assert shown.headers["Cache-Control"] == "no-store"
    assert visitor.get("/zh-Hans/staff/me").status_code == 200
    with fresh_app.app_context():
        assert db.session.scalar(select(Account.state)) == "active"
        assert db.session.scalar(select(Invitation)) is None


def test_a_provider_sets_up_no_codes(fresh_app, visitor):
    token = invite(fresh_app, Grant(Role.PROVIDER, area="990101", facility="V2BZZGN6"))
    open_link(visitor, token)
    assert send(visitor, ACCEPT, **GOOD).location == "/zh-Hans/staff"
    assert visitor.get("/zh-Hans/staff").status_code == 200


def test_a_link_is_void_once_a_password_was_chosen_with_it(fresh_app, visitor):
    token = invite(fresh_app)
    open_link(visitor, token)
    send(visitor, ACCEPT, **GOOD)
    thief = fresh_app.test_client()
    assert open_link(thief, token).status_code == 404
    assert visitor.get(ACCEPT).status_code == 200, "its owner goes on"


def test_the_authenticators_secret_is_not_shown_again(fresh_app, visitor):
    token = invite(fresh_app)
    open_link(visitor, token)
    send(visitor, ACCEPT, **GOOD)
    secret = secret_on(visitor.get(ACCEPT))
    held = visitor.get_cookie("tuoyu").value
    send(visitor, ACCEPT, code=now(secret))
    for path in ("", "/me", "/me/recovery-codes"):
        assert secret[:8] not in visitor.get(f"/zh-Hans/staff{path}").get_data(as_text=True)
    again = fresh_app.test_client()
    again.set_cookie("tuoyu", held)
    assert again.get(ACCEPT).status_code == 404


def test_a_link_ends_after_72_hours(fresh_app, visitor, later):
    token = invite(fresh_app)
    later(hours=71)
    assert open_link(visitor, token).status_code == 200
    later(hours=73)
    assert open_link(visitor, token).status_code == 404


def test_after_the_password_the_codes_are_set_up_within_an_hour(fresh_app, visitor, later):
    open_link(visitor, invite(fresh_app))
    send(visitor, ACCEPT, **GOOD)
    later(minutes=61)
    assert visitor.get(ACCEPT).status_code == 404


@pytest.mark.parametrize("token", ["x", "..", "x" * 2000, "%00", "' OR 1=1 --"])
def test_a_made_up_link_opens_nothing(visitor, token):
    assert open_link(visitor, token.replace("%00", "0")).status_code == 404


def test_a_new_link_replaces_the_old_one(fresh_app, visitor):
    old = invite(fresh_app)
    with fresh_app.app_context():
        new = managing.reset("li-hua", by="system")
    assert open_link(visitor, old).status_code == 404
    assert open_link(visitor, new).status_code == 200


def test_a_closed_account_has_no_link(fresh_app, visitor):
    token = invite(fresh_app)
    with fresh_app.app_context():
        managing.disable("li-hua", by="system")
    assert open_link(visitor, token).status_code == 404


def test_a_reset_takes_password_and_authenticator_and_closes_the_account_until_it_is_set_up(
    fresh_app, visitor, officer
):
    with fresh_app.app_context():
        managing.reset(officer.id, by="system")
        account = db.session.get(Account, officer.id)
        assert (account.password, account.totp, account.state) == (None, None, "invited")
    answer = send(visitor, "/zh-Hans/staff/sign-in", handle=officer.handle, password=officer.password)
    assert answer.status_code == 400


@pytest.mark.parametrize("password", ["short", "password1234", "x" * 200, "li-hua li-hua", "aaaaaaaaaaaaaaa"])
def test_a_bad_password_is_refused_with_a_reason(fresh_app, visitor, password):
    open_link(visitor, invite(fresh_app))
    answer = send(visitor, ACCEPT, password=password, again=password)
    assert answer.status_code == 400
    assert 'class="err"' in answer.get_data(as_text=True)
    assert password not in answer.get_data(as_text=True)


def test_a_wrong_code_can_be_typed_again_and_a_sweep_is_stopped(fresh_app, visitor):
    open_link(visitor, invite(fresh_app))
    send(visitor, ACCEPT, **GOOD)
    secret = secret_on(visitor.get(ACCEPT))
    wrong = str((int(now(secret)) + 1) % 10**6).zfill(6)
    token = form_token(visitor, ACCEPT)
    for _ in range(11):
        assert visitor.post(ACCEPT, data={"csrf_token": token, "code": wrong}).status_code == 400
    assert send(visitor, ACCEPT, code=now(secret)).status_code == 400


REFUSED = [
    ("x", OFFICER, "handle-shape"),
    ("Li Hua", OFFICER, "handle-shape"),
    ("li-hua", Grant(Role.EXPERT, area="77"), "area"),
    ("li-hua", Grant(Role.EXPERT, area=""), "area"),
    ("li-hua", Grant(Role.LEAD, "330681.health", "330681005"), "place"),
    ("li-hua", Grant(Role.AUDITOR, area="33"), "place"),
    ("li-hua", Grant(Role.DEPARTMENT_OFFICER, "", "330681"), "unit"),
    ("li-hua", Grant(Role.DEPARTMENT_OFFICER, "330681.nowhere", "330681"), "unit"),
    ("li-hua", Grant(Role.DEPARTMENT_OFFICER, "530115.health", "330681"), "unit-elsewhere"),
    ("li-hua", Grant(Role.PROVIDER, area="330681"), "facility"),
    ("li-hua", Grant(Role.PROVIDER, area="330681", facility="nonsense!"), "facility"),
    ("li-hua", Grant(Role.PROVIDER, area="330681", facility="V2BZZGN6"), "facility-elsewhere"),
    ("li-hua", Grant(Role.PROVIDER, area="990101", facility="ZZZZZZZZ"), "facility-unknown"),
    ("li-hua", Grant(Role.EXPERT, area="330681", facility="V2BZZGN6"), "facility"),
    ("demo-market", OFFICER, "handle-taken"),
]


@pytest.mark.parametrize(("handle", "grant", "why"), REFUSED)
def test_an_invitation_that_makes_no_sense_is_refused(fresh_app, officer, handle, grant, why):
    with fresh_app.app_context(), pytest.raises(RefusedError) as refused:
        inviting.invite(handle, {"zh-Hans": "李华"}, grant, by="system")
    assert refused.value.why == why


def test_a_provider_who_becomes_an_officer_is_invited_anew(fresh_app, visitor):
    made = make_staff(fresh_app, "demo-provider-1")
    with fresh_app.app_context():
        link = managing.regrant(made.id, OFFICER, by="system")
    assert (
        send(visitor, "/zh-Hans/staff/sign-in", handle=made.handle, password=made.password).status_code == 400
    )
    open_link(visitor, link)
    send(visitor, ACCEPT, **GOOD)
    assert send(visitor, ACCEPT, code=now(secret_on(visitor.get(ACCEPT)))).status_code == 200


def test_the_first_administrator_comes_from_the_command_line(fresh_app, visitor):
    runner = fresh_app.test_cli_runner()
    done = runner.invoke(args=["accounts", "create-admin", "--area", "330681000000", "--handle", "first"])
    assert done.exit_code == 0, done.output
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", done.output)[1]
    open_link(visitor, link.rpartition("/")[2])
    send(visitor, ACCEPT, **GOOD)
    send(visitor, ACCEPT, code=now(secret_on(visitor.get(ACCEPT))))
    assert visitor.get("/zh-Hans/staff/accounts").status_code == 200
    listed = runner.invoke(args=["accounts", "list"]).output
    assert "first\tactive\tadministrator 330681" in listed
    assert runner.invoke(args=["accounts", "disable", "first"]).exit_code == 0
    assert visitor.get("/zh-Hans/staff/accounts").status_code == 303
    again = runner.invoke(args=["accounts", "reset", "first"])
    assert "/staff/invitation/" in again.output
    assert runner.invoke(args=["accounts", "create-admin", "--area", "77"]).exit_code == 1
