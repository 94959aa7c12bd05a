"""Administrators look after the accounts of their own area, and see no secret of anybody."""

import re

import pytest
from sqlalchemy import select

from app.accounts.model import Account, AccountGrant
from app.accounts.rules import Grant, Role
from app.core.audit import Audit
from app.extensions import db
from tests.factories.accounts import fictional, make_staff, send, sign_in
from tests.factories.counter import officer

PEOPLE = "/zh-Hans/staff/accounts"
NEW = {
    "handle": "li-hua",
    "name": "李华",
    "role": "department-officer",
    "area": "990101",
    "unit": "990101.market",
}


@pytest.fixture
def admin(fresh_app, visitor):
    visitor.own = sign_in(visitor, "demo-admin")
    return visitor


def states(app) -> dict[str, str]:
    with app.app_context():
        return dict(db.session.execute(select(Account.handle, Account.state)).all())


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_every_page_can_be_read_in_every_language(fresh_app, admin, lang):
    for handle in list(fictional())[1:]:
        make_staff(fresh_app, handle)
    made = make_staff(fresh_app, "somebody-new", Grant(Role.EXPERT, area="990101"))
    start = f"/{lang}/staff"
    for path in ("", "/me", "/confirm", "/me/recovery-codes", "/accounts", "/accounts/invite"):
        assert admin.get(start + path).status_code == 200, path
    for path in (made.id, f"{made.id}/role"):
        assert admin.get(f"{start}/accounts/{path}").status_code == 200
    assert send(admin, f"{start}/accounts/invite", **NEW).status_code == 200
    assert send(admin, f"{start}/accounts/invite", **NEW).status_code == 400
    assert (
        send(admin, f"{start}/accounts/{made.id}/reset", page=f"{start}/accounts/{made.id}").status_code
        == 200
    )


def test_an_administrator_invites_and_sees_the_link_once(fresh_app, admin):
    answer = send(admin, f"{PEOPLE}/invite", **NEW)
    link = re.search(r"http://localhost(/zh-Hans/staff/invitation/[\w-]+)", answer.get_data(as_text=True))[1]
    assert fresh_app.test_client().get(link).status_code == 303
    assert states(fresh_app)["li-hua"] == "invited"
    with fresh_app.app_context():
        row = db.session.scalars(select(Audit).where(Audit.action == "account.invited")).one()
        assert row.actor == admin.own
        assert row.data == {
            "role": "department-officer",
            "unit": "990101.market",
            "area": "990101",
            "facility": "",
        }
    page = admin.get(PEOPLE).get_data(as_text=True)
    assert "li-hua" in page
    assert link not in page


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"area": "330681", "unit": "330681.market"}, 400),
        ({"area": "9901", "unit": "9901.health"}, 400),
        ({"unit": "9901.health"}, 400),
        ({"unit": "330681.market"}, 400),
        ({"unit": ""}, 400),
        ({"role": "emperor"}, 400),
        ({"handle": "Nobody Else"}, 400),
        ({"role": "provider", "unit": "", "facility": "v2bzzgn6"}, 200),
        ({"role": "lead", "unit": "990101.health"}, 200),
        ({"role": "community-worker", "area": "990101001", "unit": "990101001.office"}, 200),
    ],
)
def test_an_administrator_gives_roles_of_the_own_area_only(admin, changes, status):
    assert send(admin, f"{PEOPLE}/invite", **{**NEW, **changes}).status_code == status


@pytest.mark.parametrize(
    "handle", ["demo-market", "demo-lead", "demo-auditor", "demo-worker-1", "demo-provider-1"]
)
def test_others_do_not_look_after_accounts(fresh_app, visitor, handle):
    made = make_staff(fresh_app, "somebody-new", Grant(Role.EXPERT, area="990101"))
    sign_in(visitor, handle)
    for path in ("", "/invite", f"/{made.id}", f"/{made.id}/role"):
        assert visitor.get(PEOPLE + path).status_code == 403
    for verb in ("reset", "close", "role"):
        assert send(visitor, f"{PEOPLE}/{made.id}/{verb}", page="/zh-Hans/staff/me").status_code == 403
    assert "/staff/accounts" not in visitor.get("/zh-Hans/staff/me").get_data(as_text=True)


FOREIGN = [
    (Grant(Role.DEPARTMENT_OFFICER, "330681.market", "330681"),),
    (Grant(Role.DEPARTMENT_OFFICER, "9901.health", "9901"),),
    (Grant(Role.EXPERT, area="990101"), Grant(Role.EXPERT, area="330681")),
]


@pytest.mark.parametrize("grants", FOREIGN)
def test_an_account_of_another_area_is_not_there(fresh_app, admin, grants):
    made = make_staff(fresh_app, "elsewhere", *grants)
    for name in (made.id, made.handle):
        for path in ("", "/role"):
            assert admin.get(f"{PEOPLE}/{name}{path}").status_code == 404
        for verb in ("reset", "close", "role"):
            assert send(admin, f"{PEOPLE}/{name}/{verb}", page="/zh-Hans/staff/me", **NEW).status_code == 404
    assert "elsewhere" not in admin.get(PEOPLE).get_data(as_text=True)
    assert states(fresh_app)["elsewhere"] == "active"


def test_closing_an_account(fresh_app, admin):
    made = make_staff(fresh_app, "demo-market")
    page = f"{PEOPLE}/{made.id}"
    assert send(admin, f"{page}/close", page=page).location == page
    assert states(fresh_app)["demo-market"] == "disabled"
    assert "close" not in re.findall(r'action="[^"]*/(\w+)"', admin.get(page).get_data(as_text=True))


