"""Every page of the counter is a page a reviewer would let pass, in every language."""

import pytest

from app.cases.rules.acts import Event
from tests.factories.cases import a_case, doer, replied_to, step, worked_on
from tests.factories.counter import (
    ABUSE,
    FEES,
    HANDLES,
    NAMED,
    a_joint_case,
    a_waiting_reply,
    officer,
    url,
)

LANGUAGES = ("zh-Hans", "ug", "en")


@pytest.fixture
def cases(fresh_app):
    """A case of every kind, by name: number and leading unit."""
    with fresh_app.app_context():
        made = {
            "new": a_case(**FEES),
            "named": a_case(**FEES, **NAMED),
            "grave": a_case(**ABUSE),
            "work": worked_on(a_case(**FEES)),
            "joint": a_joint_case("990101.education", **FEES),
            "triage": a_case(category="other", at_work=False),
            "waiting": a_waiting_reply("ann", **FEES),
            "replied": replied_to(worked_on(a_case(**FEES))),
        }
        step(
            made["triage"],
            Event.ASSIGN,
            doer("desk", unit="990101.health"),
            target="990101.market",
            reason="按职责分工，本件由市场监管部门办理为宜。",
        )
        return {name: (case.number, case.lead) for name, case in made.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_in_every_tab(fresh_app, cases, lang):
    client = officer(fresh_app, "demo-lead")
    for tab in ("open", "sign", "work", "approve", "due", "tasks", "desk", "answered", "ended", "all"):
        assert client.get(f"/{lang}/staff/cases?tab={tab}").status_code == 200
    assert (
        client.get(
            f"/{lang}/staff/cases?facility=托育&category=fees&since=2026-01-01&state=dispatched"
        ).status_code
        == 200
    )
    assert client.get(f"/{lang}/staff/cases/reveals").status_code == 200
    assert client.get(f"/{lang}/staff/cases/new").status_code == 200


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", ["lead", "handler", "helper"])
def test_every_case_and_every_step_it_offers(fresh_app, cases, lang, who):
    for name, (number, lead) in cases.items():
        handle = {"lead": "demo-lead", "handler": HANDLES[lead], "helper": "demo-education"}[who]
        client = officer(fresh_app, handle)
        answer = client.get(url(number, lang=lang))
        if who != "helper" or name == "joint":
            assert answer.status_code == 200, name
        if answer.status_code != 200:
            assert answer.status_code == 404
            continue
        for link in client.page.all("a"):
            href = link.get("href") or ""
            if f"/staff/cases/{number}/" in href and "/files/" not in href:
                found = client.get(href)
                assert found.status_code in {200, 303}, href
