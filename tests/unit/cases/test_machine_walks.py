"""Long random lives of a case: the program's rules and the model on paper never part (T53).

Two books are kept: the sheet of the model, and facts that follow what the program decided. What a step does
to the rows is the integration test's matter; here it is a line of the book.
"""

import dataclasses
from datetime import timedelta

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from app.cases.rules import machine
from app.cases.rules.acts import Event, Facts, Refused
from app.cases.rules.states import State
from tests.unit.cases import model_of_cases as paper
from tests.unit.cases.two_readings import CODE, REPORTED, WHY, at, attempt, facts

STEPS = sorted(paper.LINES)
ENDS = {"not-accept", "refer", "withdraw", "merge", "dispose"}
ONWARD = sorted(set(STEPS) - ENDS)
ENDED = {*paper.OVER.split(), "disposed"}
OFFICES = ["A", "B", "C", "D"]
PEOPLE = ["ann", "bai", "chen", "dil"]
HOURS = timedelta(hours=1)


def after(known: Facts, tried, to: State) -> Facts:
    """Return what the program's facts are after a step: the book of the second clerk."""
    more = _of_the_office(known, tried) | _of_the_work(known, tried) | _of_the_ends(known, tried, to)
    return dataclasses.replace(known, state=to, **more)


def _of_the_office(known, tried):
    match tried.event:
        case Event.DISPATCH | Event.ASSIGN | Event.UPHOLD | Event.TRANSFER:
            return {"lead": tried.target, "objection_due": known.now + 48 * HOURS, "no_return": False}
        case Event.DESIGNATE:
            return {"lead": tried.target, "no_return": True}
        case Event.INSIST:
            return {"no_return": True}
        case Event.OBJECT:
            return {"objected": known.objected | {tried.unit}}
    return {}


def _of_the_work(known, tried):
    match tried.event:
        case Event.ADD_CO:
            return {"tasks": known.tasks + 1, "open_tasks": known.open_tasks + 1}
        case Event.TASK_REPLY | Event.TASK_OVERRIDE:
            return {"open_tasks": known.open_tasks - 1}
        case Event.EXTEND:
            return {"extended": True, "reply_due": known.reply_due + 24 * tried.days * HOURS}
        case Event.SUBMIT_REPLY:
            return {"drafter": tried.who, "approvers": ()}
        case Event.APPROVE:
            return {"approvers": (*known.approvers, tried.who)}
    return {}


def _of_the_ends(known, tried, to):
    if to is State.REPLIED:
        signed = known.earlier_approvers | {*known.approvers, tried.who}
        dates = {"rating_due": known.now + 240 * HOURS, "reopen_due": known.now + 720 * HOURS}
        return {"earlier_approvers": signed, **dates}
    if to is State.REOPENED:
        return {"reopened": known.reopened + 1, "reply_due": known.now + 120 * HOURS}
    if to.value in ENDED - {"disposed"}:
        return {"retention_due": known.now + 26280 * HOURS, "review_due": known.now + 720 * HOURS}
    return {}


