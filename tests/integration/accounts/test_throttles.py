"""Guessing is slowed for each name and each source; nobody is locked out by others, nor helped by headers."""

import dataclasses

import pytest
from sqlalchemy import text

from app import create_app
from app.core import limits
from app.extensions import db
from tests.factories.accounts import CODE, SIGN_IN, form_token, make_staff, send, walk_in
from tests.pages import PageClient

WRONG = "wrong-but-long-enough"
HERE, ELSEWHERE = "127.0.0.1", "198.51.100.7"


def guess(client, handle: str, *, source: str = HERE, password: str = WRONG, **headers: str) -> int:
    token = form_token(client, SIGN_IN)
    return client.post(
        SIGN_IN,
        data={"csrf_token": token, "handle": handle, "password": password},
        environ_base={"REMOTE_ADDR": source},
        headers=headers,
    ).status_code


def use_up(app, name: str, key: str) -> None:
    with app.app_context():
        while limits.allow(name, key):
            pass


def test_a_name_can_be_guessed_at_five_times_in_a_quarter_of_an_hour(visitor, officer, later):
    assert [guess(visitor, officer.handle) for _ in range(7)] == [400] * 5 + [429] * 2
    assert guess(visitor, officer.handle, password=officer.password) == 429, "the right one neither"
    later(minutes=16)
    assert guess(visitor, officer.handle, password=officer.password) == 303


def test_an_unknown_name_is_slowed_like_a_known_one(visitor):
    assert [guess(visitor, "nobody-at-all") for _ in range(7)] == [400] * 5 + [429] * 2


def test_who_waits_is_told_for_how_long(visitor, officer):
    for _ in range(5):
        guess(visitor, officer.handle)
    answer = send(visitor, SIGN_IN, handle=officer.handle, password=WRONG)
    assert answer.headers["Retry-After"] == "900"
    assert 'role="alert"' in answer.get_data(as_text=True)


def test_headers_move_nobody(fresh_app, officer):
    statuses = [
        guess(
            fresh_app.test_client(),
            officer.handle,
            X_Forwarded_For=f"203.0.113.{turn}",
            Forwarded=f"for=203.0.113.{turn}",
            X_Real_IP=f"203.0.113.{turn}",
        )
        for turn in range(12)
    ]
    assert statuses == [400] * 5 + [429] * 7


def test_hammering_on_one_name_leaves_others_at_the_same_source_alone(fresh_app, visitor, officer):
    other = make_staff(fresh_app, "demo-provider-1")
    for _ in range(60):
        guess(visitor, officer.handle)
    assert guess(visitor, other.handle, password=other.password) == 303


def test_hammering_from_one_source_leaves_the_owner_elsewhere_alone(visitor, officer):
    for _ in range(20):
        guess(visitor, officer.handle)
    assert guess(visitor, officer.handle, source=ELSEWHERE, password=officer.password) == 303


def test_a_source_that_tries_many_names_is_stopped(fresh_app, visitor):
    statuses = [guess(visitor, f"name-{turn}") for turn in range(55)]
    assert statuses == [400] * 50 + [429] * 5
    assert guess(visitor, "another", source=ELSEWHERE) == 400


def test_a_name_tried_from_everywhere_is_slowed_and_never_closed(fresh_app, visitor, officer):
    for turn in range(30):
        assert guess(visitor, officer.handle, source=f"203.0.113.{turn}") == 400
    for turn in range(30, 33):
        source = f"203.0.113.{turn}"
        assert guess(visitor, officer.handle, source=source) == 400
        assert guess(visitor, officer.handle, source=source) == 429, "one try a source from here on"
    assert guess(visitor, officer.handle, source=ELSEWHERE, password=officer.password) == 303


def test_a_browser_that_was_in_before_has_tries_of_its_own(fresh_app, visitor):
    made = make_staff(fresh_app, "demo-provider-1")
    assert walk_in(visitor, made).location == "/zh-Hans/staff"
    known = visitor.get_cookie("known")
    assert known.http_only
    assert made.handle not in known.value
    stranger = fresh_app.test_client()
    for turn in range(55):
        guess(stranger, f"name-{turn}")
    assert guess(stranger, made.handle, password=made.password) == 429
    visitor.delete_cookie("tuoyu")
    assert guess(visitor, made.handle, password=made.password) == 303
    visitor.delete_cookie("tuoyu")
    assert [guess(visitor, made.handle) for _ in range(7)] == [400] * 5 + [429] * 2


def test_the_cookie_of_one_account_is_no_help_with_another(fresh_app, visitor, officer):
    made = make_staff(fresh_app, "demo-provider-1")
    walk_in(visitor, made)
    visitor.delete_cookie("tuoyu")
    assert [guess(visitor, officer.handle) for _ in range(6)] == [400] * 5 + [429]
    visitor.set_cookie("known", "WyJmb3JnZWQiXQ.forged")
    assert guess(visitor, officer.handle) == 429


def test_signing_in_rightly_uses_nothing_up(fresh_app, visitor):
    made = make_staff(fresh_app, "demo-provider-1")
    for _ in range(12):
        assert guess(fresh_app.test_client(), made.handle, password=made.password) == 303


def test_a_sweep_of_codes_ends_after_ten(fresh_app, visitor, officer, later):
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    token = form_token(visitor, CODE)
    wrong = [
        code for code in (f"{n:06}" for n in range(40)) if code not in {officer.code(s) for s in (-1, 0, 1)}
    ]
    statuses = [
        visitor.post(CODE, data={"csrf_token": token, "code": code}).status_code for code in wrong[:11]
    ]
    assert statuses == [400] * 10 + [429]
    assert visitor.get(CODE).location == SIGN_IN
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert send(visitor, CODE, code=officer.code()).status_code == 429, "not even with the right one"
    later(minutes=61)
    assert walk_in(fresh_app.test_client(), officer).status_code == 303


def test_recovery_codes_are_swept_no_better(fresh_app, visitor, officer):
    use_up(fresh_app, "sign-in.code", officer.id)
    send(visitor, SIGN_IN, handle=officer.handle, password=officer.password)
    assert send(visitor, CODE, code="ABCD-EFGH-JKMN-PQRS").status_code == 429


def test_what_is_refused_leaves_no_flood_in_the_audit(fresh_app, visitor, officer):
    for _ in range(30):
        guess(visitor, officer.handle)
    with fresh_app.app_context():
        assert db.session.scalar(text("SELECT count(*) FROM audit WHERE actor <> 'system'")) == 5


@pytest.mark.parametrize(("proxies", "moved"), [(0, False), (1, True)])
def test_an_operator_behind_a_proxy_says_so(fresh_app, proxies, moved):
    chosen = dataclasses.replace(fresh_app.extensions["settings"], proxies=proxies)
    app = create_app(chosen)
    app.test_client_class = PageClient
    headers = [{"X-Forwarded-For": f"6.6.6.6, 203.0.113.{turn}"} for turn in range(7)]
    statuses = [guess(app.test_client(), "nobody-at-all", **each) for each in headers]
    assert statuses == ([400] * 7 if moved else [400] * 5 + [429] * 2)
    if moved:
        spoofed = [{"X-Forwarded-For": f"6.6.6.{turn}, 203.0.113.99"} for turn in range(6)]
        assert guess(app.test_client(), "somebody-else", **spoofed[0]) == 400
        statuses = [guess(app.test_client(), "somebody-else", **each) for each in spoofed]
        assert statuses == [400] * 4 + [429] * 2, "only what the proxy adds is believed"
    with app.app_context():
        db.engine.dispose()
