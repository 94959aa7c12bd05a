"""When a child's doses fall due, by the edition of the national schedule in force on the day of each.

国家免疫规划疫苗儿童免疫程序及说明: the ages of its table are the youngest at which a dose may be given;
what was missed is caught up without beginning anew; children born early are counted from their birth.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.guide.rules.schedule import Span, State, state_of

INJECTED = "injected"
ORAL = "oral"


class Reason(StrEnum):
    """What decided the day of a dose."""

    AGE = "age"
    GAP = "gap"
    LIVE_GAP = "live-gap"
    EDITION = "edition"
    GIVEN = "given"


class Doubt(StrEnum):
    """Why a dose that was given may not count; the clinic judges."""

    TOO_YOUNG = "too-young"
    TOO_CLOSE = "too-close"


class Timing(NamedTuple):
    """When a dose may be given, when it should be done, how far after the one before, of which product."""

    min_age: Span
    before: Span | None = None
    before_hours: int = 0
    gap: Span | None = None
    product: str = ""

    def latest(self, born: date) -> date | None:
        """Return the last recommended day."""
        if self.before_hours:
            return born + timedelta(days=-(-self.before_hours // 24))
        return self.before.after(born) - timedelta(days=1) if self.before else None


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose of a series: its number in it, and its timing in the present edition."""

    id: str
    number: int
    timing: Timing
    confidence: str
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vaccine:
    """A series of doses. Of those that share a `choice`, a child gets one; the first is the usual one."""

    id: str
    names: Mapping[str, str]
    short: str
    prevents: Mapping[str, str]
    doses: tuple[Dose, ...]
    choice: str = ""
    live: str = ""
    beyond: bool = False
    special: Mapping[str, str] = field(default_factory=dict)
    transition: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of the schedule: from which day, and what it timed differently from the present one."""

    id: str
    effective: date
    source: str
    names: Mapping[str, str]
    confidence: str
    different: Mapping[str, Timing]

    def timing(self, dose: Dose) -> Timing:
        """Return the timing of a dose in this edition."""
        return self.different.get(dose.id, dose.timing)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The whole file. `sequence` grows with each change; `verified`: compared with the official print."""

    sequence: int
    gathered_on: date
    verified: bool
    editions: tuple[Edition, ...]
    vaccines: tuple[Vaccine, ...]
    live_gap: Span

    @property
    def current(self) -> Edition:
        """The newest edition."""
        return self.editions[-1]

    def choices(self) -> dict[str, tuple[Vaccine, ...]]:
        """Return the vaccines of which one is chosen, by the name of the choice."""
        names = dict.fromkeys(vaccine.choice for vaccine in self.vaccines if vaccine.choice)
        return {name: tuple(each for each in self.vaccines if each.choice == name) for name in names}

    def chosen(self, wanted: frozenset[str] = frozenset()) -> tuple[Vaccine, ...]:
        """Return the series of one child within this site's ages; of a choice the first unless wanted."""
        taken = {
            next((each.id for each in group if each.id in wanted), group[0].id)
            for group in self.choices().values()
        }
        return tuple(
            each for each in self.vaccines if not each.beyond and (not each.choice or each.id in taken)
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A dose of one child: from which day, until which, what that means today, and which rule decided."""

    vaccine: Vaccine
    dose: Dose
    product: str
    earliest: date
    latest: date | None
    state: State
    edition: Edition
    reason: Reason
    given: date | None = None
    doubt: Doubt | None = None

    @property
    def due(self) -> bool:
        """Whether the dose is still to come, or may be given now."""
        return self.state != State.GIVEN


@dataclass(frozen=True, slots=True)
class Child:
    """What the reader typed. `given` is None where nobody says what has been given."""

    born: date
    today: date
    wanted: frozenset[str] = frozenset()
    given: Mapping[str, date] | None = None


def plan(schedule: Schedule, child: Child) -> tuple[Planned, ...]:
    """Return every dose of a child in the order of the series."""
    return tuple(
        planned for vaccine in schedule.chosen(child.wanted) for planned in _series(schedule, vaccine, child)
    )


def _series(schedule: Schedule, vaccine: Vaccine, child: Child) -> Iterator[Planned]:
    before: date | None = None
    for place, dose in enumerate(vaccine.doses):
        earliest, edition, reason = _opens(schedule, dose, child.born, before)
        given = (child.given or {}).get(dose.id)
        if given is not None:
            yield _given(schedule, vaccine, dose, child.born, before, given)
            before = given
            continue
        if vaccine.live == INJECTED and child.given:
            earliest, reason = _apart(schedule, vaccine, child, earliest, reason)
        limit = _in_force(schedule, max(child.today, earliest)).timing(dose)
        latest = limit.latest(child.born)
        state = state_of(earliest, latest, child.today)
        following = vaccine.doses[place + 1 : place + 2]
        if state == State.OPEN and any(
            _in_force(schedule, child.today).timing(each).min_age.after(child.born) <= child.today
            and each.timing.min_age > dose.timing.min_age
            for each in following
        ):
            state = State.LATE
        yield Planned(vaccine, dose, edition.timing(dose).product, earliest, latest, state, edition, reason)
        before = earliest if child.given is None else max(earliest, child.today)


def _opens(schedule: Schedule, dose: Dose, born: date, before: date | None) -> tuple[date, Edition, Reason]:
    """Return the first day for a dose, and the edition and rule that say so: the one in force on that day."""
    for place, edition in enumerate(schedule.editions):
        timing = edition.timing(dose)
        day, reason = timing.min_age.after(born), Reason.AGE
        if before is not None and timing.gap and timing.gap.after(before) > day:
            day, reason = timing.gap.after(before), Reason.GAP
        if place and day < edition.effective:
            day, reason = edition.effective, Reason.EDITION
        following = schedule.editions[place + 1 : place + 2]
        if not following or day < following[0].effective:
            return day, edition, reason
    raise ValueError("A schedule has at least one edition.")


def _in_force(schedule: Schedule, day: date) -> Edition:
    past = [edition for edition in schedule.editions if edition.effective <= day]
    return past[-1] if past else schedule.editions[0]


def _given(
    schedule: Schedule, vaccine: Vaccine, dose: Dose, born: date, before: date | None, given: date
) -> Planned:
    edition = _in_force(schedule, given)
    timing = edition.timing(dose)
    doubt = None
    if given < timing.min_age.after(born):
        doubt = Doubt.TOO_YOUNG
    elif before is not None and timing.gap and given < timing.gap.after(before):
        doubt = Doubt.TOO_CLOSE
    return Planned(
        vaccine,
        dose,
        timing.product,
        given,
        timing.latest(born),
        State.GIVEN,
        edition,
        Reason.GIVEN,
        given,
        doubt,
    )


def _apart(
    schedule: Schedule, vaccine: Vaccine, child: Child, earliest: date, reason: Reason
) -> tuple[date, Reason]:
    """Return the first day that is far enough from other injected live vaccines that were given."""
    others = {
        dose.id
        for other in schedule.vaccines
        if other.live == INJECTED and other.id != vaccine.id
        for dose in other.doses
    }
    for identity, given in sorted((child.given or {}).items(), key=lambda each: each[1]):
        free = schedule.live_gap.after(given)
        if identity in others and given < max(earliest, child.today) < free and given != child.today:
            earliest, reason = free, Reason.LIVE_GAP
    return earliest, reason


@dataclass(frozen=True, slots=True)
class Visit:
    """Doses of one day; `day` is None for what may be given at once."""

    day: date | None
    doses: tuple[Planned, ...]


def visits(planned: tuple[Planned, ...]) -> tuple[Visit, ...]:
    """Return what may be given at once, then what comes, by day."""
    now = tuple(each for each in planned if each.state in {State.OPEN, State.CLOSING, State.LATE})
    found = [Visit(None, now)] if now else []
    coming = [each for each in planned if each.state == State.NOT_YET]
    found += [
        Visit(day, tuple(each for each in coming if each.earliest == day))
        for day in sorted({each.earliest for each in coming})
    ]
    return tuple(found)


def recorded(child: Child, given: Mapping[str, date]) -> Child:
    """Return the child with the doses of its certificate."""
    return replace(child, given=given)
