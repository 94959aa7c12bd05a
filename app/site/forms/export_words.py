"""Words of exports: what they hold, why they are asked for, what became of them."""

from flask_babel import lazy_gettext as _l

from app.core.labels import Labels

LABELS: Labels = {
    "export": {
        "facilities": _l("Facilities"),
        "proposals": _l("Proposed facts"),
        "events": _l("Events"),
        "cases": _l("Cases, without any words of residents"),
        "guide": _l("Texts and the state of their translations"),
        "accounts": _l("Accounts"),
        "contacts": _l("Contacts of the cases you handle"),
        "bookings": _l("Telephone numbers of bookings"),
    },
    "export-form": {
        "xlsx": _l("Table for Excel or WPS (XLSX)"),
        "csv": _l("Plain table (CSV)"),
    },
    "export-state": {
        "asked": _l("Waits for a second person"),
        "waiting": _l("Is being written"),
        "ready": _l("Ready"),
        "declined": _l("Declined"),
        "refused": _l("Not written: the right to it was gone"),
        "failed": _l("Could not be written; ask again"),
        "gone": _l("Erased"),
    },
    "export-purpose": {
        "call-back": _l("To call residents back about their cases"),
        "safety": _l("To warn families of a danger"),
        "event-changed": _l("To tell families that an event has changed"),
        "law": _l("A law or a court orders it"),
    },
    "export-refusal": {
        "kind": _l("Your role does not include this file."),
        "area": _l("This area is not yours."),
        "purpose": _l("A file with ways to reach residents needs a reason: choose one."),
        "reason-short": _l("Say in at least 10 characters why you need the file."),
        "reason-long": _l("The reason may have at most 1000 characters."),
        "own": _l("A second person decides, not you."),
        "decided": _l("Somebody has decided this already."),
        "slow": _l("You asked for many files. Wait an hour before the next one."),
    },
}
