"""Reads a place as it would be with some rows changed; nothing of it is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app

from app.areas import rules
from app.areas.loading.calendars import Year, typed_year
from app.areas.loading.editions import edition_of, version_of
from app.areas.loading.national import National, load_national
from app.areas.loading.packs import Pack, load_pack
from app.areas.queries import overlays
from app.areas.queries.calendars import named_calendar
from app.areas.queries.divisions import codes
from app.areas.queries.routing import Edition, OfficeCard
from app.areas.rules.edits import DAYS, PACKED, YEAR, Row, Rows, is_day, key_of, ordered, table_of
from app.core import clock
from app.core.faults import N_, Fault, FaultyFiles
from app.core.workdays import Calendar, Kind, Status

_LEAVE = {"kind": ("maternity", "partner", "parental", "nursing-break"), "per": ("birth", "year", "day")}
_EMPTY = N_("This cell must not be empty.")
_TWICE = N_("“%(id)s” is listed twice.")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NUMBER, _WHOLE = re.compile(r"[0-9]+(-[0-9]+)*"), re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pack as it would be, with the nation's tables that it was read against."""

    pack: Pack
    national: National


def held_with(owner: str, name: str, rows: Rows) -> dict[str, Row]:
    """Return the rows of a table as they would stand with these in place of theirs."""
    table = table_of(name)
    found = overlays.rows(owner, name)
    for key, row in rows.items():
        if row is None:
            found.pop(key, None)
        else:
            found[key] = row
    return found if table is None else ordered(table, found)


def check(owner: str, name: str, rows: Rows) -> list[Fault]:
    """Return what is wrong with a table as it would stand."""
    table = table_of(name)
    if table is None:
        return []
    held = held_with(owner, name, rows)
    if table is DAYS:
        return _faults_of(lambda: year_with(name, rows))
    found = _own_faults(name, rows)
    if name in PACKED:
        found += _faults_of(lambda: pack_with(owner, name, rows))
    if any(fault.sentence == _TWICE for fault in found):
        return found
    keys: dict[str, str] = {}
    for key, row in held.items():
        said = key_of(table, row)
        if keys.setdefault(said, key) != key and (key in rows or keys[said] in rows):
            found.append(Fault(Path(name), 0, _TWICE, {"id": said}, table.key[0]))
    return found


def _faults_of(read: Callable[[], object]) -> list[Fault]:
    try:
        read()
    except FaultyFiles as error:
        return list(error.faults)
    return []


def _own_faults(name: str, rows: Rows) -> list[Fault]:
    """Return what no loader looks at: shapes of telephone numbers, rows of leave, addresses."""
    checks = {"hotlines": _wrong_number, "leave": _wrong_leave, "documents": _wrong_document}
    if name not in checks:
        return []
    found = (wrong for row in rows.values() if row is not None for wrong in checks[name](row))
    return [Fault(Path(name), 0, words, {"value": cell, "id": cell}, column) for column, words, cell in found]


def _wrong_number(row: Row) -> Iterator[tuple[str, str, str]]:
    number = row.get("number", "")
    if not _NUMBER.fullmatch(number):
        yield "number", N_("“%(value)s” is not a number."), number
    if not row.get("name_zh-Hans"):
        yield "name_zh-Hans", _EMPTY, ""


def _wrong_document(row: Row) -> Iterator[tuple[str, str, str]]:
    if not _ID.fullmatch(row.get("id", "")):
        yield "id", N_("“%(id)s” is not made of small letters, digits and hyphens."), row.get("id", "")
    address = row.get("url", "")
    if address and not address.startswith(("https://", "http://")):
        yield "url", N_("“%(value)s” is not an address."), address
    for column in ("valid_from", "valid_until"):
        if row.get(column) and not is_day(row[column]):
            yield column, N_("“%(value)s” is not a date like 2026-01-30."), row[column]


def _wrong_leave(row: Row) -> Iterator[tuple[str, str, str]]:
    for column, allowed in _LEAVE.items():
        if row.get(column, "") not in allowed:
            yield column, _EMPTY, ""
    if row.get("confidence", "") not in rules.CONFIDENCES:
        yield "confidence", _EMPTY, ""
    for column in ("says_zh-Hans", "source"):
        if not row.get(column):
            yield column, _EMPTY, ""
    for column in ("days", "from_month", "until_month"):
        text = row.get(column, "")
        if text and not _WHOLE.fullmatch(text):
            yield column, N_("“%(value)s” is not a whole number."), text
    if not is_day(row.get("checked_on", "")):
        yield "checked_on", N_("“%(value)s” is not a date like 2026-01-30."), row.get("checked_on", "")


def pack_with(place: str, name: str, rows: Rows) -> Proposed:
    """Return the pack of a place with some rows of a table changed. Raises `FaultyFiles`."""
    content: Path = current_app.extensions["settings"].content
    national = load_national(content)
    edited = {each: tuple(overlays.rows(place, each).values()) for each in PACKED}
    if name in PACKED:
        edited[name] = tuple(held_with(place, name, rows).values())
    given = {each: found for each, found in edited.items() if found or each == name or _emptied(place, each)}
    return Proposed(load_pack(content, place, codes(), national.documents, given), national)


def _emptied(place: str, name: str) -> bool:
    """Tell whether a table has no rows because they were taken out here; its file may still have them."""
    return bool(overlays.edits(place, name))


def edition_with(place: str, name: str, rows: Rows) -> tuple[Edition, tuple[OfficeCard, ...]]:
    """Return the rules and offices of a place as they would be. Raises `FaultyFiles`."""
    found = pack_with(place, name, rows)
    held = edition_of(found.pack, found.national)
    offices = tuple(
        OfficeCard(
            unit["code"],
            place,
            rules.area_of(unit["code"]),
            unit["kind"],
            unit["level"],
            unit["parent"],
            unit["inbox"],
            unit["names"],
        )
        for unit in found.pack.units
    )
    edition = Edition(
        place,
        version_of(held),
        clock.now(),
        tuple(held["rules"]),
        tuple(held["national"]),
        tuple(held["clocks"]),
        held["documents"],
    )
    return edition, offices


def year_with(name: str, rows: Rows) -> Year:
    """Return a year of a calendar as it would be. Raises `FaultyFiles`."""
    _calendar, region, number = name.split(":")
    held = held_with(region, name, rows)
    known: Mapping[str, str] = held.pop(YEAR, {})
    status: Status = "official" if known.get("status") == "official" else "provisional"
    return typed_year(region, int(number), status, known.get("source", ""), held.values())


def calendar_with(region: str, name: str, rows: Rows) -> Calendar:
    """Return a calendar as it would be with a year of it, or of the nation's below it, changed."""
    year = year_with(name, rows)
    present = named_calendar(region)
    layered = named_calendar(region) if year.region != region else None
    kinds: dict[date, Kind] = dict(present.kinds)
    before = overlays.rows(year.region, name)
    for key in before.keys() - {YEAR}:
        day = date.fromisoformat(key)
        if layered is None or kinds.get(day) == before[key]["kind"]:
            kinds.pop(day, None)
    kinds |= {day.on: day.kind for day in year.days}
    return Calendar(kinds, {**present.years, year.year: year.status})
