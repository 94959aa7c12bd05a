"""What pages and the API know of a facility: frozen values, no rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from app.core.geo import Point
from app.facilities.rules.cost import Quotes
from app.facilities.rules.vocabulary import Component

_UNITS = ("month", "half-month", "week", "day", "half-day", "hour", "session", "term", "year", "once")
_MOST_UNITS = 3


@dataclass(frozen=True, slots=True)
class Price:
    """A published price; `min_fen` equals `max_fen` unless a range was published."""

    care: str
    band: str
    component: str
    unit: str
    min_fen: int
    max_fen: int
    voluntary: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SlotCard:
    """Places free for a day of temporary care, while the offer holds."""

    id: int
    on: date
    band: str
    """Class band, or `*` for any age."""
    places: int
    opens: str
    """Time such as `08:30`; empty: as usual."""
    closes: str
    said_by: str
    """Code of who said so (`app.facilities.rules.slots.Said`)."""
    confirmed_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class FacilityCard:
    """A facility in a list. None is *not reported*; an empty tuple is *reported as none*."""

    id: str
    name: str
    aliases: tuple[str, ...]
    names: Mapping[str, str]
    area: str
    township: str | None
    area_names: tuple[Mapping[str, str], ...]
    kind: str
    kind_inferred: bool
    form: str
    status: str
    filed_on: date | None
    credit_code: str | None
    address: str | None
    point: Point | None
    precision: str
    care: tuple[str, ...] | None
    ages: tuple[int, int] | None
    prices: tuple[Price, ...]
    inclusive: bool | None
    vacancy: bool | None
    kms: tuple[float, ...]
    """Straight-line distance from each place asked about; empty where its position is not published."""
    updated_on: date
    source: Mapping[str, str]
    fictional: bool = False
    """Whether it belongs to the fictional county and exists nowhere."""
    unknown: tuple[str, ...] = ()
    """Filters in force that this facility has not reported on; empty for a full match."""
    highlights: tuple[tuple[str, bool], ...] = ()
    also: tuple[tuple[str, bool], ...] = ()
    """The other name by which it was found, in fragments like `highlights`, if its name holds no match."""
    monthly: Quotes | None = None
    """What the pattern of the question costs here; None where no pattern was asked."""

    vacancies_on: date | None = None
    """The day of what `vacancy` says."""
    vacancies_age: str | None = None
    """How old that is: fresh, ageing or stale."""
    opens_on: date | None = None
    """The later day on which it opens, if one was announced; None once it is there."""
    slots: tuple[SlotCard, ...] = ()

    def care_prices(self, wanted: Collection[str] = ()) -> list[tuple[str, int, int]]:
        """Return the care prices in at most three units, the commonest unit first: (unit, lowest, highest).

        Where types of care are wanted and some price is theirs, only such prices count.
        """
        care = [price for price in self.prices if price.component == Component.CARE]
        fitting = [price for price in care if price.care in wanted or price.care == "*"] if wanted else care
        found: dict[str, tuple[int, int]] = {}
        for price in fitting or care:
            low, high = found.get(price.unit, (price.min_fen, price.max_fen))
            found[price.unit] = min(low, price.min_fen), max(high, price.max_fen)
        units = (unit for unit in _UNITS if unit in found)
        return [(unit, *found[unit]) for unit in islice(units, _MOST_UNITS)]

    @property
    def distance_km(self) -> float | None:
        """Return the distance from the place asked about, or the sum of those from several."""
        return sum(self.kms) if self.kms else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what nobody has reported of this facility, as codes."""
        said = (
            ("care", self.care),
            ("ages", self.ages),
            ("prices", self.prices or None),
            ("vacancies", self.vacancy),
        )
        return tuple([name for name, value in said if value is None])


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a filter and how many places it would leave."""

    value: str
    count: int
    names: Mapping[str, str] | None = None
    """Names by language where the value is an area; codes are named by the page."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter's choices, counted with all other filters in force."""

    name: str
    values: tuple[FacetValue, ...]
    not_reported: int


@dataclass(frozen=True, slots=True)
class Pin:
    """A number on the map; several places too close to tell apart share one pin."""

    x: float
    y: float
    numbers: tuple[int, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """A distance ring of the map, around a point of it."""

    x: float
    y: float
    label: tuple[float, float] | None
    """Where the distance is written."""
    radius: float
    km: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A place measured from, by the parameter that named it; empty for the middle of the map."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class TownshipDot:
    """Places known only to their township: a count at the township."""

    x: float
    y: float
    count: int
    names: Mapping[str, str]
    label: tuple[float, float] = (0, 0)
    """Where the count is written."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The map of one page of results: points and rings in a square of 400 units, north up."""

    pins: tuple[Pin, ...]
    townships: tuple[TownshipDot, ...]
    rings: tuple[Ring, ...]
    marks: tuple["Mark", ...]
    """The places measured from; without any, the middle of the map."""
    unplaced: int
    words: tuple[tuple[int, float, str], ...] = ()
    """(number, kilometres, direction) of each place from the first mark: the map for those who hear it."""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of answers."""

    count: int
    cards: tuple[FacilityCard, ...]
    facets: Mapping[str, Facet]
    not_reported: Mapping[str, int]
    page: int
    pages: int
    undecided: int = 0
    """Facilities that no filter excludes but that have not reported several of the things asked for."""
    silent_filters: tuple[str, ...] = ()
    """What those have not reported."""
    truncated: bool = False

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what nobody has reported of any facility on this page: said once, not on every card."""
        if len(self.cards) < 2:  # noqa: PLR2004 - one card speaks for itself
            return ()
        everywhere = set.intersection(*(set(card.gaps) for card in self.cards))
        return tuple(name for name in self.cards[0].gaps if name in everywhere)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who entered a value: a role (or `import`, a list that was read in) and its office. Never a person."""

    role: str
    office: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Known:
    """A field of a facility's page: what is known, from whom, since when. `value` None: not reported."""

    value: Any
    source: Mapping[str, str]
    observed_on: date | None
    stale: bool
    inferred: bool = False
    entered: "Entered | None" = None

    def __bool__(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class FacilityPage:
    """Everything a facility's page shows."""

    card: FacilityCard
    fields: Mapping[str, Known]
    opening: tuple[tuple[int, str, str], ...]
    """(ISO weekday, opens, closes) of each open day."""
    fees: tuple[Mapping[str, Any], ...]
    care: tuple[Mapping[str, Any], ...]
    bands: tuple[Mapping[str, Any], ...]
    records: tuple[Mapping[str, Any], ...]
    history: tuple[Mapping[str, Any], ...]
    filing: "FilingCard | None"
    branches: tuple[FacilityCard, ...]
    """Other facilities filed under the same credit code."""
    nearby: tuple[FacilityCard, ...]


@dataclass(frozen=True, slots=True)
class FilingCard:
    """The register's own words about a facility."""

    name: str
    alias: str
    code_state: str
    nature: str
    address: str
    filed_on: date | None
    snapshot_on: date
    gone_on: date | None
    zoning_note: Mapping[str, str] | None
    changes: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to “is this place filed?”."""

    asked: str
    state: str
    """code-found, code-not-found, code-invalid, citizen, name-found, name-near, name-not-found"""
    found: tuple[FacilityCard, ...]
    near_misses: tuple[FacilityCard, ...]
