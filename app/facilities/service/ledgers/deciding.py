"""Which facility each entry of a ledger is about: decided, known from earlier editions, or matched."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from app.core.faults import N_
from app.core.progress import counted
from app.extensions import db
from app.facilities.loading.ledger.entries import Entry
from app.facilities.loading.ledger.table import Notes
from app.facilities.model import Facility, LedgerImport, LedgerRow
from app.facilities.rules.matching import Candidate, Match, Matcher, Party, Verdict
from app.facilities.service.ledgers.comparing import Change, Said
from app.facilities.service.ledgers.elsewhere import tell_elsewhere
from app.facilities.service.ledgers.gazetteer import Spot
from app.facilities.service.ledgers.opening import Opened

APPLIED = "applied"
NEW, SKIP = "new", "skip"
SKIPPED = "skipped"
DECIDED, DECIDED_NEW = "decided", "decided-new"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One entry of the ledger and what is to become of it."""

    entry: Entry
    verdict: str
    """As `LedgerRow.verdict` has it."""
    facility: str = ""
    spot: Spot | None = None
    candidates: tuple[Candidate, ...] = ()
    said: tuple[Said, ...] = ()
    """What is to be recorded; empty: the record says all of it already."""
    changes: tuple[Change, ...] = ()
    decided_by: str | None = None

    @property
    def is_new(self) -> bool:
        """Whether a facility is to be made."""
        return self.verdict in {"new", DECIDED_NEW} and not self.facility


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a facility beside its observations."""

    name: str
    area: str
    pack: str | None
    zoning: str | None


class Before:
    """What earlier editions of the same ledger came to."""

    def __init__(self, opened: Opened) -> None:
        query = (
            select(LedgerImport)
            .where(LedgerImport.source == opened.source, LedgerImport.state == APPLIED)
            .order_by(LedgerImport.id)
        )
        self._imports = db.session.scalars(query).all()
        self.id: int | None = self._imports[-1].id if self._imports else None
        self.digest = self._imports[-1].digest if self._imports else ""
        ids = [each.id for each in self._imports]
        rows = db.session.scalars(select(LedgerRow).where(LedgerRow.ledger.in_(ids)).order_by(LedgerRow.id))
        self.rows: dict[str, LedgerRow] = {}
        self.last: dict[str, LedgerRow] = {}
        for row in rows:
            if row.facility or row.verdict == SKIPPED or row.key not in self.rows:
                self.rows[row.key] = row
            if row.ledger == self.id:
                self.last[row.key] = row
        self.facilities = {row.facility for row in self.last.values() if row.facility}

    def day_of(self, digest: str) -> date | None:
        """Return the day of the last import of a file."""
        return next((each.observed_on for each in reversed(self._imports) if each.digest == digest), None)


def known_in(area: str) -> tuple[list[Party], dict[str, Held]]:
    """Return the facilities of an area, for matching and for recording."""
    query = select(
        *(Facility.id, Facility.name, Facility.aliases, Facility.credit_code, Facility.address),
        *(Facility.area_code, Facility.township_code, Facility.pack, Facility.zoning),
    ).where(Facility.area_code.startswith(area[:6]))
    parties, held = [], {}
    for each in db.session.execute(query.order_by(Facility.id)):
        parties.append(
            Party(
                each.id, each.name, tuple(each.aliases), each.credit_code or "", each.address or "",
                each.area_code, each.township_code or "",
            )
        )  # fmt: skip
        held[each.id] = Held(each.name, each.area_code, each.pack, each.zoning)
    return parties, held


@dataclass(slots=True)
class Decider:
    """Gives each entry its verdict."""

    opened: Opened
    notes: Notes
    before: Before
    decisions: Mapping[int, str]
    by: str

    def rows(self) -> tuple[list[PlannedRow], dict[str, Held]]:
        """Return every entry that lies in the area, with its verdict; and the facilities known there."""
        known, held = known_in(self.opened.area)
        rows: list[PlannedRow] = []
        unsettled: list[int] = []
        for entry in self.opened.ledger.entries:
            row = self._skipped(entry)
            if row is None:
                spot = self.opened.gazetteer.spot(entry, self.notes)
                if spot is None:
                    continue
                row = self._settled(PlannedRow(entry, Verdict.ASK, spot=spot), held)
                if row.verdict == Verdict.ASK and not row.decided_by:
                    unsettled.append(len(rows))
            rows.append(row)
        matcher = Matcher(known, self.opened.gazetteer.names)
        parties = [self._party(rows[at]) for at in unsettled]
        found = matcher.match_all(parties, asks=not self.opened.profile.creates, each=counted)
        for at, match in zip(unsettled, found, strict=True):
            rows[at] = self._judged(rows[at], match)
        tell_elsewhere(rows, self.opened.gazetteer, self.notes)
        return rows, held

    def _choice(self, entry: Entry) -> str:
        return next((self.decisions[row] for row in entry.rows if row in self.decisions), "")

    def _skipped(self, entry: Entry) -> PlannedRow | None:
        choice, earlier = self._choice(entry), self.before.rows.get(entry.key)
        if choice == SKIP:
            return PlannedRow(entry, SKIPPED, decided_by=self.by)
        if not choice and earlier and earlier.verdict == SKIPPED:
            return PlannedRow(entry, SKIPPED, decided_by=earlier.decided_by)
        return None

    def _settled(self, row: PlannedRow, held: Mapping[str, Held]) -> PlannedRow:
        """Return the row with its facility, if that is known without looking at names."""
        choice, earlier = self._choice(row.entry), self.before.rows.get(row.entry.key)
        linked = earlier if earlier and earlier.facility in held else None
        made = linked and linked.verdict in {Verdict.NEW, DECIDED_NEW}
        if choice == NEW and not made:
            return replace(row, verdict=DECIDED_NEW, decided_by=self.by)
        if choice and choice != NEW:
            return self._told(row, choice, held, DECIDED, "")
        if row.entry.id:
            return self._told(row, row.entry.id, held, Verdict.CERTAIN, row.entry.headings.get("id", ""))
        if linked:
            facility = linked.facility or ""
            return replace(row, verdict=linked.verdict, facility=facility, decided_by=linked.decided_by)
        return row

    def _told(
        self, row: PlannedRow, identity: str, held: Mapping[str, Held], verdict: str, heading: str
    ) -> PlannedRow:
        by = self.by if verdict == DECIDED else None
        if identity in held:
            return replace(row, verdict=verdict, facility=identity, decided_by=by)
        sentence = N_("Facility %(id)s is not in this area.")
        self.notes.error(row.entry.row, heading, sentence, id=identity[:20])
        return replace(row, decided_by=by or "-")

    def _party(self, row: PlannedRow) -> Party:
        said, spot = row.entry.fields, row.spot or Spot("", None, "")
        address = said.get("address") or ""
        return Party(
            id="",
            name=row.entry.name,
            aliases=tuple(said.get("aliases") or ()),
            code=(said.get("credit_code") or {}).get("code", ""),
            address=self.opened.gazetteer.clean(address, spot.county) if address else "",
            area=spot.county,
            township=spot.township or "",
        )

    def _judged(self, row: PlannedRow, match: Match) -> PlannedRow:
        if match.verdict is Verdict.NEW and not (row.spot and row.spot.county):
            sentence = N_("The county of this new facility is not stated. Import it for its county.")
            self.notes.error(row.entry.row, row.entry.headings.get("county", ""), sentence)
        return replace(row, verdict=match.verdict.value, facility=match.id, candidates=match.candidates)
