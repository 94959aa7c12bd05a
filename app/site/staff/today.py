"""What pages that join rooms bring to the page of the day: files to take out, and the audit."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.core import audit_checks
from app.site.queries import exports as reads
from app.site.rules import exporting as rules


@bring(*rules.RIGHTS.values(), rules.SECOND, order=60)
def exports(staff: Staff) -> Iterator[Thing]:
    """Bring files that wait for a second person, and those of one's own that can be fetched."""
    found = reads.waiting(staff)
    address = url_for("site_staff.exports")
    yield Thing(
        Kind.WAITS,
        found.asked,
        ngettext(
            "A colleague asks to take out %(num)s file about residents",
            "Colleagues ask to take out %(num)s files about residents",
            found.asked,
        ),
        address,
    )
    yield Thing(
        Kind.EXPIRES,
        found.ready,
        ngettext(
            "%(num)s file that you asked for can be fetched until it is a day old",
            "%(num)s files that you asked for can be fetched until they are a day old",
            found.ready,
        ),
        address,
    )


@bring(Action.AUDIT_READ, order=5)
def audit(_staff: Staff) -> Iterator[Thing]:
    """Tell auditors if the audit is not as it was written."""
    found = audit_checks.newest()
    touched = found is not None and not found.ok
    yield Thing(
        Kind.WAITS,
        int(touched),
        _("Somebody touched the audit: it is not as it was written."),
        url_for("site_staff.audit"),
    )
