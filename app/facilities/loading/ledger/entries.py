"""From the rows of a ledger to facilities: one entry each, with everything the ledger says about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.core.codes import is_id
from app.core.faults import N_
from app.core.progress import counted
from app.facilities.loading.ledger import parts
from app.facilities.loading.ledger.cells import UnreadableError, Wording, text_of
from app.facilities.loading.ledger.container import RefusedFileError
from app.facilities.loading.ledger.fields import FIELDS, PARTS, WEEKDAYS, Type
from app.facilities.loading.ledger.grid import Grid, plain_heading, read_grid
from app.facilities.loading.ledger.profile import Column, Profile
from app.facilities.loading.ledger.table import Line, Notes, lines_of
from app.facilities.loading.ledger.values import value_of
from app.facilities.rules.opening import parse_opening
from app.facilities.rules.position import Box, Wrong, judge

_ELSE = N_("Row %(row)s says something else about the same facility; the first row counts.")
_PLAIN = (
    *("name", "form", "kind", "status", "filing_number", "address", "phone", "holidays"),
    *("inclusive", "demonstration", "food", "languages", "needs", "outdoor_m2", "indoor_m2", "credit_code"),
)


@dataclass(slots=True)
class Entry:
    """What a ledger says about one facility; only what it says is in `fields`."""

    row: int
    key: str
    """Names this entry in every edition of the ledger."""
    name: str
    fields: dict[str, Any]
    """Values as observations have them; of `care`, `fees`, `bands` and `records` the stated rows only."""
    headings: Mapping[str, str]
    """Heading of the column a field came from, for messages."""
    id: str = ""
    county: str = ""
    zoning: str = ""
    township: str = ""
    day: date | None = None
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as read. With errors in `notes` there may be fewer entries than rows."""

    entries: tuple[Entry, ...]
    rows: int
    notes: Notes
    how: str = ""


def read_ledger(path: Path, profile: Profile, box: Box | None = None) -> Ledger:
    """Read a ledger by its profile; every fault is in the notes, none is raised.

    `box` is where coordinates of the area can lie; the profile's own box goes before it.
    """
    notes = Notes(path)
    try:
        grid = read_grid(path, profile.reading)
    except RefusedFileError as refused:
        notes.error(0, "", refused.sentence, **refused.values)
        return Ledger((), 0, notes)
    return entries_of(grid, profile, notes, box)


def entries_of(grid: Grid, profile: Profile, notes: Notes, box: Box | None = None) -> Ledger:
    """Return the entries of a grid."""
    lines = lines_of(grid, profile, notes)
    entries = [
        entry
        for group in counted(list(_groups(lines, profile)))
        if (entry := _Reader(profile, notes, profile.box or box).entry(group)) is not None
    ]
    _check_keys(entries, notes)
    return Ledger(tuple(entries), notes.rows, notes, grid.how)


def _groups(lines: Sequence[Line], profile: Profile) -> Iterator[list[Line]]:
    if not profile.group_by:
        yield from ([line] for line in lines)
        return
    wanted = [at for at, column in enumerate(profile.columns) if column.field in profile.group_by]
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(tuple(_plain(line.cells[at]) for at in wanted), []).append(line)
    yield from groups.values()


def _plain(cell: Any) -> str:
    try:
        return plain_heading(text_of(cell))
    except UnreadableError:
        return ""


def _check_keys(entries: Sequence[Entry], notes: Notes) -> None:
    """Entries with one key are told apart by address; what is still the same is said twice."""
    seen: dict[str, list[Entry]] = {}
    for entry in entries:
        seen.setdefault(entry.key, []).append(entry)
    for same in seen.values():
        if len(same) > 1:
            for entry in same:
                entry.key += f"|{plain_heading(entry.fields.get('address', ''))}"
    first: dict[str, Entry] = {}
    for entry in entries:
        held = first.setdefault(entry.key, entry)
        if held is not entry:
            sentence = N_("Row %(row)s says the same facility. Delete one, or group the rows in the profile.")
            notes.error(entry.row, entry.headings.get("name", ""), sentence, row=held.row)


