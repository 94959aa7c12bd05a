"""The words of the import screens: what a column may say, how far a file has come, lists of a plan."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.facilities.forms.labels import LABELS

FACT = LABELS["fact"]
FIELDS: Mapping[str, LazyString] = {
    "name": FACT["name"],
    "key": _l("The county's own number"),
    "aliases": FACT["aliases"],
    "name_ug": _l("Name in Uyghur"),
    "name_en": _l("Name in English"),
    "credit_code": FACT["credit_code"],
    "form": FACT["form"],
    "kind": FACT["kind"],
    "status": FACT["status"],
    "filing_number": FACT["filing_number"],
    "filed_on": FACT["filed_on"],
    "opens_on": FACT["opens_on"],
    "county": _l("County"),
    "township": FACT["township"],
    "zoning": _l("Zoning code"),
    "address": FACT["address"],
    "lat": _l("Latitude"),
    "lon": _l("Longitude"),
    "lat_lon": _l("Latitude and longitude in one cell"),
    "lon_lat": _l("Longitude and latitude in one cell"),
    "phone": FACT["phone"],
    "opening": FACT["opening"],
    "opens": _l("Opens at"),
    "closes": _l("Closes at"),
    "holidays": FACT["holidays"],
    "inclusive": FACT["inclusive"],
    "demonstration": FACT["demonstration"],
    "food": FACT["food"],
    "languages": FACT["languages"],
    "needs": FACT["needs"],
    "outdoor_m2": FACT["outdoor_m2"],
    "indoor_m2": FACT["indoor_m2"],
    "care": FACT["care"],
    "care.hours": _l("Hours of a type of care"),
    "care.ages": _l("Ages of a type of care"),
    "fee.amount": _l("Price"),
    "fee.min": _l("Price, from"),
    "fee.max": _l("Price, up to"),
    "band.places": _l("Places of a class"),
    "band.vacancies": _l("Free places of a class"),
    "band.enrolled": _l("Children in a class"),
    "band.class_size": _l("Size of a class"),
    "record.result": _l("Result of an assessment or inspection"),
    "record.issued_on": _l("Day of an assessment or inspection"),
    "id": _l("Id on this site"),
    "observed_on": _l("Day on which the row holds"),
}
"""Fields a column can be matched with, in the order of the list."""
PARTS: Mapping[str, LazyString] = {
    "care": _l("Type of care"),
    "band": _l("Class"),
    "component": _l("What is paid for"),
    "unit": _l("Counted by"),
    "kind": _l("Kind of record"),
}
CODES: Mapping[str, str] = {
    "care": "care", "care.care": "care", "fee.care": "care", "fee.band": "band", "band.band": "band",
    "fee.component": "component", "fee.unit": "unit", "record.kind": "record", "form": "form",
    "kind": "kind", "status": "status", "holidays": "holidays", "food": "food", "languages": "language",
    "needs": "needs",
}  # fmt: skip
"""Field → group of labels of its codes."""
FLAGS = {"yes": _l("Yes"), "no": _l("No")}
MONEY = {"yuan": _l("Yuan"), "fen": _l("Fen"), "wan": _l("Ten thousand yuan")}
AGES = {"months": _l("Months"), "years": _l("Years")}
DATUMS = {
    "gcj02": _l("GCJ-02 (Amap, Tencent)"),
    "bd09": _l("BD-09 (Baidu)"),
    "wgs84": _l("WGS-84, CGCS2000"),
}
DAYS = {
    "": _l("Year, month, day"),
    "%d/%m/%Y": _l("Day, month, year"),
    "%m/%d/%Y": _l("Month, day, year"),
}
NEW = {
    "add": _l("It is a new facility"),
    "ask": _l("A worker is asked"),
}
WHOLE = {
    "confirmed": _l("The office that keeps the register says that the list is complete"),
    "closed": _l("Many facilities there have closed"),
    "cleaned": _l("The register was cleared of entries that were wrong"),
    "divided": _l("Divisions changed; other counties list them now"),
}
"""Why a snapshot speaks for a county of which it has less than half."""
STATES = {
    "waiting": _l("Being worked on"),
    "matching": _l("Choose how it is read"),
    "ready": _l("Compared, waits for you"),
    "failed": _l("Cannot be read like this"),
    "applied": _l("Applied"),
    "undone": _l("Taken back"),
    "dropped": _l("Removed"),
}
TONES = {
    "waiting": "i",
    "matching": "w",
    "ready": "w",
    "failed": "bad",
    "applied": "ok",
    "undone": "n",
    "dropped": "n",
}
TASKS = {
    "survey": (_l("Looking at the columns"),),
    "plan": (_l("Reading the rows"), _l("Comparing with the record")),
    "apply": (_l("Comparing once more"), _l("Writing, all or nothing")),
    "undo": (_l("Taking back what was written"),),
}
"""Parts of each task, in order."""
TABS = {
    "errors": _l("Errors"),
    "needs": _l("Needs a worker"),
    "new": _l("New"),
    "changed": _l("Changed"),
    "missing": _l("No longer named"),
    "warnings": _l("Warnings"),
    "same": _l("Unchanged"),
    "skipped": _l("Skipped"),
}


def codes(field: str) -> Mapping[str, LazyString]:
    """Return the codes of a field with their words; empty for a field without a list."""
    group = CODES.get(field)
    return LABELS[group] if group else {}


def name_of(field: str) -> LazyString | str:
    """Return the words for a field of a record or of a ledger."""
    return FACT.get(field) or FIELDS.get(field) or field
