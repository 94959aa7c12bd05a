"""Conditions of the steps of a case. Each returns the code of what is wrong, or None. Pure."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.cases.rules import words
from app.cases.rules.acts import Actor, Attempt, Event, Facts

if TYPE_CHECKING:
    from datetime import datetime

SHORTEST_REASON = 20
"""Characters of a reason that a resident must be able to understand."""
LONGEST_PAUSE = 30
"""Days a case may rest for a test, a missing paper or a court."""
OBJECTIONS_BEFORE_DISPUTE = 2

Guard = Callable[[Facts, Attempt], str | None]


CODES = {
    Event.NOT_ACCEPT: words.REFUSALS,
    Event.REFER: words.CHANNELS,
    Event.PAUSE: words.PAUSES,
    Event.OBJECT: words.OBJECTIONS,
}
"""Coded reasons, by the step that needs one."""


def _listed(facts: Facts, attempt: Attempt) -> bool:
    return attempt.code in CODES[attempt.event] and attempt.code not in facts.closed


def reason(_facts: Facts, attempt: Attempt) -> str | None:
    """Require a reason long enough to be understood."""
    return None if len(attempt.reason.strip()) >= SHORTEST_REASON else "reason-too-short"


def target(facts: Facts, attempt: Attempt) -> str | None:
    """Require a unit that is not concerned, has not refused, and is another one."""
    if not attempt.target:
        return "target-missing"
    if attempt.target in facts.barred:
        return "target-is-concerned"
    if attempt.target in facts.objected and attempt.event is not Event.DESIGNATE:
        return "target-has-refused"
    if attempt.event in {Event.TRANSFER, Event.ADD_CO} and attempt.target == facts.lead:
        return "target-is-lead"
    if attempt.event is Event.ADD_CO and attempt.target in facts.helping:
        return "target-helps-already"
    return None


def free(_facts: Facts, attempt: Attempt) -> str | None:
    """Require that nothing ties the officer or the office to the matter."""
    return None if attempt.declared_free else "conflict-declared"


def may_object(facts: Facts, attempt: Attempt) -> str | None:
    """Allow it once a unit, in time, naming a clause and a reason."""
    if facts.no_return:
        return "no-return"
    if attempt.unit in facts.objected:
        return "objected-before"
    if facts.objection_due is not None and facts.now > facts.objection_due:
        return "objection-late"
    if not _listed(facts, attempt):
        return "clause-missing"
    return reason(facts, attempt)


def another_unit(facts: Facts, attempt: Attempt) -> str | None:
    """Require that help is asked of another unit than the lead."""
    return "target-is-lead" if attempt.target == facts.lead else None


def proposed_target(facts: Facts, attempt: Attempt) -> str | None:
    """Require that an objection proposes another unit."""
    if not attempt.target:
        return "target-missing"
    return "target-is-lead" if attempt.target == facts.lead else None


def both_refused(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that two units have refused."""
    return None if len(facts.objected) >= OBJECTIONS_BEFORE_DISPUTE else "one-refusal-only"


def another_person(_facts: Facts, attempt: Attempt) -> str | None:
    """Require that whoever proposed it does not decide it."""
    return "same-person" if not attempt.proposer or attempt.proposer == attempt.who else None


def coded(facts: Facts, attempt: Attempt) -> str | None:
    """Require a coded reason."""
    return None if _listed(facts, attempt) else "code-missing"


def short_pause(_facts: Facts, attempt: Attempt) -> str | None:
    """Require a pause of one to thirty days."""
    return None if 1 <= attempt.days <= LONGEST_PAUSE else "pause-too-long"


def may_extend(facts: Facts, attempt: Attempt) -> str | None:
    """Allow it once, and before it is due."""
    if facts.extended:
        return "extended-before"
    if facts.reply_due is not None and facts.now >= facts.reply_due:
        return "extension-late"
    return None if attempt.days >= 1 else "days-missing"


def ready(facts: Facts, attempt: Attempt) -> str | None:
    """Require all elements of a reply, no open task, no missing report, no leak."""
    if attempt.missing:
        return "elements-missing"
    if facts.open_tasks:
        return "tasks-open"
    if not facts.gate_open:
        return "report-first"
    return "leak" if attempt.leaks else None


def second_pair_of_eyes(facts: Facts, attempt: Attempt) -> str | None:
    """Require somebody who neither drafted nor approved it before; the desk approves last.

    After a reopening at least one of those who approve has not approved an earlier reply.
    """
    if attempt.who == facts.drafter or attempt.who in facts.approvers:
        return "same-person"
    last = bool(facts.approvers) or not facts.two_approvals
    if facts.reopened and last and {attempt.who, *facts.approvers} <= facts.earlier_approvers:
        return "approved-before"
    if not facts.gate_open:
        return "report-first"
    if facts.two_approvals and facts.approvers and Actor.DESK not in attempt.actors:
        return "desk-approves-last"
    return None


def own_task(_facts: Facts, attempt: Attempt) -> str | None:
    """Require that the sub-task is of the own unit."""
    return None if attempt.own_task else "not-your-task"


def in_time(due: str) -> Guard:
    """Return a guard: not after that date."""

    def check(facts: Facts, _attempt: Attempt) -> str | None:
        moment: datetime | None = getattr(facts, due)
        return "too-late" if moment is not None and facts.now > moment else None

    return check


def over(due: str) -> Guard:
    """Return a guard: not before that date."""

    def check(facts: Facts, _attempt: Attempt) -> str | None:
        moment: datetime | None = getattr(facts, due)
        return "too-early" if moment is None or facts.now < moment else None

    return check


def first_reopening(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that the case has not been reopened before."""
    return "reopened-before" if facts.reopened else None


def reopened_once(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that a review follows a reopening."""
    return None if facts.reopened else "reopen-first"


def private_matter(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that nobody else may be in danger."""
    return "public-interest" if facts.public_interest else None


def nobody_waits(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that no other resident's report was joined to it: theirs is still to be answered."""
    return "others-wait" if facts.joined else None


def not_held(facts: Facts, _attempt: Attempt) -> str | None:
    """Require that there is no legal hold."""
    return "held" if facts.hold else None


def same_matter(_facts: Facts, attempt: Attempt) -> str | None:
    """Require the same facility and the same facts."""
    return None if attempt.target and attempt.same_matter else "not-the-same"
