"""What an area has: facilities that may take children now, their places, and how many have reported what."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.facilities.rules.vocabulary import Care, Kind, unmask


@dataclass(frozen=True, slots=True)
class Alike:
    """Facilities of an area that say the same of themselves; None is *not reported*."""

    township: str | None
    kind: str
    inclusive: bool | None
    demonstration: bool | None
    care: int | None
    """Mask of `Care`."""
    facilities: int
    reported: int
    """How many of them have reported their places."""
    places: int
    """The places of those."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number, and how many of the facilities asked have reported what it needs."""

    number: int
    reported: int
    asked: int

    @property
    def known(self) -> bool:
        """Whether there is a number at all: without a report there is none, unless nobody is to be asked."""
        return self.reported > 0 or self.asked == 0

    @property
    def most(self) -> int:
        """Return the number if everybody who is silent said yes."""
        return self.number + self.asked - self.reported


@dataclass(frozen=True, slots=True)
class Supply:
    """The facilities of an area that may take children now, counted."""

    facilities: int
    places: Counted
    inclusive: Counted
    """Facilities with an inclusive price."""
    inclusive_places: int
    """Places at facilities with an inclusive price."""
    judged_places: int
    """Places at facilities that have reported both their places and whether their price is inclusive."""
    judged: int
    """How many facilities these are."""
    demonstration: Counted
    centres: Counted
    """Childcare service centres, of the facilities whose kind is known."""
    kinds: Mapping[str, int]
    cares: Mapping[str, int]
    """Facilities by type of care; one that offers several counts for each."""
    cares_reported: int
    townships: Mapping[str, int]
    """Facilities by township."""
    inclusive_townships: frozenset[str]
    undecided_townships: frozenset[str]
    """Townships with a facility that has not said whether its price is inclusive."""
    adrift: int
    """Facilities whose township is not known."""
    adrift_inclusive: int
    """Those of them whose price is inclusive, or not known to be not."""


def supply(groups: Iterable[Alike]) -> Supply:
    """Add up an area."""
    all_groups = list(groups)
    total = sum(group.facilities for group in all_groups)
    judged = [group for group in all_groups if group.inclusive is not None]
    inclusive = [group for group in judged if group.inclusive]
    cares: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    townships: Counter[str] = Counter()
    for group in all_groups:
        kinds[group.kind] += group.facilities
        for care in unmask(Care, group.care) or ():
            cares[care] += group.facilities
        if group.township:
            townships[group.township] += group.facilities
    return Supply(
        facilities=total,
        places=Counted(
            sum(group.places for group in all_groups), sum(group.reported for group in all_groups), total
        ),
        inclusive=Counted(_many(inclusive), _many(judged), total),
        inclusive_places=sum(group.places for group in inclusive),
        judged_places=sum(group.places for group in judged),
        judged=sum(group.reported for group in judged),
        demonstration=Counted(
            _many(group for group in all_groups if group.demonstration),
            _many(group for group in all_groups if group.demonstration is not None),
            total,
        ),
        centres=Counted(kinds[Kind.SERVICE_CENTRE], total - kinds[Kind.UNKNOWN], total),
        kinds={kind: kinds[kind] for kind in Kind if kinds[kind]},
        cares={care: cares[care] for care in Care if cares[care]},
        cares_reported=_many(group for group in all_groups if group.care is not None),
        townships=dict(sorted(townships.items())),
        inclusive_townships=frozenset(group.township for group in inclusive if group.township),
        undecided_townships=frozenset(
            group.township for group in all_groups if group.township and group.inclusive is None
        ),
        adrift=_many(group for group in all_groups if not group.township),
        adrift_inclusive=_many(
            group for group in all_groups if not group.township and group.inclusive is not False
        ),
    )


def _many(groups: Iterable[Alike]) -> int:
    return sum(group.facilities for group in groups)