class LivesOfACase(RuleBasedStateMachine):
    """Steps that may be taken, steps that may not, and time."""

    @initialize(rnd=st.randoms(use_true_random=True))
    def begin(self, rnd):
        self.rnd, self.taken, self.tries = rnd, set(), 0
        self.report()

    def report(self):
        rnd = self.rnd
        self.sheet = paper.Sheet(
            public_matter=rnd.random() < 0.5,
            triple=rnd.random() < 0.5,
            told_police=rnd.random() < 0.7,
            concerned={"D"} if rnd.random() < 0.5 else set(),
            joined_by=rnd.randrange(3) // 2,
        )
        self.facts = facts(self.sheet)
        self.history = []

    def tried(self, ask):
        """Let both take a step; they agree, and the book says so."""
        before = self.facts
        self.tries += 1
        verdict = self.sheet.take(ask)
        try:
            to = machine.decide(before, attempt(ask))
        except Refused as refusal:
            to, found = None, "illegal" if refusal.illegal else "no"
        else:
            found = to.value
        assert found == verdict, ask
        if to is None:
            return
        self.facts = after(before, attempt(ask), to)
        self.history.append((ask, before, to))
        self.taken.add(ask.step)
        self.books_agree()

    def ask(self, step, **changes):
        choose = self.rnd.choice
        whole = {
            "parts": {choose(sorted(paper.LINES[step][1]))},
            "person": choose(PEOPLE),
            "office": self.sheet.office or "A",
            "to": choose(OFFICES),
            "because": WHY,
            "code": CODE.get(step, ""),
            "length": 10,
            "proposed_by": choose(PEOPLE),
            "mine": self.sheet.waiting_for > 0,
        }
        return paper.Ask(step=step, **{**whole, **changes})

    @rule()
    def a_step_that_may_be_taken(self):
        steps = STEPS if self.rnd.random() < 0.1 else ONWARD
        asks = [self.ask(step) for step in steps for _ in range(3)]
        good = [ask for ask in asks if self.sheet.judge(ask) not in {"illegal", "no"}]
        steps = sorted({ask.step for ask in good})
        if steps:
            step = self.rnd.choice(sorted(set(steps) - self.taken) or steps)
            self.tried(next(ask for ask in good if ask.step == step))

    @rule()
    def any_step_by_anybody(self):
        rnd = self.rnd
        step = rnd.choice(STEPS)
        parts = set(
            rnd.sample(["resident", "system", "lead", "co", "head", "desk", "upper"], rnd.randint(0, 3))
        )
        because, office = rnd.choice([WHY, "", "短"]), rnd.choice(["", *OFFICES])
        self.tried(self.ask(step, parts=parts, because=because, office=office))

    @precondition(lambda self: self.sheet.place in ENDED)
    @rule()
    def what_has_ended_is_disposed_of_and_a_new_case_begins(self):
        self.tried(self.ask("dispose"))
        self.sheet.hour += 26280
        self.facts = dataclasses.replace(self.facts, now=at(self.sheet.hour))
        self.tried(self.ask("dispose"))
        assert self.sheet.place == "disposed"
        self.report()

    @rule(hours=st.sampled_from([1, 24, 48, 240, 720]))
    def time_passes(self, hours):
        self.sheet.hour += hours
        self.facts = dataclasses.replace(self.facts, now=at(self.sheet.hour))

    @rule()
    def the_police_are_told(self):
        self.sheet.told_police = True
        self.facts = dataclasses.replace(self.facts, gate_open=True)

    def books_agree(self):
        assert self.facts == facts(self.sheet)
        objected = [ask.office for ask, *_ in self.history if ask.step == "object"]
        assert len(objected) == len(set(objected)), "an office objects once"
        for once in ("extend", "reopen"):
            assert sum(ask.step == once for ask, *_ in self.history) <= 1
        ask, before, _to = self.history[-1]
        assert ask.step != "approve" or ask.person not in {before.drafter, *before.approvers}
        assert ask.step != "extend" or before.now < before.reply_due
        assert ask.step not in {"dispatch", "uphold", "transfer"} or ask.to not in before.objected
        assert self.facts.reply_due == self.total(), "only an extension or a reopening moves the total clock"
        assert self.facts.state not in {State.REPLIED, State.FOLLOWUP} or not self.facts.open_tasks

    def total(self):
        due = REPORTED + 240 * HOURS
        for ask, before, to in self.history:
            if ask.step == "extend":
                due += 24 * ask.length * HOURS
            if to is State.REOPENED:
                due = before.now + 120 * HOURS
        return due

    def teardown(self):
        """No walk is shorter than fifty steps."""
        while self.tries < 50:
            self.any_step_by_anybody()
            self.a_step_that_may_be_taken()
            if self.sheet.place in ENDED:
                self.what_has_ended_is_disposed_of_and_a_new_case_begins()


TestLivesOfACase = LivesOfACase.TestCase
TestLivesOfACase.settings = settings(
    max_examples=30, stateful_step_count=60, deadline=None, phases=[Phase.generate]
)
