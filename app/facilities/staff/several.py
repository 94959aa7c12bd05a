"""The same value at several facilities: chosen, entered, weighed with counts, applied in one go."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core import clock
from app.facilities.forms.desk import read_chosen, read_pins, read_wanted, write_pins
from app.facilities.forms.editing import EDITORS, NOT_WORTH, HowForm, ProposalForm
from app.facilities.queries import desk as reads
from app.facilities.rules.editing import MOST, SEVERAL, Effect
from app.facilities.service import editing
from app.facilities.service.editing import Change, Weighed
from app.facilities.staff.entry import CONFLICT, bp, me, show


@bp.route("/facilities/several", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def several() -> ResponseReturnValue:
    """Enter one value for several facilities, look at what it would do, then apply it."""
    field = request.values.get("field", "")
    if field not in SEVERAL:
        abort(404)
    form, how = EDITORS[field](), HowForm()
    if request.method == "GET":
        chosen = _chosen()
        how.begin()
        return _page(field, form, how, chosen, 200 if chosen else 400, nothing=not chosen)
    pins = read_pins(request.form.get("pins", ""))
    chosen = reads.mine_of(me(), list(pins) or read_chosen(request.form))
    value, known, day = form.value(), how.said(), how.on()
    if form.errors or how.errors or known is None or day is None or not chosen:
        return _page(field, form, how, chosen, 400, nothing=not chosen)
    change = Change(field, value, known, day, how.number())
    if request.form.get("do") != "apply":
        return _page(field, form, how, chosen, weighed=editing.weigh(list(chosen), field, value, day))
    return _apply(change, pins, form, how)


def _apply(change: Change, pins: dict[str, str], form: ProposalForm, how: HowForm) -> ResponseReturnValue:
    done = editing.number_of(change, me())
    try:
        done = done or editing.edit_several(pins, change, me())
    except editing.Twice:
        done = editing.number_of(change, me())
    except (editing.Stale, editing.NotWorth) as error:
        chosen = reads.mine_of(me(), list(pins))
        weighed = editing.weigh(list(chosen), change.field, change.proposed, change.day)
        stale = isinstance(error, editing.Stale)
        trouble = "" if stale else NOT_WORTH[Effect.SAME]
        code = CONFLICT if stale else 400
        return _page(change.field, form, how, chosen, code, weighed=weighed, stale=stale, trouble=trouble)
    return redirect(url_for("facilities_staff.edit_made", number=done), 303)


def _chosen() -> dict[str, str]:
    """Return the names of the facilities that were ticked, or of all that were found, by id."""
    if request.args.get("all") == "1":
        return reads.mine_of(me(), reads.wanted_ids(me(), read_wanted(request.args), clock.today()))
    return reads.mine_of(me(), read_chosen(request.args))


def _page(
    field: str,
    form: ProposalForm,
    how: HowForm,
    chosen: dict[str, str],
    status: int = 200,
    *,
    weighed: Weighed | None = None,
    **more: Any,
) -> ResponseReturnValue:
    versions = dict(weighed.versions) if weighed else dict.fromkeys(chosen, "0")
    return show(
        "several.html",
        status,
        field=field,
        form=form,
        how=how,
        chosen=chosen,
        weighed=weighed,
        pins=write_pins(versions),
        effects=tuple(Effect),
        most=MOST,
        **more,
    )
