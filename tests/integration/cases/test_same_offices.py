"""Who gets it: the check page, the receipt and the page of the case name the same offices."""

import html
import re

import pytest

from app.accounts.rules import Grant, Role
from app.areas import queries as areas
from app.cases.queries import preview, tracking
from app.cases.service import intake
from app.core import clock
from tests.addresses import demo_facilities
from tests.factories.accounts import make_staff
from tests.factories.cases import COUNTY, HEALTH, MARKET, TOWN, a_report
from tests.factories.resident import Resident

pytestmark = pytest.mark.usefixtures("easy")
FOUND_LATER = "The coordinating office finds the responsible one."
SUBJECTS = ["abuse", "fees", "food", "unlic", "conduct", "prov", "other", "care", "ktc", "fire"]


@pytest.fixture
def market_only(fresh_app):
    """Only the market regulator's office has somebody at work."""
    make_staff(fresh_app, "somebody", Grant(Role.DEPARTMENT_OFFICER, MARKET, COUNTY))


def told(app, **answers):
    """Return what the check page would say of a report, and what its case says once it is registered."""
    report = a_report(**answers)
    with app.test_request_context("/en/"):
        before = preview.preview(report)
        case = intake.register(report, "1" * 20)
        return before, tracking.outlook(case.id)


def names(parts, *roles):
    return sorted(part.names["en"] for part in parts if part.role in roles)


@pytest.mark.usefixtures("market_only")
@pytest.mark.parametrize("category", SUBJECTS)
@pytest.mark.parametrize("area", [TOWN, COUNTY])
def test_what_was_announced_is_what_happens(fresh_app, category, area):
    about = HEALTH if category == "conduct" else ""
    before, after = told(fresh_app, category=category, area=area, about=about, grave="no")
    assert (before.lead or {}) == after.lead
    assert sorted(unit.names["en"] for unit in before.co) == names(after.units, "co")
    assert sorted(unit.names["en"] for unit in before.towns) == names(after.units, "territory")
    assert before.reply.on == after.reply.on
    assert len({part.unit for part in after.units}) == len(after.units)


@pytest.mark.parametrize("staffed", [frozenset, lambda _units: frozenset()])
def test_nobody_at_work_is_known_before_it_is_sent(fresh_app, monkeypatch, staffed):
    monkeypatch.setattr(preview.accounts, "staffed", staffed)
    for facility in ["", demo_facilities()[0]["id"]]:
        before, after = told(fresh_app, category="fees", facility=facility)
        assert (before.lead or {}) == after.lead
        assert bool(after.lead) is bool(staffed(["x"]))


@pytest.mark.parametrize("category", ["fees", "care"])
@pytest.mark.usefixtures("market_only")
def test_a_resident_reads_the_same_office_three_times(fresh_app, category):
    someone = Resident(fresh_app)
    someone.fills(category=category)
    checked = plain(someone.text)
    someone.sends()
    receipt = plain(someone.text)
    someone.send("/report/received", last_four=someone.code[-4:])
    with fresh_app.app_context():
        office = next(unit.names["en"] for unit in areas.offices(COUNTY) if unit.code == MARKET)
    if category == "fees":
        assert f"Answers you {office}" in checked
        assert f"{office} has your report." in receipt
        assert f"{office} signs for it" in plain(someone.text)
    else:
        assert f"Answers you {FOUND_LATER}" in checked
        assert FOUND_LATER in receipt
        assert FOUND_LATER in plain(someone.text)
    assert str(clock.today().year) in checked


def plain(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
