"""Steps at the counter: offered as the machine allows, refused in whole sentences, never half done."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.areas.rules import CATEGORIES
from app.cases.forms.counter import STEPS
from app.cases.forms.refusals import REFUSALS
from app.cases.model import CaseEvent, CaseMessage, CaseProposal
from app.cases.queries import access
from app.cases.rules import guards, machine
from app.cases.rules.acts import NEEDS_TWO, Event
from app.core import audit
from app.extensions import db
from tests.factories.cases import REASON, a_case, doer, replied_to, step, worked_on
from tests.factories.counter import (
    ABUSE,
    FEES,
    a_joint_case,
    fresh,
    holders,
    officer,
    post,
    take,
    token_of,
    url,
)
from tests.sites import ROOT


@pytest.fixture
def at_hand(fresh_app):
    """An app context, and a case with the office that must sign it."""
    with fresh_app.app_context():
        yield a_case(**FEES).number


def audited(action: str) -> list[audit.Audit]:
    return db.session.query(audit.Audit).filter_by(action=action).order_by(audit.Audit.id).all()


def said(number: str) -> list[CaseMessage]:
    return db.session.query(CaseMessage).filter_by(case_id=fresh(number).id).order_by(CaseMessage.id).all()


def test_every_code_of_a_guard_has_a_sentence():
    text = "".join(
        (ROOT / "app/cases" / name).read_text("utf-8")
        for name in ("rules/guards.py", "rules/machine.py", "service/acting.py", "service/counter.py",
                     "service/reveals.py", "service/notices.py", "service/publishing.py",
                     "service/replying.py", "service/merging.py", "rules/notices.py")
    )  # fmt: skip
    codes = set(
        re.findall(r'(?:Refused\(|return |else |append\(|bad = |if .* else )"([a-z]+(?:-[a-z]+)+)"', text)
    )
    codes |= set(re.findall(r'"([a-z]+(?:-[a-z]+)+)" if ', text))
    assert len(codes) > 25
    known = set(REFUSALS)
    assert {
        code for code in codes if not code.startswith(("case", "propose", "outcome-", "hold"))
    } - known == set()


def test_every_step_of_an_office_has_a_page():
    from app.cases.rules.acts import Actor

    staff = {Actor.LEAD, Actor.CO, Actor.HEAD, Actor.DESK, Actor.UPPER}
    steps = {line.event for line in machine.STEPS if line.actors & staff}
    elsewhere = {Event.SUBMIT_REPLY, Event.APPROVE, Event.RETURN_REPLY}
    assert steps - elsewhere == set(STEPS)


def test_signing_needs_the_declaration_and_is_done_once(fresh_app, at_hand):
    market = officer(fresh_app, "demo-market")
    refused = take(market, at_hand, "sign")
    assert refused.status_code == 422
    assert fresh(at_hand).state == "dispatched"
    token = token_of(market, url(at_hand))
    version = str(fresh(at_hand).version)
    fields = {"csrf_token": token, "seen": version, "declared_free": "y"}
    first = market.post(url(at_hand, "step", "sign"), data=fields)
    second = market.post(url(at_hand, "step", "sign"), data=fields)
    assert (first.status_code, second.status_code) == (303, 409)
    assert fresh(at_hand).state == "accepted"
    signed = [
        row for row in db.session.query(CaseEvent).filter_by(case_id=fresh(at_hand).id) if row.event == "sign"
    ]
    assert len(signed) == 1


def test_of_many_at_once_exactly_one_signs(fresh_app, at_hand):
    clients = [officer(fresh_app, handle) for handle in ("demo-market", "demo-market-2") * 3]
    path, version = url(at_hand, "step", "sign"), fresh(at_hand).version
    tokens = [token_of(client, url(at_hand)) for client in clients]
    db.session.rollback()

    def sign(client, token):
        data = {"csrf_token": token, "seen": version, "declared_free": "y"}
        return client.post(path, data=data).status_code

    with ThreadPoolExecutor(len(clients)) as pool:
        answers = sorted(pool.map(sign, clients, tokens))
    assert answers == [303, 409, 409, 409, 409, 409]
    signed = db.session.query(CaseEvent).filter_by(case_id=fresh(at_hand).id, event="sign").all()
    assert len(signed) == 1
    assert audit.verify().ok


def test_a_page_overtaken_by_a_colleague_keeps_the_text(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**FEES)).number
        market = officer(fresh_app, "demo-market")
        page = url(number, "step", "extend")
        token, version = token_of(market, page), str(fresh(number).version)
        step(
            fresh(number),
            Event.ADD_CO,
            doer("lead", unit="990101.market"),
            target="990101.fire",
            reason=REASON,
        )
        typed = "需要等待第三方检测机构出具报告，预计还要五个工作日。"
        answer = market.post(page, data={"csrf_token": token, "seen": version, "days": "5", "reason": typed})
        assert answer.status_code == 409
        text = answer.get_data(as_text=True)
        assert typed in text
        again = re.search(r'name="seen" value="(\d+)"', text)[1]
        assert int(again) == fresh(number).version
        assert db.session.query(CaseProposal).count() == 0
        done = market.post(page, data={"csrf_token": token, "seen": again, "days": "5", "reason": typed})
        assert done.status_code == 303
        assert db.session.query(CaseProposal).one().event == "extend"


def test_what_is_no_longer_possible_is_answered_409_audited_and_keeps_the_text(fresh_app, at_hand):
    market = officer(fresh_app, "demo-market")
    token = token_of(market, url(at_hand))
    typed = "这一步在当前状态下不应该可以做，但是文字不能丢。"
    path = url(at_hand, "step", "send-back")
    answer = market.post(path, data={"csrf_token": token, "seen": fresh(at_hand).version, "reason": typed})
    assert answer.status_code == 409
    assert typed in answer.get_data(as_text=True)
    (row,) = audited("case.illegal-step")
    assert row.actor == market.account
    assert row.subject == at_hand
    assert typed not in str(row.data)


@pytest.mark.parametrize("name", sorted(event.value for event in STEPS))
def test_no_step_is_taken_that_the_machine_forbids(fresh_app, name):
    with fresh_app.app_context():
        number = replied_to(worked_on(a_case(**FEES))).number
        before = fresh(number).version
        market = officer(fresh_app, "demo-market")
        token = token_of(market, url(number))
        fields = {
            "reason": REASON,
            "code": "testing",
            "days": "5",
            "target": "990101.fire",
            "declared_free": "y",
        }
        answer = market.post(url(number, "step", name), data={"csrf_token": token, "seen": before, **fields})
        assert answer.status_code in {409, 422}
        assert market.get(url(number, "step", name)).status_code == 409
        assert (fresh(number).state, fresh(number).version) == ("replied", before)


def test_the_page_offers_what_the_machine_allows_and_says_why_not(fresh_app):
    with fresh_app.app_context():
        joint = a_joint_case("990101.education", **FEES).number
        market = officer(fresh_app, "demo-market")
        text = market.get(url(joint)).get_data(as_text=True)
        for name in ("add-co", "task-override", "pause", "extend", "refer"):
            assert url(joint, "step", name) in text
        for name in ("sign", "object", "assign", "transfer", "finalise", "resume"):
            assert url(joint, "step", name) not in text
        assert "Other offices have not answered yet" in market.get(url(joint, lang="en")).get_data(
            as_text=True
        )
        helper = officer(fresh_app, "demo-education").get(url(joint)).get_data(as_text=True)
        assert url(joint, "step", "task-reply") in helper
        assert url(joint, "step", "extend") not in helper


def test_an_objection_names_its_ground_and_another_office(fresh_app, at_hand):
    market = officer(fresh_app, "demo-market")
    for fields in (
        {"reason": REASON, "target": "990101.fire"},
        {"reason": REASON, "code": "other-duty"},
        {"code": "other-duty", "target": "990101.fire", "reason": "太短", "clause": "0"},
        {"reason": REASON, "code": "made-up", "target": "990101.fire"},
        {"reason": REASON, "code": "other-duty", "target": "330681.fire"},
    ):
        assert take(market, at_hand, "object", **fields).status_code == 422, fields
    done = take(market, at_hand, "object", code="other-duty", target="990101.fire", reason=REASON, clause="0")
    assert done.status_code == 303
    assert fresh(at_hand).state == "return-requested"
    lead = officer(fresh_app, "demo-lead")
    assert take(lead, at_hand, "uphold", target="990101.market", reason=REASON).status_code == 422
    assert take(lead, at_hand, "uphold", target="990101.fire", reason=REASON).status_code == 303
    assert ("lead", "990101.fire") in holders(fresh(at_hand))


def test_what_needs_two_people_is_proposed_by_one_and_taken_by_another(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**FEES)).number
        one, two = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-market-2")
        assert take(one, number, "pause", code="testing", days="10", reason=REASON).status_code == 303
        assert fresh(number).state == "in-progress"
        assert take(one, number, "pause", code="testing", days="10", reason=REASON).status_code == 422
        proposal = db.session.query(CaseProposal).one().id
        decide = url(number, "proposals", proposal)
        seen = fresh(number).version
        assert post(one, decide, url(number), seen=seen, agree="yes").status_code == 409
        assert fresh(number).state == "in-progress"
        assert post(two, decide, url(number), seen=fresh(number).version, agree="yes").status_code == 303
        assert fresh(number).state == "paused"
    assert {Event.PAUSE, Event.EXTEND, Event.NOT_ACCEPT} == NEEDS_TWO


def test_words_to_the_resident_and_notes_are_two_things(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**FEES)).number
        market = officer(fresh_app, "demo-market")
        version = fresh(number).version
        assert (
            post(
                market, url(number, "say"), url(number), kind="question", text="单据是哪一天的？"
            ).status_code
            == 303
        )
        assert post(market, url(number, "note"), url(number), text="周四去现场。").status_code == 303
        assert [(row.visibility, row.kind) for row in said(number)] == [
            ("public", "question"),
            ("internal", "note"),
        ]
        assert fresh(number).version == version, "words do not overtake a colleague's step"
        for _click in range(2):
            post(market, url(number, "note"), url(number), text="周四去现场。")
        assert len(said(number)) == 2, "the same words twice are one click too many"
        assert post(market, url(number, "say"), url(number), text=" ").status_code == 422
        long = "长" * 2001
        kept = post(market, url(number, "say"), url(number), text=long)
        assert kept.status_code == 422
        assert long in kept.get_data(as_text=True)


def test_a_helper_cannot_speak_to_the_resident(fresh_app):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **FEES).number
        helper = officer(fresh_app, "demo-education")
        answer = post(
            helper, url(number, "say"), url(number, "step", "task-reply"), text="您好，请补充材料。"
        )
        assert answer.status_code == 409
        assert not [row for row in said(number) if row.kind == "message"]


def test_an_emergency_is_taken_note_of_by_name(fresh_app):
    with fresh_app.app_context():
        number = a_case(**ABUSE).number
        lead, police = officer(fresh_app, "demo-lead"), officer(fresh_app, "demo-police")
        assert "siren" in lead.get("/zh-Hans/staff/cases").get_data(as_text=True)
        assert post(police, url(number, "alarm"), how="").status_code == 422
        assert post(police, url(number, "alarm"), how="police-told").status_code == 303
        row = db.session.query(CaseEvent).filter_by(event="alarm-seen").one()
        assert (row.account, row.data["how"], row.public) == (police.account, "police-told", False)
        assert "siren" not in lead.get("/zh-Hans/staff/cases").get_data(as_text=True)


def test_texts_have_a_limit_and_an_answer_has_words(fresh_app):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **FEES).number
        helper = officer(fresh_app, "demo-education")
        text = helper.get(url(number, "step", "task-reply")).get_data(as_text=True)
        task = re.search(r'<option[^>]*value="(\d+)"', text)[1]
        for answer in ("", "长" * 2001):
            refused = take(helper, number, "task-reply", task=task, answer=answer)
            assert refused.status_code == 422
            assert answer in refused.get_data(as_text=True)
        assert take(helper, number, "task-reply", task="999", answer="已核查").status_code == 422


def test_a_helper_answers_what_was_asked(fresh_app):
    with fresh_app.app_context():
        case = a_joint_case("990101.education", **FEES)
        number = case.number
        helper = officer(fresh_app, "demo-education")
        text = helper.get(url(number, "step", "task-reply")).get_data(as_text=True)
        task = re.search(r'<option[^>]*value="(\d+)"', text)[1]
        answer = "已核查，公示栏价格与收费单一致，没有多收。"
        assert take(helper, number, "task-reply", task=task, answer=answer).status_code == 303
        assert ("co", "990101.education") in holders(fresh(number))
        assert answer in helper.get(url(number)).get_data(as_text=True)
        assert answer in officer(fresh_app, "demo-market").get(url(number)).get_data(as_text=True)


def test_two_reports_of_one_matter_are_merged_and_others_are_not(fresh_app):
    with fresh_app.app_context():
        from app.facilities.model import Facility

        place = db.session.query(Facility).filter_by(area_code="990101").first().id
        first, second, other = (a_case(facility=place, **FEES).number for _ in range(3))
        unlike = a_case(facility=place, category="ads").number
        step(
            fresh(other),
            Event.TRANSFER,
            doer("desk", unit="990101.health"),
            target="990101.fire",
            reason=REASON,
        )
        market = officer(fresh_app, "demo-market")
        assert first in market.get(url(second, "step", "merge")).get_data(as_text=True)
        for wrong in (unlike, "7K3Q-9F2M-C", second, ""):
            assert take(market, second, "merge", target=wrong).status_code == 422
        assert take(market, second, "merge", target=first.lower()).status_code == 303
        assert fresh(second).merged_into == fresh(first).id


def test_a_case_is_kept_from_disposal_with_a_reason(fresh_app, at_hand):
    lead = officer(fresh_app, "demo-lead")
    assert post(lead, url(at_hand, "hold"), reason="法院要调阅").status_code == 422
    assert (
        post(lead, url(at_hand, "hold"), reason="法院已经来函，要求我们保存本件的全部材料。").status_code
        == 303
    )
    assert fresh(at_hand).hold_reason
    assert officer(fresh_app, "demo-market").get(url(at_hand, "hold")).status_code == 403
    assert (
        post(lead, url(at_hand, "hold"), reason="法院来函说明案件已经审结，本件可以解除保存。").status_code
        == 303
    )
    assert not fresh(at_hand).hold_reason


def test_the_list_finds_by_number_tab_and_filter(fresh_app, at_hand):
    market = officer(fresh_app, "demo-market")
    assert market.get(f"/zh-Hans/staff/cases?number={at_hand.lower()}").location.endswith(at_hand)
    assert at_hand in market.get("/zh-Hans/staff/cases?tab=sign").get_data(as_text=True)
    assert at_hand not in market.get("/zh-Hans/staff/cases?tab=work").get_data(as_text=True)
    assert at_hand not in market.get("/zh-Hans/staff/cases?category=fire").get_data(as_text=True)
    for bad in ("tab=none", "category=none", "page=0", "since=x", "area=abc", "state=none"):
        assert market.get(f"/zh-Hans/staff/cases?{bad}").status_code == 400
    assert market.get("/zh-Hans/staff/cases?page=99").status_code == 404


def test_names_that_this_file_counts_on():
    assert len(REASON) >= guards.SHORTEST_REASON
    assert "fees" in CATEGORIES
    assert access.visible
