"""The accounts of others: list, invite, change the role, reset, close."""

from collections.abc import Callable, Mapping

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.forms import GrantForm, InviteForm, refusal
from app.accounts.queries import Person
from app.accounts.rules import Action, Grant, Role, Target
from app.accounts.service import inviting, managing
from app.accounts.service.refusals import Refusal, RefusedError
from app.accounts.staff.door import bp, door
from app.areas import queries as areas
from app.areas.queries.people import offices
from app.core import pages
from app.core.i18n import SOURCE

_CONFLICT = 409
_DEPTH = {4: 2, 6: 1}
"""Levels of divisions offered below an area, by the length of its code: districts and towns, or towns."""
NEW = "new"
"""In place of a role in an address: one more."""
_FIELDS = {
    Refusal.HANDLE_SHAPE: "handle",
    Refusal.HANDLE_TAKEN: "handle",
    Refusal.AREA: "area",
    Refusal.PLACE: "area",
    Refusal.UNIT: "unit",
    Refusal.UNIT_ELSEWHERE: "unit",
    Refusal.FACILITY: "facility",
    Refusal.FACILITY_UNKNOWN: "facility",
    Refusal.FACILITY_ELSEWHERE: "facility",
}


@bp.get("/<lang:lang>/staff/accounts")
@door(Action.ACCOUNT_LIST)
def people() -> ResponseReturnValue:
    """List the accounts of one's area."""
    mine = [each for each in queries.people() if _reached(Action.ACCOUNT_LIST, each)]
    return render_template("staff/accounts.html", people=mine, names=_names(mine))


@bp.route("/<lang:lang>/staff/accounts/invite", methods=["GET", "POST"])
@door(Action.ACCOUNT_INVITE, fresh=True)
def invite() -> ResponseReturnValue:
    """Make an account and show its one-time link, once."""
    form = InviteForm(request.form if request.method == "POST" else None)
    _offer(form, Action.ACCOUNT_INVITE)
    if request.method == "GET":
        return render_template("staff/invite.html", form=form)
    if form.validate():
        try:
            grant = _granted(form, Action.ACCOUNT_INVITE)
            token = inviting.invite(form.handle.data, {SOURCE: form.name.data.strip()}, grant, by=g.staff.id)
        except RefusedError as error:
            form[_FIELDS[error.why]].errors = [refusal(error.why)]
        else:
            return _show_link(token, form.handle.data)
    return make_response(render_template("staff/invite.html", form=form), 400)


@bp.get("/<lang:lang>/staff/accounts/<account>")
@door(Action.ACCOUNT_LIST)
def person(account: str) -> ResponseReturnValue:
    """Show an account and what can be done with it."""
    return _account(_found(account, Action.ACCOUNT_LIST))


@bp.route("/<lang:lang>/staff/accounts/<account>/role", methods=["GET", "POST"])
@door(Action.ACCOUNT_INVITE, fresh=True)
def regrant(account: str) -> ResponseReturnValue:
    """Change a role of somebody, give them one more (`of=new`) or take one away; they are signed out."""
    found = _found(account, Action.ACCOUNT_INVITE)
    held = {key(grant): grant for grant in found.grants}
    asked = request.args.get("of") or key(found.grants[0])
    present = held.get(asked)
    if present is None and asked != NEW:
        return _account(found, _CONFLICT, Refusal.ROLE_GONE)
    form = GrantForm(request.form if request.method == "POST" else None, data=_present(present))
    _offer(form, Action.ACCOUNT_INVITE)
    shown = {"person": found, "form": form, "present": present, "names": _names([found])}
    if request.method == "GET":
        return render_template("staff/role.html", **shown)
    if present and request.form.get("do") == "take":
        return _do(found, lambda: _taken(found, present))
    if form.validate():
        try:
            grant = _granted(form, Action.ACCOUNT_INVITE)
            if present:
                token = managing.regrant(found.id, grant, by=g.staff.id, instead=present)
            else:
                token = managing.add_role(found.id, grant, by=g.staff.id)
        except RefusedError as error:
            form[_FIELDS.get(error.why, "role")].errors = [refusal(error.why)]
        else:
            if token:
                return _show_link(token, found.handle)
            return redirect(url_for("accounts.person", account=found.id), 303)
    return make_response(render_template("staff/role.html", **shown), 400)


