"""Loading what ships in `content/`: the register's rows and the facilities of locality packs."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update

from app.areas import queries as areas
from app.areas.model import ContentLoad
from app.areas.service import FICTIONAL, digest_of
from app.core.db import touch_data, vacuum_statistics
from app.extensions import db
from app.facilities.index import from_database
from app.facilities.loading.listing import Listing, load_listing, rows_of
from app.facilities.loading.register import load_register
from app.facilities.loading.shipped import register_facts
from app.facilities.model import Facility, Fee, LedgerImport, Observed, Proposal
from app.facilities.service.ledgers.undoing import UNDONE
from app.facilities.service.recording import Statement, put_source, record
from app.facilities.service.register import (
    Imported,
    OlderSnapshotError,
    SourceOfRegister,
    import_register,
)

LOADER = "content"
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Shipped:
    """What a load of the shipped content did."""

    register: Imported | None
    packs: dict[str, int]
    changed: bool


def register_source(folder: Path) -> SourceOfRegister:
    """Return the source that the shipped rows come from."""
    facts = register_facts(folder)
    return SourceOfRegister(f"register-{facts.taken_on.isoformat()}", facts.names, facts.taken_on)


def load_shipped(content: Path, *, sample: bool, now: datetime, dry_run: bool = False) -> Shipped:
    """Load the shipped register rows, then the facilities of packs.

    Idempotent: an unchanged content is recognised and left alone. Raises `FaultyFiles` before anything is
    written.
    """
    folder = content / "register"
    packs = [
        place.area for place in areas.places() if (content / "places" / place.area / "facilities").exists()
    ]
    parts = [folder, *(content / "places" / area / "facilities" for area in packs)]
    digest = digest_of(parts, sample=sample)
    present = db.session.get(ContentLoad, "facilities")
    if present is not None and present.digest == digest and not dry_run:
        return Shipped(None, {}, changed=False)
    file = load_register(folder / "filings.csv")
    listings = {area: load_listing(content, area, _townships(area)) for area in packs}
    register: Imported | None = None
    with suppress(OlderSnapshotError):  # the operator's newer snapshot stands
        register = import_register(file, register_source(folder), now=now, by=LOADER, dry_run=dry_run)
    if not dry_run:
        _forget_other_packs(listings, now)
        for area, listing in listings.items():
            _load_pack(area, listing, now)
        db.session.merge(ContentLoad(name="facilities", digest=digest))
        touch_data()
        vacuum_statistics()
        db.session.commit()
    return Shipped(
        register, {area: len(listing.facilities) for area, listing in listings.items()}, changed=True
    )


def _townships(area: str) -> frozenset[str]:
    return frozenset(card.code for card in areas.children(area))


def _load_pack(area: str, listing: Listing, now: datetime) -> None:
    for key, (kind, names) in listing.sources.items():
        put_source(_key(area, key), kind, names, None)
    statements = []
    for listed in listing.facilities:
        said: list[tuple[str, Any, Any, str]] = [
            (field, value, day, _key(area, source)) for field, value, day, source in rows_of(listed)
        ]
        statements.append(Statement(listed.id, area, tuple(said), pack=area))
    record(statements, now=now, by=LOADER, replace=True)


def _forget_other_packs(packs: Iterable[str], now: datetime) -> None:
    """Take out the facilities of packs no longer loaded.

    With the fictional county go the ledgers that were tried there: nothing invented stays beside what is
    real. Their imports count as undone.
    """
    kept = list(packs)
    unwanted: list[ColumnElement[bool]] = [Facility.pack.is_not(None) & Facility.pack.not_in(kept)]
    if not any(area.startswith(FICTIONAL) for area in kept):
        unwanted.append(Facility.area_code.startswith(FICTIONAL))
        tried = LedgerImport.area.startswith(FICTIONAL), LedgerImport.state != UNDONE
        undone = {"state": UNDONE, "undone_at": now, "undone_by": LOADER}
        db.session.execute(update(LedgerImport).where(*tried).values(undone))
    gone = list(db.session.scalars(select(Facility.id).where(or_(*unwanted))))
    for start in range(0, len(gone), _BATCH):
        part = gone[start : start + _BATCH]
        for table, column in (
            (Fee, Fee.facility),
            (Proposal, Proposal.facility),
            (Observed, Observed.facility),
            (Facility, Facility.id),
        ):
            db.session.execute(delete(table).where(column.in_(part)))
    if gone:
        from_database().update((), removed=gone)


def _key(area: str, source: str) -> str:
    return f"{area}:{source}"
