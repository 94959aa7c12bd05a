"""What an area has beside what was promised: facilities counted, residents, targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.areas import queries as areas
from app.areas.rules import LEVELS, Level
from app.facilities.queries.supply import supply_of
from app.facilities.rules.supply import Supply
from app.site.rules.targets import Actual, Bar, Verdict, actuals, bars, judge

_ALL = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One target beside what there is today in its area."""

    target: areas.TargetCard
    actual: Actual | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar and what it stands for; `target` None: what there is today."""

    bar: Bar
    target: areas.TargetCard | None
    area: str
    number: float
    unit: str

    @property
    def length(self) -> int:
        """Return how long the bar is."""
        return self.bar.length

    @property
    def y(self) -> int:
        """Return how far down it stands."""
        return self.bar.y

    @property
    def goal(self) -> bool:
        """Tell whether it is a target, drawn hollow."""
        return self.target is not None


@dataclass(frozen=True, slots=True)
class Indicator:
    """The targets of one kind, and their drawing where today's figure can be drawn beside them."""

    code: str
    lines: tuple[Line, ...]
    drawn: tuple[Drawn, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Figures:
    """An area counted today."""

    on: date
    supply: Supply
    population: areas.PopulationCard | None
    actuals: Mapping[str, Actual]
    townships: int
    """Towns and streets; 0 for a township, and where they are not listed."""
    covered: int
    inclusive_covered: int
    indicators: tuple[Indicator, ...]
    """Those with a figure of today first."""


def figures(code: str, place: areas.PlaceCard | None, today: date) -> Figures:
    """Return the numbers of an area, and the targets that are written for it, its parts or its place."""
    documents = areas.documents(place.area, today) if place else {}
    targets = _shown(code, place, areas.targets(place.area, documents)) if place else []
    codes = sorted({code, *(target.area for target in targets if target.area.startswith(code))})
    known = areas.populations(codes, documents, today)
    counted = {each: supply_of(each, today) for each in codes}
    townships = {each: _townships(each) for each in codes}
    stand = {
        each: actuals(counted[each], townships[each], known[each].figure if each in known else None)
        for each in codes
    }
    here = counted[code]
    indicators = [
        _indicator(indicator, code, list(rows), stand, today)
        for indicator, rows in groupby(targets, key=lambda target: target.indicator)
    ]
    return Figures(
        on=today,
        supply=here,
        population=known.get(code),
        actuals=stand[code],
        townships=len(townships[code]),
        covered=len(here.townships.keys() & townships[code]),
        inclusive_covered=len(here.inclusive_townships & townships[code]),
        indicators=tuple(sorted(indicators, key=lambda each: each.lines[0].actual is None)),
    )


def _shown(code: str, place: areas.PlaceCard, targets: Sequence[areas.TargetCard]) -> list[areas.TargetCard]:
    """Return the targets of a page: on a place's own all, below it those of the place and its own."""
    return [target for target in targets if code == place.area or target.area in {code, place.area}]


def _townships(code: str) -> frozenset[str]:
    """Return the towns and streets of a county or city; a province has too many to be a figure."""
    return areas.townships(code) if LEVELS[len(code)] in {Level.PREFECTURE, Level.COUNTY} else frozenset()


def _indicator(
    code: str,
    here: str,
    targets: Sequence[areas.TargetCard],
    stand: Mapping[str, Mapping[str, Actual]],
    today: date,
) -> Indicator:
    lines = []
    for target in targets:
        actual = stand.get(target.area, {}).get(code)
        lines.append(Line(target, actual, judge(actual, target.value, target.year, today.year)))
    drawn, height = _drawn([line for line in lines if line.target.area == here] or lines)
    return Indicator(code, tuple(lines), drawn, height)


def _drawn(lines: Sequence[Line]) -> tuple[tuple[Drawn, ...], int]:
    """Return, area by area, the bars of its targets and of today; none where nothing can be compared.

    The parts of an area are drawn only where the area as a whole has no target.
    """
    told: list[tuple[areas.TargetCard | None, str, float, str]] = []
    for area, rows in groupby(lines, key=lambda line: line.target.area):
        of_area = list(rows)
        actual = of_area[0].actual
        if actual is None or not actual.comparable:
            continue
        told += [(line.target, area, line.target.value, line.target.unit) for line in of_area]
        told.append((None, area, actual.shown, actual.unit))
    whole = _ALL if told and told[0][3] == "percent" else None
    drawn, height = bars([number for _, _, number, _ in told], whole)
    return tuple(
        Drawn(bar, target, area, number, unit)
        for bar, (target, area, number, unit) in zip(drawn, told, strict=True)
    ), height
