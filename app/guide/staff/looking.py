"""Saying, at the end of a published text, that one has read it and that it is right as it is."""

from collections.abc import Mapping

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.core.i18n import SOURCE
from app.guide.forms import editing as forms
from app.guide.queries import editing as reads
from app.guide.queries import signers
from app.guide.rules import gates
from app.guide.rules.gates import Words
from app.guide.service import looking
from app.guide.service.editing import Refused, Stale
from app.guide.staff.entry import CONFLICT, bp, me, show, signing_as, theirs


@bp.post("/<slug>/looked-at")
@door(Action.GUIDE_SOURCE)
def looked_at(slug: str) -> ResponseReturnValue:
    """Write down that the source text was read today and is right; sent twice it is one look."""
    desk = theirs(slug, SOURCE)
    try:
        looking.look_at(slug, signing_as(desk.place), forms.read_seen(request.form))
    except Stale:
        return show("looked.html", CONFLICT, desk=reads.desk(slug, SOURCE), why="stale")
    except Refused as refusal:
        return show("looked.html", CONFLICT, desk=reads.desk(slug, SOURCE), why=refusal.code)
    return redirect(url_for("guide_staff.history", slug=slug, code=SOURCE, done="looked-at"), 303)


def look(slug: str, code: str, n: int) -> Mapping[str, object]:
    """Return what the page of a revision offers at its end: `live` only under what readers have now.

    `due` is the day of the next review; `why` says why nobody, or not this person, can look at it now.
    """
    target = reads.target(slug)
    if code != SOURCE or target is None or not me().may(Action.GUIDE_SOURCE, target):
        return {"live": None}
    desk = reads.desk(slug, SOURCE)
    live = desk.live
    if live is None or live.n != n:
        return {"live": None}
    if desk.head is None or desk.head.id != live.id:
        why = "same"
    else:
        words = Words(desk.risk, SOURCE, is_source=True, authors=signers.authors(live.id))
        given = signers.vouches(signers.given(live.id))
        why = gates.look(signing_as(desk.place).person, words, given, live.second_reader)[1]
    return {"live": live, "due": reads.due(desk.record, live.reviewed_on), "why": why}
