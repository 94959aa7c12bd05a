"""Who decides about a proposed fact, what becomes of it, and what a facility may report of itself."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.accounts.model import Account
from app.accounts.rules import Grant, Role
from app.core import clock
from app.core.audit import Audit, verify
from app.extensions import db
from app.facilities.model import Facility, Observed
from app.facilities.queries.pages import facility_page
from app.facilities.rules.proposals import State, Why
from app.facilities.service import proposals
from tests.factories.accounts import form_token, make_staff, send, sign_in
from tests.factories.proposals import (
    ELSEWHERE,
    LEAD,
    OTHER,
    PROVIDER,
    SHOP,
    TOWN,
    WORKER,
    ask,
    rows,
    staff_of,
)


@pytest.fixture
def client(fresh_app):
    return fresh_app.test_client()


def test_approved_it_is_an_observation_with_source_day_role_and_history(fresh_app, client):
    with fresh_app.app_context():
        number = ask()
        worker = staff_of(WORKER, client)
        assert proposals.approve(number, worker) is State.APPROVED
        field = facility_page(SHOP, clock.today()).fields["phone"]
        assert (field.value, field.observed_on) == ("0000-5550999", clock.today())
        assert field.source["en"] == "Corrected by the public, checked by staff"
        assert field.entered.role == "community-worker"
        newest = db.session.scalars(select(Observed).order_by(Observed.id.desc())).first()
        assert newest.recorded_by == f"community-worker@{TOWN}.office"
        row = rows()[0]
        assert (row.state, row.reason, row.decided_by) == ("approved", None, worker.id)
        told = db.session.scalars(select(Audit).where(Audit.action == "proposal.approved")).one()
        assert told.data["facility"] == SHOP
        assert verify().ok
    page = client.get(f"/en/facilities/{SHOP}").text
    assert "Entered by: Community worker" in page
    assert worker.handle not in page
    history = client.get(f"/en/facilities/{SHOP}/history").text
    assert "0000-5550999" in history
    assert "<del>" in history


def test_approval_reads_no_name_aloud_in_a_web_worker(fresh_app, client, monkeypatch):
    from app.facilities.service import recording

    with fresh_app.app_context():
        number, worker = ask(), staff_of(WORKER, client)
        held = db.session.get(Facility, SHOP)
        before = (held.readings, held.sort_key)
        monkeypatch.setattr(recording, "readings", lambda *_rest: pytest.fail("a name was read"))
        proposals.approve(number, worker)
        db.session.expire_all()
        assert (held.readings, held.sort_key) == before


def test_a_row_of_a_table_changes_and_the_others_stay(fresh_app, client):
    with fresh_app.app_context():
        before = facility_page(SHOP, clock.today()).fields["fees"].value
        row = {
            "care": "hourly",
            "band": "*",
            "component": "care",
            "unit": "hour",
            "min_fen": 100,
            "max_fen": 100,
        }
        first, second = (
            ask(field="fees", value={"row": row}),
            ask(
                field="fees",
                value={"gone": {name: before[0][name] for name in ("care", "band", "component", "unit")}},
            ),
        )
        worker = staff_of(WORKER, client)
        proposals.approve(first, worker)
        proposals.approve(second, worker)
        after = facility_page(SHOP, clock.today()).fields["fees"].value
        changed = next(fee for fee in after if (fee["care"], fee["unit"]) == ("hourly", "hour"))
        assert changed["min_fen"] == 100
        assert changed["checked_on"] == clock.today().isoformat()
        assert before[0] not in after
        kept = [fee for fee in before[1:] if (fee["care"], fee["unit"]) != ("hourly", "hour")]
        assert [fee for fee in after if fee in kept] == kept


def test_declined_it_changes_nothing_and_says_why(fresh_app, client):
    with fresh_app.app_context():
        number, worker = ask(), staff_of(WORKER, client)
        observed = db.session.scalar(select(func.count()).select_from(Observed))
        assert proposals.decline(number, worker, Why.NOT_TRUE, "打过电话") is State.DECLINED
        assert db.session.scalar(select(func.count()).select_from(Observed)) == observed
        row = rows()[0]
        assert (row.state, row.why, row.reason) == ("declined", "not-true", None)


def test_the_first_decision_stands(fresh_app, client):
    with fresh_app.app_context():
        number, worker = ask(), staff_of(WORKER, client)
        proposals.decline(number, worker, Why.NOT_VERIFIED)
        assert proposals.approve(number, worker) is State.DECLINED
        again = ask()
        assert again != number
        proposals.approve(again, worker)
        observed = db.session.scalar(select(func.count()).select_from(Observed))
        assert proposals.approve(again, worker) is State.APPROVED
        assert proposals.decline(again, worker, Why.NOT_TRUE) is State.APPROVED
        assert db.session.scalar(select(func.count()).select_from(Observed)) == observed


def test_two_who_approve_at_once_make_one_observation(fresh_app, client):
    with fresh_app.app_context():
        number, worker = ask(), staff_of(WORKER, client)
        observed = db.session.scalar(select(func.count()).select_from(Observed))
    barrier, states = threading.Barrier(4), []

    def decide() -> None:
        with fresh_app.app_context():
            barrier.wait()
            states.append(proposals.approve(number, worker))

    threads = [threading.Thread(target=decide) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states == [State.APPROVED] * 4
    with fresh_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Observed)) == observed + 1


REACH = [
    (WORKER, 200),
    (LEAD, 200),
    (ELSEWHERE, 404),
    (PROVIDER, 403),
    ("demo-market", 403),
    ("demo-auditor", 403),
]


@pytest.mark.parametrize(("handle", "status"), REACH)
def test_only_those_of_the_area_see_it_and_to_others_it_is_not_there(fresh_app, handle, status):
    with fresh_app.app_context():
        number = ask()
    client = fresh_app.test_client()
    sign_in(client, handle)
    assert client.get(f"/en/staff/proposals/{number}").status_code == status
    listed = client.get("/en/staff/proposals")
    assert listed.status_code == (403 if status == 403 else 200)
    assert (f"/en/staff/proposals/{number}" in listed.text) is (status == 200)
    token = form_token(client, "/en/staff/me")
    decide = client.post(f"/en/staff/proposals/{number}/decide", data={"csrf_token": token, "do": "approve"})
    assert decide.status_code == {200: 303, 404: 404, 403: 403}[status]
    with fresh_app.app_context():
        assert rows()[0].state == ("approved" if status == 200 else "open")


def test_a_lead_of_another_place_sees_nothing_of_it(fresh_app):
    with fresh_app.app_context():
        number = ask()
        make_staff(fresh_app, "lead-elsewhere", Grant(Role.LEAD, "330681.health", "330681"))
    client = fresh_app.test_client()
    sign_in(client, "lead-elsewhere")
    assert client.get(f"/en/staff/proposals/{number}").status_code == 404
    assert f"proposals/{number}" not in client.get("/en/staff/proposals").text


def test_the_worker_sees_the_difference_and_decides(fresh_app, client):
    with fresh_app.app_context():
        number = ask()
    sign_in(client, WORKER)
    page = client.get(f"/en/staff/proposals/{number}").text
    assert "0000-5550999" in page
    assert "门口的牌子" in page
    assert "From the public" in page
    address = f"/en/staff/proposals/{number}"
    assert send(client, f"{address}/decide", page=address, do="decline", why="").status_code == 400
    assert send(client, f"{address}/decide", page=address, do="").status_code == 400
    done = send(client, f"{address}/decide", page=address, do="decline", why="not-true", note="打过电话")
    assert (done.status_code, done.location) == (303, address)
    assert "It is not so" in client.get(address).text
    assert f'{address}"' not in client.get("/en/staff/proposals").text
    assert f'{address}"' in client.get("/en/staff/proposals?state=declined").text


def test_who_comes_late_is_told_who_settled_it_and_the_first_word_stands(fresh_app, client):
    with fresh_app.app_context():
        number = ask()
    address = f"/en/staff/proposals/{number}"
    late = fresh_app.test_client()
    sign_in(client, WORKER)
    sign_in(late, LEAD)
    decide = f"{address}/decide"
    token = form_token(late, address)
    assert send(client, decide, page=address, do="approve").status_code == 303
    twice = {"csrf_token": form_token(client, address), "do": "approve"}
    assert client.post(decide, data=twice).status_code == 303, "one's own word twice is one"
    answer = late.post(
        decide, data={"csrf_token": token, "do": "decline", "why": "not-true", "note": "打过电话"}
    )
    assert answer.status_code == 409
    assert "This was decided already" in answer.text
    with fresh_app.app_context():
        name = db.session.scalars(select(Account).where(Account.handle == WORKER)).one().names["en"]
        assert rows()[0].state == "approved"
        assert rows()[0].note is None
    assert name in answer.text
    assert "打过电话" in answer.text, "nothing typed is lost"
    assert name in late.get(address).text
    assert client.post(decide, data={**twice, "do": "decline", "why": "not-true"}).status_code == 409


def test_a_provider_proposes_for_their_own_facility_only(fresh_app):
    client = fresh_app.test_client()
    account = sign_in(client, PROVIDER)
    assert client.get("/en/staff/facility").status_code == 200
    done = send(client, f"/en/staff/facility/{SHOP}/phone", phone="0000-5550777", reason="换了号码")
    assert done.status_code == 303
    assert "0000-5550777" in client.get("/en/staff/facility").text
    with fresh_app.app_context():
        (row,) = rows()
        assert (row.by, row.account, row.state) == ("provider", account, "open")
        other = db.session.scalar(select(Facility.id).where(Facility.pack == "990101", Facility.id != SHOP))
    assert client.get(f"/en/staff/facility/{other}/phone").status_code == 404
    for field in ("inclusive", "status", "name", "history"):
        assert client.get(f"/en/staff/facility/{SHOP}/{field}").status_code == 404
    stranger = fresh_app.test_client()
    sign_in(stranger, OTHER)
    assert stranger.get(f"/en/staff/facility/{SHOP}/phone").status_code == 404
    assert "0000-5550777" not in stranger.get("/en/staff/facility").text


def test_a_worker_reports_for_no_facility(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    assert client.get("/en/staff/facility").status_code == 403
    assert client.get(f"/en/staff/facility/{SHOP}/phone").status_code == 403


@pytest.mark.parametrize("field", ["phone", "opening", "fees", "care", "bands", "food", "languages", "needs"])
@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_form_of_a_provider_is_a_page_of_the_site(fresh_app, field, lang):
    client = fresh_app.test_client()
    sign_in(client, PROVIDER)
    assert client.get(f"/{lang}/staff/facility/{SHOP}/{field}").status_code == 200


def test_a_provider_s_numbers_come_in_by_a_worker_s_word(fresh_app, client):
    provider = fresh_app.test_client()
    sign_in(provider, PROVIDER)
    done = send(provider, f"/en/staff/facility/{SHOP}/bands", band="infant", places="12", reason="新教室")
    assert done.status_code == 303
    with fresh_app.app_context():
        before = facility_page(SHOP, clock.today()).fields["bands"].value
        proposals.approve(rows()[0].id, staff_of(WORKER, client))
        field = facility_page(SHOP, clock.today()).fields["bands"]
        row = next(row for row in field.value if row["band"] == "infant")
        was = next(row for row in before if row["band"] == "infant")
        assert row == {**was, "places": 12}
        assert field.source["en"].startswith("Reported by the facility")


def test_a_value_older_than_half_a_year_says_so(fresh_app):
    with fresh_app.app_context():
        make_staff(fresh_app, WORKER)
        db.session.execute(
            update(Observed)
            .where(Observed.facility == SHOP, Observed.field == "phone")
            .values(observed_on=clock.today() - timedelta(days=181))
        )
        db.session.commit()
        assert facility_page(SHOP, clock.today()).fields["phone"].stale
        assert not facility_page(SHOP, clock.today() - timedelta(days=1)).fields["phone"].stale


def test_a_facility_that_leaves_takes_its_proposals_along(fresh_app):
    from app.facilities.service.shipped import _forget_other_packs

    with fresh_app.app_context():
        ask()
        _forget_other_packs([], clock.now())
        db.session.commit()
        assert rows() == []


def test_a_worker_enters_a_fact_of_their_area_and_takes_it_in(fresh_app):
    client = fresh_app.test_client()
    sign_in(client, WORKER)
    assert client.get("/en/staff/proposals").status_code == 200
    asked = f"/en/staff/facts?id={SHOP.lower()}&field=status"
    sent = send(client, asked, status="suspended", reason="实地查看")
    assert sent.status_code == 303
    assert send(client, f"{sent.location}/decide", page=sent.location, do="approve").status_code == 303
    with fresh_app.app_context():
        page = facility_page(SHOP, clock.today())
        assert page.card.status == "suspended"
        assert page.fields["status"].source["en"] == "Entered by staff after checking"
    for wrong in (f"id={SHOP}&field=name", "id=ZZZZZZZZ&field=phone", "id=&field=phone", f"id={SHOP}"):
        assert client.get(f"/en/staff/facts?{wrong}").status_code == 404
    stranger = fresh_app.test_client()
    sign_in(stranger, ELSEWHERE)
    assert stranger.get(f"/en/staff/facts?id={SHOP}&field=phone").status_code == 404
    provider = fresh_app.test_client()
    sign_in(provider, PROVIDER)
    assert provider.get(f"/en/staff/facts?id={SHOP}&field=phone").status_code == 403
