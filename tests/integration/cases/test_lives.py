"""Random lives of cases through the service, beside the model on paper: states, dates, relay, secrecy."""

import itertools
import random
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from sqlalchemy import func, select

from app.accounts.rules import Grant, Role
from app.cases.model import Case, CaseClock, CaseEvent, CaseMessage, CaseTask, CaseUnit
from app.cases.queries import access
from app.cases.rules import access as access_rules
from app.cases.rules.acts import Event, Refused
from app.cases.service import acting
from app.core import audit
from app.extensions import db
from tests.factories import cases as make
from tests.unit.cases import model_of_cases as paper
from tests.unit.cases.two_readings import CODE, WHY

UNITS = [make.HEALTH, make.MARKET, make.POLICE, make.EDUCATION]
PEOPLE = ["ann", "bai", "chen", "dil"]
ENDS = {"refer", "withdraw", "merge", "dispose"}
INSIDE = {"add-co", "task-reply", "task-override", "submit-reply", "return-reply", "follow-up", "dispose"}
SAID_INSIDE = {"object", "insist", "return-reply"}
"""Steps whose reasons are not for the resident's eyes."""
MOVES_THE_DATE = {"extend", "resume", "withdraw", "merge"}
"""The last two only where they end a pause: the days that passed are counted."""


def snapshot(case_id):
    """Return everything the database holds of a case."""
    kept = {}
    for model in (Case, CaseClock, CaseEvent, CaseMessage, CaseTask, CaseUnit):
        column = model.id if model is Case else model.case_id
        rows = db.session.execute(select(model.__table__).where(column == case_id)).all()
        kept[model.__name__] = sorted(map(repr, rows))
    return kept


def audited(after=0):
    """Return number, action and subject of what was audited after a number."""
    kept = audit.Audit
    query = select(kept.id, kept.action, kept.subject).where(kept.id > after).order_by(kept.id)
    return [tuple(row) for row in db.session.execute(query)]


