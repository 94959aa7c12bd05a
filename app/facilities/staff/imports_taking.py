"""What both kinds of files share at the counter: taking one in, and the buttons beneath it."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.core import clock
from app.core.blobs import StorageFull
from app.core.files import as_csv
from app.facilities.forms.imports import shown
from app.facilities.loading.ledger.container import MAX_BYTES, RefusedFileError
from app.facilities.queries import uploads as reads
from app.facilities.rules.uploads import Kind, Task
from app.facilities.service import uploads
from app.facilities.staff.imports_entry import CONFLICT, FULL, REFUSED, TOO_LARGE, me, mine, show, version

_TASKS = {"apply": Task.APPLY, "again": Task.PLAN, "undo": Task.UNDO}
_TOO_MANY = 429


LISTS = {Kind.LEDGER: "imports.ledgers", Kind.REGISTER: "imports.snapshots"}
FILES = {Kind.LEDGER: "imports.ledger", Kind.REGISTER: "imports.snapshot"}
"""The list of each kind of files, and the page of one."""


def listed(kind: Kind, trouble: str = "", status: int = 200) -> ResponseReturnValue:
    """Show the files of a kind that were brought, and the form that takes another."""
    return show(
        "list.html",
        status,
        kind=kind,
        found=reads.uploads(me(), kind, page_number()),
        areas=reads.reach(me(), kind),
        trouble=trouble,
        typed=request.form,
        newest=reads.newest_snapshot() if kind is Kind.REGISTER else None,
    )


def taken_in(kind: Kind) -> ResponseReturnValue:
    """Take the file of the form in and go to its page; it is read beside that."""
    number, trouble, status = take(kind)
    if number is None:
        return listed(kind, trouble, status)
    return redirect(url_for(FILES[kind], number=number), 303)


def table_of(faults: Mapping[str, Any], number: int) -> ResponseReturnValue:
    """Give errors and warnings as a table, to mend the file beside it."""
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="errors-{number}.csv"',
    }
    return as_csv(*shown.faults(faults)), 200, headers


def take(kind: Kind) -> tuple[int | None, str, int]:
    """Take the file of a form in. Returns its number, or a sentence and a status."""
    area, file = request.form.get("area", ""), request.files.get("file")
    day, wrong = day_of(request.form.get("day", ""))
    data = file.stream.read(MAX_BYTES + 1) if file else b""
    name = (file.filename if file else None) or ""
    if not reads.may_bring(me(), kind, area):
        wrong = _("Choose the area the file is about.")
    elif not data and name:
        wrong = _("The file is empty. Save the list once more, then bring it.")
    elif not data:
        wrong = _("Choose a file.")
    if wrong:
        return None, wrong, 400
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // (1024 * 1024)
        return None, _("The file is too large; at most %(limit)s MB are read.", limit=limit), TOO_LARGE
    return _kept(uploads.Brought(kind, area, name, data, day))


def _kept(file: uploads.Brought) -> tuple[int | None, str, int]:
    try:
        return uploads.bring(file, me().id), "", 303
    except RefusedFileError as refused:
        return None, _(refused.sentence, **refused.values), REFUSED
    except uploads.TooManyWait:
        return None, _("Many files of this area wait already. Apply or remove some first."), _TOO_MANY
    except StorageFull:
        return None, _("There is no room for the file just now. Nothing was kept; try again later."), FULL


def day_of(text: str) -> tuple[date | None, str]:
    """Return a day as it was typed, and what is wrong with it; an empty one is none."""
    if not text.strip():
        return None, ""
    with suppress(ValueError):
        day = date.fromisoformat(text.strip())
        if day <= clock.today():
            return day, ""
        return None, _("This day is in the future.")
    return None, _("Write the day like 2026-01-30.")


def page_number() -> int:
    """Return which page of a list somebody looks at."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004


def act_on(number: int, kind: Kind) -> ResponseReturnValue:
    """Do what a button says; a second click on it changes nothing."""
    what = request.form.get("do", "")
    try:
        if what == "drop":
            uploads.drop(number, me().id)
            return redirect(url_for(LISTS[kind]), 303)
        if what in _TASKS:
            uploads.ask(number, _TASKS[what], version(), me().id)
    except (uploads.TooLate, uploads.Stale):
        return show("meanwhile.html", CONFLICT, card=mine(number, kind))
    return redirect(url_for(FILES[kind], number=number), 303)
