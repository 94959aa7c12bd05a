"""Twenty people at once (T14): one step is taken, nobody's words are lost, the history has no hole."""

import itertools
import threading
from collections import Counter

import pytest
from sqlalchemy import select

from app.cases.model import Case, CaseClock, CaseEvent, CaseMessage, CaseProposal, CaseUnit
from app.cases.rules import contexts
from app.cases.rules.acts import Event, Refused
from app.cases.service import acting, record
from app.cases.service.acting import Changed
from app.core import audit, sealing
from app.extensions import db
from tests.factories import cases as make

CROWD = 20


@pytest.fixture
def case(fresh_app):
    with fresh_app.app_context():
        found = make.a_case(category="fees")
        assert found.lead == make.MARKET
        return found.id, found.lead


def at_once(app, *works):
    """Run works in threads that begin together; returns how each ended: its value, or its error's name."""
    ready, ends = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        with app.app_context():
            ready.wait()
            try:
                ends[place] = work()
            except Exception as error:  # noqa: BLE001 - what went wrong is what is asked
                ends[place] = f"{type(error).__name__}: {error}"[:200]

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ends


def taking(case_id, event, who, seen, **given):
    def work():
        try:
            acting.act(case_id, event, who, seen=seen, **given)
        except (Changed, Refused) as lost:
            return type(lost).__name__
        return "taken"

    return work


def bring(app, case_id, *, to):
    """Bring a case to where the race begins; returns the version everybody sees."""
    with app.app_context():
        found = db.session.get_one(Case, case_id)
        if to != "dispatched":
            make.worked_on(found)
        if to == "reply-review":
            make.step(found, Event.SUBMIT_REPLY, make.doer("lead", unit=found.lead), parts=make.PARTS)
        assert found.state == to
        return found.version


def unhurt(app, case_id):
    with app.app_context():
        events = list(
            db.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.seq))
        )
        assert [row.seq for row in events] == list(range(1, len(events) + 1))
        for row, following in itertools.pairwise(events):
            assert row.target == following.source
        leads = db.session.scalars(
            select(CaseUnit).where(
                CaseUnit.case_id == case_id, CaseUnit.role == "lead", CaseUnit.until.is_(None)
            )
        ).all()
        assert [row.unit for row in leads] == [db.session.get_one(Case, case_id).lead]
        running = Counter(
            db.session.scalars(
                select(CaseClock.name).where(CaseClock.case_id == case_id, CaseClock.stopped_at.is_(None))
            )
        )
        assert set(running.values()) <= {1}, running
        assert audit.verify().ok
        return Counter(row.event for row in events)


@pytest.mark.parametrize(
    ("event", "place", "part", "given"),
    [
        (Event.SIGN, "dispatched", "lead", {}),
        (Event.TRANSFER, "in-progress", "desk", {"reason": make.REASON}),
        (Event.APPROVE, "reply-review", "head", {}),
        (Event.SUBMIT_REPLY, "in-progress", "lead", {"parts": make.PARTS}),
    ],
)
def test_of_twenty_who_take_the_same_step_one_does(fresh_app, case, event, place, part, given):
    case_id, lead = case
    seen = bring(fresh_app, case_id, to=place)
    targets = [make.HEALTH, make.POLICE, make.EDUCATION, make.FIRE]
    works = []
    for number in range(CROWD):
        target = {"target": targets[number % 4]} if event is Event.TRANSFER else {}
        who = make.doer(part, account=f"person-{number}", unit=make.HEALTH if part == "desk" else lead)
        works.append(taking(case_id, event, who, seen, **given, **target))
    ends = Counter(at_once(fresh_app, *works))
    assert ends["taken"] == 1, ends
    assert set(ends) <= {"taken", "Changed", "Refused"}, ends
    assert unhurt(fresh_app, case_id)[event.value] == 1


