"""Handing rights to a colleague: both see it, a second person agrees if it reaches far, it ends by itself."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.model import Account, Cover
from app.accounts.rules import Grant, Role
from app.accounts.service import managing
from app.core import clock
from app.core.audit import Audit
from app.extensions import db
from tests.factories.accounts import form_token, make_staff, send, sign_in

COVER = "/zh-Hans/staff/cover"
FACILITIES = "/zh-Hans/staff/proposals"
WORK = "community-worker:990101001.office:990101001:facilities"
CASES = "department-officer:990101.market:990101:cases"


def days(first: int = 0, last: int = 7) -> dict[str, str]:
    today = clock.today()
    return {
        "first": (today + timedelta(first)).isoformat(),
        "last": (today + timedelta(last)).isoformat(),
        "reason": "年休假，由同事代办",
    }


def client_of(app, handle: str):
    client = app.test_client()
    client.own = sign_in(client, handle)
    return client


def lends(client, taker: str, *what: str, **changes: str):
    token = form_token(client, f"{COVER}/new")
    page = client.get(f"{COVER}/new").get_data(as_text=True)
    found = re.search(r'name="form"[^>]*value="([^"]+)"', page)
    data = {"csrf_token": token, "form": found[1] if found else "of-my-own", "taker": taker, **days()}
    return client.post(f"{COVER}/new", data={**data, "what": list(what), **changes})


def covers(app) -> list[Cover]:
    with app.app_context():
        db.session.expire_all()
        return list(db.session.scalars(select(Cover).order_by(Cover.made_at)))


def decided(client, cover: str, do: str):
    return send(client, f"{COVER}/{cover}/decide", page=COVER, do=do)


@pytest.fixture
def worker(fresh_app):
    return client_of(fresh_app, "demo-worker-1")


@pytest.fixture
def colleague(fresh_app):
    """Somebody of the same township whose own role has nothing to do with facilities' facts."""
    return client_of(fresh_app, "demo-xinghua")


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_the_pages_can_be_read_in_every_language(fresh_app, worker, colleague, lang):
    assert worker.get(f"/{lang}/staff/cover").status_code == 200
    assert worker.get(f"/{lang}/staff/cover/new").status_code == 200
    lends(worker, colleague.own, WORK)
    for client in (worker, colleague):
        assert client.get(f"/{lang}/staff/cover").status_code == 200


def test_a_worker_lends_a_part_and_takes_it_back(fresh_app, worker, colleague):
    assert colleague.get(FACILITIES).status_code == 403
    assert lends(worker, colleague.own, WORK).location == f"{COVER}?done=agreed"
    assert colleague.get(FACILITIES).status_code == 200
    assert colleague.get("/zh-Hans/staff/guide").status_code == 403, "only what was chosen"
    assert "年休假" in colleague.get(COVER).get_data(as_text=True)
    (row,) = covers(fresh_app)
    assert "年休假".encode() not in row.reason
    assert send(worker, f"{COVER}/{row.id}/end", page=COVER).status_code == 303
    assert colleague.get(FACILITIES).status_code == 403
    with fresh_app.app_context():
        found = db.session.execute(
            select(Audit.action, Audit.actor, Audit.data).where(Audit.action.startswith("cover."))
        ).all()
    assert [(each.action, each.actor) for each in found] == [
        ("cover.lent", worker.own),
        ("cover.ended", worker.own),
    ]
    assert "年休假" not in json.dumps([each.data for each in found], ensure_ascii=False)


def test_whoever_borrows_can_give_it_back(fresh_app, worker, colleague):
    lends(worker, colleague.own, WORK)
    (row,) = covers(fresh_app)
    assert send(colleague, f"{COVER}/{row.id}/end", page=COVER).status_code == 303
    assert covers(fresh_app)[0].state == "ended"