class _Reader:
    """Reads the rows of one facility after another."""

    def __init__(self, profile: Profile, notes: Notes, box: Box | None) -> None:
        self._profile = profile
        self._notes = notes
        self._box = box
        self._wording: Wording = profile.wording

    def entry(self, lines: Sequence[Line]) -> Entry | None:
        """Return the entry of some rows; without a name there is none, and an error."""
        row = lines[0].row
        said, headings = self._said(lines)
        name = said.get("name")
        if not name:
            heading = next(column.heading for column in self._profile.columns if column.field == "name")
            self._notes.error(row, heading, N_("The name is empty."))
            return None
        fields = {each: said[each] for each in _PLAIN if said.get(each) is not None}
        if said.get("aliases"):
            fields["aliases"] = [each for each in said["aliases"] if each != name]
        if names := {code: said[f"name_{code}"] for code in ("ug", "en") if said.get(f"name_{code}")}:
            fields["names"] = names
        fields.update({each: said[each].isoformat() for each in ("filed_on", "opens_on") if said.get(each)})
        more = {"location": self._location(said, headings, row), "opening": self._opening(said, row)}
        fields.update({each: value for each, value in more.items() if value is not None})
        rows = parts.Parts(self._profile, self._notes)
        for line in lines:
            rows.read(line)
        fields.update(rows.finished(said.get("care")))
        code = (fields.get("credit_code") or {}).get("code", "")
        identity = said.get("id", "")
        if identity and not is_id(identity):
            self._notes.error(
                row, headings["id"], N_("“%(value)s” is not an id of this site."), value=identity[:20]
            )
            identity = ""
        key = f"#{said['key']}" if said.get("key") else f"{plain_heading(name)}|{code}"
        return Entry(
            row=row,
            key=key,
            name=name,
            fields=fields,
            headings=headings,
            id=identity,
            county=said.get("county") or "",
            zoning=said.get("zoning") or "",
            township=said.get("township") or "",
            day=said.get("observed_on"),
            rows=tuple(line.row for line in lines),
        )

    def _said(self, lines: Sequence[Line]) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the fields with one value: the first row that says something counts."""
        said: dict[str, Any] = {}
        headings: dict[str, str] = {}
        origin: dict[str, int] = {}
        for line in lines:
            for name, (value, heading) in self._of_row(line).items():
                headings.setdefault(name, heading)
                if value is None:
                    continue
                if said.setdefault(name, value) != value:
                    self._notes.warn(line.row, heading, _ELSE, row=origin[name])
                origin.setdefault(name, line.row)
        for name, text in self._profile.constants.items():
            if "." not in name and said.get(name) is None:
                column = Column(headings=(name,), field=name)
                said[name] = value_of(text, column, self._wording, self._notes, lines[0].row)
        return said, headings

    def _of_row(self, line: Line) -> dict[str, tuple[Any, str]]:
        """Return what one row says, field by field; several columns of one field are taken together."""
        found: dict[str, tuple[Any, str]] = {}
        for column, cell in zip(self._profile.columns, line.cells, strict=True):
            if column.group:
                continue
            value = value_of(cell, column, self._wording, self._notes, line.row)
            before, heading = found.get(column.field, (None, column.heading))
            found[column.field] = (_together(before, value), heading)
        return found

    def _opening(self, said: Mapping[str, Any], row: int) -> str | None:
        opening: str | None = said.get("opening")
        if opening is None and said.get("opens") and said.get("closes"):
            if said["opens"] >= said["closes"]:
                self._notes.error(row, "", N_("Closing time is not after opening time."))
                return None
            opening = f"{self._wording.opening_days} {said['opens']}-{said['closes']}"
        days = parse_opening(opening).week if opening else ()
        more = [
            f"{weekday} {said[name].partition(' ')[2]}"
            for weekday, name in enumerate(WEEKDAYS, start=1)
            if said.get(name) and weekday not in {hours.weekday for hours in days}
        ]
        return "; ".join([*([opening] if opening else []), *more]) or None

    def _location(
        self, said: Mapping[str, Any], headings: Mapping[str, str], row: int
    ) -> dict[str, Any] | None:
        pair = said.get("lat_lon") or said.get("lon_lat")
        lat, lon = pair or (said.get("lat"), said.get("lon"))
        if lat is None or lon is None:
            return None
        heading = next((headings[each] for each in ("lat", "lat_lon", "lon_lat") if each in headings), "")
        point = judge(lat, lon, self._profile.datum, self._box)
        if isinstance(point, Wrong):
            sentence = N_("These coordinates lie outside the area; they were left out.")
            if point is Wrong.EXCHANGED:
                sentence = N_("Latitude and longitude look exchanged; they were left out.")
            self._notes.warn(row, heading, sentence)
            return None
        return {"lat": round(point.lat, 6), "lon": round(point.lon, 6), "precision": "exact"}


def _together(before: Any, value: Any) -> Any:
    """Return what two columns of one field say: lists are joined, and texts, such as parts of an address."""
    if before is None or value is None:
        return value if before is None else before
    if isinstance(before, list) and isinstance(value, list):
        return list(dict.fromkeys([*before, *value]))
    if isinstance(before, str) and isinstance(value, str) and value not in before:
        chinese = before[-1] >= "\u2e80" or value[0] >= "\u2e80"
        return f"{before}{value}" if chinese else f"{before} {value}"
    return before


assert set(_PLAIN) <= set(FIELDS)  # noqa: S101 - a slip in the list would silently lose a field
assert {kind for part in PARTS.values() for kind in part.values()} <= set(Type)  # noqa: S101
