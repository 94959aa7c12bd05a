"""The list of texts, one of them in all languages, and what readers reported."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.accounts.rules import Action
from app.accounts.staff import door, offer
from app.core import clock
from app.core.i18n import SOURCE
from app.core.pages import language
from app.guide.queries import editing as reads
from app.guide.queries import feedback, lists, shelves
from app.guide.queries.shelves import FLAGS, Wanted
from app.guide.rules.vocabulary import STATES
from app.guide.service import editing
from app.guide.staff.entry import bp, may_read, me, show

_PAGE = 40
offer("guide_staff.texts", _l("Texts"), Action.GUIDE_EDIT, order=25)


@bp.get("")
@door(Action.GUIDE_EDIT)
def texts() -> ResponseReturnValue:
    """List the texts that one may change: what waits, is overdue or was reported comes first."""
    wanted = _wanted()
    found = shelves.texts(
        wanted, lambda target: me().may(Action.GUIDE_EDIT, target), language(), clock.today()
    )
    pages = max(1, -(-len(found) // _PAGE))
    asked = request.args.get("page", "1")
    page = min(int(asked), pages) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1  # noqa: PLR2004
    return show(
        "texts.html",
        found=found[(max(page, 1) - 1) * _PAGE :][:_PAGE],
        count=len(found),
        page=max(page, 1),
        pages=pages,
        wanted=wanted,
        topics=lists.topics(),
        flags=FLAGS,
        states=STATES,
    )


def _wanted() -> Wanted:
    def asked(name: str) -> str:
        text = "".join(letter for letter in request.args.get(name, "") if letter.isprintable())
        return " ".join(text.split())[:80]

    return Wanted(asked("q"), asked("topic"), asked("language"), asked("state"), asked("flag"))


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


@bp.post("/<slug>/reports/<int:number>")
@door(Action.GUIDE_EDIT)
def close(slug: str, number: int) -> ResponseReturnValue:
    """Say that one has read what a reader reported; its words are erased."""
    may_read(slug)
    if any(task.id == number for task in feedback.tasks(slug)):
        editing.close_report(number, me().id)
    return redirect(url_for("guide_staff.text", slug=slug, _anchor="reports"), 303)
