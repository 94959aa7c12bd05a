"""Which facts may be proposed by whom, and what a field becomes when a proposal is taken in. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any


class By(StrEnum):
    """Who asks for a change."""

    PUBLIC = "public"
    PROVIDER = "provider"
    STAFF = "staff"


class State(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    APPROVED = "approved"
    DECLINED = "declined"


class Why(StrEnum):
    """Why a proposal is declined."""

    NOT_TRUE = "not-true"
    NOT_VERIFIED = "not-verified"
    NO_CHANGE = "no-change"
    ELSEWHERE = "elsewhere"


KEYS: Mapping[str, tuple[str, ...]] = {
    "fees": ("care", "band", "component", "unit"),
    "care": ("care",),
    "bands": ("band",),
}
"""Fields that are tables: a proposal changes one row, the one that agrees in these columns."""
BLANK: Mapping[str, Mapping[str, Any]] = {
    "fees": {"voluntary": False, "refund": "", "valid_from": None, "valid_to": None, "checked_on": None},
    "care": dict.fromkeys(("days", "opens", "closes", "min_age", "max_age", "notice_hours")) | {"notes": {}},
    "bands": dict.fromkeys(("places", "vacancies", "class_size", "children_per_carer", "as_of"))
    | {"said_by": ""},
}
"""What a new row says of columns that nobody filled in: nothing."""
_EVERYBODY = (
    "phone",
    "address",
    "opening",
    "holidays",
    "care",
    "fees",
    "food",
    "languages",
    "needs",
)
FIELDS: Mapping[By, tuple[str, ...]] = {
    By.PUBLIC: (*_EVERYBODY, "inclusive", "status"),
    By.PROVIDER: (*_EVERYBODY, "bands"),
    By.STAFF: (*_EVERYBODY, "bands", "inclusive", "status"),
}
"""Fields that may be proposed. Name, code, form and day of filing are the register's alone."""
SOURCE_KIND: Mapping[By, str] = {By.PUBLIC: "public", By.PROVIDER: "provider", By.STAFF: "county"}
"""Kind of the source that an approved proposal is recorded under."""


def applied(field: str, held: Any, proposed: Any) -> Any:
    """Return the value of a field once a proposal is taken in.

    `proposed` is the value itself; for a table it is `{"row": …}`, the row as it should be (what it does not
    name stays), or `{"gone": …}`, the columns of a row that should no longer be there.
    """
    keys = KEYS.get(field)
    if keys is None:
        return proposed
    wanted = proposed.get("row") or proposed["gone"]
    rows = [dict(row) for row in held or ()]
    place = next(
        (place for place, row in enumerate(rows) if all(row.get(key) == wanted.get(key) for key in keys)),
        None,
    )
    if "gone" in proposed:
        return [row for at, row in enumerate(rows) if at != place]
    if place is None:
        return [*rows, {**BLANK[field], **wanted}]
    rows[place] = {**rows[place], **wanted}
    return rows


def checked(field: str, proposed: Any, day: date) -> Any:
    """Return a proposal as it is taken in: the price that was checked says so, the others keep their day."""
    if field != "fees" or "row" not in proposed:
        return proposed
    return {"row": {**proposed["row"], "checked_on": day.isoformat()}}


def touched(field: str, held: Any, proposed: Any) -> tuple[Any, Any]:
    """Return what a proposal takes away and what it brings, as far as they differ: values, or rows."""
    after = applied(field, held, proposed)
    if field not in KEYS:
        return held, after
    before = [dict(row) for row in held or ()]
    return (
        [row for row in before if row not in after] or None,
        [row for row in after if row not in before] or None,
    )


def changes_nothing(field: str, held: Any, proposed: Any) -> bool:
    """Tell whether the record says already what is proposed."""
    return bool(applied(field, held, proposed) == ([] if held is None and field in KEYS else held))
