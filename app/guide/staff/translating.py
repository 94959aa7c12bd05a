"""The desk of translators: all texts by language, and one of them side by side with its source."""

from flask import abort, current_app, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core import clock
from app.core.i18n import SOURCE
from app.core.pages import language
from app.guide.forms import editing as forms
from app.guide.forms import translating as sheets
from app.guide.forms.editing import Typed
from app.guide.queries import checking, feedback, lists, shelves, signers
from app.guide.queries import editing as reads
from app.guide.queries import translating as queries
from app.guide.queries.editing import Desk
from app.guide.queries.shelves import Wanted
from app.guide.rules import gates
from app.guide.rules.texts import Words
from app.guide.rules.vocabulary import STATES
from app.guide.service import editing, translating
from app.guide.service.table import Refused, Stale
from app.guide.staff.entry import CONFLICT, UNREADY, asked_of_list, bp, me, paged, show, signing_as, theirs

_PAGE = 30


@bp.get("/translate")
@door(Action.GUIDE_EDIT)
def matrix() -> ResponseReturnValue:
    """Show every text with its state in every language, narrowed to a topic, a language and a state."""
    wanted = asked_of_list()
    within = lambda target: me().may(Action.GUIDE_EDIT, target)  # noqa: E731
    found = shelves.texts(wanted, within, language(), clock.today())
    shown, page, pages_ = paged(found, _PAGE)
    codes: tuple[str, ...] = current_app.extensions["languages"].codes
    return show(
        "matrix.html",
        found=shown,
        count=len(found),
        page=page,
        pages=pages_,
        wanted=wanted,
        counts=queries.counted(shelves.texts(Wanted(), within, language(), clock.today())),
        reported=queries.reported(),
        topics=lists.topics(),
        states=STATES,
        codes=[code for code in codes if code != SOURCE],
    )


@bp.route("/translate/<slug>/<code>", methods=["GET", "POST"])
@door(Action.GUIDE_EDIT)
def translate(slug: str, code: str) -> ResponseReturnValue:
    """Translate block by block beside the source, and keep it as a draft."""
    desk = _desk(slug, code)
    if request.method == "GET":
        return _page(desk, _begun(desk), saved=request.args.get("saved", ""))
    typed, act = forms.read_typed(request.form, code), request.form.get("do", "save")
    put_in = sheets.put(typed, act, _source(desk))
    if put_in is not None or (typed.is_empty and desk.head is None):
        return _unkept(desk, put_in or typed, act)
    kept = editing.save(slug, code, me().id, typed.seen, typed.words)
    if kept.beside is not None:
        desk = reads.desk(slug, code)
        if act == "keep":
            return kept_as(slug, code, CONFLICT)
        return _page(desk, _begun(desk), CONFLICT, other=desk.revision(kept.beside))
    if act == "keep":
        return kept_as(slug, code)
    ways = {
        "preview": url_for("guide_staff.preview", slug=slug, code=code, n=kept.n),
        "publish": url_for("guide_staff.publish", slug=slug, code=code),
    }
    return redirect(ways.get(act) or url_for("guide_staff.translate", slug=slug, code=code, saved=1), 303)


def _unkept(desk: Desk, typed: Typed, act: str) -> ResponseReturnValue:
    """Show what was typed as it is now; nothing is kept of it."""
    if act == "keep":
        return kept_as(desk.slug, desk.language)
    return _page(desk, typed, moved=not typed.is_empty, blank=typed.is_empty)


def kept_as(slug: str, code: str, status: int = 200) -> ResponseReturnValue:
    """Tell the page of a writer, which goes on, what its text is kept as."""
    head = reads.desk(slug, code).head
    return jsonify(seen=head.id if head else 0, version=head.version if head else 0), status


def _source(desk: Desk) -> Words:
    return desk.source.words if desk.source else Words("", "", "")


def _begun(desk: Desk) -> Typed:
    """Return the text as its form begins: what is being written, else empty boxes."""
    return forms.typed_of(desk.head.words if desk.head else Words("", "", ""), desk.head, desk.language)


def _desk(slug: str, code: str) -> Desk:
    desk = theirs(slug, code)
    if desk.is_source or desk.source is None:
        abort(404)
    return desk


def _page(desk: Desk, typed: Typed, status: int = 200, **more: object) -> ResponseReturnValue:
    compared = queries.compared(desk)
    source = _source(desk)
    then = compared.then.words if compared.then else None
    typed, left = sheets.beside(typed, source, then)
    findings = checking.check(typed.words, desk.language, desk.record, source)
    sheet = sheets.sheet(typed, left, (source, then), forms.problems(findings, typed), desk.language)
    person = signing_as(desk.place).person
    live = desk.live
    standing = compared.standing
    may = live is not None and gates.may_acknowledge(
        person, gates.Words(desk.risk, desk.language, is_source=False, authors=signers.authors(live.id))
    )
    return show(
        "translate.html",
        status,
        desk=desk,
        typed=typed,
        sheet=sheet,
        compared=compared,
        may_acknowledge=may and bool(standing.behind) and not (desk.head and desk.head.is_open),
        reports=[each for each in feedback.tasks(desk.slug, desk.language) if each.words],
        problems=sheet.problems,
        names=reads.names(each.author for each in (desk.head, *desk.drafts, live) if each),
        **more,
    )


@bp.post("/translate/<slug>/<code>/same")
@door(Action.GUIDE_EDIT)
def same(slug: str, code: str) -> ResponseReturnValue:
    """Say that a translation says what its source now says."""
    desk = _desk(slug, code)
    source = request.form.get("source", "")
    number = int(source) if source.isascii() and source.isdigit() and len(source) < 10 else 0  # noqa: PLR2004
    try:
        translating.acknowledge(slug, code, signing_as(desk.place), forms.read_seen(request.form), number)
    except Stale:
        return _again(slug, code, CONFLICT, stale=True)
    except Refused as refusal:
        return _again(slug, code, UNREADY, refused=refusal.code)
    return redirect(url_for("guide_staff.translate", slug=slug, code=code, saved=2), 303)


def _again(slug: str, code: str, status: int, **more: object) -> ResponseReturnValue:
    desk = reads.desk(slug, code)
    return _page(desk, _begun(desk), status, **more)
