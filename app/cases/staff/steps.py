"""The steps of a case: each has a page that says what it does and who will read it."""

from collections.abc import Mapping
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.rules import Action
from app.accounts.staff import door
from app.cases.forms.choices import named as choice
from app.cases.forms.choices import options
from app.cases.forms.counter import STEPS, CounterForm, ExtendForm
from app.cases.forms.counter_labels import LABELS
from app.cases.forms.desk import DecideForm, GateForm, HoldForm, NoteForm, SayForm, SeenForm
from app.cases.queries import caseparts, handling
from app.cases.queries.access import Found
from app.cases.rules import words
from app.cases.rules.acts import Event
from app.cases.service import counter, merging
from app.cases.staff.desk import (
    attempt,
    bp,
    forbidden,
    me,
    office_names,
    show,
    theirs,
    to_case,
    typed_words,
    version_field,
)
from app.core.clock import ZONE
from app.core.pages import plain


@bp.route("/<number>/step/<name>", methods=["GET", "POST"])
@door(Action.CASE_READ)
def step(number: str, name: str) -> ResponseReturnValue:
    """Show the page of a step, or take the step."""
    found = theirs(number)
    event = next((event for event in STEPS if event.value == name), None)
    if event is None:
        abort(404)
    form = STEPS[event]()
    if not form.is_submitted():
        return _open(found, event, form)
    given = _given(found, event, form)

    def act() -> None:
        if event is Event.MERGE:
            merging.merge(found.case, found.reach, me(), given["target"], form.version)
        else:
            unit = _unit_of(found, given) if event is Event.TASK_REPLY else ""
            counter.step(found.case, found.reach, me(), event, form.version, unit=unit, **given)

    return attempt(number, form, act, lambda fresh, status, more: _page(fresh, event, form, status, more))


def _open(found: Found, event: Event, form: CounterForm) -> ResponseReturnValue:
    """Show the page of a step that is possible now; another one is told to be not."""
    offers = {offer.event: offer for offer in counter.offers(found.case, found.reach, me())}
    if event not in offers:
        return forbidden(found, "wrong-state", [])
    if offers[event].problem:
        return forbidden(found, offers[event].problem, [])
    version_field(form, found)
    return _page(found, event, form)


def _page(
    found: Found, event: Event, form: CounterForm, status: int = 200, more: Mapping[str, Any] | None = None
) -> ResponseReturnValue:
    offered = {offer.event for offer in counter.offers(found.case, found.reach, me())}
    if status == 409 and event not in offered:  # noqa: PLR2004 - overtaken, and not possible any more
        return forbidden(found, "wrong-state", typed_words(form))
    _fill(found, event, form)
    twins = caseparts.twins(found.case, me()) if event is Event.MERGE else ()
    if twins and not form.is_submitted():
        form["target"].data = twins[0].number
    return show(
        "step.html",
        status,
        number=found.case.number,
        state=found.case.state,
        event=event.value,
        form=form,
        twins=twins,
        **(more or {}),
    )


def _given(found: Found, event: Event, form: CounterForm) -> dict[str, Any]:
    """Return what was typed and chosen; a choice that was not offered is none."""
    _fill(found, event, form)
    return form.given()


def _fill(found: Found, event: Event, form: CounterForm) -> None:
    """Put the choices that depend on the case into a form."""
    case = found.case
    if "target" in form and event is not Event.MERGE:
        form["target"].choices = _offices(found, event)
    if "clause" in form:
        basis = caseparts.route(case, {}).basis
        clauses = ((str(number), _clause(each)) for number, each in enumerate(basis))
        form["clause"].choices = options([("", _("None of them in particular")), *clauses])
    if event is Event.NOT_ACCEPT:
        codes = words.refusals(case.purpose, case.severity, anonymous=case.anonymous)
        form["code"].choices = options((code, LABELS["ground"][code]) for code in codes)
    if isinstance(form, ExtendForm):
        form.limit(case.rule["clocks"].get("extension", {}).get("amount"))
    if "task" in form:
        named = caseparts.unit_names(case.place)
        form["task"].choices = options(
            (task.id, plain(task.unit_names))
            for task in handling.tasks(case, found.reach, named)
            if task.state == "open" and (event is Event.TASK_OVERRIDE or task.own)
        )