def test_it_begins_and_ends_by_itself(fresh_app, worker, colleague, later):
    lends(worker, colleague.own, WORK, **days(1, 2))
    seen = []
    for day in range(4):
        later(days=day)
        sign_in(colleague, "demo-xinghua")
        seen.append(colleague.get(FACILITIES).status_code)
    assert seen == [403, 200, 200, 403]


def test_cases_are_lent_once_the_lead_agrees(fresh_app):
    lender = client_of(fresh_app, "demo-market")
    made = make_staff(fresh_app, "newcomer", Grant(Role.TRANSLATOR, "990101.market", "990101"))
    borrower, lead = client_of(fresh_app, "newcomer"), client_of(fresh_app, "demo-lead")
    inbox = "/zh-Hans/staff/cases"
    assert lends(lender, made.id, CASES).location == f"{COVER}?done=asked"
    assert borrower.get(inbox).status_code == 403
    (row,) = covers(fresh_app)
    for client in (lender, borrower):
        assert decided(client, row.id, "agree").status_code == 403
    today = lead.get("/zh-Hans/staff").get_data(as_text=True)
    assert COVER in re.findall(r'<li><a href="([^"]+)">', today)
    assert decided(lead, row.id, "agree").status_code == 303
    assert borrower.get(inbox).status_code == 200
    assert decided(lead, row.id, "decline").status_code == 409, "decided already"
    assert borrower.get(inbox).status_code == 200


def test_an_administrator_agrees_and_sees_no_case(fresh_app):
    lender = client_of(fresh_app, "demo-lead")
    borrower, admin = client_of(fresh_app, "demo-lead-2"), client_of(fresh_app, "demo-admin")
    lends(lender, borrower.own, "lead:990101.health:990101:cases")
    (row,) = covers(fresh_app)
    assert decided(borrower, row.id, "agree").status_code == 404, "nobody agrees to what they borrow"
    assert decided(lender, row.id, "agree").status_code == 404, "nor to what they lend"
    assert decided(admin, row.id, "agree").status_code == 303
    assert admin.get("/zh-Hans/staff/cases").status_code == 403


def test_an_administrator_borrows_no_case_whatever_becomes_of_the_accounts(fresh_app):
    lender = client_of(fresh_app, "demo-lead")
    admin = client_of(fresh_app, "demo-admin")
    assert lends(lender, admin.own, "lead:990101.health:990101:cases").status_code == 400
    borrower, second = client_of(fresh_app, "demo-health"), client_of(fresh_app, "demo-lead-2")
    lends(lender, borrower.own, "lead:990101.health:990101:cases")
    decided(second, covers(fresh_app)[0].id, "agree")
    assert borrower.get("/zh-Hans/staff/cases/reveals").status_code == 200
    with fresh_app.app_context():
        grant = Grant(Role.ADMINISTRATOR, "990101.health", "990101")
        managing.regrant(borrower.own, grant, by="system")
    sign_in(borrower, "demo-health")
    assert borrower.get("/zh-Hans/staff/accounts").status_code == 200
    assert borrower.get("/zh-Hans/staff/cases").status_code == 403


@pytest.mark.parametrize("change", ["disable", "regrant"])
def test_it_ends_with_the_right_of_whoever_lent(fresh_app, worker, colleague, change):
    lends(worker, colleague.own, WORK)
    with fresh_app.app_context():
        if change == "disable":
            managing.disable(worker.own, by="system")
        else:
            managing.regrant(worker.own, Grant(Role.EXPERT, area="990101001"), by="system")
    assert colleague.get(FACILITIES).status_code == 403


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"first": "2020-01-01"}, (WORK,)),
        (days(5, 2), (WORK,)),
        (days(0, 400), (WORK,)),
        ({"first": "gestern"}, (WORK,)),
        ({"reason": ""}, (WORK,)),
        ({"reason": "长" * 301}, (WORK,)),
        ({}, ()),
        ({}, (CASES,)),
    ],
)
def test_what_cannot_be_lent_is_refused_and_nothing_typed_is_lost(
    fresh_app, worker, colleague, changes, what
):
    answer = lends(worker, colleague.own, *what, **{"reason": "年休假，由同事代办", **changes})
    assert answer.status_code == 400
    if changes.get("reason") != "":
        assert changes.get("reason", "年休假，由同事代办") in answer.get_data(as_text=True)
    assert covers(fresh_app) == []


