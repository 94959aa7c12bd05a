"""The state machine of a case: who may do what, when, and where it leads. Pure.

The table and its guards follow the practice of government hotlines (registration, dispatch, objection,
designation), the rules on letters and visits (elements of a reply, review) and the market regulator's
complaint procedure (coded refusals). Nothing here knows tables, requests or languages.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.cases.rules import guards
from app.cases.rules.acts import Actor, Attempt, Event, Facts, Refused
from app.cases.rules.states import AT_WORK, BEFORE_WORK, ENDED, State


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the table."""

    event: Event
    sources: frozenset[State]
    actors: frozenset[Actor]
    to: State | Callable[[Facts, Attempt], State]
    conditions: tuple[guards.Guard, ...] = ()


def _states(*items: State) -> frozenset[State]:
    return frozenset(items)


def _actors(*items: Actor) -> frozenset[Actor]:
    return frozenset(items)


def _after_rest(facts: Facts, _attempt: Attempt) -> State:
    return State.JOINT if facts.tasks else State.IN_PROGRESS


def _after_approval(facts: Facts, _attempt: Attempt) -> State:
    return State.REPLY_REVIEW if facts.two_approvals and not facts.approvers else State.REPLIED


_WORKING = _states(State.IN_PROGRESS, State.JOINT)
_RESIDENT, _SYSTEM, _LEAD = _actors(Actor.RESIDENT), _actors(Actor.SYSTEM), _actors(Actor.LEAD)
_DESK, _HEAD, _UPPER = _actors(Actor.DESK), _actors(Actor.HEAD, Actor.DESK), _actors(Actor.UPPER)

