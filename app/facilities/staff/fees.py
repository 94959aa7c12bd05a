"""The price list of a facility as one form, with what a month would cost before anything is saved."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core import clock
from app.facilities.forms.editing import HowForm
from app.facilities.forms.editing.fees import FeesForm
from app.facilities.forms.monthly import month_words
from app.facilities.forms.pattern import read_pattern
from app.facilities.queries.cards import FacilityPage
from app.facilities.queries.proposals import ProposalCard
from app.facilities.queries.standing import standing
from app.facilities.queries.trying import would_cost
from app.facilities.rules.proposals import applied
from app.facilities.service import editing
from app.facilities.service.editing import Change
from app.facilities.staff.editing import asked_for, attempt
from app.facilities.staff.entry import bp, me, mine, show

OPEN = "open:"
"""Begins what the button of a folded group of prices says."""
USUAL = {"days": "5", "hours": "8", "meals": "1"}
"""The pattern a preview begins with: five whole days a week, with meals."""


@bp.route("/facilities/<id>/fees", methods=["GET", "POST"])
@door(Action.FACILITY_EDIT)
def fees(id: str) -> ResponseReturnValue:  # noqa: A002 - the name in the address
    """Change the price list; see what it costs before it is saved."""
    page, now, how, asked = mine(id), standing([id], "fees")[id], HowForm(), asked_for(id, "fees")
    if request.method == "GET":
        how.begin(now.version)
        shown = (applied("fees", now.value, asked.value) if asked else now.value) or ()
        form = FeesForm(shown, opened=_group_of(asked))
        return _page(page, form, how, MultiDict(USUAL), value=shown, looked=bool(asked))
    form = FeesForm(now.value or (), request.form, (request.form.get("do", "").removeprefix(OPEN),))
    typed: MultiDict[str, str] = MultiDict(request.form)
    if request.form.get("do") == "live":
        return show("parts/costs.html", **_costs(page, form, typed, form.value(clock.today()), alone=True))
    if request.form.get("do") != "save":
        value = form.value(clock.today())
        return _page(page, form, how, typed, 400 if form.errors else 200, value=value, looked=True)
    known, day = how.said(), how.on()
    value = form.value(day or clock.today())
    if form.errors or how.errors or known is None or day is None:
        return _page(page, form, how, typed, 400)
    change = Change("fees", value, known, day, how.number())
    return attempt(
        lambda: editing.edit(id, change, how.seen.data or "", me()),
        lambda status, **more: _page(mine(id), form, how, typed, status, **more),
        how,
        (id, "fees"),
    )


def _group_of(asked: ProposalCard | None) -> tuple[str, ...]:
    """Return the group of prices that a proposal is about."""
    said: dict[str, dict[str, Any]] = asked.value if asked and isinstance(asked.value, dict) else {}
    return tuple(f"{row.get('component')}.{row.get('care')}" for row in said.values())


def _page(
    page: FacilityPage,
    form: FeesForm,
    how: HowForm,
    typed: "MultiDict[str, str]",
    status: int = 200,
    *,
    value: Any = None,
    looked: bool = False,
    **more: Any,
) -> ResponseReturnValue:
    costs = _costs(page, form, typed, value if looked else None)
    return show(
        "fees.html",
        400 if looked and costs["problems"] else status,
        card=page.card,
        how=how,
        held=page.fields["fees"],
        typed=typed,
        asked=asked_for(page.card.id, "fees"),
        **costs,
        **more,
    )


def _costs(
    page: FacilityPage, form: FeesForm, typed: "MultiDict[str, str]", value: Any, *, alone: bool = False
) -> dict[str, Any]:
    """Return what the part with the costs shows; `alone`, it also says what cannot be read."""
    pattern, problems = read_pattern(typed)
    sentences = [(problem.field, problem.sentence) for problem in problems]
    preview = None
    if value is not None and pattern is not None and not form.errors:
        preview = would_cost(page.card.id, value, pattern, clock.today())
    unread = [*form.sentences, *(words for _field, words in sentences)] if alone else []
    return {
        "form": form,
        "problems": sentences,
        "preview": preview,
        "looked": value is not None,
        "unread": unread,
        "month_words": month_words,
    }
