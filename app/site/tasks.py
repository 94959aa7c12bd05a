"""What the job worker does, room by room."""

from app.accounts import tasks as accounts
from app.cases import tasks as cases
from app.core import audit, limits
from app.events import tasks as events
from app.facilities import tasks as facilities
from app.guide import tasks as guide

EVERY_MINUTE = {
    "facilities.keep_index_fresh": facilities.keep_index_fresh,
    "guide.keep_index_fresh": guide.keep_index_fresh,
    "facilities.forget_slots": facilities.forget_slots,
    "accounts.forget_ended": accounts.forget_ended,
    "cases.sweep": cases.sweep,
    "cases.forget_drafts": cases.forget_drafts,
    "cases.once_a_day": cases.once_a_day,
    "events.forget": events.forget,
    "limits.forget_expired": limits.forget_expired,
    "audit.anchor": audit.anchor,
    "cases.send_letters": cases.send_letters,
}
