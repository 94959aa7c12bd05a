"""A register snapshot at the counter: any kind of table becomes the register's CSV, cut to one area."""

import csv
import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flask import current_app

from app.core import clock
from app.core.faults import N_, Fault, FaultyFiles
from app.extensions import db
from app.facilities.loading import kept
from app.facilities.loading.ledger.cells import UnreadableError, code_of, text_of
from app.facilities.loading.ledger.container import RefusedFileError
from app.facilities.loading.ledger.grid import Cell, Reading, plain_heading, read_grid
from app.facilities.loading.register import HEADERS, RegisterFile, load_register
from app.facilities.loading.shipped import register_facts
from app.facilities.rules.register import FORMS, Filing
from app.facilities.service.ledgers.applying import lock_imports
from app.facilities.service.register import Imported, Places, SourceOfRegister, import_register
from app.facilities.service.uploads.telling import TABS, finished

_KNOWN = frozenset(plain_heading(each) for headings in HEADERS.values() for each in headings)
_CODES = frozenset(plain_heading(each) for name in ("code", "zoning") for each in HEADERS[name])
_TITLES = 30
_LEAST = 4
"""Headings of the register's seven that make a row the row of headings."""


def read_snapshot(data: bytes, name: str, area: str) -> tuple[RegisterFile, int]:
    """Return the entries of a file that lie in an area, and how many lie elsewhere.

    Raises `FaultyFiles` with rows as a spreadsheet program numbers them.
    """
    with kept.opened(data, name) as path:
        text, above = _as_csv(path)
    with kept.opened(text.encode("utf-8"), "register.csv") as path:
        try:
            found = load_register(path)
        except FaultyFiles as error:
            shifted = [replace(each, line=each.line + above) for each in error.faults]
            raise FaultyFiles(shifted) from error
    places = Places()
    inside: list[Filing] = []
    for filing in found.filings:
        located = places.locate(filing)
        if located is not None and located.area.startswith(area):
            inside.append(filing)
    if not inside:
        raise FaultyFiles([Fault(Path(name), 0, N_("No row of this file lies in the area."))])
    digest = hashlib.sha256("\n".join(repr(each.identity) for each in inside).encode()).hexdigest()
    return replace(found, filings=tuple(inside), digest=digest), len(found.filings) - len(inside)


def day_of(found: RegisterFile, on: date | None) -> date:
    """Return the day of a snapshot: as somebody said, else that of its newest filing, else today.

    Raises `FaultyFiles` if it is still to come.
    """
    day = on or found.newest or clock.today()
    if day > clock.today():
        sentence = N_("The day of the snapshot, %(day)s, is in the future.")
        raise FaultyFiles([Fault(Path(), 0, sentence, {"day": day.isoformat()})])
    return day


def compare_snapshot(
    found: RegisterFile,
    day: date,
    *,
    now: datetime,
    by: str,
    whole: frozenset[str],
    upload: int | None = None,
    accept: Callable[[Imported], bool] | None = None,
) -> Imported:
    """Compare with the mirror; with the number of its upload, bring it in if `accept` says so.

    Raises `OlderSnapshotError`, and `BusyError` where others write too long.
    """
    names = register_facts(Path(current_app.extensions["settings"].content) / "register").names
    source = SourceOfRegister(f"register-{day.isoformat()}", names, day)
    if upload is None:
        return import_register(found, source, now=now, by=by, complete=whole, dry_run=True)
    db.session.rollback()
    lock_imports()
    return import_register(found, source, now=now, by=by, complete=whole, upload=upload, accept=accept)


def tell_snapshot(done: Imported, found: RegisterFile, elsewhere: int, day: date) -> dict[str, Any]:
    """Return a plan of a snapshot, in the shape of `telling`."""
    items: dict[str, list[dict[str, Any]]] = {tab: [] for tab in TABS}
    for each in done.differences:
        if each.after is None:
            items["missing"].append({"id": each.facility, "name": each.before.name if each.before else ""})
        elif each.before is None:
            items["new"].append({"row": None, "name": each.after.name, "fields": _fields(each.after)})
        else:
            before, after = _fields(each.before), _fields(each.after)
            fields = {
                name: [before.get(name), after.get(name), None, None]
                for name in {**before, **after}
                if before.get(name) != after.get(name)
            }
            items["changed"].append(
                {"row": None, "id": each.facility, "name": each.before.name, "fields": fields}
            )
    said = (
        (elsewhere, N_("%(count)s entries lie outside the area and were left out.")),
        (found.duplicates, N_("%(count)s rows repeat another row and are read once.")),
        (found.invalid, N_("%(count)s credit codes are wrong and are not shown.")),
        (found.refused, N_("%(count)s codes shaped like an identity number were forgotten at once.")),
    )
    items["warnings"] = [_warning(sentence, count=count) for count, sentence in said if count]
    if done.partial:
        sentence = N_(
            "Of these counties the file has less than half of what was held; nothing there is called gone: "
            "%(areas)s."
        )
        items["warnings"].append(_warning(sentence, areas=", ".join(done.partial)))
    told = finished(items, day, done.rows, 0 if done.already else None)
    parts = [[each.county, each.held, each.there, each.gone] for each in done.parts]
    return {**told, "unchanged": done.unchanged, "parts": parts}


def _warning(sentence: str, **values: object) -> dict[str, Any]:
    return {"row": None, "column": "", "sentence": sentence, "values": values}


def _fields(filing: Filing) -> dict[str, Any]:
    values = {
        "name": filing.name,
        "aliases": [filing.alias] if filing.alias else [],
        "credit_code": {"code": filing.credit_code, "state": filing.code_state},
        "form": FORMS[filing.nature].value,
        "address": filing.address,
        "filed_on": filing.filed_at.date().isoformat() if filing.filed_at else None,
        "zoning": filing.zoning,
    }
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def _as_csv(path: Path) -> tuple[str, int]:
    """Return the table from its row of headings on, and how many rows stand above. Raises `FaultyFiles`."""
    try:
        grid = read_grid(path, Reading(headings=_KNOWN))
    except RefusedFileError as refused:
        raise FaultyFiles([Fault(path, 0, refused.sentence, refused.values)]) from refused
    hits = [
        sum(1 for cell in row if isinstance(cell, str) and plain_heading(cell) in _KNOWN)
        for row in grid.rows[:_TITLES]
    ]
    at = hits.index(max(hits)) if hits and max(hits) >= _LEAST else 0
    head = [str(cell or "").strip() for cell in grid.rows[at]] if grid.rows else []
    codes = {place for place, heading in enumerate(head) if plain_heading(heading) in _CODES}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(head)
    faults: list[Fault] = []
    for number, row in zip(grid.lines[at + 1 :], grid.rows[at + 1 :], strict=True):
        cells = [*row, *[None] * (len(head) - len(row))]
        try:
            writer.writerow(
                [" ".join(_text(cell, code=place in codes).split()) for place, cell in enumerate(cells)]
            )
        except UnreadableError as error:
            faults.append(Fault(path, number, error.sentence, error.values))
    if faults:
        raise FaultyFiles(faults)
    return out.getvalue(), at


def _text(cell: Cell, *, code: bool) -> str:
    return code_of(cell) if code else text_of(cell)