def test_signing_and_transferring_at_once_is_one_after_the_other(fresh_app, case):
    case_id, lead = case
    seen = bring(fresh_app, case_id, to="dispatched")
    sign = [
        taking(case_id, Event.SIGN, make.doer("lead", account=f"s{n}", unit=lead), seen)
        for n in range(CROWD // 2)
    ]
    move = [
        taking(
            case_id, Event.TRANSFER, make.doer("desk", account=f"t{n}", unit=make.HEALTH), seen,
            target=make.POLICE, reason=make.REASON,
        )
        for n in range(CROWD // 2)
    ]  # fmt: skip
    ends = Counter(at_once(fresh_app, *sign, *move))
    assert ends["taken"] == 1, ends
    assert set(ends) <= {"taken", "Changed", "Refused"}, ends
    unhurt(fresh_app, case_id)


def test_without_saying_what_they_saw_they_come_one_after_the_other_or_not_at_all(fresh_app, case):
    """A sweep that takes the same step twice: `seen` is not given, the second finds it done."""
    case_id, lead = case
    who = make.doer("lead", unit=lead)
    ends = Counter(at_once(fresh_app, *[taking(case_id, Event.SIGN, who, None)] * CROWD))
    assert ends["taken"] == 1, ends
    assert set(ends) <= {"taken", "Changed", "Refused"}, ends
    assert unhurt(fresh_app, case_id)["sign"] == 1


def test_no_word_is_lost_while_others_take_steps(fresh_app, case):
    case_id, lead = case
    seen = bring(fresh_app, case_id, to="dispatched")

    def noting(number):
        def work():
            found = db.session.get_one(Case, case_id)
            record.message(
                found, f"第{number}条", author="unit", kind="note", public=False, account="ann", unit=lead
            )
            db.session.commit()
            return "noted"

        return work

    steps = [
        taking(case_id, Event.SIGN, make.doer("lead", account=f"p{n}", unit=lead), seen)
        for n in range(CROWD // 2)
    ]
    ends = Counter(at_once(fresh_app, *map(noting, range(CROWD)), *steps))
    assert (ends["noted"], ends["taken"]) == (CROWD, 1), ends
    with fresh_app.app_context():
        found = db.session.get_one(Case, case_id)
        query = select(CaseMessage).where(CaseMessage.case_id == case_id, CaseMessage.kind == "note")
        words = {
            sealing.open_text(row.words, contexts.words(found.number, row.id))
            for row in db.session.scalars(query)
        }
    assert words == {f"第{number}条" for number in range(CROWD)}
    unhurt(fresh_app, case_id)


def test_a_step_and_an_entry_beside_it_do_not_trip_over_each_other(fresh_app, case):
    """Entries that no state machine judges (a mandatory report, a hold) stand in the same history."""
    case_id, lead = case
    seen = bring(fresh_app, case_id, to="dispatched")

    def entering():
        found = db.session.get_one(Case, case_id)
        record.event(found, "mandatory-report", actor="unit", account="ann", unit=lead, public=False)
        db.session.commit()
        return "entered"

    sign = taking(case_id, Event.SIGN, make.doer("lead", unit=lead), seen)
    ends = Counter(at_once(fresh_app, *[entering] * CROWD, sign))
    assert (ends["entered"], ends["taken"] + ends["Changed"]) == (CROWD, 1), ends
    assert unhurt(fresh_app, case_id)["mandatory-report"] == CROWD


@pytest.mark.parametrize("agree", [True, None])
def test_a_proposal_is_decided_once(fresh_app, case, agree):
    """All agree at once, or half of them decline: it is taken once or declined, and the row says which."""
    case_id, lead = case
    bring(fresh_app, case_id, to="in-progress")
    with fresh_app.app_context():
        row = acting.propose(
            case_id, Event.PAUSE, make.doer("lead", unit=lead), code="testing", days=10, reason=make.REASON
        )
        proposal = row.id

    def deciding(number):
        who = make.doer("head", account=f"head-{number}", unit=lead)

        def work():
            try:
                acting.decide(case_id, proposal, who, agree=number % 2 == 0 if agree is None else agree)
            except (Changed, Refused, LookupError) as lost:
                return "too-late" if isinstance(lost, LookupError) else type(lost).__name__
            return "decided"

        return work

    ends = Counter(at_once(fresh_app, *map(deciding, range(CROWD))))
    assert ends["decided"] == 1, ends
    assert set(ends) <= {"decided", "too-late", "Changed", "Refused"}, ends
    history = unhurt(fresh_app, case_id)
    with fresh_app.app_context():
        found = db.session.get_one(CaseProposal, proposal)
        paused = db.session.get_one(Case, case_id).state == "paused"
        assert (found.state == "taken") == paused
        assert (history["pause"], history["decline-pause"]) == ((1, 0) if paused else (0, 1))
