"""What a parent asks of the finder, and what each filter is called."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from app.facilities.rules.near import Anchor
from app.facilities.rules.pattern import Pattern
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
    COST = "cost"
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
    days: int | None = None
    """Days a week of the family's pattern; with `minutes` a day it gives a monthly cost."""
    minutes: int | None = None
    meals: bool = False
    extra: tuple[str, ...] = ()
    """Components of voluntary items that are to be counted in."""
    spread: bool = False
    max_cost: int | None = None
    """Fen a month, compared with the computed cost of the pattern."""
    open_from: int | None = None
    """Minutes: open at this time or earlier."""
    open_until: int | None = None
    """Minutes: open until this time or later."""
    open_days: tuple[int, ...] = ()
    food: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    vacancy: bool = False
    near: tuple[Anchor, ...] = ()
    """Up to three places to measure from; a facility is near if it is within the radius of one of them."""
    radius: float = RADIUS_KM
    unknown: bool = False
    sort: Sort | None = None
    similar: bool = False
    """Also look for similar names where there are enough exact matches."""
    page: int = 1
    view: str = "list"
    why: str = ""
    """Name or id of a place of which the reader wants to know why it is not among the results."""

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
        return tuple(name for name in FILTERS if getattr(self, name) != getattr(_UNASKED, name))

    @property
    def pattern(self) -> Pattern | None:
        """The family's pattern of care, if days and hours were given."""
        if self.days is None or self.minutes is None:
            return None
        return Pattern(
            self.days, self.minutes, self.age, self.meals, self.start, extras=self.extra, spread=self.spread
        )

    def without(self, name: str) -> "Criteria":
        """Return the same question without one filter, from its first page.

        Without `pattern` it is without everything that has to do with a monthly cost.
        """
        if name == "pattern":
            fields_of_it = ("days", "minutes", "meals", "extra", "spread", "max_cost")
            looser = replace(self, **{each: getattr(Criteria(), each) for each in fields_of_it}, page=1)
            return replace(looser, sort=None) if self.sort is Sort.COST else looser
        return replace(self, **{name: getattr(Criteria(), name)}, page=1)


FILTERS = (
    "q", "area", "care", "kind", "form", "status", "inclusive", "age", "max_price", "max_cost", "open_from",
    "open_until", "open_days", "food", "language", "needs", "vacancy", "near",
)  # fmt: skip
_UNASKED = Criteria()
assert set(FILTERS) <= {field.name for field in fields(Criteria)}  # noqa: S101 - a slip here must not start
