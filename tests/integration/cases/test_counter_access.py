"""Nobody reaches a case that is not theirs: in the list, by its number, by any address."""

import pytest

from app.accounts.rules import Grant, Role, may
from app.cases.model import Case
from app.cases.queries import access
from app.cases.rules.acts import Event
from app.extensions import db
from tests.factories.accounts import make_staff
from tests.factories.cases import REASON, a_case, doer, step, worked_on
from tests.factories.counter import ABUSE, CANARIES, FEES, NAMED, a_joint_case, officer, take, url

ROLES = {
    "lead": Grant(Role.LEAD, "330681.health", "330681"),
    "officer": Grant(Role.DEPARTMENT_OFFICER, "330681.market", "330681"),
    "township": Grant(Role.TOWNSHIP_OFFICER, "330681001.office", "330681001"),
    "worker": Grant(Role.COMMUNITY_WORKER, "", "330681"),
    "auditor": Grant(Role.AUDITOR, "330681.health", "330681"),
    "admin": Grant(Role.ADMINISTRATOR, "330681.health", "330681"),
    "provider": Grant(Role.PROVIDER, "", "330681", "ABCDEFGH"),
    "translator": Grant(Role.TRANSLATOR, "", "330681"),
    "expert": Grant(Role.EXPERT, "", "330681"),
}
"""Somebody of every role, in another place than the cases."""


class Person:
    """Somebody, as far as the rules ask."""

    def __init__(self, *grants: Grant) -> None:
        self.id, self.grants = "x", grants

    def may(self, action, target=None) -> bool:
        return may(self.grants, action, target)


def everybody() -> list[Person]:
    units = ["market", "health", "education", "police", "fire", "development", "women"]
    officers = [Person(Grant(Role.DEPARTMENT_OFFICER, f"990101.{unit}", "990101")) for unit in units]
    towns = [Person(Grant(Role.TOWNSHIP_OFFICER, f"99010{n}.office", f"99010{n}")) for n in ("1001", "1100")]
    two = Person(
        Grant(Role.DEPARTMENT_OFFICER, "990101.market", "990101"), Grant(Role.LEAD, "990101.health", "990101")
    )
    city = Person(Grant(Role.DEPARTMENT_OFFICER, "9901.health", "9901"))
    return [
        *officers,
        *towns,
        two,
        city,
        Person(ROLES["lead"]),
        Person(Grant(Role.LEAD, "990101.health", "990101")),
        Person(),
    ]


@pytest.fixture
def many(fresh_app):
    """Cases in many hands."""
    with fresh_app.app_context():
        for category in ("fees", "fire", "care", "unlic", "refund", "abuse", "labour", "prov"):
            a_case(category=category, **({"child_safety": "none"} if category == "abuse" else {}))
        a_case(category="other", at_work=False)
        a_case(category="conduct", about="990101.market")
        a_case(category="conduct", about="990101.health")
        a_joint_case("990101.education", **FEES)
        moved = a_case(**FEES)
        step(
            moved,
            Event.TRANSFER,
            doer("desk", unit="990101.health"),
            target="990101.development",
            reason=REASON,
        )
    return fresh_app


def test_the_list_is_the_rule_applied_to_every_case(many):
    with many.app_context():
        cases = db.session.query(Case).all()
        seen = set()
        for who in everybody():
            listed = set(db.session.scalars(db.select(Case.number).where(access.visible(who.grants))))
            judged = {case.number for case in cases if access.access(who, case)}
            assert listed == judged, who.grants
            seen.add(frozenset(listed))
        assert len(seen) > 6, "the people of this test see too much the same"