def _offices(found: Found, event: Event) -> list[Any]:
    """Return the offices a step may name, those of the rule first."""
    case = found.case
    known = office_names(case.place)
    rule = [case.rule.get("lead") or "", *case.rule.get("co", ())]
    order = [*(unit for unit in rule if unit in known), *(unit for unit in known if unit not in rule)]
    barred = {case.about, None if event is Event.ASSIGN else case.lead}
    fit = (choice(unit, known[unit]) for unit in order if unit not in barred)
    return [*options([("", _("Choose an office"))]), *fit]


def _clause(basis: Mapping[str, Any]) -> str:
    title = plain(basis["titles"])
    return f"{title} · {basis['clause']}" if basis.get("clause") else title


def _unit_of(found: Found, given: Mapping[str, Any]) -> str:
    """Return the office that a sub-task was asked of."""
    named = caseparts.unit_names(found.case.place)
    tasks = {task.id: task.unit for task in handling.tasks(found.case, found.reach, named)}
    return tasks.get(int(given.get("task") or 0), "")


@bp.post("/<number>/proposals/<int:proposal>")
@door(Action.CASE_APPROVE)
def decide(number: str, proposal: int) -> ResponseReturnValue:
    """Take or decline what a colleague proposed."""
    found = theirs(number)
    form = DecideForm()
    agree = form.agree.data == "yes"
    return attempt(
        number,
        form,
        lambda: counter.decide(found.case, found.reach, me(), proposal, form.version, agree=agree),
        _told,
    )


def _told(found: Found, _status: int, more: Mapping[str, Any]) -> ResponseReturnValue:
    """Say why something that was one click was not done."""
    return forbidden(found, str(more["code"]), [])


@bp.route("/<number>/say", methods=["GET", "POST"])
@door(Action.CASE_READ)
def say(number: str) -> ResponseReturnValue:
    """Write to the resident."""
    return _speak(number, SayForm(), "say.html")


@bp.route("/<number>/note", methods=["GET", "POST"])
@door(Action.CASE_READ)
def note(number: str) -> ResponseReturnValue:
    """Write a note for colleagues."""
    return _speak(number, NoteForm(), "note.html")


def _speak(number: str, form: CounterForm, template: str) -> ResponseReturnValue:
    found = theirs(number)

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show(template, status, number=fresh.case.number, form=form, **(more or {}))

    if not form.is_submitted():
        return again(found)
    given = form.given()
    kind = (given.get("kind") or "message") if "kind" in form else counter.NOTE
    return attempt(
        number,
        form,
        lambda: counter.say(found.case, found.reach, me(), kind, given.get("text", "")),
        again,
        lambda: to_case(number, "thread"),
    )


@bp.route("/<number>/alarm", methods=["GET", "POST"])
@door(Action.CASE_READ)
def alarm(number: str) -> ResponseReturnValue:
    """Take note of an emergency, by name."""
    found, form = theirs(number), SeenForm()

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show("alarm.html", status, number=fresh.case.number, form=form, **(more or {}))

    if not form.is_submitted():
        return again(found)
    how = str(form.given().get("how") or "")
    return attempt(number, form, lambda: counter.acknowledge(found.case, found.reach, me(), how), again)


@bp.route("/<number>/gate", methods=["GET", "POST"])
@door(Action.CASE_HANDLE)
def gate(number: str) -> ResponseReturnValue:
    """Record whom the mandatory report went to, or why to nobody."""
    found, form = theirs(number), GateForm()

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show("gate.html", status, number=fresh.case.number, form=form, **(more or {}))

    if not form.is_submitted():
        return again(found)
    given = form.given()
    at = form.moment(ZONE)
    return attempt(
        number,
        form,
        lambda: counter.report_to(
            found.case,
            found.reach,
            me(),
            str(given.get("told") or ""),
            at,
            str(given.get("receipt") or ""),
            str(given.get("words") or ""),
        ),
        again,
    )


@bp.route("/<number>/hold", methods=["GET", "POST"])
@door(Action.CASE_HOLD)
def hold(number: str) -> ResponseReturnValue:
    """Keep a case from disposal, or let it go."""
    found, form = theirs(number), HoldForm()
    on = not found.case.hold_reason

    def again(fresh: Found, status: int = 200, more: Mapping[str, Any] | None = None) -> ResponseReturnValue:
        return show("hold.html", status, number=fresh.case.number, form=form, on=on, **(more or {}))

    if not form.is_submitted():
        return again(found)
    reason = str(form.given().get("reason") or "")
    return attempt(number, form, lambda: counter.hold(found.case, found.reach, me(), reason, on=on), again)
