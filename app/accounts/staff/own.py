"""One's own account: the invitation, the password, recovery codes, sessions."""

import segno
from flask import current_app, g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.forms import ActForm, ChangePasswordForm, CodeForm, NewPasswordForm, refusal
from app.accounts.queries import Invited
from app.accounts.rules.credentials import in_groups, sealed_as
from app.accounts.service import inviting, own
from app.accounts.service.proofs import authenticator_uri, new_authenticator
from app.accounts.service.refusals import Refusal, RefusedError
from app.accounts.staff.door import bp, door, enter, go_on, know
from app.core.i18n import pick
from app.core.pages import language
from app.core.sealing import open_text

_LINK, _SECRET = "link", "secret"


@bp.get("/<lang:lang>/staff/invitation/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Take a one-time link out of the address; from here on only this browser's session holds it."""
    session[_LINK] = token
    return redirect(url_for("accounts.accept"), 303)


@bp.route("/<lang:lang>/staff/invitation", methods=["GET", "POST"])
def accept() -> ResponseReturnValue:
    """Let the invited choose a password, then set up the authenticator."""
    link = session.get(_LINK, "")
    found = queries.invited(link)
    if found is None:
        return make_response(render_template("staff/link_void.html"), 404)
    return _set_up(link, found) if found.secret else _choose(link, found)


def _choose(link: str, found: Invited) -> ResponseReturnValue:
    form = NewPasswordForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            chosen = inviting.choose_password(link, form.password.data)
        except RefusedError as error:
            form.password.errors = [refusal(error.why)]
        else:
            if chosen.session:
                enter(chosen.session)
                return go_on(None, chosen.account)
            session[_LINK] = chosen.link
            return redirect(url_for("accounts.accept"), 303)
    status = 400 if request.method == "POST" else 200
    return make_response(render_template("staff/accept.html", form=form, invited=found), status)


def _set_up(link: str, found: Invited) -> ResponseReturnValue:
    form = CodeForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            enrolled = inviting.confirm_authenticator(link, form.code.data)
        except RefusedError as error:
            form.code.errors = [refusal(error.why)]
        else:
            enter(enrolled.session)
            page = render_template("staff/recovery_codes.html", codes=enrolled.recovery_codes)
            return know(make_response(page), enrolled.account)
    return _show_secret(form, found.handle, found.secret or "")


def _show_secret(form: CodeForm, handle: str, secret: str) -> ResponseReturnValue:
    """Show the secret of an authenticator while its owner sets it up, and ask for the code of now."""
    issuer = pick(current_app.extensions["settings"].brand.name, language()).text or "Tuoyu"
    code = segno.make(authenticator_uri(handle, secret, issuer), error="m")
    page = render_template(
        "staff/authenticator.html",
        form=form,
        secret=in_groups(secret),
        picture=code.png_data_uri(scale=4, border=4),
    )
    return make_response(page, 400 if request.method == "POST" else 200)


@bp.route("/<lang:lang>/staff/me", methods=["GET", "POST"])
@door()
def me() -> ResponseReturnValue:
    """Show one's own account, and change its password; all other sessions end then."""
    form = ChangePasswordForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        try:
            token = own.change_password(g.staff, form.present.data, form.password.data)
        except RefusedError as error:
            field = form.present if error.why in {Refusal.PASSWORD, Refusal.TRIES} else form.password
            field.errors = [refusal(error.why)]
        else:
            enter(token)
            return redirect(url_for("accounts.me", done="password"), 303)
    page = render_template(
        "staff/me.html",
        staff=g.staff,
        names=queries.names_of(g.staff.grants),
        form=form,
        done=request.args.get("done", ""),
        sessions=queries.sessions(g.staff.id),
        codes_left=queries.recovery_codes_left(g.staff.id),
        with_code=queries.has_authenticator(g.staff.id),
    )
    return make_response(page, 400 if request.method == "POST" else 200)


@bp.route("/<lang:lang>/staff/me/recovery-codes", methods=["GET", "POST"])
@door(fresh=True)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; the answer itself shows them, once."""
    if not queries.has_authenticator(g.staff.id):
        return redirect(url_for("accounts.me"), 303)
    form = ActForm(request.form if request.method == "POST" else None)
    if request.method == "POST" and form.validate():
        return render_template("staff/recovery_codes.html", codes=own.renew_recovery_codes(g.staff))
    left = queries.recovery_codes_left(g.staff.id)
    return render_template("staff/renew_codes.html", form=form, left=left)


@bp.route("/<lang:lang>/staff/me/authenticator", methods=["GET", "POST"])
@door(fresh=True)
def authenticator() -> ResponseReturnValue:
    """Let somebody who has an authenticator set up another, as on a new telephone.

    Until it shows a right code, the new secret is held by this browser only, sealed.
    """
    if not queries.has_authenticator(g.staff.id):
        return redirect(url_for("accounts.me"), 303)
    form = CodeForm(request.form if request.method == "POST" else None)
    if request.method == "GET" or _SECRET not in session:
        session[_SECRET] = new_authenticator(g.staff.id)
    sealed = session[_SECRET]
    if request.method == "POST" and form.validate():
        try:
            token = own.replace_authenticator(g.staff, sealed, form.code.data)
        except RefusedError as error:
            form.code.errors = [refusal(error.why)]
        else:
            enter(token)
            return redirect(url_for("accounts.me", done="authenticator"), 303)
    return _show_secret(form, g.staff.handle, open_text(sealed, sealed_as(g.staff.id)))


@bp.post("/<lang:lang>/staff/me/sessions")
@door()
def end_sessions() -> ResponseReturnValue:
    """End one's other sessions."""
    enter(own.end_other_sessions(g.staff))
    return redirect(url_for("accounts.me", done="sessions"), 303)