def addresses(app, number: str) -> list[tuple[str, str]]:
    """Return every address of the counter that names a case, with its method."""
    found = []
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("cases_staff.") or "number" not in rule.arguments:
            continue
        values = {
            "number": number,
            "name": "sign",
            "proposal": 1,
            "wanted": 1,
            "notice": 1,
            "file": "ab",
            "lang": "zh-Hans",
        }
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, {k: values[k] for k in rule.arguments})
        found += [(method, path) for method in sorted(rule.methods & {"GET", "POST"})]
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_address_says_anything_to_somebody_of_another_place(many, role):
    many.config["WTF_CSRF_ENABLED"] = False
    with many.app_context():
        number = db.session.query(Case).filter_by(category="fees").first().number
    make_staff(many, f"far-{role}", ROLES[role])
    client = officer(many, f"far-{role}")
    client.lint = False
    found = addresses(many, number)
    assert len(found) > 25
    for method, path in found:
        theirs = client.open(path, method=method)
        nobodys = client.open(path.replace(number, "7K3Q-9F2M-C"), method=method)
        assert theirs.status_code in {403, 404}, f"{role} {method} {path}: {theirs.status_code}"
        assert theirs.status_code == nobodys.status_code


@pytest.mark.parametrize("handle", ["demo-police", "demo-education", "demo-admin", "demo-auditor"])
def test_an_officer_of_another_unit_finds_nothing(fresh_app, handle):
    with fresh_app.app_context():
        number = a_case(**FEES).number
    client = officer(fresh_app, handle)
    assert client.get(url(number)).status_code in {403, 404}
    assert number not in client.get("/zh-Hans/staff/cases?tab=all").get_data(as_text=True)


def test_the_office_a_case_is_about_finds_nothing(fresh_app):
    with fresh_app.app_context():
        number = a_case(category="conduct", about="990101.market").number
    assert officer(fresh_app, "demo-market").get(url(number)).status_code == 404
    assert officer(fresh_app, "demo-lead").get(url(number)).status_code == 200


def test_who_passed_a_case_on_sees_it_no_more(fresh_app):
    with fresh_app.app_context():
        case = a_case(**FEES)
        number = case.number
    market = officer(fresh_app, "demo-market")
    assert market.get(url(number)).status_code == 200
    take(officer(fresh_app, "demo-lead"), number, "transfer", target="990101.fire", reason=REASON)
    assert market.get(url(number)).status_code == 404
    assert officer(fresh_app, "demo-fire").get(url(number)).status_code == 200


def test_a_helper_reads_the_question_and_the_story_and_nobodys_name(fresh_app):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **FEES, **NAMED).number
    client = officer(fresh_app, "demo-education")
    text = client.get(url(number)).get_data(as_text=True)
    assert "请贵单位在三日内" in text
    assert "餐费要多交" in text
    assert not any(canary in text for canary in CANARIES)
    assert client.get(url(number, "reveal")).status_code == 404
    assert client.get(url(number, "print")).status_code == 404


def test_a_helper_does_not_read_a_sensitive_story(fresh_app):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **ABUSE).number
    text = officer(fresh_app, "demo-education").get(url(number)).get_data(as_text=True)
    assert "用力拉扯" not in text


def test_an_informed_office_reads_no_word_of_anybody(fresh_app):
    with fresh_app.app_context():
        case = worked_on(a_case(**FEES, **NAMED))
        told = next(unit for unit in case.rule["co"] if unit != case.lead)
        number = case.number
    make_staff(fresh_app, "told", Grant(Role.DEPARTMENT_OFFICER, told, "990101"))
    client = officer(fresh_app, "told")
    text = client.get(url(number)).get_data(as_text=True)
    assert "餐费" not in text
    assert not any(canary in text for canary in CANARIES)


def test_nobody_in_particular_is_kept_out_of_the_list_of_an_office(fresh_app):
    with fresh_app.app_context():
        number = a_case(**FEES).number
    text = officer(fresh_app, "demo-market").get("/zh-Hans/staff/cases").get_data(as_text=True)
    assert number in text
    assert "餐费要多交" not in text, "the list holds words of a resident"


def test_a_visitor_is_sent_to_sign_in(fresh_app):
    with fresh_app.app_context():
        number = a_case(**FEES).number
    client = fresh_app.test_client()
    assert client.get(url(number)).status_code == 303
    assert "sign-in" in client.get("/zh-Hans/staff/cases").location
