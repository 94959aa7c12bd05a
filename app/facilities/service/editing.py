"""Editing facts behind the counter: an edit is one observation a facility, of a day, under a number."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.core import audit, clock
from app.core.db import touch_data
from app.extensions import db
from app.facilities.model import Edit, Facility
from app.facilities.queries.proposals import target_of
from app.facilities.queries.standing import standing
from app.facilities.rules.editing import WORTH, Effect, How, after, effect
from app.facilities.service.recording import SEARCHED, Statement, record
from app.facilities.service.saying import entered, locked, once_of, source_of

APPLIED, UNDONE = "applied", "undone"
ONE, MANY = "one", "several"


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody enters: a field's value (of a table one row or all of it), how they know, the day."""

    field: str
    proposed: Any
    how: How
    day: date
    once: str
    """Of the form it was typed into: the same form with the same answers counts once."""
    along: tuple[tuple[str, Any], ...] = ()
    """Values of further fields that belong to it, whole, such as the list of statuses."""


class Stale(Exception):  # noqa: N818 - nobody made an error
    """Somebody changed the field since the form was shown; nothing was written."""


class NotWorth(Exception):  # noqa: N818
    """Nothing was written; `why` says what the edit would have done."""

    def __init__(self, why: Effect) -> None:
        super().__init__(why)
        self.why = why


class Twice(Exception):  # noqa: N818
    """The form was sent before, and what it asks for is done."""


def edit(identity: str, change: Change, seen: str, staff: Staff) -> None:
    """Record a value of a field of one facility. Commits. Raises `Stale`, `NotWorth`, `Twice`."""
    number = _begin(change, [identity], ONE, staff)
    facility = locked([identity])[identity]
    held = standing([identity], change.field)[identity]
    value = after(change.field, held.value, change.proposed, change.day)
    why = effect(held.held, value, change.day)
    if held.version != seen:
        db.session.rollback()
        raise Stale
    if why not in WORTH:
        db.session.rollback()
        raise NotWorth(why)
    _record([facility], {identity: value}, change, number, staff)
    data = {"field": change.field, "edit": number, "how": change.how.value}
    audit.record("facility.edited", subject=identity, data=data)
    db.session.commit()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What one value would do at several facilities."""

    effects: Mapping[str, Effect]
    """By facility."""
    versions: Mapping[str, str]
    """What stood when it was weighed, by facility."""

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many facilities there are of each effect."""
        found = Counter(self.effects.values())
        return {each.value: found[each] for each in Effect}

    @property
    def worth(self) -> list[str]:
        """Return the facilities at which something would be recorded."""
        return sorted(each for each, what in self.effects.items() if what in WORTH)


def weigh(ids: Sequence[str], field: str, proposed: Any, day: date) -> Weighed:
    """Return what a value would do at these facilities. Writes nothing."""
    held = standing(ids, field)
    effects = {
        each: effect(now.held, after(field, now.value, proposed, day), day) for each, now in held.items()
    }
    return Weighed(effects, {each: now.version for each, now in held.items()})


def edit_several(seen: Mapping[str, str], change: Change, staff: Staff) -> int:
    """Record one value at several facilities, in one transaction. Commits and returns the edit's number.

    `seen` are the versions that were weighed. Raises `Stale` if any has changed since, or lies with others
    by now, and `NotWorth` if nothing would be recorded; then nothing is. Raises `Twice`.
    """
    number = _begin(change, sorted(seen), MANY, staff)
    facilities = locked(sorted(seen))
    weighed = weigh(sorted(seen), change.field, change.proposed, change.day)
    mine = all(staff.may(Action.FACILITY_EDIT, target_of(each)) for each in facilities.values())
    if len(facilities) != len(seen) or not mine or dict(weighed.versions) != dict(seen):
        db.session.rollback()
        raise Stale
    if not weighed.worth:
        db.session.rollback()
        raise NotWorth(Effect.SAME)
    held = standing(weighed.worth, change.field)
    values = {
        each: after(change.field, held[each].value, change.proposed, change.day) for each in weighed.worth
    }
    db.session.get_one(Edit, number).facilities = weighed.worth
    _record([facilities[each] for each in weighed.worth], values, change, number, staff)
    data = {"field": change.field, "count": len(weighed.worth), "how": change.how.value}
    audit.record("facility.edited-several", subject=str(number), data=data)
    db.session.commit()
    return number


def number_of(change: Change, staff: Staff) -> int | None:
    """Return the number of the edit that was made of a form, if it was."""
    query = select(Edit.id).where(Edit.token == _token(change), Edit.account == staff.id)
    return db.session.scalar(query)


def _begin(change: Change, ids: list[str], what: str, staff: Staff) -> int:
    """Write the edit down first: who comes second with the same form waits here, and is told so."""
    row = Edit(
        token=_token(change),
        what=what,
        field=change.field,
        facilities=ids,
        observed_on=change.day,
        account=staff.id,
        made_at=clock.now(),
        state=APPLIED,
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise Twice from None
    return row.id


def _token(change: Change) -> str:
    """Return what tells the same form with the same answers; other answers are another edit."""
    return once_of(change.once, change.field, change.proposed, change.how, change.day, change.along)


def _record(
    facilities: Sequence[Facility], values: Mapping[str, Any], change: Change, number: int, staff: Staff
) -> None:
    by: dict[str, list[Statement]] = {}
    for each in facilities:
        key = source_of(each, change.how)
        said = [(change.field, values[each.id], change.day, key)]
        for field, value in change.along:
            held = standing([each.id], field)[each.id].held
            said.append((field, value, max(change.day, held.observed_on) if held else change.day, key))
        statement = Statement(each.id, each.area_code, tuple(said), pack=each.pack, zoning=each.zoning)
        by.setdefault(entered(staff, each), []).append(statement)
    for who, statements in by.items():
        record(statements, now=clock.now(), by=who, edit=number)
    fields = {change.field, *(field for field, _value in change.along)}
    touch_data(texts=bool(fields & SEARCHED))
