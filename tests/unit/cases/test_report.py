"""What keeps a report from being sent: each rule on either side of its edge, and nothing else."""

import dataclasses

import pytest

from app.cases.rules.report import STEPS, Report, problems

NAMED = {"name": "张三", "phone": "13800138000", "other": ""}
WHOLE = Report(
    purpose="report",
    facility="ABCD2345",
    area="330681001",
    category="care",
    child_safety="none",
    story="老师经常迟到，孩子没人看管。",
    notice=True,
    language="zh-Hans",
)


def found(photos=0, *, grave_asked=False, **changes):
    report = dataclasses.replace(WHOLE, **changes)
    return [
        (each.step, each.field, each.code)
        for each in problems(report, photos=photos, grave_asked=grave_asked)
    ]


@pytest.mark.parametrize("purpose", ["report", "question", "suggestion"])
def test_a_report_needs_no_name(purpose):
    assert found(purpose=purpose) == []


def test_a_complaint_needs_a_name_and_a_way_to_reach_it():
    no_name, no_way = ("you", "name", "name-needed"), ("you", "phone", "reach-needed")
    assert found(purpose="complaint") == [no_name, no_way]
    assert found(purpose="complaint", contact={"name": "  ", "phone": " ", "other": "\t"}) == [
        no_name,
        no_way,
    ]
    assert found(purpose="complaint", contact={"name": "张三"}) == [no_way]
    assert found(purpose="complaint", contact={"phone": "1"}) == [no_name]
    assert found(purpose="complaint", contact={"name": "张三", "other": "微信"}) == []
    assert found(purpose="complaint", contact=NAMED) == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"purpose": ""}, ("purpose", "purpose", "choose")),
        ({"purpose": "revenge"}, ("purpose", "purpose", "choose")),
        ({"area": ""}, ("where", "area", "choose")),
        ({"category": ""}, ("what", "category", "choose")),
        ({"category": "weather"}, ("what", "category", "choose")),
        ({"category": "conduct"}, ("what", "about", "choose")),
        ({"child_safety": ""}, ("what", "child_safety", "choose")),
        ({"child_safety": "perhaps"}, ("what", "child_safety", "choose")),
        ({"story": ""}, ("what", "story", "too-short")),
        ({"story": "字" * 9}, ("what", "story", "too-short")),
        ({"story": " " * 20 + "字" * 9}, ("what", "story", "too-short")),
        ({"story": "字" * 4001}, ("what", "story", "too-long")),
        ({"grave_asked": True}, ("what", "grave", "choose")),
        ({"grave_asked": True, "grave": "perhaps"}, ("what", "grave", "choose")),
        ({"photos": 1}, ("files", "children_shown", "choose")),
        ({"photos": 1, "children_shown": "some"}, ("files", "children_shown", "choose")),
        ({"photos": 3, "children_shown": "yes"}, ("files", "children_consent", "agree")),
    ],
)
def test_each_thing_that_lacks_is_told_where_it_lacks(changes, problem):
    assert found(**changes) == [problem]


@pytest.mark.parametrize(
    "changes",
    [
        {"story": "字" * 10},
        {"story": "字" * 4000},
        {"story": "  " + "字" * 4000 + "  "},
        {"category": "conduct", "about": "some.unit"},
        {"purpose": "question", "child_safety": ""},
        {"purpose": "suggestion", "child_safety": ""},
        {"grave_asked": True, "grave": "yes"},
        {"grave_asked": True, "grave": "no"},
        {"grave": "perhaps"},
        {"photos": 1, "children_shown": "no"},
        {"photos": 1, "children_shown": "yes", "children_consent": True},
        {"children_shown": "yes"},
        {"facility": "", "named": "无名园", "address": "某路 1 号"},
        {"facility": "", "named": "", "address": ""},
        {"emergency_call": ""},
        {"happened": ""},
    ],
)
def test_nothing_more_is_asked_for(changes):
    """Only what, where and a subject are required (B.6); the question about a call never blocks (A.5)."""
    assert found(**changes) == []


def test_it_is_not_sent_before_the_notice_was_accepted():
    """The guard of the first line of the table of states (B.4)."""
    assert found(notice=False) == [("check", "notice", "agree")]


def test_problems_come_in_the_order_of_the_steps():
    empty = problems(Report(purpose="complaint"), photos=1, grave_asked=True)
    steps = [each.step for each in empty]
    assert steps == sorted(steps, key=[*STEPS, "check"].index)
    assert set(steps) == {"where", "what", "files", "you", "check"}
    assert len({(each.step, each.field) for each in empty}) == len(empty)


def test_a_draft_of_before_is_read_without_what_nobody_knows_any_more():
    stored = {**dataclasses.asdict(WHOLE), "colour": "red"}
    assert Report.read(stored) == WHOLE
    assert Report.read({}) == Report()


def test_anonymous_is_who_gave_nothing():
    assert Report().anonymous
    assert Report(contact={"name": " ", "phone": ""}).anonymous
    assert not Report(contact={"other": "微信"}).anonymous
