"""The lowest published prices of care, from which filters, counts and order by price are made."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from app.extensions import db
from app.facilities.model import FEE
from app.facilities.queries.roll import Roll
from app.facilities.rules.vocabulary import Component, Unit

_ANY_CARE = "*"


@dataclass(frozen=True, slots=True)
class _OfCare:
    """The lowest price of a care type, or of all (`*`), at each facility that has one, cheapest first."""

    fen: Sequence[int]
    numbers: Sequence[int]
    """Numbers on the roll."""
    priced: int
    """The set of them."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices in force, in one unit."""

    roll: Roll
    by_care: Mapping[str, _OfCare]

    def within(self, limit: int, wanted: Collection[str]) -> int:
        """Return the facilities with a price up to a limit (fen) among the care types wanted, if any are."""
        found = 0
        for each in self._of(wanted):
            found |= self.roll.set_of(each.numbers[: bisect_right(each.fen, limit)])
        return found

    def known(self, wanted: Collection[str]) -> int:
        """Return the facilities that have a price at all among the care types wanted."""
        found = 0
        for each in self._of(wanted):
            found |= each.priced
        return found

    def lowest(self, wanted: Collection[str]) -> dict[int, int]:
        """Return the lowest price of each facility that has one, by its number."""
        found: dict[int, int] = {}
        for each in self._of(wanted):
            for number, fen in zip(each.numbers, each.fen, strict=True):
                found[number] = min(fen, found.get(number, fen))
        return found

    def _of(self, wanted: Collection[str]) -> Iterator[_OfCare]:
        for care in (*wanted, _ANY_CARE) if wanted else self.by_care:
            if care in self.by_care:
                yield self.by_care[care]


def prices(roll: Roll, unit: Unit, today: date) -> Prices:
    """Return the prices of care in a unit that are in force on a day; they are never converted."""
    return roll.keep(("prices", unit, today), lambda: _read(roll, unit, today))


def _read(roll: Roll, unit: Unit, today: date) -> Prices:
    query = select(FEE.facility, FEE.care, func.min(FEE.min_fen)).where(
        FEE.component == Component.CARE.value,
        FEE.unit == unit.value,
        or_(FEE.valid_from.is_(None), FEE.valid_from <= today),
        or_(FEE.valid_to.is_(None), FEE.valid_to >= today),
    )
    found: dict[str, list[tuple[int, int]]] = {}
    for identity, care, fen in db.session.execute(query.group_by(FEE.facility, FEE.care)):
        if identity in roll.numbers:
            found.setdefault(care, []).append((fen, roll.numbers[identity]))
    by_care = {}
    for care, each in found.items():
        fens, numbers = zip(*sorted(each), strict=True)
        by_care[care] = _OfCare(fens, numbers, roll.set_of(numbers))
    return Prices(roll, by_care)
