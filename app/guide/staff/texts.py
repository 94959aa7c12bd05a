"""The list of texts, one of them in all languages, and what readers reported."""

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import clock
from app.core.i18n import SOURCE
from app.core.pages import language
from app.guide.queries import editing as reads
from app.guide.queries import feedback, linked, lists, shelves
from app.guide.queries.shelves import FLAGS, SIGN, Wanted
from app.guide.queries.to_sign import signs, to_sign
from app.guide.rules.vocabulary import STATES
from app.guide.service import editing
from app.guide.staff.entry import asked_of_list, bp, may_read, me, paged, show

_PAGE = 40
offer("guide_staff.texts", _l("Texts"), Action.GUIDE_EDIT, order=25)


@bp.get("")
@door(Action.GUIDE_EDIT)
def texts() -> ResponseReturnValue:
    """List the texts that one may change: what waits, is overdue or was reported comes first."""
    wanted = asked_of_list()
    found = shelves.texts(
        wanted, lambda target: me().may(Action.GUIDE_EDIT, target), language(), clock.today()
    )
    if wanted.flag == SIGN:
        mine = to_sign(me())
        found = [each for each in found if each.slug in mine.drafts | mine.live]
    shown, page, pages = paged(found, _PAGE)
    return show(
        "texts.html",
        found=shown,
        count=len(found),
        page=page,
        pages=pages,
        wanted=wanted,
        topics=lists.topics(),
        flags=[flag for flag in FLAGS if flag != SIGN or signs(me())],
        states=STATES,
    )


@bp.get("/<slug>")
@door(Action.GUIDE_EDIT)
def text(slug: str) -> ResponseReturnValue:
    """Show what every language has of a text, and what readers reported."""
    may_read(slug)
    desk = reads.desk(slug, SOURCE)
    (listed,) = shelves.texts(
        Wanted(), lambda target: target == reads.target_of(desk.place), language(), clock.today(), slug=slug
    )
    may_source = me().may(Action.GUIDE_SOURCE, reads.target_of(desk.place))
    reports, helped = feedback.tasks(slug), feedback.helped(slug).get(slug)
    return show(
        "text.html",
        desk=desk,
        listed=listed,
        may_source=may_source,
        reports=reports,
        helped=helped,
        topic=next((each for each in lists.topics() if each.code == desk.topic), None),
    )


@bp.get("/links")
@door(Action.GUIDE_EDIT)
def links() -> ResponseReturnValue:
    """List the addresses outside that texts lead to and that do not answer as they should."""
    checked = bool(current_app.extensions["settings"].check_links)
    return show("links.html", found=linked.broken(), checked=checked)


@bp.post("/<slug>/reports/<int:number>")
@door(Action.GUIDE_EDIT)
def close(slug: str, number: int) -> ResponseReturnValue:
    """Say that one has read what a reader reported; its words are erased."""
    may_read(slug)
    if any(task.id == number for task in feedback.tasks(slug)):
        editing.close_report(number, me().id)
    return redirect(url_for("guide_staff.text", slug=slug, _anchor="reports"), 303)