def test_changing_a_role(fresh_app, admin):
    made = make_staff(fresh_app, "demo-market")
    page = f"{PEOPLE}/{made.id}/role"
    assert send(admin, page, role="expert", area="990101001", unit="", facility="").status_code == 303
    with fresh_app.app_context():
        rows = db.session.execute(select(AccountGrant.role, AccountGrant.area, AccountGrant.unit)).all()
        assert ("expert", "990101001", "") in rows
        assert not [row for row in rows if row[2] == "990101.market"]


@pytest.mark.parametrize("verb", ["reset", "close", "role"])
def test_nobody_does_it_to_themselves(fresh_app, admin, verb):
    page = f"{PEOPLE}/{admin.own}"
    answer = send(admin, f"{page}/{verb}", page=page, role="lead", area="990101", unit="990101.health")
    assert answer.status_code == 400
    assert states(fresh_app)["demo-admin"] == "active"


def test_giving_rights_takes_being_there(fresh_app, admin, later):
    made = make_staff(fresh_app, "demo-market")
    page = f"{PEOPLE}/{made.id}"
    later(minutes=11)
    assert admin.get(f"{PEOPLE}/invite").location.startswith("/zh-Hans/staff/confirm?next=")
    token = re.search(r'name="csrf_token" value="([^"]+)"', admin.get(page).get_data(as_text=True))[1]
    referrer = {"Referer": f"http://localhost{page}"}
    answer = admin.post(f"{page}/reset", data={"csrf_token": token}, headers=referrer)
    assert answer.location == f"/zh-Hans/staff/confirm?next={page}"
    assert states(fresh_app)["demo-market"] == "active"


TOWN = Grant(Role.COMMUNITY_WORKER, "990101001.office", "990101001")
ONE_MORE = {"role": "translator", "area": "990101", "unit": "", "facility": ""}


def held(app, handle: str) -> set[tuple[str, str, str]]:
    with app.app_context():
        query = select(AccountGrant.role, AccountGrant.unit, AccountGrant.area).join(Account)
        return {tuple(row) for row in db.session.execute(query.where(Account.handle == handle))}


def test_somebody_is_given_one_more_role_and_it_is_taken_away(fresh_app, admin):
    made = make_staff(fresh_app, "two-hats", TOWN)
    page = f"{PEOPLE}/{made.id}"
    owner = fresh_app.test_client()
    sign_in(owner, "two-hats")
    assert send(admin, f"{page}/role?of=new", **ONE_MORE).status_code == 303
    both = {("community-worker", "990101001.office", "990101001"), ("translator", "", "990101")}
    assert held(fresh_app, "two-hats") == both
    assert "/sign-in" in owner.get("/zh-Hans/staff/me").location, "whoever has new rights signs in anew"
    assert send(admin, f"{page}/role?of=new", **ONE_MORE).status_code == 400, "it is there already"
    first = "community-worker:990101001.office:990101001:"
    moved = {"role": "community-worker", "area": "990101002", "unit": "990101002.office", "facility": ""}
    assert send(admin, f"{page}/role?of={first}", **moved).status_code == 303
    assert ("translator", "", "990101") in held(fresh_app, "two-hats"), "the other role stays"
    stale = send(admin, f"{page}/role?of={first}", page=page, do="take")
    assert stale.status_code == 409, "the role was changed meanwhile"
    assert send(admin, f"{page}/role?of=translator::990101:", do="take").status_code == 303
    assert held(fresh_app, "two-hats") == {("community-worker", "990101002.office", "990101002")}
    last = "community-worker:990101002.office:990101002:"
    assert send(admin, f"{page}/role?of={last}", do="take").status_code == 400, "the only one"
    with fresh_app.app_context():
        query = select(Audit.action, Audit.data).where(Audit.subject == made.id).order_by(Audit.id)
        steps = [(row.action, row.data.get("left")) for row in db.session.execute(query)]
    left = {"role": "community-worker", "unit": "990101002.office"}
    assert steps == [("account.granted", None), ("account.granted", None), ("account.role-taken", left)]


@pytest.mark.parametrize(
    ("own", "more"),
    [
        (TOWN, {"role": "administrator", "area": "990101"}),
        (Grant(Role.ADMINISTRATOR, area="990101"), {"role": "auditor", "area": "990101"}),
        (Grant(Role.AUDITOR, area="990101"), {"role": "lead", "area": "990101", "unit": "990101.health"}),
        (Grant(Role.PROVIDER, area="990101001", facility="V2BZZGN6"), {"role": "expert", "area": "990101"}),
    ],
)
def test_roles_that_must_stay_apart_are_not_given_to_one_person(fresh_app, admin, own, more):
    made = make_staff(fresh_app, "two-hats", own)
    before = held(fresh_app, "two-hats")
    answer = send(admin, f"{PEOPLE}/{made.id}/role?of=new", **{"unit": "", "facility": "", **more})
    assert answer.status_code == 400
    assert held(fresh_app, "two-hats") == before


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
@pytest.mark.parametrize("address", ["/staff/facilities/ZZZZZZZZ", "/staff/nothing"])
def test_what_is_not_found_behind_the_counter_leads_back_to_the_desk(fresh_app, lang, address):
    worker = officer(fresh_app, "demo-worker-1")
    page = worker.get(f"/{lang}{address}")
    assert page.status_code == 404
    assert f'class="btn sec" href="/{lang}/staff"' in page.text
    assert 'action="/staff/sign-out"' in page.text or f'action="/{lang}/staff/sign-out"' in page.text
    assert "tel:120" not in page.text, "the numbers for residents stand on their own pages"
    assert 'href="tel:120"' in fresh_app.test_client().get(f"/{lang}/nothing").text
