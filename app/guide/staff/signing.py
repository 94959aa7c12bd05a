"""Signing a text with one's name, and the list of those who may; when a published text ends."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action, Target
from app.accounts.staff import door, offer
from app.core import clock
from app.guide.forms import editing as forms
from app.guide.forms import signing as signing_forms
from app.guide.forms.headings import headings
from app.guide.queries import editing as reads
from app.guide.queries import signers
from app.guide.queries.editing import Desk, Revision
from app.guide.rules import gates
from app.guide.service import signers as list_of_signers
from app.guide.service import timing, vouching
from app.guide.service.table import Refused, Stale
from app.guide.staff.entry import CONFLICT, UNREADY, as_page, bp, me, show, signing_as, theirs

offer("guide_staff.signers", _l("Who signs texts"), Action.GUIDE_SIGNERS, order=27)


@bp.route("/<slug>/<code>/sign/<int:n>", methods=["GET", "POST"])
@door(Action.GUIDE_REVIEW)
def sign(slug: str, code: str, n: int) -> ResponseReturnValue:
    """Read a text as readers get it and vouch for it with one's name."""
    desk = theirs(slug, code)
    found = desk.revision(n) or abort(404)
    if not (found.is_open or found.state == "published"):
        abort(404)
    if request.method == "GET":
        return _page(desk, found)
    said = signing_forms.read_word(request.form)
    if said is None:
        return _page(desk, found, UNREADY, refused="part", back=request.form.get("back", ""))
    part, how, back = said
    try:
        vouching.vouch(slug, code, signing_as(desk.place), forms.read_seen(request.form), part, how, back)
    except Stale:
        fresh = reads.desk(slug, code)
        return _page(fresh, fresh.revision(n) or found, CONFLICT, stale=True, back=back)
    except Refused as refusal:
        return _page(desk, found, UNREADY, refused=refusal.code, back=back)
    return redirect(url_for("guide_staff.sign", slug=slug, code=code, n=n, done=1), 303)


def _page(desk: Desk, found: Revision, status: int = 200, **more: object) -> ResponseReturnValue:
    signer = signing_as(desk.place)
    given = signers.given(found.id)
    words = gates.Words(desk.risk, desk.language, desk.is_source, signers.authors(found.id))
    parts = gates.parts_of(signer.person, words, signers.vouches(given))
    article = as_page(desk.slug, desk.language, found.n)
    return show(
        "sign.html",
        status,
        desk=desk,
        revision=found,
        gone=reads.taken_away(desk),
        article=article,
        headings=headings(article),
        signer=signer,
        given=given,
        parts=parts,
        needs_back=not desk.is_source and desk.language not in signer.person.reads,
        missing=gates.missing(desk.risk, signers.vouches(given)),
        mine=any(each.account == signer.account for each in given),
        own=signer.account in words.authors,
        due=reads.due(desk.record, clock.today()),
        names=reads.names(each.account for each in given),
        done=request.args.get("done") == "1",
        **more,
    )


@bp.post("/<slug>/<code>/until")
@door(Action.GUIDE_EDIT)
def until(slug: str, code: str) -> ResponseReturnValue:
    """Say from which day on readers do not get a published text any more."""
    desk = theirs(slug, code)
    if desk.risk != "R3" and not me().may(Action.GUIDE_REVIEW, reads.target_of(desk.place)):
        abort(403)
    try:
        day = forms.read_day(request.form, "expires_on")
        timing.expire(slug, code, forms.read_seen(request.form), day)
        done = "until"
    except Stale:
        done = "stale"
    except Refused:
        done = "day"
    return redirect(url_for("guide_staff.history", slug=slug, code=code, done=done), 303)


@bp.route("/signers", methods=["GET", "POST"], endpoint="signers")
@door(Action.GUIDE_SIGNERS)
def list_signers() -> ResponseReturnValue:
    """List who signs texts; enter somebody with name, title, field, and how that is known."""
    if request.method == "GET":
        return _list(done=request.args.get("done") == "1")
    typed = signing_forms.read_named(request.form)
    person = signing_forms.person_of(typed)
    if person is None or not _reached(person.id):
        return _list(UNREADY, typed=typed, wrong="handle")
    lacking = signing_forms.lacking(typed)
    if lacking:
        return _list(UNREADY, typed=typed, wrong=lacking)
    try:
        list_of_signers.enter(signing_forms.named(typed, person.id), me().id)
    except Refused as refusal:
        return _list(UNREADY, typed=typed, wrong=refusal.code)
    return redirect(url_for("guide_staff.signers", done=1), 303)


@bp.post("/signers/<account>/end")
@door(Action.GUIDE_SIGNERS)
def end_signer(account: str) -> ResponseReturnValue:
    """Say that somebody signs no more texts."""
    if not _reached(account):
        abort(404)
    list_of_signers.end(account)
    return redirect(url_for("guide_staff.signers", done=1), 303)


def _reached(account: str) -> bool:
    """Tell whether an account works where the one who is signed in may enter signers."""
    return any(me().may(Action.GUIDE_SIGNERS, Target(area=area)) for area in signing_forms.areas_of(account))


def _list(status: int = 200, **more: object) -> ResponseReturnValue:
    found = [each for each in signers.entered() if _reached(each.account)]
    return show(
        "signers.html",
        status,
        found=found,
        fields=gates.FIELDS,
        names=reads.names(each.entered_by for each in found),
        **more,
    )
