"""Writing a text in plain fields, and looking at it as readers will."""

from typing import Any

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.areas import queries as areas
from app.core import clock
from app.guide.forms import editing as forms
from app.guide.forms.asking import age_of, tool_address
from app.guide.forms.editing import KINDS, Typed
from app.guide.forms.headings import headings
from app.guide.queries import checking, lists, picking
from app.guide.queries import editing as reads
from app.guide.queries.editing import Desk, Revision
from app.guide.rules.editing import MOST
from app.guide.rules.texts import Words
from app.guide.service import editing
from app.guide.staff.entry import CONFLICT, as_page, bp, may_read, me, show, theirs, writing_at
from app.guide.staff.looking import look
from app.guide.staff.translating import kept_as


@bp.route("/<slug>/<code>/edit", methods=["GET", "POST"])
@door(Action.GUIDE_EDIT)
def edit(slug: str, code: str) -> ResponseReturnValue:
    """Write: move, add and take away blocks, put facts in, keep a draft, look at it, go on to publishing."""
    desk = theirs(slug, code)
    begun = forms.typed_of(desk.head.words if desk.head else Words("", "", ""), desk.head, code)
    if request.method == "GET":
        return _begin(desk, begun)
    typed, act = forms.read_typed(request.form, code), request.form.get("do", "save")
    changed = forms.rearranged(typed, act, request.form.get("into", ""))
    if changed is not None:
        return _page(desk, changed, moved=changed.words != begun.words)
    if desk.is_source and not typed.title.strip():
        return _page(desk, typed, 400, untitled=True)
    kept = editing.save(slug, code, me().id, typed.seen, typed.words)
    if act == "keep":
        return kept_as(slug, code, 200 if kept.beside is None else CONFLICT)
    if kept.beside is not None:
        return _beside(slug, code, kept.beside)
    ways = {
        "preview": lambda: url_for("guide_staff.preview", slug=slug, code=code, n=kept.n),
        "publish": lambda: url_for("guide_staff.publish", slug=slug, code=code),
    }
    back = lambda: url_for("guide_staff.edit", slug=slug, code=code, saved=1)  # noqa: E731
    return redirect(ways.get(act, back)(), 303)


def _begin(desk: Desk, begun: Typed) -> ResponseReturnValue:
    """Open a text; what nobody has translated yet begins beside its source."""
    if desk.head is None and desk.source is not None:
        return redirect(url_for("guide_staff.translate", slug=desk.slug, code=desk.language))
    return _page(desk, begun, saved=request.args.get("saved") == "1")


def _beside(slug: str, code: str, theirs_n: int) -> ResponseReturnValue:
    """Show both texts: one's own, which is kept, and what somebody else saved meanwhile."""
    desk = reads.desk(slug, code)
    mine, other = desk.head, desk.revision(theirs_n)
    if mine is None or other is None:
        abort(404)
    return _page(desk, forms.typed_of(mine.words, mine, code), CONFLICT, other=other)


def _page(
    desk: Desk, typed: Typed, status: int = 200, *, other: Revision | None = None, **more: Any
) -> ResponseReturnValue:
    question = forms.question(request.form)
    findings = checking.check(typed.words, desk.language, desk.record, _source(desk))
    beside = other or next(iter(desk.drafts), None)
    return show(
        "edit.html",
        status,
        desk=desk,
        typed=typed,
        kinds=KINDS,
        full=len(typed.pieces) >= MOST,
        problems=forms.problems(findings, typed),
        prints=[picking.printed(f"{piece.heading}\n{piece.text}", desk.language) for piece in typed.pieces],
        found=picking.find(question, desk.language, typed.whole),
        question=question,
        into=request.form.get("into", "0"),
        other=other,
        beside=beside,
        differences=forms.differences(typed.words, beside.words, desk.language) if beside else (),
        names=reads.names(each.author for each in (desk.head, beside) if each),
        **more,
    )


def _source(desk: Desk) -> Words | None:
    """Return the source text that a translation has to say the same as."""
    if desk.is_source:
        return None
    found = desk.made_of or desk.source
    return found.words if found else None


@bp.get("/<slug>/<code>/preview/<int:n>")
@door(Action.GUIDE_EDIT)
def preview(slug: str, code: str, n: int) -> ResponseReturnValue:
    """Show a revision as its page on the site would be."""
    may_read(slug)
    found = as_page(slug, code, n)
    door_of_card = "guide.card" if found.kind == "card" else "guide.article"
    return show(
        "preview.html",
        article=found,
        n=n,
        code=code,
        review=look(slug, code, n),
        topic=next((topic for topic in lists.topics() if topic.code == found.topic), None),
        bands=[band for band in lists.bands() if band.code in found.bands],
        headings=headings(found),
        of_place=areas.area(found.place) if found.place else None,
        area=None,
        leave=None,
        places=(),
        hotlines=areas.hotlines(None),
        linked="",
        aigc=None,
        unlisted=True,
        tool_url=tool_address(found.tool),
        find_url=url_for("facilities.find"),
        age=age_of(found.bands),
        leaflet_url=None,
        share_url=url_for(door_of_card, slug=slug),
        today=clock.today(),
        writing=writing_at(reads.desk(slug, code)),
        may_edit=code in current_app.extensions["languages"].codes,
    )
