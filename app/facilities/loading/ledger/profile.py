"""Profiles: what the columns of a ledger mean, as data in `content/profiles/<name>.toml`."""

import dataclasses
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.core.faults import N_, Fault, FaultyFiles
from app.facilities.loading.ledger.cells import UNKNOWN, Wording
from app.facilities.loading.ledger.fields import FIELDS, SLOTS, Type
from app.facilities.loading.ledger.grid import Reading, plain_heading
from app.facilities.loading.ledger.schema import problems

_WORDS = ("currency", "to", "months", "years", "weekdays")
"""Lists of words in `[units]`."""
WORDS = "words"
"""The file of words that every profile knows: 是, 全日托, 元/月 …"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the ledger and the field it says something about."""

    headings: tuple[str, ...]
    field: str
    letter: str = ""
    required: bool = False
    fixed: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    """Parts that the column itself fixes: care, band, component, unit, kind, type, voluntary."""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    money: str = ""
    ages: str = ""
    help: Mapping[str, str] = dataclasses.field(default_factory=dict)
    example: str | int | float | None = None

    @property
    def heading(self) -> str:
        """The heading as the profile writes it first."""
        return self.headings[0] if self.headings else self.letter

    @property
    def group(self) -> str:
        """`fee` of `fee.amount`; empty for fields with one value."""
        return self.field.partition(".")[0] if "." in self.field else ""

    @property
    def part(self) -> str:
        """`amount` of `fee.amount`."""
        return self.field.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Where:
    """Which rows are read: those with (or without) some words in a column."""

    headings: tuple[str, ...]
    words: frozenset[str]
    wanted: bool

    def keeps(self, word: str) -> bool:
        """Tell whether a row with this word, in its plain form, is read."""
        return (word in self.words) is self.wanted


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of ledger is read."""

    name: str
    title: Mapping[str, str]
    source_kind: str
    source_names: Mapping[str, str]
    reading: Reading
    columns: tuple[Column, ...]
    wording: Wording
    digest: str
    dated: date | None = None
    """Day of a ledger that has one edition only."""
    header_row: int | None = None
    """Row of the headings from 1; 0: there are none, columns go by letters; None: found by the headings."""
    header_rows: int = 1
    group_by: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    creates: bool = True
    """Whether a row that fits nothing known makes a facility; else a worker is asked."""
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    where: tuple["Where", ...] = ()
    datum: str = "wgs84"
    box: tuple[float, float, float, float] | None = None
    template: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def profiles(folder: Path) -> list[str]:
    """Return the names of the profiles in a folder."""
    return sorted(path.stem for path in folder.glob("*.toml") if path.stem != WORDS)


def load_profile(folder: Path, name: str) -> Profile:
    """Read a profile by name, or by path if it ends in `.toml`.

    Raises `FaultyFiles` with everything that is wrong.
    """
    path = Path(name) if name.endswith(".toml") else folder / f"{name}.toml"
    words = folder / f"{WORDS}.toml"
    raw = b""
    common: dict[str, Any] = {}
    try:
        raw = path.read_bytes()
        data = tomllib.loads(raw.decode("utf-8"))
        if words.exists():
            common = tomllib.loads(words.read_text("utf-8"))
    except FileNotFoundError:
        known = ", ".join(profiles(folder))
        raise FaultyFiles(
            [Fault(path, 0, N_("There is no such profile. There are: %(names)s."), {"names": known})]
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FaultyFiles(
            [Fault(path, 0, N_("This is no TOML: %(reason)s."), {"reason": str(error)})]
        ) from error
    faults = [
        Fault(path, 0, sentence, values, where) for where, sentence, values in problems(data, path.stem)
    ]
    if faults:
        raise FaultyFiles(faults)
    digest = hashlib.sha256(raw + repr(common).encode()).hexdigest()
    return _profile(path.stem, data, common.get("values", {}), digest)


def _profile(name: str, data: Mapping[str, Any], common: Mapping[str, Any], digest: str) -> Profile:
    file, rows, units = data.get("file", {}), data.get("rows", {}), data.get("units", {})
    columns = tuple(_column(each) for each in data["column"])
    where = tuple(_where(each) for each in data.get("where", ()))
    headings = [each for column in columns for each in column.headings]
    headings += [each for condition in where for each in condition.headings]
    maps = {field: _words(common.get(field, {}), data.get("values", {}).get(field, {})) for field in
            {*common, *data.get("values", {})}}  # fmt: skip
    box = data.get("location", {}).get("box")
    return Profile(
        name=name,
        title=data.get("title", {}),
        source_kind=data.get("source", {}).get("kind", "county"),
        source_names=data["source"]["name"],
        reading=Reading(
            file.get("encoding", "auto"),
            file.get("delimiter", "auto"),
            file.get("sheet"),
            frozenset(plain_heading(each) for each in headings),
        ),
        columns=columns,
        wording=Wording(
            unknown=UNKNOWN | {str(word).strip().casefold() for word in data.get("unknown", ())},
            days=tuple(units.get("days", ())),
            money=units.get("money", "yuan"),
            decimal=units.get("decimal", "."),
            **{name: tuple(map(str, units.get(name, ()))) for name in _WORDS},
            ages=units.get("ages", "months"),
            opening_days=units.get("opening_days", "1-5"),
            values=maps,
        ),
        digest=digest,
        dated=data["source"].get("dated"),
        header_row=file.get("header_row"),
        header_rows=file.get("header_rows", 1),
        group_by=tuple(rows.get("group_by", ())),
        fill_down=tuple(rows.get("fill_down", ())),
        skip=tuple(rows.get("skip", ("合计", "总计", "小计"))),
        creates=rows.get("new", "add") == "add",
        constants=data.get("constants", {}),
        where=where,
        datum=data.get("location", {}).get("datum", "wgs84"),
        box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])) if box else None,
        template=data.get("template", {}),
    )


def _column(data: Mapping[str, Any]) -> Column:
    group = data["field"].partition(".")[0]
    fixed = {part: data[part] for part in (*SLOTS.get(group, ()), "voluntary") if part in data}
    return Column(
        headings=_several(data.get("heading", ())),
        field=data["field"],
        letter=data.get("letter", "").upper(),
        required=data.get("required", data["field"] == "name"),
        fixed=fixed if "." in data["field"] else {},
        values=_words(data.get("values", {})),
        money=data.get("money", ""),
        ages=data.get("ages", ""),
        help=data.get("help", {}),
        example=data.get("example"),
    )


def _where(data: Mapping[str, Any]) -> Where:
    words = data.get("values", data.get("not", ()))
    return Where(
        _several(data["heading"]), frozenset(plain_heading(word) for word in words), "values" in data
    )


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _words(*maps: Mapping[str, Any]) -> dict[str, str]:
    return {plain_heading(word): str(code) for words in maps for word, code in words.items()}


def type_of(column: Column) -> Type:
    """Return how the cells of a column are read."""
    return FIELDS[column.field]
