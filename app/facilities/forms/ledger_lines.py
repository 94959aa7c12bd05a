"""A preview or an import of a ledger, told to the person at the command line: in one language throughout.

Runs in the operator's language (`app.core.cli.in_the_operators_language`). Codes become words here; what the
ledger itself says, and the commands to type, stand as they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import flask_babel

from app.facilities.forms.labels import LABELS
from app.facilities.service.ledgers import UNDO_DAYS

_LIMIT = 20
"""Lines shown of each list."""
_LONGEST = 60
"""Letters of a value that a line of a terminal has room for."""
_GROUPS: Mapping[str, str] = {
    "kind": "kind", "form": "form", "status": "status", "holidays": "holidays",
    "food": "food", "languages": "language", "needs": "needs",
}  # fmt: skip
"""Fields whose values are codes, and the labels of these."""

Row = Mapping[str, Any]
_: Callable[..., str] = flask_babel.gettext
ngettext: Callable[..., str] = flask_babel.ngettext


def as_lines(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a report from the answer that `--json` prints; long lists are cut and say so.

    What concerns the file as a whole comes first.
    """
    yield ngettext(
        "%(file)s: %(num)s row, by profile %(profile)s for area %(area)s, as of %(day)s.",
        "%(file)s: %(num)s rows, by profile %(profile)s for area %(area)s, as of %(day)s.",
        told["rows"],
        file=told["file"],
        profile=told["profile"],
        area=told["area"],
        day=told["day"],
    )
    faults = (*told["errors"], *told["warnings"])
    yield from (_fault(fault) for fault in faults if not fault["row"])
    errors, warnings = ([each for each in told[kind] if each["row"]] for kind in ("errors", "warnings"))
    new, changed, asked = told["new"], told["changed"], told["needs_worker"]
    skipped, missing = told["skipped"], told["missing"]
    yield from _section(ngettext("%(num)s error:", "%(num)s errors:", len(errors)), errors, _fault)
    yield from _section(ngettext("%(num)s warning:", "%(num)s warnings:", len(warnings)), warnings, _fault)
    title = ngettext("%(num)s new facility:", "%(num)s new facilities:", len(new))
    yield from _section(title, new, _named)
    title = ngettext("%(num)s facility changes:", "%(num)s facilities change:", len(changed))
    yield from _section(title, changed, _changed)
    title = ngettext("%(num)s row needs a worker:", "%(num)s rows need a worker:", len(asked))
    yield from _section(title, asked, _asked)
    title = ngettext("%(num)s row was skipped:", "%(num)s rows were skipped:", len(skipped))
    yield from _section(title, skipped, _named)
    title = ngettext(
        "%(num)s facility of the last edition is missing in this one. It is not closed for that:",
        "%(num)s facilities of the last edition are missing in this one. They are not closed for that:",
        len(missing),
    )
    yield from _section(title, missing, lambda row: f"{row['id']} {row['name']}")
    yield _(
        "Unchanged: %(unchanged)s; of these, said again on a later day: %(confirmed)s.",
        unchanged=told["unchanged"],
        confirmed=told["confirmed"],
    )


def outcome(told: Mapping[str, Any], *, already: int | None, dry_run: bool) -> str:
    """Return the last line: what was written, and how to go on."""
    if told["errors"]:
        return _("Nothing was written. Mend the errors, or skip their rows with --decide.")
    if already is not None:
        return _("Import %(id)s has done all this; there is nothing to do.", id=already)
    if dry_run:
        return _("Nothing was written (--dry-run).")
    return _(
        "Import %(id)s is done. It can be undone for %(days)s days: flask facilities undo-import %(id)s",
        id=told["import"],
        days=UNDO_DAYS,
    )


def _section(title: str, rows: Sequence[Row], line: Callable[[Row], str]) -> Iterator[str]:
    if not rows:
        return
    yield title
    yield from (f"  {line(row)}" for row in rows[:_LIMIT])
    if len(rows) > _LIMIT:
        yield "  " + _("… and %(count)s more; --json lists all.", count=len(rows) - _LIMIT)


