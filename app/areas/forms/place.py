"""Reading and showing rows of the tables that are edited behind the counter."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import LazyString
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.areas import rules
from app.areas.forms.words import COLUMNS, LABELS
from app.areas.rules.edits import DAYS, LANGUAGES, YEAR, Row, Table
from app.core.faults import Fault

if TYPE_CHECKING:
    from app.core.i18n import Languages

LONGEST = 2000
CELL = "cell-"
Basis = tuple[str, str, str]
"""Document, clause, certainty."""
_BASIS, _SURE = "basis", "basis.sure"
_LONG = frozenset({"paraphrase", "reading", "says", "purpose", "aliases", "note", "text", "basis"})
_DAYS = frozenset(
    {"valid_from", "valid_to", "valid_until", "verified", "checked_on", "date", "issued_on", "period_end"}
)
_SEVERAL = frozenset({"co", "inform"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A code and its words; `lang` is their language where it is not the page's."""

    code: str
    words: str
    lang: str = ""


Choices = Sequence[Choice]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of the form of a row: `kind` is `line`, `text`, `day`, `one`, `several` or `basis`."""

    name: str
    label: str
    value: str
    kind: str
    choices: Choices = ()
    errors: tuple[str, ...] = ()
    language: str = ""
    sure: Choices = ()
    """Of a basis: how surely its document says so."""

    @property
    def id(self) -> str:
        """The name of its control."""
        return CELL + self.name

    @property
    def values(self) -> tuple[str, ...]:
        """The parts of a cell that holds several."""
        return tuple(self.value.split("|"))

    @property
    def bases(self) -> list[Basis]:
        """Document, clause and certainty of each basis, then an empty one, which offers every document."""
        return [*_bases(self.value), ("", "", "")]


def labels(table: Table) -> Callable[[str], str]:
    """Return what says the columns of a table."""
    registry: Languages = current_app.extensions["languages"]
    names = {each.code: each.name for each in registry.offered}

    def label_of(column: str) -> str:
        stem, _underscore, code = column.rpartition("_")
        if code in LANGUAGES:
            return str(
                _("%(field)s (%(language)s)", field=COLUMNS.get(stem, stem), language=names.get(code, code))
            )
        return str(COLUMNS.get(f"{table.name}.{column}") or COLUMNS.get(column, column))

    return label_of


def cells(table: Table, row: Row, choices: Mapping[str, Choices], faults: Iterable[Fault] = ()) -> list[Cell]:
    """Return the fields of a row, with what is wrong beside each."""
    wrong: dict[str, tuple[str, ...]] = {}
    for fault in faults:
        told = (*wrong.get(fault.column, ()), said(fault, table, choices))
        wrong[fault.column] = tuple(dict.fromkeys(told))
    found, label_of = [], labels(table)
    for column in table.columns:
        stem, _underscore, code = column.rpartition("_")
        language = code if code in LANGUAGES else ""
        kind, value = "line", row.get(column, "")
        if column == _BASIS:
            kind = _BASIS
        elif column in choices:
            kind = "several" if column in _SEVERAL else "one"
        elif column in _DAYS:
            kind = "day"
        elif (stem if language else column) in _LONG:
            kind = "text"
        offered = tuple(choices.get(column, ()))
        held = {"one": [value], "several": [each for each in value.split("|") if each]}.get(kind, [])
        known = {each.code for each in offered}
        offered += tuple(Choice(each, each or "—") for each in held if each not in known)
        sure, errors = choices.get(_SURE, ()), wrong.get(column, ())
        found.append(Cell(column, label_of(column), value, kind, offered, errors, language, sure))
    return found


def said_of(row: Row, words: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the cells of a row as a page says them: codes of closed lists by their words."""
    found = {}
    for column, cell in row.items():
        known = words.get(column, {})
        if column == _BASIS:
            bases = (
                (known.get(document, document), clause, words.get(_SURE, {}).get(sure, sure))
                for document, clause, sure in _bases(cell)
            )
            found[column] = _(", ").join(" · ".join(part for part in basis if part) for basis in bases)
            continue
        parts = cell.split("|") if column in _SEVERAL else [cell]
        found[column] = _(", ").join(known.get(part, part) for part in parts)
    return found


def _bases(cell: str) -> Iterator[Basis]:
    for part in cell.split("|"):
        document, _colon, rest = part.partition(":")
        clause, _colon, sure = rest.rpartition(":")
        if part:
            yield document, clause, sure


def whole(table: Table, faults: Iterable[Fault], choices: Mapping[str, Choices]) -> list[str]:
    """Return what is wrong with the table as a whole, or with another row of it."""
    told = (said(fault, table, choices) for fault in faults if fault.column not in table.columns)
    return list(dict.fromkeys(told))


def said(fault: Fault, table: Table, choices: Mapping[str, Choices]) -> str:
    """Return a fault in the reader's language, without its file; what can be chosen is said by its words."""
    values = {name: _worded(str(value), fault.column, table, choices) for name, value in fault.values.items()}
    return str(_(fault.sentence) % values)


def _worded(text: str, column: str, table: Table, choices: Mapping[str, Choices]) -> str:
    """Return a value that a fault names in words: a code of its column, or the key of a row part by part."""
    parts = re.split(r"[| ]", text)
    columns = table.key if column in table.key and len(parts) == len(table.key) else (column,)
    if len(columns) == 1:
        parts = [text]
    found = (
        next((each.words for each in choices.get(name, ()) if each.code == part), part)
        for name, part in zip(columns, parts, strict=True)
    )
    return " · ".join(part for part in found if part)


