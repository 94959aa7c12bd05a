"""Reads about files at the counter: those within somebody's reach, one of them, what was found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from app.accounts.queries import Staff
from app.accounts.rules import Action, Target
from app.areas import queries as areas
from app.core.blobs import BlobMissing
from app.extensions import db
from app.facilities.loading import how_far, kept
from app.facilities.model import Snapshot, Upload
from app.facilities.rules.uploads import OPEN, Kind, State, Task

ACTIONS: Mapping[Kind, Action] = {Kind.LEDGER: Action.FACILITY_EDIT, Kind.REGISTER: Action.FACILITY_IMPORT}
PAGE = 20
_COUNTY = 6


@dataclass(frozen=True, slots=True)
class UploadCard:
    """A file as pages show it."""

    id: int
    kind: Kind
    area: str
    area_names: Mapping[str, str]
    file: str
    size: int
    by: str
    made_at: datetime
    ends_at: datetime
    state: State
    task: Task
    step: int
    version: int
    profile: str
    on: date | None
    choices: Mapping[int, str]
    counts: Mapping[str, int]
    trouble: Mapping[str, Any] | None
    ledger: int | None
    stamp: str


@dataclass(frozen=True, slots=True)
class UploadList:
    """One page of files, newest first."""

    cards: tuple[UploadCard, ...]
    count: int
    page: int
    pages: int


def reach(staff: Staff, kind: Kind) -> list[areas.AreaCard]:
    """Return the areas for which somebody may read such files in: counties, and what lies above them.

    A ledger speaks for a whole county, so a right to one township opens none.
    """
    found: dict[str, areas.AreaCard] = {}
    for code in _own(staff, kind):
        card = areas.area(code)
        if card is not None:
            found[code] = card
            found.update((each.code, each) for each in areas.children(code) if len(each.code) <= _COUNTY)
    return [found[code] for code in sorted(found)]


def brings(staff: Staff, kind: Kind) -> bool:
    """Tell whether there is any area for which somebody may read such a file in."""
    return bool(_own(staff, kind))


def _own(staff: Staff, kind: Kind) -> list[str]:
    return sorted({grant.area for grant in staff.grants if may_bring(staff, kind, grant.area)})


def may_bring(staff: Staff, kind: Kind, area: str) -> bool:
    """Tell whether somebody may read such a file in for an area."""
    return 0 < len(area) <= _COUNTY and staff.may(ACTIONS[kind], Target(area=area))


def uploads(staff: Staff, kind: Kind, page: int) -> UploadList:
    """Return the files of a kind within somebody's reach."""
    mine = or_(*(Upload.area.startswith(code, autoescape=True) for code in _own(staff, kind)), Upload.id < 0)
    query = select(Upload).where(Upload.kind == kind, Upload.state != State.DROPPED, mine)
    count = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-count // PAGE))
    page = min(max(page, 1), pages)
    rows = db.session.scalars(query.order_by(Upload.id.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
    names = areas.areas(row.area for row in rows)
    cards = tuple(_card(row, names[row.area].names if row.area in names else {}) for row in rows)
    return UploadList(cards, count, page, pages)


def upload(identity: int, staff: Staff, kind: Kind) -> UploadCard | None:
    """Return a file within somebody's reach; None if there is none, or it is another area's."""
    row = db.session.get(Upload, identity) if identity < 1 << 31 else None
    if row is None or row.kind != kind or not may_bring(staff, kind, row.area):
        return None
    card = areas.area(row.area)
    return _card(row, card.names if card else {})


def names_of(codes: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return what areas are called; of codes that are none, nothing."""
    return {code: card.names for code, card in areas.areas(codes).items()}


def busy(card: UploadCard) -> bool:
    """Tell whether another file of the same area, or of one in or around it, is being worked on."""
    query = select(Upload.area).where(
        Upload.kind == card.kind, Upload.state == State.WAITING, Upload.id != card.id
    )
    return any(
        other.startswith(card.area) or card.area.startswith(other) for other in db.session.scalars(query)
    )


def waiting_in(kind: Kind, area: str) -> int:
    """Return how many files of an area wait."""
    query = select(func.count()).where(Upload.kind == kind, Upload.area == area, Upload.state.in_(OPEN))
    return db.session.scalar(query) or 0


def survey_of(identity: int) -> Any:
    """Return what the columns of a file look like, as `service.uploads` wrote it; None if it is erased."""
    return _kept(db.session.scalar(select(Upload.survey).where(Upload.id == identity)), kept.SURVEY)


def plan_of(identity: int) -> Any:
    """Return what a file would do or did, as `service.uploads.telling` wrote it; None if it is erased."""
    return _kept(db.session.scalar(select(Upload.plan).where(Upload.id == identity)), kept.PLAN)


def rows_done(identity: int) -> tuple[int, int] | None:
    """Return how many rows of a file are done of the part under way, and of how many; None: not counted."""
    return how_far.noted(identity)


def newest_snapshot() -> date | None:
    """Return the day of the newest register snapshot in the mirror."""
    return db.session.scalar(select(func.max(Snapshot.taken_on)))


def _kept(blob: str | None, purpose: str) -> Any:
    try:
        return kept.fetch_json(blob or "", purpose)
    except BlobMissing:
        return None


def _card(row: Upload, names: Mapping[str, str]) -> UploadCard:
    return UploadCard(
        id=row.id,
        kind=Kind(row.kind),
        area=row.area,
        area_names=names,
        file=row.file,
        size=row.size,
        by=row.by,
        made_at=row.made_at,
        ends_at=row.ends_at,
        state=State(row.state),
        task=Task(row.task),
        step=row.step,
        version=row.version,
        profile=row.profile,
        on=row.on,
        choices={int(number): choice for number, choice in row.choices.items()},
        counts=row.counts,
        trouble=row.trouble,
        ledger=row.ledger,
        stamp=row.stamp,
    )