def _fault(fault: Row) -> str:
    if not fault["row"]:
        return _("The file as a whole: %(message)s", message=fault["message"])
    if fault["column"]:
        return _(
            "Row %(row)s, column “%(column)s”: %(message)s",
            row=fault["row"],
            column=fault["column"],
            message=fault["message"],
        )
    return _("Row %(row)s: %(message)s", row=fault["row"], message=fault["message"])


def _named(row: Row) -> str:
    return _("Row %(row)s: %(name)s", row=row["row"], name=row["name"])


def _changed(row: Row) -> str:
    name = f"{row['id']} {row['name']}"
    fields = [
        _("%(field)s: %(before)s → %(after)s", field=LABELS["fact"][field], before=before, after=after)
        for field, change in row["fields"].items()
        for before, after in [_difference(field, change["before"], change["after"])]
    ]
    return "\n      ".join([_("Row %(row)s: %(name)s", row=row["row"], name=name), *fields])


def _asked(row: Row) -> str:
    if not row["candidates"]:
        return _("Row %(row)s: %(name)s. Nothing known is like it.", row=row["row"], name=row["name"])
    shown = [
        f"{each['score']:.2f} {each['id']} {each['name']} ({', '.join(each['why'])})"
        for each in row["candidates"]
    ]
    return "\n      ".join([_("Row %(row)s: %(name)s", row=row["row"], name=row["name"]), *shown])


def _difference(field: str, before: Any, after: Any) -> tuple[str, str]:
    """Return before and after; of lists only what one of the two has and the other has not."""
    if not (isinstance(after, list) and isinstance(before, list | None)):
        return _value(field, before), _value(field, after)
    was, will = [_part(field, each) for each in before or ()], [_part(field, each) for each in after]
    gone = "; ".join(each for each in was if each not in will)
    come = "; ".join(each for each in will if each not in was)
    return gone or (_("Not reported") if before is None else "–"), come or "–"


def _value(field: str, value: Any) -> str:
    if value is None:
        return _("Not reported")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field in _GROUPS:
        return _label(_GROUPS[field], value)
    if isinstance(value, Mapping):
        return _mapping(field, value)
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _mapping(field: str, value: Mapping[str, Any]) -> str:
    if field == "credit_code":
        return str(value.get("code") or _label("state", value["state"]))
    if field == "township":
        return str(value.get("code") or _("Not reported"))
    if field == "location":
        lat, lon = value.get("lat"), value.get("lon")
        return f"{lat}, {lon}" if lat is not None else _("Only its township is known")
    return "; ".join(str(each) for each in value.values())


def _part(field: str, row: Any) -> str:
    """Return one row of a field in a few words, without what is not said."""
    if not isinstance(row, Mapping):
        return _label(_GROUPS[field], row) if field in _GROUPS else str(row)
    if field == "fees":
        return _fee(row)
    if field == "bands":
        return _(
            "%(band)s: places %(places)s, free %(vacancies)s",
            band=_label("band", row["band"]),
            places=_value("", row["places"]),
            vacancies=_value("", row["vacancies"]),
        )
    group = {"care": "care", "records": "record"}.get(field, "")
    code = row.get("care") if field == "care" else row.get("kind")
    said = [
        " ".join(map(str, each.values())) if isinstance(each, Mapping) else str(each)
        for part, each in row.items()
        if part not in {"care", "kind"} and each not in (None, "", {})
    ]
    return " ".join([*([_label(group, code)] if group and code else []), *said])


def _fee(fee: Row) -> str:
    low, high = (f"{fee[end] / 100:g}" for end in ("min_fen", "max_fen"))
    return _(
        "%(component)s, %(care)s, %(band)s: ¥%(amount)s %(unit)s",
        component=_label("component", fee["component"]),
        care=_label("care", fee["care"]),
        band=_label("band", fee["band"]),
        amount=low if low == high else f"{low}–{high}",
        unit=_label("unit", fee["unit"]),
    )


def _label(group: str, code: object) -> str:
    """Return the words for a code; one that has none is shown as it is."""
    return str(LABELS[group].get(str(code), code))
