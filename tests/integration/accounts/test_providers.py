"""A provider is invited for one facility, sees that one and no other, and is reminded of what is old."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core import clock
from app.extensions import db
from app.facilities.model import Facility, Observed, Source
from tests.factories.accounts import send, sign_in
from tests.factories.proposals import SHOP

INVITE = "/zh-Hans/staff/accounts/invite"
PROVIDER = {"handle": "shop-keeper", "name": "填报员", "role": "provider", "area": "990101", "unit": ""}
OWN = "/en/staff/facility"
OLD = "Nobody has confirmed these for more than 180 days"


@pytest.fixture
def admin(fresh_app, visitor):
    sign_in(visitor, "demo-admin")
    return visitor


def elsewhere(app) -> str:
    """Return a facility of another place."""
    with app.app_context():
        return db.session.scalars(select(Facility.id).where(Facility.area_code == "330681")).first()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"facility": SHOP}, 200),
        ({"facility": SHOP.lower(), "area": "990101001"}, 200),
        ({"facility": SHOP, "area": "990101003"}, 400),
        ({"facility": "ZZZZZZZZ"}, 400),
        ({"facility": ""}, 400),
        ({"facility": SHOP, "role": "expert"}, 400),
    ],
)
def test_a_provider_is_invited_for_one_facility_of_the_area(admin, changes, status):
    assert send(admin, INVITE, **{**PROVIDER, **changes}).status_code == status


def test_no_administrator_gives_away_a_facility_of_another_place(fresh_app, admin):
    answer = send(admin, INVITE, **PROVIDER, facility=elsewhere(fresh_app))
    assert answer.status_code == 400
    assert "shop-keeper" not in admin.get("/zh-Hans/staff/accounts").get_data(as_text=True)


def test_a_provider_sees_the_own_facility_only(fresh_app, visitor):
    sign_in(visitor, "demo-provider-1")
    with fresh_app.app_context():
        others = db.session.scalars(select(Facility.name).where(Facility.id != SHOP).limit(400)).all()
        name = db.session.get_one(Facility, SHOP).name
    for page in ("/zh-Hans/staff/facility", "/zh-Hans/staff/slots", "/zh-Hans/staff"):
        text = visitor.get(page).get_data(as_text=True)
        assert name in text
        assert not [each for each in others if each in text and each not in name]


def grow_old(app, days: int) -> None:
    with app.app_context():
        on = clock.today() - timedelta(days)
        said = select(Source.key).where(Source.kind.not_in(["register", "inferred"]))
        db.session.execute(
            update(Observed)
            .where(Observed.facility == SHOP, Observed.source.in_(said))
            .values(observed_on=on)
        )
        db.session.execute(update(Facility).where(Facility.id == SHOP).values(vacancies_on=on))
        db.session.commit()


def test_a_provider_is_reminded_of_what_is_old_and_so_is_the_worker(fresh_app):
    provider, worker, other = (fresh_app.test_client() for _ in range(3))
    sign_in(provider, "demo-provider-1")
    sign_in(worker, "demo-worker-1")
    sign_in(other, "demo-worker-2")
    grow_old(fresh_app, 10)
    assert OLD not in provider.get(OWN).get_data(as_text=True)
    grow_old(fresh_app, 181)
    assert OLD in provider.get(OWN).get_data(as_text=True)
    assert "of your facility" in provider.get("/en/staff").get_data(as_text=True)
    said = "that reports for itself has not done so"
    assert said in worker.get("/en/staff").get_data(as_text=True)
    assert said not in other.get("/en/staff").get_data(as_text=True)
