"""One case as a member of staff sees it: what their access leaves out is not read, let alone shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.areas import queries as areas
from app.cases.model import Case, CaseFile
from app.cases.queries import caseparts, handling, reveals
from app.cases.queries.caseparts import ClockLine, Facility, Leg, Link, Names, RouteCard
from app.cases.queries.handling import Proposal, Reply, Task
from app.cases.queries.inbox import unacknowledged
from app.cases.queries.timeline import Entry, timeline
from app.cases.rules import categories, contexts
from app.cases.rules.access import Access, Level
from app.cases.rules.alarms import WINDOWS
from app.core import sealing
from app.extensions import db


@dataclass(frozen=True, slots=True)
class Facts:
    """What came in, as it came in; nothing here is ever changed."""

    number: str
    version: int
    place: str
    category: str
    purpose: str
    severity: str
    kind: str
    form: str
    state: str
    channel: str
    language: str
    anonymous: bool
    sensitive: bool
    child_safety: str
    emergency_call: str
    received: datetime
    area: str
    area_names: tuple[Names, ...]
    lead: str | None
    lead_names: Names
    extended: bool
    reopened: int
    rating: int | None
    solved: str
    hold: str
    merged_into: str
    has_contact: bool
    alarm: bool


@dataclass(frozen=True, slots=True)
class Photo:
    """A file of a case; photos have a clean picture, papers have not."""

    id: str
    kind: str
    name: str
    size: int
    message: int | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case for one reader. What their access leaves out is empty."""

    facts: Facts
    access: Access
    story: Mapping[str, str] | None
    """`story happened address named`, or None where it may not be read."""
    story_until: datetime | None
    files: tuple[Photo, ...]
    facility: Facility | None
    route: RouteCard
    clocks: tuple[ClockLine, ...]
    relay: tuple[Leg, ...]
    timeline: tuple[Entry, ...]
    tasks: tuple[Task, ...]
    proposals: tuple[Proposal, ...]
    replies: tuple[Reply, ...]
    gate_needed: bool
    gates: tuple[tuple[str, datetime, str], ...]
    notices: tuple[tuple[int, datetime, date], ...]
    twins: tuple[Link, ...]
    outcome: Mapping[str, str]
    outcome_on: date | None

    @property
    def reply_due(self) -> ClockLine | None:
        """Return what the resident is owed now: the running clock of the reply, else the last one."""
        lines = [line for line in self.clocks if line.name == "reply"]
        return next(
            (line for line in reversed(lines) if line.stopped_at is None), lines[-1] if lines else None
        )

    @property
    def soonest(self) -> ClockLine | None:
        """Return what an office owes first, of the dates that the reader sees."""
        running = [
            line
            for line in self.clocks
            if line.stopped_at is None and not line.due.paused and line.name not in WINDOWS
        ]
        return min(running, key=lambda line: line.due.at, default=None)

    @property
    def waiting(self) -> Reply | None:
        """Return the reply that waits for approval."""
        return next((reply for reply in reversed(self.replies) if reply.state == "proposed"), None)


def page(case: Case, reach: Access, staff: Staff) -> CasePage:
    """Return a case as one reader may see it."""
    named = caseparts.unit_names(case.place)
    calendar = areas.work_calendar(case.area)
    full, some = reach.full, reach.level is not Level.SUMMARY
    until = reveals.active_until(case, staff.id, "told") if case.sensitive else None
    may_read = some and (not case.sensitive or until is not None)
    clocks = caseparts.clocks(case, named, calendar)
    return CasePage(
        facts=_facts(case, named, full=full),
        access=reach,
        story=_story(case) if may_read else None,
        story_until=until,
        files=_files(case, full=full) if may_read else (),
        facility=caseparts.facility(case, staff),
        route=caseparts.route(case, named),
        clocks=tuple(line for line in clocks if full or line.name == "reply" or line.unit in reach.helping),
        relay=caseparts.relay(case, named, calendar) if some else (),
        timeline=timeline(case, named, resident_words=may_read) if full else (),
        tasks=handling.tasks(case, reach, named, calendar) if some else (),
        proposals=handling.proposals(case, staff) if full else (),
        replies=handling.replies(case) if full else (),
        gate_needed=categories.must_report(case.category, case.severity),
        gates=handling.gates(case) if full else (),
        notices=handling.notices(case) if full else (),
        twins=caseparts.twins(case, staff) if full and Action.CASE_MERGE in reach.rights else (),
        outcome=case.outcome,
        outcome_on=case.outcome_on,
    )


def _facts(case: Case, named: Mapping[str, Names], *, full: bool) -> Facts:
    into = db.session.get(Case, case.merged_into) if case.merged_into else None
    alarm = db.session.scalar(select(Case.id).where(Case.id == case.id, unacknowledged()))
    return Facts(
        number=case.number,
        version=case.version,
        place=case.place,
        category=case.category,
        purpose=case.purpose,
        severity=case.severity,
        kind=case.kind,
        form=case.form,
        state=case.state,
        channel=case.channel,
        language=case.language,
        anonymous=case.anonymous,
        sensitive=case.sensitive,
        child_safety=case.child_safety,
        emergency_call=case.emergency_call,
        received=case.registered_at,
        area=case.area,
        area_names=tuple(area.names for area in areas.path(case.area) if len(area.code) >= len(case.place)),
        lead=case.lead,
        lead_names=named.get(case.lead or "", {}),
        extended=case.extended,
        reopened=case.reopened,
        rating=case.rating if full else None,
        solved=case.solved if full else "",
        hold=case.hold_reason if full else "",
        merged_into=into.number if into and full else "",
        has_contact=case.contact is not None,
        alarm=alarm is not None,
    )


def _story(case: Case) -> dict[str, str]:
    return sealing.open_json(case.told, contexts.told(case.number)) if case.told else {}


def _files(case: Case, *, full: bool) -> tuple[Photo, ...]:
    query = select(CaseFile).where(CaseFile.case_id == case.id).order_by(CaseFile.added_at, CaseFile.position)
    return tuple(
        Photo(
            row.id, row.kind, sealing.open_text(row.name, contexts.file_name(row.id)), row.size, row.message
        )
        for row in db.session.scalars(query)
        if full or (row.kind == "photo" and row.message is None)
    )
