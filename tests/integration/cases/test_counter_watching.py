"""Whoever opens unusually many cases is reported to those who look after place and accounts."""

from datetime import timedelta

import pytest

from app.cases.queries.watching import MASS_READING
from app.cases.service import watching
from app.core import audit, clock
from app.core.audit import Audit
from app.extensions import db
from tests.factories.cases import a_case, at
from tests.factories.counter import FEES, officer, url

DESK, HOME = "/zh-Hans/staff/cases", "/zh-Hans/staff"


@pytest.fixture
def numbers(fresh_app, monkeypatch):
    """Four cases, of which three are too many for an hour."""
    monkeypatch.setattr(watching, "MOST", 2)
    with fresh_app.app_context():
        return [a_case(**FEES).number for _ in range(4)]


def reports(app):
    """Return what was reported: (account, how many cases)."""
    with app.app_context():
        db.session.expire_all()
        rows = db.session.query(Audit).filter_by(action=MASS_READING).order_by(Audit.id)
        return [(row.subject, row.data["cases"]) for row in rows]


def test_too_many_cases_within_an_hour_are_reported_once(fresh_app, numbers):
    reader = officer(fresh_app, "demo-market")
    for number in (*numbers[:2], numbers[0], numbers[1]):
        assert reader.get(url(number)).status_code == 200
    assert reports(fresh_app) == []
    for number in numbers[2:]:
        reader.get(url(number))
    assert reports(fresh_app) == [(reader.account, 3)]
    with fresh_app.app_context():
        assert audit.verify().ok


def test_the_coordinating_office_and_administrators_see_it(fresh_app, numbers):
    reader = officer(fresh_app, "demo-market")
    for number in numbers[:3]:
        reader.get(url(number))
    for handle, page in (("demo-lead", DESK), ("demo-admin", HOME), ("demo-admin", f"{HOME}/accounts")):
        assert 'id="watched"' in officer(fresh_app, handle).get(page).get_data(as_text=True)
    for handle in ("demo-market", "demo-education"):
        assert 'id="watched"' not in officer(fresh_app, handle).get(DESK).get_data(as_text=True)


def test_reads_of_an_hour_ago_do_not_count(fresh_app, numbers):
    with at(clock.now() - timedelta(hours=2)):
        earlier = officer(fresh_app, "demo-market")
        for number in numbers[:2]:
            earlier.get(url(number))
    later = officer(fresh_app, "demo-police")
    assert later.get(url(numbers[3])).status_code == 404
    assert reports(fresh_app) == []
