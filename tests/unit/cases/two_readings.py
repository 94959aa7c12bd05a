"""Puts one question to both: the machine of the program and the model on paper."""

from datetime import UTC, datetime, timedelta

from app.cases.rules import machine
from app.cases.rules.acts import Actor, Attempt, Event, Facts, Refused
from app.cases.rules.states import State
from tests.unit.cases.model_of_cases import Ask, Sheet

REPORTED = datetime(2026, 3, 2, 1, tzinfo=UTC)
WHY = "因为这件事需要另一个部门来办，详情见所附的说明材料。"
CODE = {"object": "other-duty", "refer": "court", "pause": "testing", "not-accept": "not-our-duty"}


def at(hours: float | None) -> datetime | None:
    """Return the moment so many hours after the report."""
    return None if hours is None else REPORTED + timedelta(hours=hours)


def facts(sheet: Sheet) -> Facts:
    """Return the facts that a sheet of paper tells."""
    return Facts(
        state=State(sheet.place),
        now=at(sheet.hour),
        public_interest=sheet.public_matter,
        two_approvals=sheet.triple,
        lead=sheet.office,
        objected=frozenset(sheet.said_no),
        barred=frozenset(sheet.concerned),
        no_return=sheet.told_to_keep,
        objection_due=at(sheet.object_until),
        reply_due=at(sheet.answer_until),
        rating_due=at(sheet.rate_until),
        reopen_due=at(sheet.again_until),
        review_due=at(sheet.review_until),
        retention_due=at(sheet.keep_until),
        hold=sheet.held,
        extended=bool(sheet.lengthened),
        open_tasks=sheet.waiting_for,
        tasks=sheet.asked,
        gate_open=sheet.told_police,
        drafter=sheet.writer,
        approvers=tuple(sheet.signed),
        reopened=sheet.again,
        joined=sheet.joined_by,
        earlier_approvers=frozenset(sheet.signed_before),
    )


def attempt(ask: Ask) -> Attempt:
    """Return the attempt that an ask describes."""
    return Attempt(
        event=Event(ask.step),
        actors=frozenset(Actor(part) for part in ask.parts),
        who=ask.person,
        unit=ask.office,
        target=ask.to,
        reason=ask.because,
        code=ask.code,
        days=ask.length,
        proposer=ask.proposed_by,
        leaks=ask.given_away,
        missing=("facts",) * ask.lacking,
        same_matter=ask.alike,
        own_task=ask.mine,
        declared_free=ask.free,
    )


def program_says(known: Facts, tried: Attempt) -> str:
    """Return `illegal`, `no`, or the state the program leads to."""
    try:
        return machine.decide(known, tried).value
    except Refused as refusal:
        return "illegal" if refusal.illegal else "no"


def good_sheet(place: str, step: str = "") -> Sheet:
    """Return a sheet on which a step finds everything in order."""
    return Sheet(
        place=place,
        hour=50,
        office="A",
        said_no=["C", "D"] if step == "dispute" else [],
        rate_until=40 if step == "lapse" else 290,
        again_until=770,
        review_until=770,
        object_until=98,
        keep_until=49,
        writer="writer",
        again=1 if step == "request-review" else 0,
        asked=1 if place == "joint" else 0,
    )


def good_ask(step: str, *parts: str, **changes: object) -> Ask:
    """Return an ask that brings everything a step needs."""
    return Ask(
        **{
            "step": step, "parts": set(parts), "person": "somebody", "office": "A", "to": "B", "because": WHY,
            "code": CODE.get(step, ""), "length": 10, "proposed_by": "another", **changes,
        }
    )  # fmt: skip