def read_row(table: Table, form: MultiDict[str, str], held: Row | None) -> dict[str, str]:
    """Return the row that somebody sent. Cells hold one line, those of several choices join them.

    Of several choices those that are `held` keep the order they stand in; others follow them.
    """
    row = {}
    for column in table.columns:
        name = CELL + column
        text = form.get(name, "")
        if column == _BASIS:
            parts = (form.getlist(f"{name}-{part}") for part in ("document", "clause", "sure"))
            given = (basis for basis in zip(*parts, strict=False) if basis[0] or basis[1])
            text = "|".join(":".join(cell.replace("|", " ") for cell in basis) for basis in given)
        elif column in _SEVERAL and table.name == "routing":
            sent, stood = form.getlist(name), (held or {}).get(column, "").split("|")
            text = "|".join(sorted(sent, key=lambda each: stood.index(each) if each in stood else len(stood)))
        row[column] = " ".join(text.split())[:LONGEST]
    return {column: text for column, text in row.items() if text}


def choices_of(
    table: Table, offered: Mapping[str, Choices], words: Mapping[str, Mapping[str, LazyString]]
) -> dict[str, Choices]:
    """Return what may be chosen in the columns of a table that have a closed list.

    `offered`: `offices` of the place itself and `every-office`, `likes` (kinds of office, each said by an
    office of it), `documents`, `sources` (what rows of leave may rest on), `areas`; of facilities `kinds`,
    `forms`, and `cares`, `bands` and `units` of their fees.
    """
    offices, documents = offered["offices"], offered["documents"]
    every = Choice("*", _("Any"))
    none = Choice("", "—")

    def named(group: str, codes: Iterable[str]) -> list[Choice]:
        return [Choice(code, str(words.get(group, {}).get(code, code))) for code in codes]

    def own(group: str) -> list[Choice]:
        return [Choice(code, str(said)) for code, said in LABELS[group].items()]

    sure = named("confidence", sorted(rules.CONFIDENCES))
    about = {
        "category": [every, *named("category", rules.CATEGORIES)],
        "severity": [every, *named("severity", rules.SEVERITIES)],
    }
    resting = {"document": documents, "confidence": sure}
    by_table: Mapping[str, dict[str, Choices]] = {
        "routing": {
            **about,
            "kind": [every, *offered["kinds"]],
            "form": [every, *offered["forms"]],
            "lead": offices,
            "co": offices,
            "inform": offices,
            _BASIS: [none, *documents],
            _SURE: sure,
            "territory_role": [none, *named("role", sorted(rules.TERRITORY_ROLES))],
        },
        "units": {
            "parent": [none, *offices],
            "inbox": [Choice("yes", _("Yes")), Choice("inform", _("Is only told"))],
            "kind": [Choice(each.code, _("Like %(office)s", office=each.words)) for each in offered["likes"]],
            "level": own("office-level"),
        },
        DAYS.name: {"kind": own("day-kind"), "status": own("year-status")},
        "clocks": {
            **about,
            "clock": [Choice(code, str(words["case-clock"][name])) for code, name in rules.CLOCKS.items()],
            "purpose": [every, *named("purpose-short", rules.PURPOSES)],
            "unit": own("clock-unit"),
            "document": [none, *documents],
            "confidence": sure,
        },
        "duties": {
            **resting,
            "unit": offered["every-office"],
            "audience": named("audience", sorted(rules.AUDIENCES)),
        },
        "caps": {
            **resting,
            "scope": own("cap-scope"),
            "care": offered["cares"],
            "band": offered["bands"],
            "unit": offered["units"],
            "of": [none, *own("cap-of")],
        },
        "population": {**resting, "area": offered["areas"]},
        "documents": {"status": named("document", sorted(rules.DOCUMENT_STATUSES))},
        "targets": {
            "indicator": named("indicator", sorted(rules.INDICATORS)),
            "area": offered["areas"],
            "unit": own("target-measure"),
            "comparator": own("target-comparator"),
            **resting,
        },
        "leave": {
            "kind": named("guide-leave", words.get("guide-leave", {})),
            "per": own("leave-per"),
            "source": offered["sources"],
            "confidence": sure,
        },
    }
    return by_table.get(table.name, {})


def days_as_text(rows: Mapping[str, Row | None]) -> str:
    """Return the days of a year one a line: day, kind, names, parted by commas."""
    days = (row for key, row in rows.items() if row is not None and key != YEAR)
    return "\n".join(",".join(row.get(column, "") for column in DAYS.columns).rstrip(",") for row in days)


def read_days(text: str, status: str, source: str) -> dict[str, Row]:
    """Return the rows of a year as somebody typed them; what is wrong with a line is found later."""
    found: dict[str, Row] = {YEAR: {"status": status, "source": " ".join(source.split())[:LONGEST]}}
    for number, line in enumerate(text.replace("，", ",").splitlines()):
        parts = [part.strip() for part in line.split(",", len(DAYS.columns) - 1)]
        if any(parts):
            row = {column: cell for column, cell in zip(DAYS.columns, parts, strict=False) if cell}
            key = row.get("date", "")
            found[f"{key} {number}" if key in found else key] = row
    return found
