"""All facilities by name, and sets of them as whole numbers: bit n of a set is the n-th facility.

The database says who is in a set, once for each version of the public data. What a question combines and
counts are then operations on whole numbers, which cost next to nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, func, select

from app.core.remembered import remembered
from app.extensions import db
from app.facilities.model import FACILITY

_COUNTED: Mapping[str, Any] = {
    "care": FACILITY.care_mask,
    "food": FACILITY.food_mask,
    "language": FACILITY.language_mask,
    "needs": FACILITY.need_mask,
    "kind": FACILITY.kind,
    "form": FACILITY.form,
    "status": FACILITY.status,
    "inclusive": FACILITY.inclusive,
}
"""Columns of few values, of each of which the set is wanted."""
_MOST = 512
"""Answers of the database kept with a roll; most are sets, which take a bit for each facility."""
_FLAGS = bytes.maketrans(b"01", b"\0\1")
_IN = ord("1")
_NOTHING = object()
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Roll:
    """All facilities by name."""

    ids: Sequence[str]
    numbers: Mapping[str, int]
    """Number of each id."""
    _kept: dict[Hashable, Any] = field(default_factory=dict)
    _columns: dict[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Mapping[Any, int]]:
        """For each facet but the area, the set of each value of its column."""
        return self._once("values", self._sets)

    @property
    def areas(self) -> Sequence[str]:
        """Area of each, by number."""
        return self._once("areas", lambda: self._column(FACILITY.area_code))

    @property
    def townships(self) -> Sequence[str | None]:
        """Township of each, by number; None where it is not known."""
        return self._once("townships", lambda: self._column(FACILITY.township_code))

    @property
    def updated(self) -> Sequence[date]:
        """Day of the newest fact about each, by number."""
        return self._once("updated", lambda: self._column(FACILITY.updated_on, date.min))

    @property
    def everyone(self) -> int:
        """The set of all."""
        return (1 << len(self.ids)) - 1

    def set_of(self, numbers: Iterable[int]) -> int:
        """Return the set of some numbers."""
        flags = self._no_flags()
        for number in numbers:
            flags[~number] = _IN
        return int(flags, 2)

    def set_of_ids(self, ids: Iterable[str]) -> int:
        """Return the set of some ids; one that came after the roll was read is left out."""
        return self.set_of(self._numbers_of(ids))

    def chosen(self, column: Sequence[T], those: int) -> Iterator[T]:
        """Return what a column holds of the facilities of a set, by name."""
        return compress(column, f"{those:b}".encode().translate(_FLAGS)[::-1])

    def in_order(self, those: int) -> list[int]:
        """Return the numbers of a set, by name."""
        return list(self.chosen(range(len(self.ids)), those))

    def holding(self, condition: ColumnElement[bool]) -> int:
        """Return the set of those that meet a condition on their row."""
        said = condition.compile()

        def read() -> int:
            query = select(func.aggregate_strings(FACILITY.id, ",")).where(condition)
            found: str | None = db.session.scalar(query)
            return self.set_of_ids(found.split(",")) if found else 0

        return self.keep(f"{said} {said.params}", read)

    def keep(self, key: Hashable, find: Callable[[], T]) -> T:
        """Return what was found under a key before, else find it; the roll is of one version of the data."""
        found = self._kept.get(key, _NOTHING)
        if found is _NOTHING:
            found = find()
            if len(self._kept) >= _MOST:
                self._kept.clear()
            self._kept[key] = found
        return cast("T", found)

    def _no_flags(self) -> bytearray:
        return bytearray(b"0") * (len(self.ids) + 1)

    def _numbers_of(self, ids: Iterable[str]) -> list[int]:
        return [self.numbers[each] for each in ids if each in self.numbers]

    def _once(self, name: str, read: Callable[[], T]) -> T:
        if name not in self._columns:
            self._columns[name] = read()
        return cast("T", self._columns[name])

    def _column(self, column: Any, gone: Any = None) -> list[Any]:
        """Return a column by number; `gone` stands where a facility went away meanwhile."""
        found: list[Any] = [gone] * len(self.ids)
        for (value,), numbers in self._grouped(column):
            for number in numbers:
                found[number] = value
        return found

    def _sets(self) -> dict[str, dict[Any, int]]:
        held: dict[str, dict[Any, bytearray]] = {name: {} for name in _COUNTED}
        for values, numbers in self._grouped(*_COUNTED.values()):
            for sets, value in zip(held.values(), values, strict=True):
                if value not in sets:
                    sets[value] = self._no_flags()
                flags = sets[value]
                for number in numbers:
                    flags[~number] = _IN
        return {name: {value: int(flags, 2) for value, flags in sets.items()} for name, sets in held.items()}

    def _grouped(self, *columns: Any) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
        """Yield values of columns with the numbers that have them: a row for each value costs less."""
        query = select(*columns, func.aggregate_strings(FACILITY.id, ",")).group_by(*columns)
        for *values, ids in db.session.execute(query):
            yield tuple(values), self._numbers_of(ids.split(","))


@remembered
def roll() -> Roll:
    """Return the roll of the present version of the data."""
    query = select(FACILITY.id).order_by(FACILITY.sort_key, FACILITY.id)
    ids = db.session.scalars(query).all()
    return Roll(ids, dict(zip(ids, range(len(ids)), strict=True)))
