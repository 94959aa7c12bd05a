"""The rows of a table of a place, and the form of one of them."""

import json
import re

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.rules import Action
from app.accounts.staff import door
from app.areas.forms import place as forms
from app.areas.queries import overlays
from app.areas.rules.edits import NEW, TABLES, Row, Table, differing
from app.areas.service import editing
from app.areas.service.editing import Faulty, Refused, Sent, Stale
from app.cases.staff.place.entry import CONFLICT, UNREADY, bp, may_rule, me, show, theirs
from app.cases.staff.place.words import choices, saying
from app.core import clock
from app.core.codes import mint

_ROWS, _WORDS = 25, 60
"""Rows that a page lists, so that it is light on a phone; letters that are looked for."""


@bp.get("/<code>/<name>")
@door(Action.PLACE_EDIT)
def table(code: str, name: str) -> ResponseReturnValue:
    """Show the rows of a table as they hold, those that were edited, and where its file contradicts."""
    place, found = theirs(code), _table(name)
    words, say = " ".join(request.args.get("q", "").split())[:_WORDS], saying(code, found)
    lines = [
        (line, say(line.row or line.file))
        for line in sorted(overlays.lines(code, name), key=lambda line: not line.conflict)
    ]
    fitting = [each for each in lines if words.casefold() in " ".join(each[1].values()).casefold()]
    last = max(1, -(-len(fitting) // _ROWS))
    asked = request.args.get("page", "")
    page = min(int(asked), last) if re.fullmatch("[1-9][0-9]{0,3}", asked) else 1
    return show(
        "table.html",
        place=place,
        table=found,
        lines=fitting[(page - 1) * _ROWS : page * _ROWS],
        words=words,
        many=len(lines) > _ROWS,
        page=page,
        last=last,
        waiting=overlays.open_change(code, name),
        may=_may(code, found),
        column=forms.labels(found),
        saved=request.args.get("saved", ""),
    )


@bp.route("/<code>/<name>/row", methods=["GET", "POST"])
@door(Action.PLACE_EDIT)
def row(code: str, name: str) -> ResponseReturnValue:
    """Change a row, add one or take one out. What needs a second person becomes part of a draft."""
    theirs(code)
    found, key = _table(name), request.values.get("key", "")[:400]
    if not _may(code, found):
        abort(404)
    waiting = overlays.open_change(code, name)
    if request.method == "POST" and not key:
        abort(404)
    rows = {**overlays.rows(code, name), **(waiting.rows if waiting else {})}
    if key and key not in rows and key not in overlays.file_rows(code, name) and not key.startswith(NEW):
        abort(404)
    held = rows.get(key)
    if request.method == "GET":
        return _page(code, found, key or NEW + mint(), held or _begun(found), held)
    if request.form.get("do") == "keep":
        return _keep(code, found, key, held)
    sent = forms.read_row(found, request.form, held)
    seen = _seen()
    try:
        made = editing.put(code, name, Sent(key, _becomes(code, found, key, sent), seen), me().id)
    except (Stale, Refused) as why:
        refused = why.code if isinstance(why, Refused) else ""
        return _page(code, found, key, sent, held, CONFLICT, stale=not refused, refused=refused)
    except Faulty as why:
        return _page(code, found, key, sent, seen, UNREADY, faulty=why)
    if found.second and made:
        return redirect(url_for("place_staff.change", code=code, id=made), 303)
    return redirect(url_for("place_staff.table", code=code, name=name, saved=1), 303)


def _keep(code: str, found: Table, key: str, held: Row | None) -> ResponseReturnValue:
    """Let a row stand as it stands here, although its file says something else."""
    try:
        editing.keep(code, found.name, key, _seen("file"), me().id)
    except Refused as why:
        return _page(code, found, key, held or _begun(found), held, CONFLICT, refused=why.code)
    return redirect(url_for("place_staff.table", code=code, name=found.name, saved="kept"), 303)


def _page(
    code: str,
    found: Table,
    key: str,
    shown: Row,
    held: Row | None,
    status: int = 200,
    *,
    faulty: Faulty | None = None,
    **more: object,
) -> ResponseReturnValue:
    faults = faulty.faults if faulty else []
    conflict, say, offered = _contrary(code, found, key), saying(code, found), choices(code, found)
    return show(
        "row.html",
        status,
        place=theirs(code),
        table=found,
        key=key,
        cells=forms.cells(found, shown, offered, faults),
        whole=forms.whole(found, faults, offered),
        seen=json.dumps(held, ensure_ascii=False, sort_keys=True),
        held=held,
        column=forms.labels(found),
        is_new=held is None,
        conflict=conflict is not None,
        file=json.dumps(conflict.file, ensure_ascii=False, sort_keys=True) if conflict else "",
        differing=differing(say(held), say(conflict.file), found.columns) if conflict else (),
        say=say,
        **more,
    )


def _becomes(code: str, found: Table, key: str, sent: Row) -> Row | None:
    """Return what a row is to be: as it was sent, as its file says, or nothing at all. Raises `Stale`."""
    match request.form.get("do"):
        case "remove":
            return None
        case "file":
            line = _contrary(code, found, key)
            file = line.file if line else overlays.file_rows(code, found.name).get(key)
            if line is None and file is None:
                raise Stale
            return file
    return sent


def _contrary(code: str, found: Table, key: str) -> overlays.Line | None:
    """Return a row of which the file says neither what it said once nor what stands here."""
    lines = overlays.lines(code, found.name)
    return next((line for line in lines if line.key == key and line.conflict), None)


def _seen(name: str = "seen") -> Row | None:
    """Return the row as it stood when the form was shown; one that cannot be read matches nothing."""
    try:
        found = json.loads(request.form.get(name, ""))
    except ValueError:
        return {"": ""}
    return found if found is None or isinstance(found, dict) else {"": ""}


def _table(name: str) -> Table:
    return TABLES[name] if name in TABLES else abort(404)


def _may(code: str, found: Table) -> bool:
    return not found.own or may_rule(code)


def _begun(found: Table) -> Row:
    """Return a row that is being added, with what is the same in most of them."""
    today = clock.today().isoformat()
    usual: dict[str, dict[str, str]] = {
        "documents": {"id": f"doc-{mint().lower()}", "status": "issued"},
        "routing": {**dict.fromkeys(("category", "kind", "form", "severity"), "*"), "valid_from": today},
        "clocks": {**dict.fromkeys(("category", "purpose", "severity"), "*"), "unit": "workdays"},
        "caps": {**dict.fromkeys(("care", "band"), "*"), "unit": "month", "valid_from": today},
        "leave": {"checked_on": today, "confidence": "b"},
    }
    return usual.get(found.name, {})
