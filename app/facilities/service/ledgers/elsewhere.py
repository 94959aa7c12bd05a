"""Is this the ledger of another area? Told before its rows become facilities of this one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from app.core.faults import N_
from app.extensions import db
from app.facilities.loading.ledger.table import Notes
from app.facilities.model import Facility
from app.facilities.rules.matching import Verdict
from app.facilities.service.ledgers.gazetteer import Gazetteer

if TYPE_CHECKING:
    from app.facilities.service.ledgers.deciding import PlannedRow

_NAMED = 5
_HALF = 0.5
"""Share of rows from which the whole file is in doubt."""


def tell_elsewhere(rows: Sequence["PlannedRow"], gazetteer: Gazetteer, notes: Notes) -> None:
    """Note what speaks against the area that was chosen: credit codes and townships of others."""
    _tell_townships(rows, gazetteer, notes)
    _tell_codes([row for row in rows if row.is_new and row.verdict == Verdict.NEW], gazetteer, notes)


def _tell_codes(new: Sequence["PlannedRow"], gazetteer: Gazetteer, notes: Notes) -> None:
    """Warn of rows that would be new, though a facility elsewhere has their credit code."""
    codes = {code for row in new if (code := _code(row))}
    if not codes:
        return
    query = select(Facility.credit_code, Facility.name, Facility.area_code).order_by(Facility.id)
    holders: dict[str, list[tuple[str, str]]] = {}
    for held_code, name, area in db.session.execute(query.where(Facility.credit_code.in_(codes))):
        holders.setdefault(str(held_code), []).append((name, area))
    found = [(row, holders[_code(row)]) for row in new if _code(row) in holders]
    for row, held in found:
        areas = dict.fromkeys(gazetteer.called(area) for _name, area in held)
        sentence = N_("Credit code %(code)s is that of “%(name)s” in %(area)s. Is this row of that area?")
        notes.warn(
            row.entry.row, row.entry.headings.get("credit_code", ""), sentence,
            code=_code(row), name=held[0][0][:60], area=_few(areas),
        )  # fmt: skip
    if len(found) > 1 and len(found) >= _HALF * sum(1 for row in new if _code(row)):
        ((most, _count),) = Counter(held[0][1] for _row, held in found).most_common(1)
        sentence = N_(
            "Of the new rows, %(count)s have the credit code of a facility elsewhere, mostly in %(area)s. "
            "Check which area was chosen."
        )
        notes.warn(0, "", sentence, count=len(found), area=gazetteer.called(most))


def _code(row: "PlannedRow") -> str:
    said = row.entry.fields.get("credit_code") or {}
    return str(said.get("code", ""))


def _tell_townships(rows: Sequence["PlannedRow"], gazetteer: Gazetteer, notes: Notes) -> None:
    """Refuse a ledger none of whose townships is of this area; warn if that holds for most of them.

    A row whose county or zoning code is right proves the area: then strange names of townships are only
    strange names. Counties whose townships are not known cannot be judged.
    """
    stated = [
        (row, row.spot.by == "stated")
        for row in rows
        if row.spot and row.entry.township and gazetteer.knows_townships(row.spot.county)
    ]
    strange = [row for row, known in stated if not known]
    if len(strange) <= _HALF * len(stated):
        return
    values = {
        "count": len(strange),
        "all": len(stated),
        "area": gazetteer.called(gazetteer.area),
        "names": _few(dict.fromkeys(row.entry.township for row in strange)),
    }
    if len(strange) == len(stated) and not any(row.entry.county or row.entry.zoning for row in strange):
        sentence = N_(
            "No township of this ledger is known in %(area)s: %(names)s. Check which area was chosen. "
            "If it is right, write the townships as this site does, or say in the profile what they are "
            "called."
        )
        notes.error(0, "", sentence, **values)
        return
    sentence = N_(
        "The townships of %(count)s out of %(all)s rows are not known in %(area)s: %(names)s. "
        "Check which area was chosen."
    )
    notes.warn(0, "", sentence, **values)


def _few(names: Iterable[str]) -> str:
    each = [name[:40] for name in names]
    return ", ".join([*each[:_NAMED], *(["…"] if len(each) > _NAMED else [])])
