"""What the job worker does, room by room."""

from app.accounts import tasks as accounts
from app.cases import tasks as cases
from app.core import audit, limits
from app.facilities import tasks as facilities

EVERY_MINUTE = {
    "facilities.keep_index_fresh": facilities.keep_index_fresh,
    "facilities.forget_slots": facilities.forget_slots,
    "accounts.forget_ended": accounts.forget_ended,
    "cases.sweep": cases.sweep,
    "cases.forget_drafts": cases.forget_drafts,
    "cases.once_a_day": cases.once_a_day,
    "limits.forget_expired": limits.forget_expired,
    "audit.anchor": audit.anchor,
    "cases.send_letters": cases.send_letters,
}