STEPS: tuple[Step, ...] = (
    Step(Event.DISPATCH, _states(State.REGISTERED), _SYSTEM, State.DISPATCHED, (guards.target,)),
    Step(Event.QUEUE, _states(State.REGISTERED), _SYSTEM, State.TRIAGE),
    Step(Event.ASSIGN, _states(State.TRIAGE), _DESK, State.DISPATCHED, (guards.target, guards.reason)),
    Step(Event.SIGN, _states(State.DISPATCHED), _LEAD, State.ACCEPTED, (guards.free,)),
    Step(
        Event.OBJECT,
        _states(State.DISPATCHED),
        _LEAD,
        State.RETURN_REQUESTED,
        (guards.may_object, guards.proposed_target),
    ),
    Step(
        Event.UPHOLD, _states(State.RETURN_REQUESTED), _DESK, State.DISPATCHED, (guards.target, guards.reason)
    ),
    Step(Event.INSIST, _states(State.RETURN_REQUESTED), _DESK, State.DISPATCHED, (guards.reason,)),
    Step(Event.DISPUTE, _states(State.RETURN_REQUESTED), _DESK, State.DISPUTE, (guards.both_refused,)),
    Step(Event.DESIGNATE, _states(State.DISPUTE), _DESK, State.DISPATCHED, (guards.target, guards.reason)),
    Step(
        Event.TRANSFER,
        _states(State.DISPATCHED, State.ACCEPTED) | _WORKING,
        _DESK,
        State.DISPATCHED,
        (guards.target, guards.reason),
    ),
    Step(
        Event.NOT_ACCEPT,
        _states(State.DISPATCHED, State.ACCEPTED),
        _HEAD,
        State.NOT_ACCEPTED,
        (guards.coded, guards.reason, guards.another_person),
    ),
    Step(
        Event.REFER,
        BEFORE_WORK | _WORKING,
        _actors(Actor.LEAD, Actor.DESK),
        State.REFERRED,
        (guards.coded, guards.reason),
    ),
    Step(Event.START, _states(State.ACCEPTED), _LEAD, _after_rest),
    Step(Event.ADD_CO, _WORKING, _LEAD, State.JOINT, (guards.target, guards.another_unit, guards.reason)),
    Step(Event.TASK_REPLY, _states(State.JOINT), _actors(Actor.CO), State.JOINT, (guards.own_task,)),
    Step(Event.TASK_OVERRIDE, _states(State.JOINT), _LEAD, State.JOINT, (guards.own_task, guards.reason)),
    Step(
        Event.PAUSE,
        _WORKING,
        _HEAD,
        State.PAUSED,
        (guards.coded, guards.reason, guards.short_pause, guards.another_person),
    ),
    Step(Event.RESUME, _states(State.PAUSED), _actors(Actor.LEAD, Actor.SYSTEM), _after_rest),
    Step(
        Event.EXTEND, _WORKING, _HEAD, _after_rest, (guards.may_extend, guards.reason, guards.another_person)
    ),
    Step(Event.SUBMIT_REPLY, _WORKING | {State.REOPENED}, _LEAD, State.REPLY_REVIEW, (guards.ready,)),
    Step(Event.APPROVE, _states(State.REPLY_REVIEW), _HEAD, _after_approval, (guards.second_pair_of_eyes,)),
    Step(Event.RETURN_REPLY, _states(State.REPLY_REVIEW), _HEAD, _after_rest, (guards.reason,)),
    Step(Event.FOLLOW_UP, _states(State.REPLIED), _SYSTEM, State.FOLLOWUP),
    Step(
        Event.RATE,
        _states(State.REPLIED, State.FOLLOWUP),
        _RESIDENT,
        State.CLOSED,
        (guards.in_time("rating_due"),),
    ),
    Step(
        Event.LAPSE,
        _states(State.REPLIED, State.FOLLOWUP),
        _SYSTEM,
        State.CLOSED,
        (guards.over("rating_due"),),
    ),
    Step(
        Event.REOPEN,
        _states(State.REPLIED, State.FOLLOWUP, State.CLOSED),
        _RESIDENT,
        State.REOPENED,
        (guards.first_reopening, guards.in_time("reopen_due"), guards.reason),
    ),
    Step(
        Event.REQUEST_REVIEW,
        _states(State.CLOSED),
        _RESIDENT,
        State.REVIEW,
        (guards.reopened_once, guards.in_time("review_due"), guards.reason),
    ),
    Step(Event.FINALISE, _states(State.REVIEW), _UPPER, State.FINAL, (guards.reason,)),
    Step(Event.SEND_BACK, _states(State.REVIEW), _UPPER, State.REOPENED, (guards.reason,)),
    Step(
        Event.WITHDRAW,
        BEFORE_WORK | _WORKING | {State.PAUSED},
        _RESIDENT,
        State.WITHDRAWN,
        (guards.private_matter, guards.nobody_waits),
    ),
    Step(
        Event.MERGE,
        (BEFORE_WORK | AT_WORK) - {State.REPLY_REVIEW},
        _actors(Actor.LEAD, Actor.DESK),
        State.MERGED,
        (guards.same_matter,),
    ),
    Step(Event.DISPOSE, ENDED, _SYSTEM, State.DISPOSED, (guards.over("retention_due"), guards.not_held)),
)
_BY_EVENT = {step.event: step for step in STEPS}


def decide(facts: Facts, attempt: Attempt) -> State:
    """Return the state a step leads to. Raises `Refused` with the reason; nothing is changed here."""
    step = _BY_EVENT[attempt.event]
    if facts.state not in step.sources:
        raise Refused("wrong-state", illegal=True)
    if not step.actors & attempt.actors:
        raise Refused("wrong-actor", illegal=True)
    if attempt.unit in facts.barred and Actor.RESIDENT not in step.actors:
        raise Refused("concerned")
    for guard in step.conditions:
        problem = guard(facts, attempt)
        if problem:
            raise Refused(problem)
    return step.to if isinstance(step.to, State) else step.to(facts, attempt)


def possible(facts: Facts, actors: frozenset[Actor]) -> frozenset[Event]:
    """Return the events this state and these parts allow, guards apart: what a page offers."""
    return frozenset(step.event for step in STEPS if facts.state in step.sources and step.actors & actors)
