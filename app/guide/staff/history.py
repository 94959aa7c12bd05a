"""Who changed a text and when, what each change changed, and making an older revision a new one."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.guide.forms import editing as forms
from app.guide.queries import editing as reads
from app.guide.queries.editing import Desk, Revision
from app.guide.rules.texts import Words
from app.guide.service import editing
from app.guide.staff.entry import bp, me, show, theirs

DONE = ("published", "scheduled", "submit", "return", "until", "stale", "day", "looked-at")


@bp.get("/<slug>/<code>/history")
@door(Action.GUIDE_EDIT)
def history(slug: str, code: str) -> ResponseReturnValue:
    """List every revision of a text in a language, the newest first."""
    desk = theirs(slug, code)
    people = {each for revision in desk.revisions for each in (revision.author, revision.second_reader)}
    done = request.args.get("done", "")
    may_end = desk.risk == "R3" or me().may(Action.GUIDE_REVIEW, reads.target_of(desk.place))
    return show(
        "history.html",
        desk=desk,
        names=reads.names(people),
        done=done if done in DONE else "",
        gone=reads.taken_away(desk),
        may_end=may_end,
        may_sign=me().may(Action.GUIDE_REVIEW, reads.target_of(desk.place)),
        due=reads.due(desk.record, desk.live.reviewed_on) if desk.is_source and desk.live else None,
    )


@bp.get("/<slug>/<code>/history/<int:n>")
@door(Action.GUIDE_EDIT)
def revision(slug: str, code: str, n: int) -> ResponseReturnValue:
    """Show what a revision changed of the one before it."""
    desk = theirs(slug, code)
    found = desk.revision(n) or abort(404)
    before = _before(desk, found)
    return show(
        "revision.html",
        desk=desk,
        revision=found,
        before=before,
        gone=reads.taken_away(desk),
        differences=forms.differences(before.words if before else Words("", "", ""), found.words, code),
        names=reads.names({found.author, found.second_reader}),
    )


def _before(desk: Desk, found: Revision) -> Revision | None:
    """Return the revision that another one replaced: the newest before it that was published, else any."""
    older = [each for each in desk.revisions if each.n < found.n]
    return next((each for each in older if each.published_at), older[0] if older else None)


@bp.post("/<slug>/<code>/history/<int:n>/restore")
@door(Action.GUIDE_EDIT)
def restore(slug: str, code: str, n: int) -> ResponseReturnValue:
    """Make an older revision a new draft, to be published like any other."""
    theirs(slug, code)
    try:
        editing.bring_back(slug, code, me().id, n)
    except LookupError:
        abort(404)
    return redirect(url_for("guide_staff.publish", slug=slug, code=code), 303)
