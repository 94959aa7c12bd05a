"""Signing in and out, and proving once more to be there."""

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts import queries
from app.accounts.forms import CodeForm, ConfirmForm, SignInForm, refusal
from app.accounts.service import own, signing
from app.accounts.service.refusals import Refusal, RefusedError
from app.accounts.service.signing import Step
from app.accounts.staff.door import KNOWN, bp, door, enter, go_on, inside

_HALF, _NEXT = "half", "next"
_TOO_MANY = 429
_WAIT = {"Retry-After": "900"}


@bp.route("/<lang:lang>/staff/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Take the password; with an authenticator the code comes next."""
    form = SignInForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        if queries.staff():
            return redirect(inside(request.args.get("next")) or url_for("accounts.home"), 303)
        form.next.data = inside(request.args.get("next")) or ""
        return render_template("staff/sign_in.html", form=form)
    if not form.validate():
        return make_response(render_template("staff/sign_in.html", form=form), 400)
    outcome = signing.try_password(
        form.handle.data, form.password.data, device=request.cookies.get(KNOWN, "")
    )
    if outcome.step == Step.OPEN:
        enter(outcome.token)
        return go_on(form.next.data, outcome.account)
    if outcome.step == Step.CODE:
        session.clear()
        session[_HALF], session[_NEXT] = outcome.token, inside(form.next.data)
        return redirect(url_for("accounts.code"), 303)
    slow = outcome.step == Step.SLOW
    form.form_errors.append(
        _("There were too many tries. Wait 15 minutes, then try again.")
        if slow
        else _("The sign-in name or the password is wrong.")
    )
    page = render_template("staff/sign_in.html", form=form)
    return make_response(page, _TOO_MANY, _WAIT) if slow else make_response(page, 400)


@bp.route("/<lang:lang>/staff/sign-in/code", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Take the one-time code, or a recovery code in its place."""
    form = CodeForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        if not signing.is_waiting(session.get(_HALF, "")):
            return redirect(url_for("accounts.sign_in"), 303)
        return render_template("staff/code.html", form=form)
    if form.validate():
        outcome = signing.try_code(session.get(_HALF, ""), form.code.data)
        if outcome.step == Step.OPEN:
            address = session.get(_NEXT)
            enter(outcome.token)
            return go_on(address, outcome.account)
        if outcome.step != Step.WRONG:
            return _start_again(slow=outcome.step == Step.SLOW)
        form.code.errors = [refusal(Refusal.CODE)]
    return make_response(render_template("staff/code.html", form=form), 400)


def _start_again(*, slow: bool) -> ResponseReturnValue:
    """Show the first step again, and why."""
    session.clear()
    g.pop("csrf_token", None)
    form = SignInForm(None)
    form.form_errors.append(
        _("There were too many wrong codes. Wait an hour, then sign in again.")
        if slow
        else _("More than ten minutes have passed. Sign in again.")
    )
    page = render_template("staff/sign_in.html", form=form)
    return make_response(page, _TOO_MANY, _WAIT) if slow else make_response(page, 400)


@bp.post("/<lang:lang>/staff/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session. Whoever has none is sent the same way."""
    staff = queries.staff()
    if staff:
        signing.sign_out(staff)
    session.clear()
    return redirect(url_for("accounts.sign_in"), 303)


@bp.route("/<lang:lang>/staff/confirm", methods=["GET", "POST"])
@door()
def confirm() -> ResponseReturnValue:
    """Let somebody prove to be there before something that cannot be taken back."""
    with_code = queries.has_authenticator(g.staff.id)
    form = (CodeForm if with_code else ConfirmForm)(request.form if request.method == "POST" else None)
    answer = form.code if with_code else form.password
    status = 200
    if request.method == "GET":
        form.next.data = inside(request.args.get("next")) or ""
    elif form.validate():
        try:
            confirmed = own.confirm(g.staff, answer.data)
        except RefusedError as error:
            answer.errors, status = [refusal(error.why)], _TOO_MANY
        else:
            if confirmed.ok:
                enter(confirmed.token)
                return redirect(inside(form.next.data) or url_for("accounts.home"), 303)
            answer.errors, status = [refusal(Refusal.CODE if with_code else Refusal.PASSWORD)], 400
    else:
        status = 400
    page = render_template("staff/confirm.html", form=form, answer=answer, with_code=with_code)
    return make_response(page, status)
