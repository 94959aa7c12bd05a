"""What a ledger would do to the record: matched row by row, compared field by field. Writes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.core import clock
from app.core.codes import is_id
from app.core.db import data_version
from app.core.faults import N_
from app.extensions import db
from app.facilities.loading.ledger.entries import Entry
from app.facilities.loading.ledger.table import Notes
from app.facilities.rules.matching import Verdict
from app.facilities.service.ledgers.comparing import Comparer
from app.facilities.service.ledgers.deciding import NEW, SKIP, SKIPPED, Before, Decider, Held, PlannedRow
from app.facilities.service.ledgers.opening import Opened


@dataclass(slots=True)
class Plan:
    """A preview. With errors in `notes` nothing can be applied."""

    opened: Opened
    day: date
    rows: list[PlannedRow]
    missing: list[tuple[str, str]]
    """Id and name of facilities the last edition had and this one has not. They are never closed for that."""
    notes: Notes
    last: int | None
    """The last import of the same source that stands."""
    already: int | None = None
    """The import that did all this before: there is nothing to do."""
    held: dict[str, Held] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be written."""
        return self.already is not None


def preview(
    opened: Opened, *, decisions: Mapping[int, str] | None = None, by: str = "", day: date | None = None
) -> Plan:
    """Return what the ledger would do.

    `decisions` are a worker's: row → a facility's id, `new` or `skip`; a row that is skipped has no errors.
    `day` is the ledger's own, by default that of the same file's import, the profile's, or today. Rows may
    have days of their own.
    """
    notes = Notes(opened.path, list(opened.ledger.notes.errors), list(opened.ledger.notes.warnings))
    decided = dict(decisions or {})
    before = Before(opened)
    stands_on = day or before.day_of(opened.digest) or opened.profile.dated or clock.today()
    if stands_on > clock.today():
        notes.error(0, "", N_("The ledger's day, %(day)s, is in the future."), day=stands_on)
    rows, held = Decider(opened, notes, before, decided, by).rows()
    _once(rows, notes)
    comparer = Comparer(opened, stands_on, [row.facility for row in rows if row.facility])
    rows = [_compared(row, comparer, notes) for row in rows]
    skipped = {line for row in rows if row.verdict == SKIPPED for line in row.entry.rows}
    skipped |= {row for row, choice in decided.items() if choice == SKIP}
    notes.errors = [fault for fault in notes.errors if fault.line not in skipped]
    _check_decisions(decided, opened.ledger.entries, notes, skipped)
    here = {row.facility for row in rows if row.facility}
    missing = [
        (each, held[each].name) for each in sorted(before.facilities) if each not in here and each in held
    ]
    plan = Plan(opened, stands_on, rows, missing, notes, before.id, held=held)
    if before.id is not None and not notes.errors and _nothing_to_do(plan, before):
        plan.already = before.id
    return plan


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan, and the version of the data it was made of."""

    plan: Plan
    version: int


def prepare(
    opened: Opened, *, by: str, decisions: Mapping[int, str] | None = None, day: date | None = None
) -> Prepared:
    """Plan a ledger before anybody has to wait: matching is the longest part."""
    db.session.rollback()
    version = data_version()
    plan = preview(opened, decisions=decisions, by=by, day=day)
    db.session.rollback()
    return Prepared(plan, version)


def _once(rows: Iterable[PlannedRow], notes: Notes) -> None:
    """Two rows of one ledger must not speak of one facility."""
    first: dict[str, PlannedRow] = {}
    for row in rows:
        if row.facility:
            other = first.setdefault(row.facility, row)
            if other is not row:
                sentence = N_("Row %(row)s is about the same facility, %(id)s.")
                notes.error(row.entry.row, "", sentence, row=other.entry.row, id=row.facility)


def _compared(row: PlannedRow, comparer: Comparer, notes: Notes) -> PlannedRow:
    if row.verdict in {SKIPPED, Verdict.ASK} or row.spot is None:
        return row
    said, changes = comparer.compare(row.entry, row.spot, row.facility, notes)
    return replace(row, said=said, changes=changes)


def _check_decisions(
    decided: Mapping[int, str], entries: Iterable[Entry], notes: Notes, skipped: Iterable[int]
) -> None:
    there = {row for entry in entries for row in entry.rows} | set(skipped)
    for row, choice in decided.items():
        if row not in there:
            notes.error(row, "", N_("There is a decision about this row, but the ledger has no such row."))
        elif choice not in {NEW, SKIP} and not is_id(choice):
            sentence = N_("A decision is an id of a facility, “new” or “skip”, not “%(value)s”.")
            notes.error(row, "", sentence, value=choice[:20])


def _nothing_to_do(plan: Plan, before: Before) -> bool:
    if before.digest != plan.opened.digest or any(row.said or row.is_new for row in plan.rows):
        return False
    now = {row.entry.key: (row.facility or None, row.verdict == SKIPPED) for row in plan.rows}
    return now == {key: (row.facility, row.verdict == SKIPPED) for key, row in before.last.items()}
