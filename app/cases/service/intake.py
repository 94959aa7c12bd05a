"""Taking a report in: what has been acknowledged is kept.

Order: files lie sealed and synced on disk before this begins; then one transaction writes the case, its
words, its clocks and its audit; only after the commit is the access code shown. The code is derived from the
token that the resident's browser holds, so the same draft shows the same code again; only a hash is stored.
"""

import hmac
from dataclasses import asdict, dataclass, replace
from typing import Any

from flask import current_app
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import settings as configuration
from app.cases.model import Case, CaseDraft, CaseFile
from app.cases.queries import inboxes, preview
from app.cases.queries import routing as routes
from app.cases.rules import categories, contexts, numbers
from app.cases.rules.report import Problem, Report, problems
from app.cases.rules.states import State
from app.cases.service import clocks, drafts, ladder, record
from app.core import clock, sealing
from app.extensions import db


class NotHere(Exception):  # noqa: N818 - a fact, not a failure
    """No office of this site answers for that place."""


class Incomplete(Exception):  # noqa: N818 - the report is, not the program
    """The report lacks something; `problems` say what, in order."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(len(found))
        self.problems = found


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a resident is given once: the number to talk about, the code to open it."""

    case_id: int
    number: str
    code: str


def submit(token: str, **answers: Any) -> Receipt:
    """Register a draft as a case and return its receipt; the same draft gives the same case for an hour.

    `answers` are given with the sending itself, such as that the notice was read.
    Raises `DraftGone`, `Incomplete`, `NotHere`. When it returns, the case is on the disk.
    """
    draft = drafts.row_of(token, lock=True)
    if draft.case_id is not None:
        return _again(token, draft.case_id)
    report = replace(drafts.read(draft), **answers)
    files = drafts.files(draft=draft.key)
    photos = sum(file.kind == "photo" for file in files)
    found = problems(report, photos=photos, grave_asked=report.category in categories.GRAVE)
    if found:
        raise Incomplete(found)
    code = _code(token)
    try:
        case = register(report, code, photos=photos)
        draft.case_id, draft.words = case.id, None
        draft.expires_at = clock.now() + drafts.AFTER_SENDING
        db.session.execute(
            update(CaseFile).where(CaseFile.draft == draft.key).values(case_id=case.id, draft=None)
        )
        db.session.commit()
    except IntegrityError:
        # The same draft was sent twice at once; the other request won.
        db.session.rollback()
        draft = drafts.row_of(token)
        if draft.case_id is None:
            raise
        return _again(token, draft.case_id)
    return Receipt(case.id, case.number, code)


def _again(token: str, case_id: int) -> Receipt:
    case = db.session.get_one(Case, case_id)
    return Receipt(case.id, case.number, _code(token))


def _code(token: str) -> str:
    key = configuration.secret(current_app.extensions["settings"], "receipts")
    return numbers.code_from(hmac.digest(key.encode(), token.encode(), "sha256"))


def code_hash(code: str) -> str:
    """Return the keyed hash under which an access code is kept."""
    return sealing.keyed_hash("codes", code)


def receipt(token: str) -> Receipt | None:
    """Return the receipt of a draft that was sent within the hour and not yet confirmed."""
    try:
        draft = drafts.row_of(token)
    except drafts.DraftGone:
        return None
    return _again(token, draft.case_id) if draft.case_id is not None else None


def confirm(token: str, last_four: str) -> bool:
    """Take the last four digits as a sign that the code was written down; then the draft is gone."""
    found = receipt(token)
    if found is None or not hmac.compare_digest(found.code[-4:], last_four):
        return False
    draft = db.session.get_one(CaseDraft, drafts.key_of(token))
    db.session.delete(draft)
    db.session.commit()
    return True


def register(report: Report, code: str, *, photos: int = 0) -> Case:
    """Write a new case with its route, clocks and first events. Does not commit. Raises `NotHere`."""
    aim = preview.aim(report)
    route = routes.route(
        aim.area,
        report.category,
        kind=aim.kind,
        form=aim.form,
        severity=aim.severity,
        purpose=report.purpose,
        about=report.about or None,
    )
    if route is None or not inboxes.is_open(route.place):
        raise NotHere
    case = Case(
        number=numbers.mint_number(),
        access_hash=code_hash(code),
        place=route.place,
        area=aim.area,
        category=report.category,
        purpose=report.purpose,
        severity=aim.severity,
        kind=aim.kind,
        form=aim.form,
        facility=report.facility or None,
        about=report.about or None,
        language=report.language,
        channel=report.channel,
        anonymous=report.anonymous,
        sensitive=categories.is_sensitive(
            report.category, aim.severity, photos_of_children=_children(report, photos)
        ),
        child_safety=report.child_safety,
        emergency_call=report.emergency_call,
        state=State.REGISTERED.value,
        lead=None,
        no_return=False,
        rule_version=route.rule_version,
        rule=snapshot(route),
        registered_at=clock.now(),
        changed_at=clock.now(),
        reopened=0,
        extended=False,
        solved="",
        outcome={},
        hold_reason="",
    )
    db.session.add(case)
    db.session.flush()
    told = {key: getattr(report, key) for key in ("story", "happened", "address", "named")}
    case.told = sealing.seal_json(told, told_context(case.number))
    if not report.anonymous:
        case.contact = sealing.seal_json(dict(report.contact), contact_context(case.number))
    record.event(case, "submit", actor="resident" if report.channel == "web" else "unit")
    clocks.start_total(case)
    clocks.start(case, "mandatory-report")
    if report.purpose == "complaint":
        clocks.start(case, "decide")
    dispatch(case, route)
    ladder.alarm_at_once(case)
    return case


def told_context(number: str) -> str:
    """Return what the story of a case is bound to."""
    return contexts.told(number)


def contact_context(number: str) -> str:
    """Return what the contact of a case is bound to."""
    return contexts.contact(number)


def _children(report: Report, photos: int) -> bool:
    return bool(photos) and report.children_shown == "yes"


def snapshot(route: routes.Route) -> dict[str, Any]:
    """Return a route as it is kept with a case."""
    return {
        "rule": route.rule_id,
        "lead": route.lead.unit if route.lead else None,
        "co": [unit.unit for unit in route.co],
        "inform": [unit.unit for unit in route.inform],
        "territory": {"units": [unit.unit for unit in route.territory_units], "role": route.territory_role},
        "clocks": {name: dict(clock_) for name, clock_ in route.clocks.items()},
        "basis": [asdict(basis) for basis in route.basis],
        "national_default": route.national_default,
        "why": dict(route.why),
    }


def dispatch(case: Case, route: routes.Route) -> None:
    """Send a new case to the unit its rule names, or to the triage desk where nobody there can sign."""
    record.inform(case, [unit.unit for unit in preview.territory(route)], "territory")
    record.inform(case, [unit.unit for unit in (*route.co, *route.inform)])
    target = preview.receiver(route, case.category)
    if target is None:
        before = record.move(case, State.TRIAGE)
        record.event(case, "queue", actor="system", source=before)
        clocks.start(case, "triage")
        return
    before = record.move(case, State.DISPATCHED)
    record.lead(case, target)
    record.event(case, "dispatch", actor="system", source=before, unit=target)
    clocks.start(case, "sign", unit=target)
    clocks.start(case, "objection", unit=target)
