"""Matching columns: from what a ledger looks like to a form, from a form to a profile."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.codes import without_identity_numbers
from app.facilities.forms.imports import extras
from app.facilities.forms.imports.extras import Extras
from app.facilities.forms.imports.words import CODES, DATUMS, DAYS, FIELDS, MONEY, codes
from app.facilities.forms.reading import printable
from app.facilities.loading.ledger.cells import parts_of
from app.facilities.loading.ledger.fields import CODES as ALLOWED
from app.facilities.loading.ledger.fields import FIELDS as TYPES
from app.facilities.loading.ledger.fields import Type
from app.facilities.rules.guessing import guess, guesses, plain
from app.facilities.rules.uploads import LAST_HEADING_ROW, MOST_HEADING_ROWS, Layout

PARTS: Mapping[str, tuple[str, ...]] = {
    "fee": ("component", "care", "band", "unit"), "band": ("band",), "record": ("kind",), "care": ("care",),
}  # fmt: skip
"""What must be said of a column beside its field, by the first word of the field."""
_DEFAULTS = {"component": "care", "care": "full-day", "band": "*", "unit": "month", "kind": "assessment"}
_LONGEST = 60
_COORDINATES = frozenset({"lat", "lon", "lat_lon", "lon_lat"})
_SAID_NOTHING = frozenset({"", "/", "-", "无", "n/a", "na"})
READ_OVER = "-"
NOTHING_MORE = Extras()


@dataclass(frozen=True, slots=True)
class Matched:
    """One column: what it says, its parts, and its words with their codes ("" for not yet said)."""

    at: int
    heading: str
    samples: tuple[str, ...]
    field: str = ""
    parts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    words: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything on the page of columns."""

    title: str
    columns: tuple[Matched, ...]
    days: str = ""
    money: str = "yuan"
    ages: str = "months"
    datum: str = "gcj02"
    new: str = "add"
    several: bool = False
    """Several rows may speak of one facility."""
    above: bool = False
    """Where the name is empty, the row speaks of the same facility as the one above."""
    extras: Extras = NOTHING_MORE


Known = Mapping[str, Mapping[str, str]]


def parts_needed(name: str) -> tuple[str, ...]:
    """Return what must be said beside a field."""
    return PARTS.get(name.partition(".")[0], ()) if "." in name else ()


def part_codes(name: str, part: str) -> list[str]:
    """Return the codes of a part of a field."""
    return [code for code in codes(f"{name.partition('.')[0]}.{part}") if code in _allowed(name, part)]


def _allowed(name: str, part: str) -> frozenset[str]:
    return ALLOWED[f"{name.partition('.')[0]}.{part}"]


def guessed(survey: Mapping[str, Any], title: str, known: Known) -> Typed:
    """Return a page filled in from the headings alone."""
    found = guesses(list(survey["headings"]))
    columns = tuple(
        _finished(Matched(at, heading, tuple(survey["samples"][at]), one.field, one.parts), survey, known)
        for at, (heading, one) in enumerate(zip(survey["headings"], found, strict=True))
        if heading
    )
    return Typed(title=title, columns=columns)


def from_profile(survey: Mapping[str, Any], data: Mapping[str, Any], title: str, known: Known) -> Typed:
    """Return the page of a profile that is changed; columns it does not know are read over."""
    left = [dict(column) for column in data.get("column", ())]
    more = extras.from_data(data, survey["headings"])
    columns = []
    for at, heading in enumerate(survey["headings"]):
        if not heading:
            continue
        column = next((each for each in left if plain(heading) in _headings(each)), None)
        if column is None:
            columns.append(Matched(at, heading, tuple(survey["samples"][at])))
            continue
        left.remove(column)
        one = Matched(
            at,
            heading,
            tuple(survey["samples"][at]),
            column["field"],
            {part: column[part] for part in parts_needed(column["field"]) if part in column},
            tuple(column.get("values", {}).items()),
        )
        columns.append(_finished(one, survey, known, more.unknown))
    units, rows = data.get("units", {}), data.get("rows", {})
    return Typed(
        title=title,
        columns=tuple(columns),
        days=next(iter(units.get("days", ())), ""),
        money=units.get("money", "yuan"),
        ages=units.get("ages", "months"),
        datum=data.get("location", {}).get("datum", "gcj02"),
        new=rows.get("new", "add"),
        several=bool(rows.get("group_by")),
        above=bool(rows.get("fill_down")),
        extras=more,
    )


def read(form: Mapping[str, str], survey: Mapping[str, Any], known: Known) -> tuple[Typed, bool]:
    """Return what was typed, and whether every part and word it needs stood on the page."""
    more = extras.read(form, survey["headings"], known)
    whole = more.whole
    columns = []
    for at, heading in enumerate(survey["headings"]):
        if not heading:
            continue
        name = form.get(f"field-{at}", "")
        name = name if name in FIELDS else ""
        given = {part: form.get(f"{part}-{at}", "") for part in parts_needed(name)}
        parts = {part: code for part, code in given.items() if code in _allowed(name, part)}
        words = tuple(_words(form, at, name))
        one = Matched(at, heading, tuple(survey["samples"][at]), name, parts, words)
        done = _finished(one, survey, known, more.unknown)
        whole = (
            whole and done.parts == parts and {each for each, _code in done.words} <= {w for w, _c in words}
        )
        columns.append(done)

    def chosen(key: str, among: Mapping[str, object], default: str) -> str:
        return form[key] if form.get(key) in among else default

    title = " ".join(without_identity_numbers(printable(form.get("title", ""))).split())[:_LONGEST]
    typed = Typed(
        title=title,
        columns=tuple(columns),
        days=chosen("days", DAYS, ""),
        money=chosen("money", MONEY, "yuan"),
        ages="years" if form.get("ages") == "years" else "months",
        datum=chosen("datum", DATUMS, "gcj02"),
        new="ask" if form.get("new") == "ask" else "add",
        several=form.get("several") == "1",
        above=form.get("above") == "1",
        extras=more,
    )
    return typed, whole


