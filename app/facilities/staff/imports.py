"""Ledgers at the counter: bring one, watch it, choose a profile, look, decide, apply, take it back."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.facilities.forms.imports import shown
from app.facilities.queries import profiles
from app.facilities.queries import uploads as reads
from app.facilities.queries.uploads import UploadCard
from app.facilities.rules.uploads import Kind, State
from app.facilities.service import uploads
from app.facilities.staff import imports_columns, imports_register, imports_taking
from app.facilities.staff.imports_entry import CONFLICT, bp, me, mine, show, version, waiting
from app.facilities.staff.imports_taking import act_on, day_of, listed, table_of, taken_in

__all__ = ["bp", "imports_columns", "imports_register", "imports_taking"]

offer(
    "imports.ledgers",
    _l("Import ledgers"),
    Action.FACILITY_EDIT,
    order=35,
    to=lambda staff: reads.brings(staff, Kind.LEDGER),
)


@bp.get("")
@door(Action.FACILITY_EDIT)
def ledgers() -> ResponseReturnValue:
    """List the ledgers that were brought, and take another."""
    return listed(Kind.LEDGER)


@bp.post("")
@door(Action.FACILITY_EDIT)
def bring() -> ResponseReturnValue:
    """Take a ledger in; it is read beside the page."""
    return taken_in(Kind.LEDGER)


@bp.get("/<int:number>")
@door(Action.FACILITY_EDIT)
def ledger(number: int) -> ResponseReturnValue:
    """Show how far a ledger is: progress, the choice of a profile, or what it would do or did."""
    return _page(mine(number, Kind.LEDGER))


def _page(
    card: UploadCard, status: int = 200, *, trouble: str = "", typed: dict[int, str] | None = None
) -> ResponseReturnValue:
    if card.state is State.WAITING:
        return waiting(card, status)
    known = profiles.available(card.area)
    plan = reads.plan_of(card.id)
    if plan is None and card.state in {State.APPLIED, State.UNDONE, State.DROPPED}:
        return show("failed.html", status, card=card)
    another = card.state is State.READY and request.args.get("tab") == "profile"
    if card.state in {State.MATCHING, State.FAILED} or plan is None or another:
        survey = reads.survey_of(card.id)
        return show(
            "profile.html",
            status,
            card=card,
            profiles=_ordered(known, survey),
            survey=survey,
            trouble=trouble,
        )
    return show(
        "plan.html",
        status,
        card=card,
        plan=plan,
        tab=shown.tab(plan, request.args.get("tab", ""), request.args.get("page", "")),
        profile=next((each for each in known if each.name == card.profile), None),
        trouble=trouble,
        typed=typed or {},
        conflict=status == CONFLICT,
    )


def _ordered(known: list[profiles.ProfileCard], survey: object) -> list[tuple[profiles.ProfileCard, int]]:
    """Return profiles with how many of their headings the ledger has, the best first."""
    hits: dict[str, int] = survey["hits"] if isinstance(survey, dict) else {}
    return sorted(((each, hits.get(each.name, 0)) for each in known), key=lambda pair: -pair[1])


@bp.post("/<int:number>/profile")
@door(Action.FACILITY_EDIT)
def choose(number: int) -> ResponseReturnValue:
    """Let a profile read the ledger."""
    card, name = mine(number, Kind.LEDGER), request.form.get("profile", "")
    if name not in {each.name for each in profiles.available(card.area)}:
        return _page(card, 400, trouble=_("Choose how the ledger is read."))
    day, wrong = day_of(request.form.get("day", ""))
    if wrong:
        return _page(card, 400, trouble=wrong)
    try:
        uploads.choose(number, name, day, version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return _page(mine(number, Kind.LEDGER), CONFLICT, trouble=_meanwhile())
    return redirect(url_for("imports.ledger", number=number), 303)


def _meanwhile() -> str:
    told: str = _("Somebody else has changed this meanwhile. This is how it is now; say again what you want.")
    return told


@bp.post("/<int:number>/decide")
@door(Action.FACILITY_EDIT)
def decide(number: int) -> ResponseReturnValue:
    """Keep what a worker decided about rows, and compare anew."""
    card = mine(number, Kind.LEDGER)
    choices, wrong = shown.decisions(request.form.to_dict(flat=False))
    typed = {**card.choices, **choices}
    if wrong:
        rows = ", ".join(map(str, wrong))
        told = _("These rows have an id that is none: %(rows)s. An id has eight characters.", rows=rows)
        return _page(card, 400, trouble=told, typed=typed)
    try:
        uploads.decide(number, choices, version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return _page(mine(number, Kind.LEDGER), CONFLICT, trouble=_meanwhile(), typed=choices)
    return redirect(url_for("imports.ledger", number=number), 303)


@bp.get("/<int:number>/apply")
@door(Action.FACILITY_EDIT)
def confirm(number: int) -> ResponseReturnValue:
    """Say once more what would be written."""
    card = mine(number, Kind.LEDGER)
    if card.state is not State.READY or card.counts.get("errors"):
        return redirect(url_for("imports.ledger", number=number), 303)
    return show("confirm.html", card=card)


@bp.post("/<int:number>/act")
@door(Action.FACILITY_EDIT)
def act(number: int) -> ResponseReturnValue:
    """Apply it, compare anew, take it back, or take the file away."""
    mine(number, Kind.LEDGER)
    return act_on(number, Kind.LEDGER)


@bp.get("/<int:number>/errors.csv")
@door(Action.FACILITY_EDIT)
def errors(number: int) -> ResponseReturnValue:
    """Give errors and warnings as a table, to mend the list beside it."""
    card = mine(number, Kind.LEDGER)
    plan = reads.plan_of(card.id)
    if plan is None:
        abort(404)
    return table_of(plan, card.id)


@bp.get("/profiles/<name>.toml")
@door(Action.FACILITY_EDIT)
def export(name: str) -> ResponseReturnValue:
    """Give a profile as the file that `content/profiles/` uses."""
    card = profiles.profile(name[:80])
    near = card is not None and (not card.own or any(
        area.code.startswith(card.area) or card.area.startswith(area.code)
        for area in reads.reach(me(), Kind.LEDGER)
    ))  # fmt: skip
    if card is None or not near:
        abort(404)
    headers = {
        "Content-Type": "application/toml; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{card.name}.toml"',
    }
    return profiles.written(card), 200, headers
