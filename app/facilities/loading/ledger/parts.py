"""Care types, fees, class bands and records: one cell each, or one row each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.core.faults import N_
from app.facilities.loading.ledger.cells import Money
from app.facilities.loading.ledger.fields import DEFAULTS, PARTS, SLOTS
from app.facilities.loading.ledger.profile import Column, Profile
from app.facilities.loading.ledger.table import Line, Notes
from app.facilities.loading.ledger.values import value_of

UNUSUAL = {
    "hour": 30_000,
    "half-day": 60_000,
    "session": 100_000,
    "day": 100_000,
    "week": 600_000,
    "month": 3_000_000,
}
"""Fen above which a price is more likely in a wrong column: 300 yuan an hour, 30,000 a month."""

Slot = tuple[str, ...]


class Parts:
    """Gathers the rows of care, fees, bands and records of one facility."""

    def __init__(self, profile: Profile, notes: Notes) -> None:
        self._profile = profile
        self._notes = notes
        self._found: dict[str, list[tuple[int, dict[str, Any], dict[str, str]]]] = {
            group: [] for group in SLOTS
        }
        """By group: row of the ledger, what is said, and the headings it came from."""

    def read(self, line: Line) -> None:
        """Take what one row of the ledger says."""
        said = []
        slots: dict[str, dict[str, Any]] = {group: {} for group in SLOTS}
        for column, cell in zip(self._profile.columns, line.cells, strict=True):
            if not column.group:
                continue
            value = value_of(cell, column, self._profile.wording, self._notes, line.row)
            if value is None:
                continue
            if column.part in SLOTS[column.group]:
                slots[column.group][column.part] = value
            else:
                said.append((column, value))
        for group, slot in slots.items():
            if slot and not any(column.group == group for column, _value in said) and group == "care":
                said.append((Column(headings=("",), field="care.care"), slot["care"]))
        here: dict[str, list[tuple[int, dict[str, Any], dict[str, str]]]] = {group: [] for group in SLOTS}
        for column, value in said:
            self._put(column, value, slots[column.group], line.row, here[column.group])
        for group, rows in here.items():
            self._found[group] += rows

    def _put(
        self,
        column: Column,
        value: Any,
        slot: Mapping[str, Any],
        row: int,
        here: list[tuple[int, dict[str, Any], dict[str, str]]],
    ) -> None:
        group = column.group
        constants = {
            part: self._profile.constants[f"{group}.{part}"]
            for part in PARTS[group]
            if f"{group}.{part}" in self._profile.constants
        }
        base = {**DEFAULTS.get(group, {}), **constants, **slot, **column.fixed}
        stated = {column.part: value}
        if isinstance(value, Money):
            unit = base.get("unit")
            if value.unit and unit and value.unit != unit:
                sentence = N_(
                    "The cell itself says what the price is counted by, and it is not what the column says."
                )
                self._notes.warn(row, column.heading, sentence)
            base["unit"] = value.unit or unit
        for _row, held, headings in here:
            same = all(held.get(part) == base.get(part) for part in SLOTS[group])
            if same and column.part not in held:
                held.update(stated)
                headings.setdefault(column.part, column.heading)
                return
        here.append((row, {**base, **stated}, {column.part: column.heading}))

    def finished(self, care: Sequence[str] | None) -> dict[str, Any]:
        """Return the fields `care`, `fees`, `bands` and `records`; those not spoken of are left out."""
        fees = self._rows("fee", _fee)
        bands = self._rows("band", _band)
        records = self._rows("record", _record)
        found: dict[str, Any] = {}
        if care is not None or self._found["care"]:
            rows = {row["care"]: row for row in self._rows("care", _care)}
            for each in care or ():
                rows.setdefault(each, _care({"care": each}))
            found["care"] = list(rows.values())
        more = {"fees": fees, "bands": bands, "records": records}
        return found | {name: several for name, several in more.items() if several}

    def _rows(self, group: str, finish: Any) -> list[dict[str, Any]]:
        finished: list[dict[str, Any]] = []
        for row, said, headings in self._found[group]:
            heading = next(iter(headings.values()), "")
            missing = [
                part for part in SLOTS[group] if not said.get(part) and (group, part) != ("record", "type")
            ]
            if missing:
                sentence = N_(
                    "Nothing says which %(parts)s this is about. The profile can fix it for the column."
                )
                self._notes.error(
                    row, heading, sentence, parts=", ".join(f"{group}.{part}" for part in missing)
                )
                continue
            if group == "fee" and not self._priced(said, row, heading):
                continue
            if group == "band" and (said.get("vacancies") or 0) > said.get("places", 1 << 30):
                self._notes.warn(row, heading, N_("There are more free places than places."))
            one = finish(said)
            if one not in finished:
                finished.append(one)
        return finished

    def _priced(self, fee: dict[str, Any], row: int, heading: str) -> bool:
        """Make `min_fen` and `max_fen`; tell what is missing or unusual."""
        both = fee.pop("amount", None)
        low, high = both or fee.pop("min", None), both or fee.pop("max", None)
        if low is None:
            if high is not None:
                self._notes.error(row, heading, N_("There is an upper amount and no lower one."))
            return False
        fee["min_fen"], fee["max_fen"] = low.low, (high or low).high
        if fee["max_fen"] < fee["min_fen"]:
            self._notes.error(row, heading, N_("The upper amount is below the lower one."))
            return False
        if fee["max_fen"] > UNUSUAL.get(fee["unit"], 1 << 60):
            sentence = N_(
                "%(amount)s yuan is unusual for this unit. Does the price belong into another column?"
            )
            self._notes.warn(row, heading, sentence, amount=fee["max_fen"] // 100)
        return True


def _care(said: Mapping[str, Any]) -> dict[str, Any]:
    low, high = said.get("ages") or (said.get("min_age"), said.get("max_age"))
    days, opens, closes = said.get("days"), said.get("opens"), said.get("closes")
    if hours := said.get("hours"):
        when, _space, clock = hours.partition(";")[0].partition(" ")
        days, (opens, _dash, closes) = days or when, clock.partition("-")
    return {
        "care": said["care"],
        "days": days,
        "opens": opens,
        "closes": closes,
        "min_age": low,
        "max_age": high,
        "notice_hours": said.get("notice_hours"),
        "notes": {},
    }


def _fee(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "care": said["care"],
        "band": said["band"],
        "component": said["component"],
        "unit": said["unit"],
        "min_fen": said["min_fen"],
        "max_fen": said["max_fen"],
        "voluntary": said.get("voluntary") in {True, "yes"},
        "refund": said.get("refund") or "",
        "valid_from": _iso(said.get("valid_from")),
        "valid_to": _iso(said.get("valid_to")),
    }


def _band(said: Mapping[str, Any]) -> dict[str, Any]:
    places, vacancies = said.get("places"), said.get("vacancies")
    if vacancies is None and places is not None and said.get("enrolled") is not None:
        vacancies = max(0, places - said["enrolled"])
    return {
        "band": said["band"],
        "places": places,
        "vacancies": vacancies,
        "class_size": said.get("class_size"),
        "children_per_carer": said.get("children_per_carer"),
        "as_of": _iso(said.get("as_of")),
    }


def _record(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": said["kind"],
        "type": said.get("type") or "",
        "issued_on": _iso(said.get("issued_on")),
        "valid_until": _iso(said.get("valid_until")),
        "bodies": {"zh-Hans": said["body"]} if said.get("body") else {},
        "results": {"zh-Hans": said["result"]} if said.get("result") else {},
        "number": said.get("number") or "",
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if isinstance(day, date) else day
