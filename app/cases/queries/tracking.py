"""A case as the person behind its access code sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.areas import queries as areas
from app.cases.model import Case, CaseFile, CaseUnit
from app.cases.queries import caseparts
from app.cases.queries.caseparts import Leg, Names
from app.cases.queries.happenings import File, Happening, files_of, happenings
from app.cases.queries.owing import Owing, by_name, owings
from app.cases.rules import contexts, numbers
from app.cases.rules.states import CONVERSING, State
from app.core import blobs, sealing
from app.extensions import db
from app.facilities.queries import targets
from app.facilities.queries.targets import Target

_NOBODY = "0" * 20
_PARTS = ("lead", "co", "territory", "review", "inform")


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that has the case now, and as what."""

    role: str
    unit: str
    names: Names


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a resident is told of a case besides its history: who has it, why, and by when."""

    id: int
    number: str
    version: int
    place: str
    category: str
    purpose: str
    severity: str
    state: str
    registered_at: datetime
    lead: Names
    units: tuple[Part, ...]
    owed: Mapping[str, Owing]
    basis: tuple[Mapping[str, Any], ...]
    why: Names
    national_default: bool
    rule_version: str

    @property
    def reply(self) -> Owing | None:
        """What the resident waits for."""
        return self.owed.get("reply")


@dataclass(frozen=True, slots=True)
class Tracked:
    """A case with its history."""

    outlook: Outlook
    facility: Target | None
    told: Mapping[str, str]
    """`story happened address named`; empty once erased."""
    files: tuple[File, ...]
    history: tuple[Happening, ...]
    relay: tuple[Leg, ...]
    joined: Owing | None
    """For a case that is handled with another one: by when that one is answered."""
    converses: bool
    asked: Happening | None
    """A question of the office that waits for an answer."""
    has_contact: bool
    contact_erased_on: date | None
    disposed_on: date | None
    rating: int | None
    solved: str
    outcome: Names

    @property
    def reply(self) -> Happening | None:
        """Return the newest reply in parts; the decision of a review is plain words, in the history."""
        return next((each for each in reversed(self.history) if each.parts), None)


def case_of(code: str) -> int | None:
    """Return the case that an access code opens. The work is the same whatever was typed."""
    read = numbers.read_code(code)
    digest = sealing.keyed_hash("codes", read or _NOBODY)
    found = db.session.scalar(select(Case.id).where(Case.access_hash == digest))
    return found if read else None


def outlook(case_id: int) -> Outlook | None:
    """Return who has a case, why, and by when; None if there is no such case."""
    case = db.session.get(Case, case_id)
    return _outlook(case) if case else None


def _outlook(case: Case) -> Outlook:
    named = caseparts.unit_names(case.place)
    return Outlook(
        id=case.id,
        number=case.number,
        version=case.version,
        place=case.place,
        category=case.category,
        purpose=case.purpose,
        severity=case.severity,
        state=case.state,
        registered_at=case.registered_at,
        lead=named.get(case.lead or "", {}),
        units=_units(case, named),
        owed=by_name(owings(case)),
        basis=tuple(case.rule.get("basis", ())),
        why=case.rule.get("why") or {},
        national_default=bool(case.rule.get("national_default")),
        rule_version=case.rule_version,
    )


def _units(case: Case, named: Mapping[str, Names]) -> tuple[Part, ...]:
    """Return each unit once, as the most that it is; whom the rule names as contributing is told so."""
    rows = db.session.scalars(
        select(CaseUnit).where(CaseUnit.case_id == case.id, CaseUnit.until.is_(None)).order_by(CaseUnit.id)
    )
    ruled = frozenset(case.rule.get("co", ()))
    parts = [
        Part("co" if row.role == "inform" and row.unit in ruled else row.role, row.unit, named[row.unit])
        for row in rows
        if row.unit in named and row.role in _PARTS
    ]
    found: dict[str, Part] = {}
    for part in sorted(parts, key=lambda each: _PARTS.index(each.role)):
        found.setdefault(part.unit, part)
    return tuple(found.values())


def tracked(case_id: int) -> Tracked | None:
    """Return a case with its history; None if there is no such case."""
    case = db.session.get(Case, case_id, populate_existing=True)
    if case is None:
        return None
    named = caseparts.unit_names(case.place)
    calendar = areas.work_calendar(case.area)
    history = happenings(case, named)
    return Tracked(
        outlook=_outlook(case),
        facility=targets.target(case.facility) if case.facility else None,
        told=sealing.open_json(case.told, contexts.told(case.number)) if case.told else {},
        files=files_of(case).get(None, ()),
        history=history,
        relay=caseparts.relay(case, named, calendar),
        joined=_joined(case),
        converses=State(case.state) in CONVERSING,
        asked=_asked(history),
        has_contact=case.contact is not None,
        contact_erased_on=case.contact_erased_on,
        disposed_on=case.disposed_on,
        rating=case.rating,
        solved=case.solved,
        outcome=case.outcome,
    )


def _joined(case: Case) -> Owing | None:
    other = db.session.get(Case, case.merged_into) if case.merged_into else None
    return by_name(owings(other)).get("reply") if other else None


def _asked(history: tuple[Happening, ...]) -> Happening | None:
    """Return the office's last question, unless the resident has written since."""
    spoken = [each for each in history if each.code in {"question", "answer", "message"}]
    for each in reversed(spoken):
        if each.mine:
            return None
        if each.code == "question":
            return each
    return None


def picture(case_id: int, file_id: str) -> bytes:
    """Return the small picture of a photo of a case. Raises `LookupError`."""
    file = db.session.get(CaseFile, file_id)
    if file is None or file.case_id != case_id or file.thumb is None:
        raise LookupError(file_id)
    return blobs.get(file.thumb, "case-thumb")