def layout_of(form: Mapping[str, str], sheets: Sequence[str]) -> Layout | None:
    """Return where the table stands, as somebody said; None: a number that is none."""
    row, rows = form.get("row", "").strip(), form.get("rows", "1")
    sheet = form.get("sheet", "")
    if row and not (row.isascii() and row.isdigit() and 0 < int(row[:6]) <= LAST_HEADING_ROW):
        return None
    if rows not in {str(number) for number in range(1, MOST_HEADING_ROWS + 1)}:
        return None
    first = sheets[0] if sheets else ""
    return Layout(sheet if sheet in sheets and sheet != first else "", int(row or 0), int(rows))


def layout_in(data: Mapping[str, Any]) -> Layout:
    """Return where a profile says that the table stands."""
    file = data.get("file", {})
    sheet = file.get("sheet", "")
    return Layout(
        sheet if isinstance(sheet, str) else "", file.get("header_row", 0), file.get("header_rows", 1)
    )


def as_profile(typed: Typed, layout: Layout, headings: Sequence[str]) -> dict[str, Any]:
    """Return the profile that a page says; `service.uploads.save_profile` judges it."""
    columns = [dict(_column(each)) for each in typed.columns if each.field]
    names = {each.field for each in typed.columns}
    units: dict[str, Any] = {"money": typed.money, "ages": typed.ages}
    if typed.days:
        units["days"] = [typed.days]
    rows: dict[str, Any] = {"new": typed.new}
    if typed.several:
        rows["group_by"] = ["key"] if "key" in names else ["name"]
    if typed.above:
        rows["fill_down"] = [name for name in ("key", "name") if name in names]
    data: dict[str, Any] = {
        "title": {"zh-Hans": typed.title},
        "source": {"kind": "county", "name": {"zh-Hans": typed.title}},
        "rows": rows,
        "units": units,
    }
    file = {"sheet": layout.sheet, "header_row": layout.row}
    data["file"] = {key: value for key, value in file.items() if value}
    if layout.rows > 1:
        data["file"]["header_rows"] = layout.rows
    if names & _COORDINATES:
        data["location"] = {"datum": typed.datum}
    return {**extras.into(data, typed.extras, headings), "column": columns}


def with_the_rest(data: dict[str, Any], before: Mapping[str, Any], headings: Sequence[str]) -> dict[str, Any]:
    """Return a changed profile with what the page does not show: columns of other editions, other keys."""
    here = frozenset(plain(heading) for heading in headings if heading)
    elsewhere = [column for column in before.get("column", ()) if not _headings(column) & here]
    kept = {key: each for key, each in before.get("file", {}).items() if key in {"encoding", "delimiter"}}
    data = {**data, "file": {**kept, **data.get("file", {})}}
    beside = extras.kept_beside(before, here)
    if "constants" in beside:
        data["constants"] = {**beside["constants"], **data.get("constants", {})}
    if "where" in beside:
        data["where"] = [*beside["where"], *data.get("where", ())]
    rest = {key: each for key, each in before.items() if key not in {"constants", "where", "unknown"}}
    return {**rest, **data, "column": [*data["column"], *elsewhere]}


def _column(each: Matched) -> Iterator[tuple[str, Any]]:
    yield "heading", each.heading
    yield "field", each.field
    yield from each.parts.items()
    values = {word: code for word, code in each.words if code}
    if values:
        yield "values", values


def _words(form: Mapping[str, str], at: int, name: str) -> Iterator[tuple[str, str]]:
    allowed = ALLOWED.get(name, frozenset()) | {READ_OVER}
    for number in range(100):
        word = form.get(f"word-{at}-{number}")
        if word is None:
            return
        code = form.get(f"code-{at}-{number}", "")
        if name in CODES:
            yield printable(word)[:_LONGEST], code if code in allowed else ""


def _finished(one: Matched, survey: Mapping[str, Any], known: Known, unknown: Sequence[str] = ()) -> Matched:
    """Return a column with a code for each part it needs, and with every word nobody has explained."""
    helped = guess(one.heading).parts
    parts = {}
    for part in parts_needed(one.field):
        likely = (one.parts.get(part), helped.get(part), _DEFAULTS[part], "mixed")
        parts[part] = next(code for code in likely if code in _allowed(one.field, part))
    if one.field == "" or TYPES.get(one.field) not in {Type.ONE, Type.SEVERAL}:
        return replace(one, parts=parts, words=())
    said = dict(one.words)
    understood = {plain(word) for word in known.get(one.field, {})} | ALLOWED[one.field] | _SAID_NOTHING
    understood |= {plain(word) for word in unknown}
    for word in _single(survey["words"][one.at], TYPES[one.field]):
        if plain(word) not in understood:
            said.setdefault(word, "")
    return replace(one, parts=parts, words=tuple(said.items()))


def _single(words: Sequence[str], kind: Type) -> Iterator[str]:
    for word in words:
        yield from parts_of(word) if kind is Type.SEVERAL else (word,)


def _headings(column: Mapping[str, Any]) -> set[str]:
    given = column.get("heading", ())
    return {plain(each) for each in ((given,) if isinstance(given, str) else given)}
