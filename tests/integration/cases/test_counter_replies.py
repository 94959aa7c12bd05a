"""A reply is drafted, checked, approved by somebody else, and only then read by the resident."""

import re

import pytest

from app.cases.model import CaseGate, CaseMessage, CaseReply
from app.cases.rules.acts import Event
from app.core import sealing
from app.extensions import db
from tests.factories.accounts import sign_in
from tests.factories.cases import PARTS, a_case, doer, step, worked_on
from tests.factories.counter import (
    ABUSE,
    CANARIES,
    FEES,
    NAMED,
    a_joint_case,
    a_waiting_reply,
    fresh,
    officer,
    post,
    take,
    token_of,
    url,
)


@pytest.fixture
def number(fresh_app):
    with fresh_app.app_context():
        yield worked_on(a_case(**FEES)).number


def replies(number: str) -> list[CaseReply]:
    return db.session.query(CaseReply).filter_by(case_id=fresh(number).id).order_by(CaseReply.id).all()


def write(client, number: str, do: str = "send", **parts: str):
    path = url(number, "reply")
    text = client.get(path).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\d*)"', text)
    return post(client, path, path, seen=seen[1] if seen else "", do=do, **parts)


def decide(client, number: str, do: str, **fields: str):
    path = url(number, "approve")
    text = client.get(path).get_data(as_text=True)
    seen = re.search(r'name="seen" value="(\d+)"', text)
    return post(client, path, path, seen=seen[1] if seen else "0", do=do, **fields)


def sent(number: str) -> list[CaseMessage]:
    return db.session.query(CaseMessage).filter_by(case_id=fresh(number).id, kind="reply").all()


def test_a_draft_is_kept_sealed_and_comes_back(fresh_app, number):
    market = officer(fresh_app, "demo-market")
    before = fresh(number).version
    answer = write(market, number, "save", facts="查到一半的情况，先记下来。")
    assert answer.status_code == 200
    assert fresh(number).version == before
    (row,) = replies(number)
    assert row.state == "draft"
    assert "查到一半".encode() not in row.words
    assert "查到一半" in officer(fresh_app, "demo-market-2").get(url(number, "reply")).get_data(as_text=True)
    write(market, number, "save", facts="查到一半的情况，又写了一点。")
    assert len(replies(number)) == 1


def test_a_reply_sent_after_the_session_ended_is_held_and_sent_again(fresh_app, number):
    market = officer(fresh_app, "demo-market")
    path = url(number, "reply")
    typed = {"seen": "", "do": "save", "facts": "查了三次收费公示栏。\n第二行。"}
    token = token_of(market, path)
    with market.session_transaction() as session:
        session["_user_id"] = "ended"
    held = market.post(path, data={**typed, "csrf_token": token})
    assert held.status_code == 400
    assert "\n第二行。</textarea>" in held.text
    assert replies(number) == []
    sign_in(market, "demo-market")
    again = market.post(path, data={**typed, "csrf_token": token_of(market, "/zh-Hans/staff/me")})
    assert again.status_code == 200
    assert len(replies(number)) == 1


def test_a_template_fills_what_is_empty_and_nothing_else(fresh_app, number):
    market = officer(fresh_app, "demo-market")
    answer = write(market, number, "template", template="fees", facts="我自己写的事实经过在这里。")
    text = answer.get_data(as_text=True)
    assert "我自己写的事实经过在这里。" in text
    assert "已责令" in text
    assert replies(number) == []


def test_all_five_parts_are_needed(fresh_app, number):
    market = officer(fresh_app, "demo-market")
    answer = write(market, number, **{**PARTS, "basis": "短"})
    assert answer.status_code == 422
    assert PARTS["facts"] in answer.get_data(as_text=True)
    assert fresh(number).state == "in-progress"


def test_another_person_approves_and_then_the_resident_has_it(fresh_app, number):
    one, two = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-market-2")
    write(one, number, "save", facts="草稿")
    assert write(one, number, **PARTS).status_code == 303
    assert [row.state for row in replies(number)] == ["proposed"], "the draft is gone once it is sent"
    assert sent(number) == []
    assert decide(one, number, "approve").status_code == 422
    assert fresh(number).state == "reply-review"
    assert decide(two, number, "approve").status_code == 303
    assert fresh(number).state == "replied"
    assert len(sent(number)) == 1
    assert decide(two, number, "approve").status_code == 409
    assert len(sent(number)) == 1