class LivesInTheService(RuleBasedStateMachine):
    """One case at a time in one database; when a life is over, a new one begins."""

    app = None

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed):
        self.rnd = random.Random(seed)  # noqa: S311 - walks are drawn, not secrets
        self.tries, self.taken, self.moment = 0, set(), make.MONDAY
        self.report()

    def report(self):
        category = self.rnd.choice(["care", "fees", "abuse", "unlic"])
        with self.app.app_context(), make.at(self.moment):
            twin = make.a_case(category=category).number
            case = make.a_case(category=category, at_work=self.rnd.random() < 0.7)
            self.case_id, self.twin = case.id, twin
            self.sheet = paper.Sheet(
                place=case.state,
                office=case.lead,
                public_matter=category in {"abuse", "unlic"},
                triple=category in {"abuse", "unlic"},
                told_police=category != "abuse",
            )
            self.first_dates, self.dates, self.reopenings = {}, {}, 0
            self.look("submit")

    def hour_of(self, moment):
        return None if moment is None else (moment - make.MONDAY) / timedelta(hours=1)

    def read_the_dates(self, case, clocks):
        """The sheet takes its dates from the page; that they are right is asked elsewhere."""
        due = {row.name: row.due_at for row in clocks if row.stopped_at is None}
        self.sheet.hour = self.hour_of(self.moment)
        self.sheet.object_until = self.hour_of(due.get("objection"))
        self.sheet.rate_until = self.hour_of(due.get("rating"))
        self.sheet.again_until = self.hour_of(due.get("reopen"))
        if "reply" in due:
            self.sheet.answer_until = self.hour_of(due["reply"])
        self.sheet.review_until = self.hour_of(case.ended_at) + 720 if case.ended_at else None
        self.sheet.keep_until = None  # no term of keeping ends within such a walk

    def ask(self, step, **changes):
        choose = self.rnd.choice
        with self.app.app_context():
            query = select(CaseTask).where(CaseTask.case_id == self.case_id, CaseTask.state == "open")
            task = db.session.scalars(query.order_by(CaseTask.id)).first()
        whole = {
            "parts": {choose(sorted(paper.LINES[step][1]))},
            "person": choose(PEOPLE),
            "office": task.unit if step == "task-reply" and task else self.sheet.office or make.HEALTH,
            "to": self.twin if step == "merge" else choose(UNITS),
            "because": WHY,
            "code": CODE.get(step, ""),
            "length": 3,
            "proposed_by": choose(PEOPLE),
            "mine": task is not None,
        }
        ask = paper.Ask(step=step, **{**whole, **changes})
        if ask.parts <= {"resident", "system"}:
            ask.person = ask.office = ""
        if step == "task-reply" and task and ask.office != task.unit:
            ask.mine = False
        return ask, task.id if task else 0

    def tried(self, ask, task):
        self.tries += 1
        self.moment += timedelta(seconds=1)
        twice = ask.step == "add-co" and ask.to in self.helpers() and self.sheet.judge(ask) != "illegal"
        verdict = "no" if twice else self.sheet.take(ask)  # nobody is asked twice at once
        given = {
            "target": ask.to, "reason": ask.because, "code": ask.code, "days": ask.length,
            "parts": make.PARTS, "proposer": ask.proposed_by, "declared_free": ask.free, "task": task,
            "answer": WHY, "rating": 4, "solved": "yes",
        }  # fmt: skip
        who = make.doer(*ask.parts, account=ask.person, unit=ask.office)
        with self.app.app_context(), make.at(self.moment):
            before, log = snapshot(self.case_id), db.session.scalar(select(func.max(audit.Audit.id)))
            number, version = db.session.execute(
                select(Case.number, Case.version).where(Case.id == self.case_id)
            ).one()
            try:
                found = acting.act(self.case_id, Event(ask.step), who, seen=version, **given).state
            except Refused as refusal:
                found = "illegal" if refusal.illegal else "no"
            assert found == verdict, ask
            if found in {"illegal", "no"}:
                assert snapshot(self.case_id) == before, "a refused step changes nothing"
                assert audited(log) == [(log + 1, "case.illegal-step", number)] * (found == "illegal")
                return
            assert db.session.get_one(Case, self.case_id).version > version
            self.taken.add(ask.step)
            self.reopenings += verdict == "reopened"
            self.look(ask.step)

    def helpers(self):
        with self.app.app_context():
            query = select(CaseTask.unit).where(CaseTask.case_id == self.case_id, CaseTask.state == "open")
            return set(db.session.scalars(query))

    def look(self, step):
        """Read everything anew and hold it against what may never be otherwise."""
        db.session.expire_all()
        case = db.session.get_one(Case, self.case_id)
        rows = {
            model: list(db.session.scalars(select(model).where(model.case_id == case.id).order_by(model.id)))
            for model in (CaseClock, CaseEvent, CaseMessage, CaseUnit)
        }
        self.read_the_dates(case, rows[CaseClock])
        assert (case.state, case.lead) == (self.sheet.place, self.sheet.office)
        self.total_clock(step, [row for row in rows[CaseClock] if row.name == "reply"])
        self.one_clock_of_a_kind([row for row in rows[CaseClock] if row.stopped_at is None])
        self.relay(case, [row for row in rows[CaseUnit] if row.role == "lead"])
        self.history(rows[CaseEvent], rows[CaseMessage])
        self.who_sees_it(case)

    def total_clock(self, step, totals):
        assert len(totals) == 1 + self.reopenings, "passing a case on starts no new clock"
        for row in totals:
            assert self.first_dates.setdefault(row.id, row.first_due_at) == row.first_due_at
            if self.dates.get(row.id, row.due_at) != row.due_at:
                assert step in MOVES_THE_DATE
                assert row.due_at > self.dates[row.id]
            self.dates[row.id] = row.due_at
        waits = self.sheet.place in set(paper.NEW.split()) | {
            *paper.HANDS.split(),
            "paused",
            "reply-review",
            "reopened",
        }
        assert [row.stopped_at is None for row in totals] == [False] * self.reopenings + [waits]
        assert all(
            (row.paused_at is not None) == (self.sheet.place == "paused" and row is totals[-1])
            for row in totals
        )

    def one_clock_of_a_kind(self, running):
        kinds = [(row.name, row.task) for row in running]
        assert len(kinds) == len(set(kinds)), "no term is counted twice"

    def relay(self, case, leads):
        assert (leads[-1].unit if leads else None) == case.lead
        for row, following in itertools.pairwise(leads):
            assert row.until == following.since, "one after the other, no gap"
            assert row.unit != following.unit
        assert [row.until for row in leads[-1:]] == [None] * bool(leads)

    def history(self, events, messages):
        assert [row.seq for row in events] == list(range(1, len(events) + 1))
        for row, following in itertools.pairwise(events):
            assert row.target == following.source
        said = {row.id: row.visibility for row in messages}
        for row in events:
            assert row.public == (row.event not in INSIDE)
            if "message" in row.data:
                assert said[row.data["message"]] == ("internal" if row.event in SAID_INSIDE else "public")
        published = sum(row.event == "approve" and row.target == "replied" for row in events)
        assert sum(row.kind == "reply" and row.author == "unit" for row in messages) == published + sum(
            row.event == "finalise" for row in events
        )

    def who_sees_it(self, case):
        """What SQL shows and what the rule says are the same; former leads see nothing as such."""
        for unit in UNITS:
            grants = [Grant(Role.DEPARTMENT_OFFICER, unit, make.COUNTY)]
            shown = (
                db.session.scalar(select(Case.id).where(Case.id == case.id, access.visible(grants)))
                is not None
            )
            reach = access_rules.access(grants, access.standing(case))
            assert shown == (reach is not None)
            query = select(CaseUnit.id).where(
                CaseUnit.case_id == case.id, CaseUnit.unit == unit, CaseUnit.until.is_(None)
            )
            assert shown == (db.session.scalar(query) is not None)
            assert (reach is not None and bool(reach.leading)) == (unit == case.lead)

    @rule()
    def a_step_that_may_be_taken(self):
        steps = sorted(set(paper.LINES) - (ENDS if self.rnd.random() < 0.85 else set()))
        asks = [
            self.ask(step) for step in steps if self.sheet.place in paper.LINES[step][0] for _ in range(3)
        ]
        good = [pair for pair in asks if self.sheet.judge(pair[0]) not in {"illegal", "no"}]
        fresh = [pair for pair in good if pair[0].step not in self.taken]
        if good:
            self.tried(*self.rnd.choice(fresh or good))

    @rule()
    def any_step_by_anybody(self):
        rnd = self.rnd
        parts = set(
            rnd.sample(["resident", "system", "lead", "co", "head", "desk", "upper"], rnd.randint(1, 3))
        )
        office = rnd.choice(UNITS)
        self.tried(
            *self.ask(
                rnd.choice(sorted(paper.LINES)), parts=parts, office=office, because=rnd.choice([WHY, "短"])
            )
        )

    @rule()
    def time_passes(self):
        self.moment += timedelta(hours=self.rnd.choice([1, 5, 24, 24, 72]))
        self.sheet.hour = self.hour_of(self.moment)

    @rule()
    def the_police_are_told_or_a_new_case_begins(self):
        if self.sheet.place in {*paper.OVER.split(), "disposed"} and self.rnd.random() < 0.7:
            self.report()
        elif not self.sheet.told_police:
            self.tell_police()

    def tell_police(self):
        from app.cases.model import CaseGate

        with self.app.app_context(), make.at(self.moment):
            row = CaseGate(
                case_id=self.case_id, told="police", told_at=self.moment, receipt="", by="ann", at=self.moment
            )
            db.session.add(row)
            db.session.commit()
        self.sheet.told_police = True

    def teardown(self):
        """No walk is shorter than fifty steps."""
        while self.tries < 50:
            self.rnd.choice(
                [self.a_step_that_may_be_taken] * 4 + [self.any_step_by_anybody, self.time_passes]
            )()
            self.the_police_are_told_or_a_new_case_begins()
        with self.app.app_context():
            assert audit.verify().ok


def test_lives_of_cases_in_the_service_are_those_on_paper(fresh_app):
    """T13, T53 through the service; the walk over pure rules is in tests/unit/cases."""
    lives = type("Lives", (LivesInTheService,), {"app": fresh_app})
    run_state_machine_as_test(
        lives,
        settings=settings(
            max_examples=2,
            stateful_step_count=30,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
