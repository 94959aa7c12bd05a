"""What a parent asks of the finder, and what each filter is called."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from app.core.geo import Point
from app.facilities.rules.vocabulary import Unit

PAGE_SIZE = 20
RADIUS_KM = 3.0
MAX_RADIUS_KM = 50.0


class Sort(StrEnum):
    """Orders of the list. Each ends in name and id, so that pages never shuffle.

    By name means: those that may take children first, then the others, each by the pinyin of the name.
    """

    RELEVANCE = "relevance"
    PRICE = "price"
    DISTANCE = "distance"
    NAME = "name"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class Criteria:
    """One question to the finder. Empty means: not asked.

    Several values of `care`, `kind`, `form`, `status` or `language` mean any of them; several of `food`
    or `needs` mean all of them, because a child needs all of them.
    """

    q: str = ""
    area: str | None = None
    care: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    inclusive: bool | None = None
    age: int | None = None
    start: date | None = None
    max_price: int | None = None
    """Fen, compared with a published care fee in `price_unit`; never converted."""
    price_unit: Unit = Unit.MONTH
    open_from: int | None = None
    """Minutes: open at this time or earlier."""
    open_until: int | None = None
    """Minutes: open until this time or later."""
    open_days: tuple[int, ...] = ()
    food: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    vacancy: bool = False
    near: Point | None = None
    radius: float = RADIUS_KM
    unknown: bool = False
    sort: Sort | None = None
    page: int = 1
    view: str = "list"

    @property
    def order(self) -> Sort:
        """The order in force: chosen, else by relevance of a text, else by distance, else by name."""
        if self.sort is not None:
            return self.sort
        if self.q:
            return Sort.RELEVANCE
        return Sort.DISTANCE if self.near else Sort.NAME

    @property
    def filters(self) -> tuple[str, ...]:
        """Names of the filters in force, in the order of the fields."""
        empty = Criteria()
        return tuple(name for name in FILTERS if getattr(self, name) != getattr(empty, name))

    def without(self, name: str) -> "Criteria":
        """Return the same question without one filter, from its first page."""
        return replace(self, **{name: getattr(Criteria(), name)}, page=1)


FILTERS = (
    "q", "area", "care", "kind", "form", "status", "inclusive", "age", "max_price", "open_from", "open_until",
    "open_days", "food", "language", "needs", "vacancy", "near",
)  # fmt: skip
assert set(FILTERS) <= {field.name for field in fields(Criteria)}  # noqa: S101 - a slip here must not start
