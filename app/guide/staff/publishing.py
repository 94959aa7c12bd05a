"""Publishing: what is wrong, what changes, what it does to translations; or a second person's look at it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.guide.forms import editing as forms
from app.guide.forms.editing import typed_of
from app.guide.queries import checking
from app.guide.queries import editing as reads
from app.guide.queries.editing import Desk
from app.guide.rules import editing as rules
from app.guide.rules.texts import Words
from app.guide.service import editing
from app.guide.service.editing import Refused, Said, Stale
from app.guide.staff.entry import CONFLICT, UNREADY, bp, me, show, theirs

_REFUSALS = {"faults": UNREADY}


@bp.route("/<slug>/<code>/publish", methods=["GET", "POST"])
@door(Action.GUIDE_EDIT)
def publish(slug: str, code: str) -> ResponseReturnValue:
    """Look at a draft once more, say what kind of change it is, and publish it or ask a second person."""
    desk = theirs(slug, code)
    if request.method == "GET":
        draft = desk.head
        return _page(desk, Said(draft.change if draft else "", draft.note if draft else ""))
    seen, said, act = forms.read_seen(request.form), forms.read_said(request.form), request.form.get("do", "")
    try:
        if act == "submit":
            editing.submit(slug, code, seen, said)
        elif act == "return":
            editing.give_back(slug, code, seen, said.note)
        elif act == "publish":
            editing.publish(slug, code, me().id, seen, said)
            act = "published"
        else:  # a form that came back after its session had ended: look at it once more
            return _page(desk, said)
    except Stale:
        return _page(reads.desk(slug, code), said, CONFLICT, stale=True)
    except Refused as refusal:
        status = _REFUSALS.get(refusal.code, CONFLICT)
        return _page(reads.desk(slug, code), said, status, refused=refusal.code)
    return redirect(url_for("guide_staff.history", slug=slug, code=code, done=act), 303)


def _page(
    desk: Desk, said: Said, status: int = 200, *, refused: str = "", stale: bool = False
) -> ResponseReturnValue:
    draft, live = desk.head, desk.live
    if draft is None or not draft.is_open:
        return show("nothing.html", status, desk=desk)
    source = None
    if not desk.is_source:
        found = desk.source if said.compared or desk.made_of is None else desk.made_of
        source = found.words if found else None
    findings = checking.check(draft.words, desk.language, desk.record, source)
    before = live.words if live else Words("", "", "")
    changes = rules.offered(
        desk.risk,
        words=live is None or before != draft.words,
        figures=live is not None and desk.figures(draft.words) != live.figures,
    )
    return show(
        "publish.html",
        status,
        desk=desk,
        draft=draft,
        said=said,
        problems=forms.problems(findings, typed_of(draft.words, draft)),
        differences=forms.differences(before, draft.words, desk.language),
        changes=changes,
        chosen=said.change if draft.state == "in_review" and said.change in changes else changes[0],
        effects={each: rules.effect(desk.risk, each) for each in changes},
        affected=reads.affected(desk.slug, desk.risk) if desk.is_source else (),
        second=rules.needs_second(desk.risk),
        own=draft.author == me().id,
        older=desk.is_older(draft),
        behind=not desk.is_source and desk.source is not None and draft.of_id != desk.source.id,
        refused=refused,
        stale=stale,
        names=reads.names({draft.author}),
    )