def test_strangers_are_not_offered_and_not_taken(fresh_app, worker):
    for handle in ("demo-worker-2", "demo-provider-1", "demo-changqiao"):
        stranger = make_staff(fresh_app, handle)
        assert stranger.id not in worker.get(f"{COVER}/new").get_data(as_text=True)
        assert lends(worker, stranger.id, WORK).status_code == 400
    assert covers(fresh_app) == []


def test_a_form_sent_twice_is_one_cover(fresh_app, worker, colleague):
    token = form_token(worker, f"{COVER}/new")
    data = {"csrf_token": token, "form": "one-form", "what": [WORK], "taker": colleague.own, **days()}
    for _ in range(2):
        assert worker.post(f"{COVER}/new", data=data).status_code == 303
    assert len(covers(fresh_app)) == 1


@pytest.mark.parametrize("handle", ["demo-worker-2", "demo-city", "demo-market"])
def test_the_cover_of_others_is_not_there(fresh_app, worker, colleague, handle):
    lends(worker, colleague.own, WORK)
    (row,) = covers(fresh_app)
    other = client_of(fresh_app, handle)
    assert "年休假" not in other.get(COVER).get_data(as_text=True)
    assert send(other, f"{COVER}/{row.id}/end", page="/zh-Hans/staff/me").status_code == 404
    assert covers(fresh_app)[0].state == "agreed"


def test_a_lead_of_another_place_does_not_decide(fresh_app):
    lender = client_of(fresh_app, "demo-market")
    taker = make_staff(fresh_app, "demo-market-2")
    lends(lender, taker.id, CASES)
    (row,) = covers(fresh_app)
    make_staff(fresh_app, "far-lead", Grant(Role.LEAD, "330681.health", "330681"))
    far = client_of(fresh_app, "far-lead")
    answer = send(far, f"{COVER}/{row.id}/decide", page="/zh-Hans/staff/me", do="agree")
    assert answer.status_code == 404
    assert covers(fresh_app)[0].state == "asked"


def test_a_provider_has_nothing_to_lend(fresh_app):
    provider = client_of(fresh_app, "demo-provider-1")
    page = provider.get(f"{COVER}/new").get_data(as_text=True)
    assert 'name="taker"' not in page
    with fresh_app.app_context():
        assert db.session.get(Account, provider.own) is not None


def test_what_was_typed_outlives_the_session(fresh_app, worker, colleague, later):
    token = form_token(worker, f"{COVER}/new")
    data = {"form": "one-form", "what": [WORK], "taker": colleague.own, **days(1)}
    later(minutes=31)
    held = worker.post(f"{COVER}/new", data={"csrf_token": token, **data})
    assert held.status_code == 400
    assert "年休假，由同事代办" in held.get_data(as_text=True)
    sign_in(worker, "demo-worker-1")
    token = re.search(r'name="csrf_token" value="([^"]+)"', held.get_data(as_text=True))[1]
    assert worker.post(f"{COVER}/new", data={"csrf_token": token, **data}).status_code == 303
    assert len(covers(fresh_app)) == 1


def test_a_form_with_an_older_token_comes_back_whole(fresh_app, worker, colleague):
    data = {"form": "one-form", "what": [WORK], "taker": colleague.own, **days()}
    held = worker.post(f"{COVER}/new", data={"csrf_token": "of-yesterday", **data})
    assert held.status_code == 400
    assert "年休假，由同事代办" in held.get_data(as_text=True)
    other = worker.post(
        f"{COVER}/new", data={"csrf_token": "", **data}, headers={"Origin": "https://elsewhere.example"}
    )
    assert "年休假，由同事代办" not in other.get_data(as_text=True)