def test_a_returned_reply_shows_what_was_changed(fresh_app, number):
    one, two = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-market-2")
    write(one, number, **PARTS)
    assert decide(two, number, "return", reason="太短").status_code == 422
    assert (
        decide(two, number, "return", reason="请把现场检查的时间和查到的具体情况写清楚再报。").status_code
        == 303
    )
    assert PARTS["facts"] in one.get(url(number, "reply")).get_data(as_text=True)
    write(one, number, **{**PARTS, "facts": "我们于十一月二十一日到现场检查，查看了记录。"})
    text = two.get(url(number, "approve")).get_data(as_text=True)
    assert "<ins>一</ins>" in text


def test_a_reply_that_names_the_resident_is_stopped(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**FEES, **NAMED)).number
        market = officer(fresh_app, "demo-market")
        parts = {**PARTS, "facts": f"经与{CANARIES[0]}·买买提（电话{CANARIES[1]}）核实，情况属实。"}
        checked = write(market, number, "check", **parts).get_data(as_text=True)
        assert "note bad" in checked
        answer = write(market, number, **parts)
        assert answer.status_code == 422
        assert fresh(number).state == "in-progress"


def test_an_open_question_to_another_office_holds_the_reply(fresh_app):
    with fresh_app.app_context():
        number = a_joint_case("990101.education", **FEES).number
        market = officer(fresh_app, "demo-market")
        assert write(market, number, **PARTS).status_code == 422
        task = re.search(
            r'<option[^>]*value="(\d+)"',
            market.get(url(number, "step", "task-override")).get_data(as_text=True),
        )[1]
        reason = "该单位长期没有答复，其意见不影响本件的结论，先行答复。"
        assert take(market, number, "task-override", task=task, reason=reason).status_code == 303
        assert write(market, number, **PARTS).status_code == 303


def test_the_mandatory_report_comes_before_the_reply(fresh_app):
    with fresh_app.app_context():
        number = worked_on(a_case(**ABUSE)).number
        police = officer(fresh_app, "demo-police")
        assert write(police, number, **PARTS).status_code == 422
        gate = url(number, "gate")
        assert post(police, gate, told="none", words="没必要").status_code == 422
        assert post(police, gate, told="police").status_code == 422
        assert post(police, gate, told="police", day="2999-01-01", time="10:00").status_code == 422
        told = post(police, gate, told="police", day="2026-11-01", time="10:00", receipt="A-17")
        assert told.status_code == 303
        row = db.session.query(CaseGate).one()
        assert (row.told, row.receipt, row.by) == ("police", "A-17", police.account)
        assert write(police, number, **PARTS).status_code == 303


@pytest.mark.parametrize(("answers", "lead"), [(ABUSE, "demo-police"), ({"category": "unlic"}, None)])
def test_grave_subjects_need_two_approvals_the_desk_last(fresh_app, answers, lead):
    with fresh_app.app_context():
        case = worked_on(a_case(**answers))
        number, unit = case.number, case.lead
        db.session.add(
            CaseGate(
                case_id=case.id,
                told="police",
                told_at=case.registered_at,
                receipt="",
                by="x",
                at=case.registered_at,
                words=None,
            )
        )
        db.session.commit()
        step(case, Event.SUBMIT_REPLY, doer("lead", account="writer", unit=unit), parts=PARTS)
        if lead:
            first = officer(fresh_app, lead)
            assert decide(first, number, "approve").status_code == 303
        else:
            assert decide(officer(fresh_app, "demo-lead"), number, "approve").status_code == 303
        assert fresh(number).state == "reply-review"
        assert sent(number) == []
        if lead:
            assert decide(first, number, "approve").status_code == 422
        assert decide(officer(fresh_app, "demo-lead-2"), number, "approve").status_code == 303
        assert fresh(number).state == "replied"


def test_an_overtaken_approval_keeps_the_reason(fresh_app):
    with fresh_app.app_context():
        number = a_waiting_reply("writer", **FEES).number
        one, two = officer(fresh_app, "demo-market"), officer(fresh_app, "demo-market-2")
        path = url(number, "approve")
        text = one.get(path).get_data(as_text=True)
        token, seen = (
            re.search(rf'name="{name}" value="([^"]+)"', text)[1] for name in ("csrf_token", "seen")
        )
        assert decide(two, number, "approve").status_code == 303
        typed = "依据一栏的条款号写错了，请核对后重新报送审核。"
        answer = one.post(path, data={"csrf_token": token, "seen": seen, "do": "return", "reason": typed})
        assert answer.status_code == 409
        assert typed in answer.get_data(as_text=True)
        assert fresh(number).state == "replied"


def test_what_is_kept_of_a_reply_is_sealed(fresh_app, number):
    write(officer(fresh_app, "demo-market"), number, **PARTS)
    (row,) = replies(number)
    assert PARTS["facts"].encode() not in row.words
    with pytest.raises(sealing.SealError):
        sealing.open_json(row.words, "case:0000-0000-0:reply:1")
