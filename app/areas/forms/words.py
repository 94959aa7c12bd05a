"""Words for the columns and codes of the tables that are edited behind the counter."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

COLUMNS: Mapping[str, LazyString] = {
    "priority": _l("Order in which rules are tried"),
    "category": _l("Subject"),
    "kind": _l("Kind"),
    "form": _l("Legal form"),
    "severity": _l("Urgency"),
    "lead": _l("Leading office"),
    "co": _l("Offices that help"),
    "inform": _l("Offices that are told"),
    "territory_role": _l("Role of the town or street"),
    "basis": _l("What it rests on"),
    "valid_from": _l("First day"),
    "valid_to": _l("Last day"),
    "approved_by": _l("Approved by"),
    "paraphrase": _l("Why, in our own words"),
    "unit": _l("Code of the office"),
    "level": _l("Level"),
    "parent": _l("Office above it"),
    "inbox": _l("Takes cases"),
    "name": _l("What it is called"),
    "aliases": _l("Other names"),
    "mail": _l("Mail address for notices"),
    "indicator": _l("Figure"),
    "area": _l("Area"),
    "year": _l("Year"),
    "value": _l("Value"),
    "value_max": _l("Up to"),
    "comparator": _l("How it is meant"),
    "document": _l("Document"),
    "clause": _l("Clause"),
    "confidence": _l("Certainty"),
    "reading": _l("How it was read"),
    "says": _l("What it gives"),
    "days": _l("Days given"),
    "per": _l("Counted for each"),
    "from_month": _l("From month"),
    "until_month": _l("Until month"),
    "source": _l("Source"),
    "checked_on": _l("Checked on"),
    "number": _l("Telephone number"),
    "documents.number": _l("Document number"),
    "purpose": _l("What to call it for"),
    "verified": _l("Verified on"),
    "order": _l("Order"),
    "status": _l("Status"),
    "date": _l("Date"),
    "id": _l("Short code, in small letters"),
    "title": _l("Title"),
    "issuer": _l("Issued by"),
    "issued_on": _l("Issued on"),
    "valid_until": _l("In force until"),
    "period_end": _l("Last day of the period it is for"),
    "url": _l("Web address"),
    "note": _l("Remark"),
    "targets.unit": _l("Measured in"),
    "units.kind": _l("Kind of office"),
    "leave.kind": _l("Kind of leave"),
    "calendar.kind": _l("Rest or work"),
}
"""Words for the columns. One that means something else in a table has the table's name before it."""
LABELS: Labels = {
    "place-table": {
        "routing": _l("Who answers what"),
        "units": _l("Offices"),
        "documents": _l("Documents"),
        "targets": _l("Targets"),
        "leave": _l("Days of leave"),
        "hotlines": _l("Telephone numbers"),
        "calendar": _l("Working days"),
    },
    "change-state": {
        "draft": _l("Draft"),
        "proposed": _l("Waits for a second person"),
        "applied": _l("In force"),
        "discarded": _l("Thrown away"),
    },
    "target-measure": {
        "percent": _l("Per cent"),
        "count": _l("A count"),
        "per-1000": _l("For each 1,000 residents"),
    },
    "target-comparator": {
        "at-least": _l("At least this value"),
        "exactly": _l("Exactly this value"),
        "range": _l("From this value up to another"),
    },
    "office-level": {
        "province": _l("Province or region"),
        "prefecture": _l("City or prefecture"),
        "county": _l("County or district"),
        "service": _l("A centre or station, not an authority"),
        "township": _l("Town or street"),
    },
    "leave-per": {"birth": _l("A birth"), "year": _l("A year"), "day": _l("A day")},
    "day-kind": {"rest": _l("Day off"), "work": _l("Weekend that is worked")},
    "year-status": {"official": _l("Official"), "provisional": _l("Provisional")},
    "place-refusal": {
        "same-person": _l("Somebody else has to approve what you proposed."),
        "changed-since": _l("These rows were changed again meanwhile. Look at them as they stand now."),
        "open": _l("Another change of this table waits for a decision. Decide about it first."),
        "fixed": _l(
            "Offices and documents stay, with their codes, since others refer to them. Let an office take no "
            "cases instead; give a document its last day."
        ),
        "nothing": _l("Nothing is changed yet."),
    },
}
"""Words for the codes of these pages."""
