"""One change of a table: what differs, what it would do, and the steps that can be taken."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.areas.forms import place as forms
from app.areas.queries import overlays
from app.areas.queries.overlays import Change
from app.areas.rules import edits as rules
from app.areas.rules.edits import CALENDAR, State
from app.areas.service import editing
from app.areas.service.editing import Faulty, Refused, Stale
from app.cases.queries.impact import impact
from app.cases.staff.place.entry import (
    CONFLICT,
    UNREADY,
    bp,
    may_approve,
    may_rule,
    me,
    owner,
    regions,
    show,
    theirs,
)
from app.cases.staff.place.words import choices, saying
from app.core.faults import FaultyFiles
from app.guide.queries.editing import names

_LARGEST = 1 << 31
_LEADS_TO = {"propose": State.PROPOSED, "approve": State.APPLIED, "discard": State.DISCARDED}
_NOTE = 500
_OF_A_SECOND = frozenset({"approve", "return"})
"""Steps that somebody can take who may not make changes: a place with one lead has a second person so."""


@bp.route("/<code>/changes/<int:id>", methods=["GET", "POST"])
@door(Action.PLACE_EDIT)
def change(code: str, id: int) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Look at a change and what it would do; propose, approve, give back, throw away or take back."""
    found = _mine(code, id)
    if request.method == "GET":
        return _page(code, found)
    if not (may_approve(code) if request.form.get("do") in _OF_A_SECOND else _may(code, found)):
        abort(404)
    seen = request.form.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < len(str(_LARGEST)) else -1
    note = " ".join(request.form.get("note", "").split())[:_NOTE]
    act = request.form.get("do", "")
    try:
        made = _step(act, found.id, version, note)
    except Stale:
        now = _mine(code, id)
        if _is_done(act, now):
            return redirect(url_for("place_staff.change", code=code, id=id), 303)
        return _page(code, now, CONFLICT, stale=True, note=note)
    except Refused as why:
        return _page(code, _mine(code, id), CONFLICT, refused=why.code, note=note)
    except Faulty as why:
        problems = [forms.said(fault, found.table, choices(code, found.table)) for fault in why.faults]
        return _page(code, _mine(code, id), UNREADY, problems=problems, note=note)
    return redirect(url_for("place_staff.change", code=code, id=made), 303)


def _step(act: str, identity: int, version: int, note: str) -> int:
    by = me().id
    match act:
        case "propose":
            editing.propose(identity, version, by, note)
        case "approve":
            editing.approve(identity, version, by)
        case "return":
            editing.give_back(identity, version, by)
        case "discard":
            editing.discard(identity, version, by)
        case "undo":
            return editing.take_back(identity, version, by)
    return identity


def _is_done(act: str, now: Change) -> bool:
    """Tell whether the step was taken already by who takes it: a button that was pressed twice."""
    by = {"propose": now.author, "approve": now.decided_by, "discard": now.decided_by}.get(act)
    return by == me().id and now.state == _LEADS_TO.get(act)


def _mine(code: str, identity: int) -> Change:
    """Return a change of a place's table, or of a calendar that holds there."""
    theirs(code)
    found = overlays.change(identity) if identity < _LARGEST else None
    if found is None or found.place != owner(code, found.name) or found.place not in (code, *regions(code)):
        abort(404)
    return found


def _may(code: str, found: Change) -> bool:
    return not found.table.own or may_rule(code)


def _page(
    code: str, found: Change, status: int = 200, *, problems: list[str] | None = None, **more: object
) -> ResponseReturnValue:
    effects, wrong = None, list(problems or ())
    if found.state in {State.DRAFT, State.PROPOSED} and found.rows:
        try:
            effects = impact(me(), found.place, found.name, found.rows)
        except FaultyFiles as error:
            offered = choices(code, found.table)
            wrong = wrong or [forms.said(fault, found.table, offered) for fault in error.faults]
    columns = (
        ("status", *found.table.columns) if found.name.startswith(f"{CALENDAR}:") else found.table.columns
    )
    say = saying(code, found.table)
    rows = []
    for key, row in found.rows.items():
        before = found.before.get(key)
        rows.append((key, before, row, say(row or before), rules.differing(say(before), say(row), columns)))
    return show(
        "change.html",
        status,
        place=theirs(code),
        change=found,
        kind=found.name.partition(":")[0],
        rows=rows,
        effects=effects,
        problems=wrong,
        more=""
        if request.args.get("full")
        else url_for("place_staff.change", code=code, id=found.id, full=1),
        kept=found.state == State.APPLIED and found.rows == found.before,
        own=found.author == me().id,
        may=_may(code, found),
        approves=may_approve(code),
        column=forms.labels(found.table),
        people=names({each for each in (found.author, found.decided_by) if each}),
        **{"note": found.note, **more},
    )
