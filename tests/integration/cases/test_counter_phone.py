"""A report by telephone goes the same way as one from the website, and the worker is not kept with it."""

import re

import pytest

from app.accounts.rules import Grant, Role
from app.cases.model import Case, CaseEvent
from app.core import audit
from app.extensions import db
from tests.factories.accounts import make_staff
from tests.factories.counter import Officer, officer

NEW = "/zh-Hans/staff/cases/new"
SAID = {
    "purpose": "report",
    "category": "care",
    "child_safety": "none",
    "named": "楼下的托育点",
    "address": "中心路 1 号",
    "area": "990101001",
    "story": "来电人说，老师经常迟到，孩子在教室里没人看管。",
    "notice": "y",
    "do": "send",
}


@pytest.fixture
def worker(fresh_app) -> Officer:
    for handle in ("demo-market", "demo-market-2", "demo-health", "demo-lead"):
        make_staff(fresh_app, handle)
    make_staff(fresh_app, "worker", Grant(Role.COMMUNITY_WORKER, "", "990101"))
    return officer(fresh_app, "worker")


def form(client: Officer) -> dict[str, str]:
    text = client.get(NEW).get_data(as_text=True)
    return {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', text)[1] for name in ("csrf_token", "key")}


def cases(app) -> list[Case]:
    with app.app_context():
        return db.session.query(Case).all()


def test_it_is_registered_routed_and_its_code_shown_once(fresh_app, worker):
    answer = worker.post(NEW, data={**form(worker), **SAID})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    (case,) = cases(fresh_app)
    text = answer.get_data(as_text=True)
    assert case.number in text
    assert re.search(r"\d{4} \d{4} \d{4} \d{4} \d{4}", text)
    assert (case.channel, case.state, case.place, case.anonymous) == ("phone", "dispatched", "990101", True)
    assert case.lead == "990101.health"


def test_the_worker_is_kept_nowhere_with_the_case(fresh_app, worker):
    worker.post(NEW, data={**form(worker), **SAID})
    with fresh_app.app_context():
        assert {row.account for row in db.session.query(CaseEvent)} == {None}
        (case,) = db.session.query(Case).all()
        rows = db.session.query(audit.Audit).filter_by(subject=case.number).all()
        assert rows
        assert worker.account not in {row.actor for row in rows}
        assert worker.get(f"/zh-Hans/staff/cases/{case.number}").status_code == 403


def test_the_same_form_twice_is_one_case_with_the_same_code(fresh_app, worker):
    data = {**form(worker), **SAID}
    first, second = (worker.post(NEW, data=data).get_data(as_text=True) for _ in range(2))
    code = r"\d{4} \d{4} \d{4} \d{4} \d{4}"
    assert re.search(code, first)[0] == re.search(code, second)[0]
    assert len(cases(fresh_app)) == 1


def test_a_key_that_was_not_made_here_registers_nothing_and_keeps_the_text(fresh_app, worker):
    data = {**form(worker), **SAID, "key": "made-up.0123456789abcdef0123456789abcdef"}
    answer = worker.post(NEW, data=data)
    assert answer.status_code == 410
    assert SAID["story"] in answer.get_data(as_text=True)
    assert cases(fresh_app) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": ""}, {"category": ""}, {"child_safety": ""}, {"story": "短"}, {"notice": ""},
        {"area": ""},
        {"purpose": "complaint"}, {"category": "fire"}, {"category": "conduct"}, {"area": "330681001"},
        {"story": "长" * 4001}, {"address": "长" * 201},
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(fresh_app, worker, wrong):
    answer = worker.post(NEW, data={**form(worker), **SAID, **wrong})
    assert answer.status_code == 422, wrong
    text = answer.get_data(as_text=True)
    assert wrong.get("story", SAID["story"]) in text
    assert 'role="alert"' in text
    assert cases(fresh_app) == []


def test_a_facility_is_looked_up_without_a_script(fresh_app, worker):
    data = {**form(worker), **SAID, "q": "托育", "named": "", "do": "find"}
    text = worker.post(NEW, data=data).get_data(as_text=True)
    assert SAID["story"] in text
    chosen = re.search(r'name="facility"[^>]*value="([0-9A-Z]{8})"', text)[1]
    worker.post(NEW, data={**data, "facility": chosen, "do": "send"})
    (case,) = cases(fresh_app)
    assert case.facility == chosen


def test_one_takes_down_only_what_is_in_ones_own_area(fresh_app, worker):
    make_staff(fresh_app, "far", Grant(Role.COMMUNITY_WORKER, "", "330681"))
    far = officer(fresh_app, "far")
    assert far.post(NEW, data={**form(far), **SAID}).status_code == 422
    assert cases(fresh_app) == []


def test_who_may_not_take_down_reports_is_told_so(fresh_app):
    assert officer(fresh_app, "demo-auditor").get(NEW).status_code == 403


@pytest.mark.parametrize("lang", ["zh-Hans", "ug", "en"])
def test_the_page_and_its_mistakes_in_every_language(worker, lang):
    page = NEW.replace("zh-Hans", lang)
    assert worker.get(page).status_code == 200
    assert worker.post(page, data={**form(worker), "do": "send"}).status_code == 422
