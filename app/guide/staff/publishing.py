"""Publishing: what is wrong, what changes, what it does to translations; or a second person's look at it."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core import clock
from app.guide.forms import editing as forms
from app.guide.forms.editing import typed_of
from app.guide.queries import checking, signers
from app.guide.queries import editing as reads
from app.guide.queries.editing import Desk
from app.guide.rules import editing as rules
from app.guide.rules import gates
from app.guide.rules.texts import Words
from app.guide.service import editing
from app.guide.service.editing import Refused, Said, Stale
from app.guide.staff.entry import CONFLICT, UNREADY, bp, me, show, signing_as, theirs, writing_at

_REFUSALS = {"faults": UNREADY, "day": UNREADY}


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
            n = editing.publish(slug, code, signing_as(desk.place), seen, said)
            head = reads.desk(slug, code).revision(n)
            act = "scheduled" if head and head.publish_on else "published"
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
    compare = False
    if findings and desk.source and desk.is_behind(draft):
        compare = not checking.check(draft.words, desk.language, desk.record, desk.source.words)
        findings = () if compare else findings
    before = live.words if live else Words("", "", "")
    changes = rules.offered(
        desk.risk,
        words=live is None or before != draft.words,
        figures=live is not None and desk.figures(draft.words) != live.figures,
    )
    given = signers.given(draft.id)
    person = signing_as(desk.place).person
    words = gates.Words(desk.risk, desk.language, desk.is_source, signers.authors(draft.id))
    open_parts = gates.missing(desk.risk, signers.vouches(given))
    mine = gates.publisher_part(desk.risk)
    others = [part for part in open_parts if part != mine]
    hindrance = ""
    if mine in open_parts and mine is not None:
        hindrance = gates.hindrance(person, mine, "reads", words, signers.vouches(given))
    return show(
        "publish.html",
        status,
        desk=desk,
        draft=draft,
        given=given,
        others=others,
        waited=open_parts,
        writing=writing_at(desk),
        hindrance="second" if hindrance == "own" and mine == "second" else hindrance,
        wanted=gates.wanted(desk.risk),
        may_sign=bool(gates.parts_of(person, words, signers.vouches(given))),
        today=clock.today(),
        said=said,
        problems=forms.problems(findings, typed_of(draft.words, draft, desk.language)),
        differences=forms.differences(before, draft.words, desk.language),
        changes=changes,
        chosen=said.change if draft.state == "in_review" and said.change in changes else changes[0],
        effects={each: rules.effect(desk.risk, each) for each in changes},
        affected=reads.affected(desk.slug, desk.risk) if desk.is_source else (),
        own=draft.author == me().id,
        older=desk.is_older(draft),
        behind=desk.is_behind(draft),
        compare=compare,
        refused=refused,
        stale=stale,
        names=reads.names({draft.author, *(each.account for each in given)}),
    )
