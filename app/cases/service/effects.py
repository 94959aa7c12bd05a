"""What each step does besides changing the state. Nothing here commits; nothing here judges."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select, update

from app.cases.model import Case, CaseProposal, CaseReply, CaseTask
from app.cases.rules import contexts
from app.cases.rules import words as limits
from app.cases.rules.acts import Attempt, Event
from app.cases.rules.states import OPEN, State
from app.cases.service import clocks, endings, record
from app.core import clock, sealing
from app.extensions import db

Words = dict[str, Any]
Data = dict[str, Any]
Handler = Callable[[Case, Attempt, Words], Data]


def prepare(case: Case, attempt: Attempt, words: Words) -> Attempt:
    """Fill in what the guards need to know about the words and rows of a step."""
    if attempt.event is Event.SUBMIT_REPLY:
        return replace(attempt, missing=limits.missing_parts(words.get("parts", {})))
    if attempt.event in {Event.TASK_REPLY, Event.TASK_OVERRIDE}:
        task = _task(case, words)
        own = task is not None and (attempt.event is Event.TASK_OVERRIDE or task.unit == attempt.unit)
        return replace(attempt, own_task=own and task is not None and task.state == "open")
    if attempt.event is Event.MERGE:
        other = db.session.scalar(select(Case).where(Case.number == attempt.target))
        same = (
            other is not None
            and other.id != case.id
            and other.place == case.place
            and other.facility == case.facility
            and other.category == case.category
            and State(other.state) in OPEN
            and other.merged_into is None
        )
        return replace(attempt, same_matter=same)
    return attempt


def _task(case: Case, words: Words) -> CaseTask | None:
    task = db.session.get(CaseTask, words.get("task", 0))
    return task if task is not None and task.case_id == case.id else None


def _say(case: Case, attempt: Attempt, *, public: bool, kind: str = "reason") -> Data:
    """Keep the reason of a step as sealed words and point to it."""
    if not attempt.reason.strip():
        return {}
    author = "unit" if attempt.who else "resident"
    row = record.message(
        case,
        attempt.reason.strip(),
        author=author,
        kind=kind,
        public=public,
        account=attempt.who or None,
        unit=attempt.unit,
    )
    return {"message": row.id}


def _say_to_all(case: Case, attempt: Attempt, *, kind: str = "reason") -> Data:
    """Say it to the resident, and to those whose reports were joined to this one."""
    for other in endings.joined(case):
        _say(other, attempt, public=True, kind=kind)
    return _say(case, attempt, public=True, kind=kind)


def _hand_over(case: Case, unit: str) -> None:
    asked = update(CaseProposal).where(CaseProposal.case_id == case.id, CaseProposal.state == "open")
    db.session.execute(asked.values(state="declined"))
    clocks.stop(case, "triage", "sign", "objection", "dispute")
    record.lead(case, unit)
    clocks.start(case, "sign", unit=unit)


def _dispatch(case: Case, attempt: Attempt, _words: Words) -> Data:
    _hand_over(case, attempt.target)
    clocks.start(case, "objection", unit=attempt.target)
    return {"to": attempt.target}


def _redirect(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True)
    former = case.lead
    case.no_return = False
    _hand_over(case, attempt.target)
    clocks.start(case, "objection", unit=attempt.target)
    return {**data, "from": former, "to": attempt.target}


def _insist(case: Case, attempt: Attempt, _words: Words) -> Data:
    case.no_return = True
    clocks.stop(case, "triage")
    clocks.start(case, "sign", unit=case.lead or "")
    return _say(case, attempt, public=False)


def _designate(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True)
    former = case.lead
    case.no_return = True
    _hand_over(case, attempt.target)
    return {**data, "from": former, "to": attempt.target}


def _sign(case: Case, _attempt: Attempt, _words: Words) -> Data:
    clocks.stop(case, "sign", "objection", "decide")
    for name in ("mediation", "breach-check") if case.purpose == "complaint" else ("breach-check",):
        row = clocks.running(case, name) or clocks.start(case, name)
        if row is not None:
            row.unit = case.lead or ""
    return {}


def _object(case: Case, attempt: Attempt, _words: Words) -> Data:
    clocks.stop(case, "sign", "objection")
    clocks.start(case, "triage")
    return {**_say(case, attempt, public=False), "code": attempt.code, "proposed": attempt.target}


def _dispute(case: Case, _attempt: Attempt, _words: Words) -> Data:
    clocks.stop(case, "triage")
    clocks.start(case, "dispute")
    return {}


def _end(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say_to_all(case, attempt)
    endings.end(case)
    return {**data, "code": attempt.code}


def _add_co(case: Case, attempt: Attempt, _words: Words) -> Data:
    task = CaseTask(
        case_id=case.id, unit=attempt.target, asked_at=clock.now(), state="open", asked=b"", answer=None
    )
    db.session.add(task)
    db.session.flush()
    task.asked = sealing.seal_text(attempt.reason.strip(), task_context(case.number, task.id))
    record.take_back(case, role="inform", unit=attempt.target)
    record.give(case, attempt.target, "co")
    clocks.start_task(case, attempt.target, task.id)
    return {"to": attempt.target, "task": task.id}


def task_context(number: str, task_id: int) -> str:
    """Return what the words of a sub-task are bound to."""
    return contexts.task(number, task_id)


def _finish_task(state: str) -> Handler:
    def finish(case: Case, attempt: Attempt, words: Words) -> Data:
        task = db.session.get_one(CaseTask, words["task"])
        task.state, task.answered_at = state, clock.now()
        text = str(words.get("answer", "")) or attempt.reason
        task.answer = sealing.seal_text(text.strip(), task_context(case.number, task.id))
        clocks.stop(case, "co", task=task.id)
        return {"task": task.id, "of": task.unit}

    return finish


def _pause(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True)
    clocks.pause(case)
    timer = clocks.timer(case, "pause", attempt.days)
    return {**data, "code": attempt.code, "days": attempt.days, "until": timer.due_at.isoformat()}


def _resume(case: Case, _attempt: Attempt, _words: Words) -> Data:
    clocks.stop(case, "pause")
    clocks.resume(case)
    return {}


def _extend(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True)
    most = case.rule["clocks"].get("extension", {"amount": attempt.days})["amount"]
    total = clocks.extend(case, min(attempt.days, most))
    case.extended = True
    return {**data, "days": min(attempt.days, most), "due": total.due_at.isoformat() if total else None}


def _submit_reply(case: Case, attempt: Attempt, words: Words) -> Data:
    reply = CaseReply(
        case_id=case.id, drafter=attempt.who, at=clock.now(), state="proposed", approvers=[], words=None
    )
    db.session.add(reply)
    db.session.flush()
    parts = {name: str(words["parts"].get(name, "")).strip() for name in limits.REPLY_PARTS}
    reply.words = sealing.seal_json(parts, endings.reply_context(case.number, reply.id))
    return {"reply": reply.id}


def _approve(case: Case, attempt: Attempt, _words: Words) -> Data:
    reply = endings.waiting_reply(case)
    reply.approvers = [*reply.approvers, attempt.who]
    if case.state == State.REPLIED.value:
        endings.publish_reply(case, reply)
    return {"reply": reply.id}


def _return_reply(case: Case, attempt: Attempt, _words: Words) -> Data:
    endings.waiting_reply(case).state = "returned"
    return _say(case, attempt, public=False)


def _rate(case: Case, attempt: Attempt, words: Words) -> Data:
    case.rating, case.solved = int(words["rating"]), str(words.get("solved", ""))
    endings.close(case)
    return {**_say(case, attempt, public=True, kind="message"), "rating": case.rating}


def _lapse(case: Case, _attempt: Attempt, _words: Words) -> Data:
    endings.close(case)
    return {}


def _reopen(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True, kind="message")
    endings.reopen(case)
    return data


def _request_review(case: Case, attempt: Attempt, _words: Words) -> Data:
    clocks.start(case, "review")
    return {**_say(case, attempt, public=True, kind="message"), "by": endings.reviewers(case)}


def _finalise(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say_to_all(case, attempt, kind="reply")
    endings.end(case)
    return data


def _send_back(case: Case, attempt: Attempt, _words: Words) -> Data:
    data = _say(case, attempt, public=True)
    clocks.stop(case, "review")
    record.take_back(case, role="review")
    endings.reopen(case)
    return data


def _merge(case: Case, attempt: Attempt, _words: Words) -> Data:
    other = db.session.scalars(select(Case).where(Case.number == attempt.target)).one()
    case.merged_into = other.id
    db.session.execute(update(Case).where(Case.merged_into == case.id).values(merged_into=other.id))
    endings.end(case)
    return {"lead": other.lead}


def _dispose(case: Case, _attempt: Attempt, _words: Words) -> Data:
    endings.erase(case)
    return {}


OF: dict[Event, Handler] = {
    Event.DISPATCH: _dispatch,
    Event.ASSIGN: _redirect,
    Event.SIGN: _sign,
    Event.OBJECT: _object,
    Event.UPHOLD: _redirect,
    Event.INSIST: _insist,
    Event.DISPUTE: _dispute,
    Event.DESIGNATE: _designate,
    Event.TRANSFER: _redirect,
    Event.NOT_ACCEPT: _end,
    Event.REFER: _end,
    Event.ADD_CO: _add_co,
    Event.TASK_REPLY: _finish_task("done"),
    Event.TASK_OVERRIDE: _finish_task("overridden"),
    Event.PAUSE: _pause,
    Event.RESUME: _resume,
    Event.EXTEND: _extend,
    Event.SUBMIT_REPLY: _submit_reply,
    Event.APPROVE: _approve,
    Event.RETURN_REPLY: _return_reply,
    Event.RATE: _rate,
    Event.LAPSE: _lapse,
    Event.REOPEN: _reopen,
    Event.REQUEST_REVIEW: _request_review,
    Event.FINALISE: _finalise,
    Event.SEND_BACK: _send_back,
    Event.WITHDRAW: _end,
    Event.MERGE: _merge,
    Event.DISPOSE: _dispose,
}