def key(grant: Grant) -> str:
    """Return what names a role in an address."""
    return f"{grant.role}:{grant.unit}:{grant.area}:{grant.facility}"


def _taken(found: Person, grant: Grant) -> ResponseReturnValue:
    managing.take_role(found.id, grant, by=g.staff.id)
    return redirect(url_for("accounts.person", account=found.id), 303)


@bp.post("/<lang:lang>/staff/accounts/<account>/reset")
@door(Action.ACCOUNT_RESET, fresh=True)
def reset(account: str) -> ResponseReturnValue:
    """Take password and authenticator from somebody and show the new one-time link, once."""
    found = _found(account, Action.ACCOUNT_RESET)
    return _do(found, lambda: _show_link(managing.reset(found.id, by=g.staff.id), found.handle))


@bp.post("/<lang:lang>/staff/accounts/<account>/close")
@door(Action.ACCOUNT_DISABLE)
def disable(account: str) -> ResponseReturnValue:
    """Close an account; whoever uses it is signed out at once."""
    found = _found(account, Action.ACCOUNT_DISABLE)

    def close() -> ResponseReturnValue:
        managing.disable(found.id, by=g.staff.id)
        return redirect(url_for("accounts.person", account=found.id), 303)

    return _do(found, close)


def _do(found: Person, act: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    try:
        return act()
    except RefusedError as error:
        return _account(found, 400, error.why)


def _account(found: Person, status: int = 200, why: Refusal | None = None) -> ResponseReturnValue:
    roles = [(key(grant), grant) for grant in found.grants]
    told = refusal(why) if why else None
    page = render_template(
        "staff/account.html", person=found, roles_held=roles, names=_names([found]), refused=told
    )
    return make_response(page, status)


def _found(account: str, action: Action) -> Person:
    """Return an account within reach; one that is not is answered as if it were not there."""
    found = queries.person(account)
    if found is None or not _reached(action, found):
        abort(404)
    return found


def _reached(action: Action, found: Person) -> bool:
    return queries.within_reach(g.staff.grants, action, found)


def _granted(form: GrantForm, action: Action) -> Grant:
    """Return the role a form asks for, if it lies within one's own reach. Raises `RefusedError`."""
    grant = Grant(
        Role(form.role.data), form.unit.data, form.area.data, (form.facility.data or "").strip().upper()
    )
    reached = [grant.area, grant.unit.partition(".")[0]] if grant.unit else [grant.area]
    if not all(g.staff.may(action, Target(area=area)) for area in reached):
        raise RefusedError(Refusal.AREA)
    return grant


def _present(grant: Grant | None) -> dict[str, str]:
    if grant is None:
        return {}
    return {"role": grant.role, "area": grant.area, "unit": grant.unit, "facility": grant.facility}


def _offer(form: GrantForm, action: Action) -> None:
    """Offer the areas and offices within one's own reach."""
    own = [grant.area for grant in g.staff.grants if g.staff.may(action, Target(area=grant.area))]
    cards = areas.areas(own)
    listed = [(code, cards[code].names) for code in own if code in cards]
    for code in own:
        listed += _below(code, _DEPTH.get(len(code), 0))
    units = [(each.code, each.names) for code in own for each in offices(code)]
    form.offer(listed, units)


def _below(code: str, depth: int) -> list[tuple[str, Mapping[str, str]]]:
    found = []
    for child in areas.children(code) if depth else ():
        found.append((child.code, child.names))
        found += _below(child.code, depth - 1)
    return found


def _names(people: list[Person]) -> Mapping[str, Mapping[str, str]]:
    return queries.names_of(grant for each in people for grant in each.grants)


def _show_link(token: str, handle: str) -> ResponseReturnValue:
    address = pages.public_address("accounts.invitation", token=token)
    return render_template("staff/link.html", address=address, handle=handle)
