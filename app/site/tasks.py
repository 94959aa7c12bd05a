"""What the job worker does, room by room."""

from app.accounts import tasks as accounts
from app.cases import tasks as cases
from app.core import audit, audit_checks, limits
from app.events import tasks as events
from app.facilities import tasks as facilities
from app.guide import tasks as guide
from app.site.forms import sheets
from app.site.service import exports


def write_exports() -> int | None:
    """Write the files that staff asked for, and erase those whose day is over."""
    erased, written = exports.erase_old(), exports.write_waiting(sheets.make)
    return (erased or 0) + (written or 0) or None


EVERY_MINUTE = {
    "facilities.keep_index_fresh": facilities.keep_index_fresh,
    "guide.keep_days": guide.keep_days,
    "guide.keep_index_fresh": guide.keep_index_fresh,
    "guide.check_links": guide.check_links,
    "facilities.forget_slots": facilities.forget_slots,
    "facilities.publish_records": facilities.publish_records,
    "facilities.read_uploads": facilities.read_uploads,
    "accounts.forget_ended": accounts.forget_ended,
    "cases.sweep": cases.sweep,
    "cases.forget_drafts": cases.forget_drafts,
    "cases.once_a_day": cases.once_a_day,
    "events.forget": events.forget,
    "limits.forget_expired": limits.forget_expired,
    "site.write_exports": write_exports,
    "audit.anchor": audit.anchor,
    "audit.check_daily": audit_checks.check_daily,
    "cases.send_letters": cases.send_letters,
}
