"""Leave cover: what one lends and borrows, lending something, agreeing to what others lend, ending it."""

import secrets

from flask import abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import queries
from app.accounts.forms import CoverForm, refusal
from app.accounts.queries import covers as reads
from app.accounts.rules import Action
from app.accounts.service import covering
from app.accounts.service.covering import Asked
from app.accounts.service.refusals import Refusal, RefusedError
from app.accounts.staff.door import bp, door

_CONFLICT = 409
_FIELDS = {Refusal.COVER_DAYS: "first", Refusal.COVER_NOTHING: "what", Refusal.COVER_APART: "what"}


@bp.get("/<lang:lang>/staff/cover")
@door()
def cover() -> ResponseReturnValue:
    """List what one lends and borrows, and what waits for one's word."""
    return _list()


@bp.route("/<lang:lang>/staff/cover/new", methods=["GET", "POST"])
@door()
def lend() -> ResponseReturnValue:
    """Hand some of one's own rights to a colleague for a while."""
    form = CoverForm(request.form if request.method == "POST" else None)
    parts, colleagues = reads.lendable(g.staff), reads.colleagues(g.staff)
    offices = queries.named(each.of for each in colleagues)
    names = queries.names_of(grant for grant, _part in parts)
    form.offer(parts, ((each.id, each.names, offices.get(each.of, {})) for each in colleagues), names)
    if request.method == "GET":
        form.form.data = secrets.token_urlsafe(12)
        return render_template("staff/cover_new.html", form=form)
    if form.validate():
        asked = Asked(
            taker=form.taker.data,
            chosen=form.chosen(),
            first=form.first.data,
            last=form.last.data,
            reason=form.reason.data.strip(),
            form=form.form.data or "",
        )
        try:
            state = covering.ask(g.staff, asked)
        except RefusedError as error:
            form[_FIELDS.get(error.why, "taker")].errors = [refusal(error.why)]
        else:
            return redirect(url_for("accounts.cover", done=state.value), 303)
    return make_response(render_template("staff/cover_new.html", form=form), 400)


@bp.post("/<lang:lang>/staff/cover/<identity>/decide")
@door(Action.COVER_APPROVE, fresh=True)
def decide_cover(identity: str) -> ResponseReturnValue:
    """Agree to what somebody lends to somebody else, or decline it."""
    if request.form.get("do") not in {"agree", "decline"}:
        abort(400)
    try:
        covering.decide(identity, g.staff, agree=request.form["do"] == "agree")
    except LookupError:
        abort(404)
    except RefusedError as error:
        return _list(_CONFLICT, error.why)
    return redirect(url_for("accounts.cover"), 303)


@bp.post("/<lang:lang>/staff/cover/<identity>/end")
@door()
def end_cover(identity: str) -> ResponseReturnValue:
    """End a cover at once; whoever borrowed has no more right from the next page on."""
    try:
        covering.end(identity, g.staff)
    except LookupError:
        abort(404)
    return redirect(url_for("accounts.cover", done="ended"), 303)


def _list(status: int = 200, why: Refusal | None = None) -> ResponseReturnValue:
    found = reads.covers(g.staff)
    page = render_template(
        "staff/cover.html",
        covers=found,
        names=queries.names_of(grant for each in found for grant in each.grants),
        done=request.args.get("done", ""),
        refused=refusal(why) if why else None,
        may_lend=bool(reads.lendable(g.staff)),
    )
    return make_response(page, status)
