"""Notices to the facility: from a template that cannot reach the resident, with words that are checked."""

from dataclasses import asdict
from datetime import date
from typing import Any

from app.accounts.queries import Staff
from app.cases.model import Case, CaseNotice
from app.cases.rules import contexts
from app.cases.rules.access import Access
from app.cases.rules.acts import Actor, Event, Refused
from app.cases.rules.notices import Notice, problems
from app.cases.rules.words import LONGEST_MESSAGE
from app.cases.service import record
from app.cases.service.checking import TO_OTHERS, gives_away
from app.cases.service.illegal import audited
from app.core import clock, sealing
from app.extensions import db

_TYPED = tuple(code for code in TO_OTHERS if code != "quote")
"""A typed name of a facility may well stand in the story too."""


class Leaks(Refused):
    """A text gives something away; `codes` say what, never the words themselves."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__("leak")
        self.codes = codes


def make(
    case: Case,
    reach: Access,
    staff: Staff,
    *,
    facility: str,
    demands: tuple[str, ...],
    due_on: date | None,
    extra: str,
) -> int:
    """Make a notice and return its id. Raises `Refused`, `Leaks`."""
    today = clock.today()
    notice = Notice(
        facility=facility.strip(),
        category=case.category,
        unit=reach.unit_for(Event.START),
        demands=demands,
        due_on=due_on or today,
        made_on=today,
        extra=extra.strip(),
    )
    with audited(case, staff.id, "notice"):
        if not reach.actors & {Actor.LEAD, Actor.DESK}:
            raise Refused("wrong-actor", illegal=True)
        found = problems(notice)
        if found:
            raise Refused(found[0])
        if len(notice.extra) > LONGEST_MESSAGE:
            raise Refused("words-too-long")
        given_away = {*gives_away(case, notice.extra.replace(notice.facility, ""))}
        if not case.facility:
            given_away |= {*gives_away(case, notice.facility, codes=_TYPED)}
        if given_away:
            raise Leaks(tuple(code for code in TO_OTHERS if code in given_away))
    row = CaseNotice(case_id=case.id, by=staff.id, at=clock.now(), due_on=notice.due_on, words=b"")
    db.session.add(row)
    db.session.flush()
    row.words = sealing.seal_json(_plain(notice), contexts.notice(case.number, row.id))
    record.event(
        case,
        "notice",
        actor="unit",
        account=staff.id,
        unit=notice.unit,
        public=False,
        data={"notice": row.id},
    )
    db.session.commit()
    return row.id


def _plain(notice: Notice) -> dict[str, Any]:
    held = asdict(notice)
    return {**held, "due_on": notice.due_on.isoformat(), "made_on": notice.made_on.isoformat()}


def read(case: Case, notice_id: int) -> Notice:
    """Return a notice as it was made. Raises `LookupError`."""
    row = db.session.get(CaseNotice, notice_id)
    if row is None or row.case_id != case.id:
        raise LookupError(notice_id)
    held = sealing.open_json(row.words, contexts.notice(case.number, row.id))
    held["due_on"], held["made_on"] = (date.fromisoformat(held[name]) for name in ("due_on", "made_on"))
    return Notice(**{**held, "demands": tuple(held["demands"])})
