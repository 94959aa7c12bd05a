"""Officers at the counter for tests: `officer(app, "demo-market")` is a signed-in client."""

import contextvars
import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from app.cases.model import Case, CaseUnit
from app.cases.rules.acts import Event
from app.extensions import db
from tests.factories.accounts import sign_in
from tests.factories.cases import PARTS, a_case, doer, step, worked_on
from tests.pages import PageClient

HANDLES = {
    "990101.health": "demo-health",
    "990101.market": "demo-market",
    "990101.police": "demo-police",
    "990101.education": "demo-education",
    "990101.fire": "demo-fire",
    "9901.health": "demo-city",
}
"""Somebody of each office."""
FEES = {"category": "fees", "story": "老师说餐费要多交三百元，可是墙上写的价格不是这样，我有收据为证。"}
ABUSE = {
    "category": "abuse",
    "child_safety": "past",
    "emergency_call": "called",
    "story": "我接孩子时看见老师用力拉扯小班一个男孩的手臂，孩子哭了很久。",
}
NAMED = {
    "purpose": "complaint",
    "contact": {"name": "阿依古丽·买买提", "phone": "13912345678", "other": ""},
}
CANARIES = ("阿依古丽", "13912345678")
"""Name and number that must show nowhere but where they were asked for."""


class Officer(PageClient):
    """Somebody's browser: each request in a context of its own, whatever context the test stands in."""

    account = ""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return contextvars.Context().run(super().open, *args, **kwargs)


def officer(app: Flask, handle: str) -> Officer:
    """Return a client that somebody of the fictional county is signed in with."""
    client = Officer(app, app.response_class, use_cookies=True)
    client.account = sign_in(client, handle)
    return client


def url(number: str, *rest: object, lang: str = "zh-Hans") -> str:
    """Return the address of a case or of something in it."""
    return "/".join([f"/{lang}/staff/cases/{number}", *map(str, rest)])


def token_of(client: PageClient, path: str) -> str:
    """Fetch a page as it is and return its CSRF token."""
    text = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
    assert found, f"{path} has no form"
    return found[1]


def post(client: PageClient, path: str, page: str | None = None, **fields: object):
    """Send a form of a page; by default the page at the same address."""
    data = {"csrf_token": token_of(client, page or path), **fields}
    return client.post(path, data=data)


def take(client: PageClient, case: Case | str, name: str, **fields: object):
    """Take a step from its page, as it is shown now."""
    number = case if isinstance(case, str) else case.number
    path = url(number, "step", name)
    for page in (path, url(number)):
        seen = re.search(r'name="seen" value="(\d+)"', client.get(page).get_data(as_text=True))
        if seen:
            break
    return post(client, path, page, seen=seen[1] if seen else "0", **fields)


def fresh(number: str) -> Case:
    """Return a case as the database has it now."""
    db.session.expire_all()
    return db.session.query(Case).filter_by(number=number).one()


def a_joint_case(helper: str, **answers: object) -> Case:
    """Return a case at work to which another office was asked to contribute."""
    case = worked_on(a_case(**answers))
    return step(
        case,
        Event.ADD_CO,
        doer("lead", unit=case.lead),
        target=helper,
        reason="请贵单位在三日内核查收费公示情况并反馈。",
    )


def a_waiting_reply(drafter: str, **answers: object) -> Case:
    """Return a case whose reply, written by an account, waits for approval."""
    case = worked_on(a_case(**answers))
    return step(case, Event.SUBMIT_REPLY, doer("lead", account=drafter, unit=case.lead), parts=PARTS)


def holders(case: Case) -> set[tuple[str, str]]:
    """Return who has a case now: (part, unit)."""
    rows = db.session.query(CaseUnit).filter_by(case_id=case.id, until=None)
    return {(row.role, row.unit) for row in rows}
