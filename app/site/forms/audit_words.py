"""Words for what the audit says was done, and the question that is asked of it."""

from collections.abc import Mapping
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.forms import LABELS as ACCOUNTS
from app.cases.forms.counter_labels import LABELS as CASES
from app.core.labels import Labels
from app.site.forms.export_words import LABELS as EXPORTS
from app.site.queries.auditing import Question
from app.site.rules.auditing import GROUPS

_LONGEST = 100
_MOST_DIGITS = 12

LABELS: Labels = {
    "audit": {
        "sign-in": _l("Signed in"),
        "sign-in.failed": _l("Tried to sign in without success"),
        "sign-in.blocked": _l("Signing in was stopped after too many wrong codes"),
        "sign-out": _l("Signed out"),
        "account.invited": _l("Invited somebody"),
        "account.opened": _l("The account was opened"),
        "account.password": _l("Chose a password"),
        "account.authenticator": _l("Set up an authenticator"),
        "account.recovery-codes": _l("Made new recovery codes"),
        "account.sessions-ended": _l("Ended all other sessions"),
        "account.confirmed": _l("Proved once more to be there"),
        "account.not-confirmed": _l("Could not prove to be there"),
        "account.granted": _l("Changed a role"),
        "account.role-taken": _l("Took a role away"),
        "account.reset": _l("Took password and authenticator away"),
        "account.disabled": _l("Closed an account"),
        "account.demo": _l("Accounts of the fictional county were made"),
        "case.read": _l("Read the words of a case"),
        "case.note": _l("Wrote a note for colleagues"),
        "case.question": _l("Asked the resident a question"),
        "case.update": _l("Wrote news for the resident"),
        "case.save-reply": _l("Saved the draft of a reply"),
        "case.illegal-step": _l("Tried a step that is not allowed"),
        "inbox.set": _l("Opened or closed the taking of reports"),
        "watch.mass-reading": _l("Opened unusually many cases within an hour"),
        "sealed.asked": _l("Asked to read sealed words"),
        "sealed.urgent": _l("Read sealed words at once, for a child in danger"),
        "sealed.allowed": _l("Allowed somebody to read sealed words"),
        "sealed.declined": _l("Declined that somebody reads sealed words"),
        "sealed.read": _l("Read sealed words"),
        "event.announced": _l("Announced an event"),
        "event.changed": _l("Changed an event"),
        "event.cancelled": _l("Called an event off"),
        "event.counted": _l("Wrote down who came"),
        "event.booked": _l("A family booked a place"),
        "event.given-back": _l("A family gave its place back"),
        "event.bookings-read": _l("Read the telephone numbers of bookings"),
        "proposal.approved": _l("Took a proposed fact in"),
        "proposal.declined": _l("Declined a proposed fact"),
        "proposal.made": _l("Proposed a fact"),
        "slot.offered": _l("Offered places for a day"),
        "slot.withdrawn": _l("Withdrew places of a day"),
        "vacancies.set": _l("Said how many places are free"),
        "calendar.import": _l("Loaded a year of working days"),
        "facility.edited": _l("Changed a fact of a facility"),
        "facility.edited-several": _l("Changed a fact of several facilities"),
        "facility.edit-undone": _l("Took back a change of several facilities"),
        "facility.taken-back": _l("Took a fact of a facility back"),
        "facility.record-entered": _l("Entered an assessment or inspection"),
        "facility.record-published": _l("An assessment or inspection was published"),
        "facility.record-withdrawn": _l("Withdrew an assessment or inspection"),
        "upload.brought": _l("Brought a table"),
        "upload.read": _l("Had a table read with another profile"),
        "upload.decided": _l("Decided about rows of a table"),
        "upload.spoken-for": _l("Said that a snapshot names a whole county"),
        "upload.apply-asked": _l("Asked to take a table in"),
        "upload.undo-asked": _l("Asked to undo a table"),
        "upload.applied": _l("A table was taken in"),
        "upload.undone": _l("A table was undone"),
        "upload.dropped": _l("Dropped a table"),
        "register.taken-back": _l("Took a register snapshot back"),
        "ledger-profile.saved": _l("Saved how a table is read"),
        "cover.asked": _l("Asked somebody to cover"),
        "cover.lent": _l("Lent the own rights for a while"),
        "cover.agreed": _l("Agreed to cover"),
        "cover.declined": _l("Declined to cover"),
        "cover.ended": _l("Ended a cover"),
        "expert.named": _l("Named an expert"),
        "expert.changed": _l("Changed what is said of an expert"),
        "expert.withdrawn": _l("Withdrew an expert"),
        "facility.photo-added": _l("Added a photo of a facility"),
        "facility.photo-described": _l("Described a photo of a facility"),
        "facility.photo-moved": _l("Moved a photo of a facility"),
        "facility.photo-removed": _l("Removed a photo of a facility"),
        "place.drafted": _l("Drafted a change of rules or contents of a place"),
        "place.proposed": _l("Proposed a change of rules or contents of a place"),
        "place.changed": _l("A change of rules or contents of a place took effect"),
        "place.given-back": _l("Gave a proposed change of a place back"),
        "place.taken-back": _l("Took a change of a place back"),
        "place.discarded": _l("Discarded a drafted change of a place"),
        "place.kept": _l("Kept a row of a place although its file says something else"),
        "guide.import": _l("Loaded texts from files"),
        "guide.saved": _l("Saved a draft of a text"),
        "guide.submitted": _l("Sent a text for review"),
        "guide.returned": _l("Sent a text back to its writer"),
        "guide.published": _l("Published a text"),
        "guide.looked-at": _l("Said that a text is right as it is"),
        "guide.brought-back": _l("Brought an earlier version of a text back"),
        "guide.scheduled": _l("Set the day on which a text is published"),
        "guide.schedule-missed": _l("A text was not published on its day"),
        "guide.expiry-set": _l("Set the day on which a text is taken away"),
        "guide.expired": _l("A text was taken away on its day"),
        "guide.acknowledged": _l("Said that a translation needs no change"),
        "guide.vouched": _l("Signed that a text was read"),
        "guide.signer-entered": _l("Entered somebody who may sign texts"),
        "guide.signer-ended": _l("Ended somebody’s right to sign texts"),
        "guide.report-read": _l("Read what a reader said of a text"),
        "export.asked": _l("Asked for a file"),
        "export.allowed": _l("Allowed a file with personal data"),
        "export.declined": _l("Declined a file with personal data"),
        "export.made": _l("A file was written"),
        "export.read": _l("Fetched a file"),
        "export.refused": _l("A file was not written, because the right to it was gone"),
        "export.erased": _l("A file was erased after its day"),
        "audit.checked": _l("Had the audit read through"),
    },
    "audit-group": {
        "sign-in": _l("Signing in and out"),
        "sealed": _l("Reading what residents said"),
        "export": _l("Files taken out"),
        "publication": _l("Publications"),
        "role": _l("Accounts and roles"),
        "rule": _l("Rules, calendars, who takes reports"),
        "case": _l("Steps of cases"),
        "facility": _l("Facts of facilities"),
        "event": _l("Events"),
        "text": _l("Texts"),
        "other": _l("Everything else"),
    },
    "audit-actor": {
        "system": _l("A command or the worker"),
        "resident": _l("A resident"),
        "unknown": _l("Somebody unknown"),
    },
    "audit-why": {
        "edited": _l("The line was changed after it was written."),
        "missing": _l("A line is missing."),
        "added": _l("A line stands outside the chain."),
        "head": _l("The end of the chain is not what it should be."),
        "cut": _l("The newest lines were cut off or written anew."),
        "anchor": _l("The file beside the keys that anchors the chain cannot be read."),
    },
    "minors-what": {
        "story": _l("Words of a case"),
        "told": _l("Story of a child in danger"),
        "contact": _l("Contact of a resident"),
        "originals": _l("Original photos and papers"),
        "bookings": _l("Telephone numbers of bookings"),
        "reports": _l("Words of readers of texts"),
        "export-contacts": _l("File of contacts"),
        "export-bookings": _l("File of telephone numbers"),
    },
}


def said(action: str) -> str:
    """Return the words for an action; of a step of a case those of its story; a new one by its group."""
    if action in LABELS["audit"]:
        return str(LABELS["audit"][action])
    step = action.removeprefix("case.")
    if step != action and step in CASES["did"]:
        return str(CASES["did"][step])
    return ""


_DETAILS: Mapping[str, LazyString] = {
    "role": _l("Role"),
    "unit": _l("Office"),
    "area": _l("Area"),
    "facility": _l("Facility"),
    "first": _l("From"),
    "last": _l("Until and including"),
    "rows": _l("Rows"),
    "purpose": _l("What for"),
    "giver": _l("Who lends"),
    "taker": _l("Who borrows"),
    "for": _l("With a right lent by"),
}


def detail(name: str, value: str) -> tuple[str, str]:
    """Return what a detail is called, and its words where it is one of a list; "" and the code of others."""
    group = {"role": ACCOUNTS["staff-role"], "purpose": EXPORTS["export-purpose"]}.get(name, {})
    return str(_DETAILS.get(name, "")), str(group.get(value, value))


def question(values: Mapping[str, str]) -> tuple[Question, list[tuple[str, str]]]:
    """Read what the address asks of the audit, and what of it cannot be meant."""
    wrong: list[tuple[str, str]] = []
    group = _text(values, "group")
    if group and group not in LABELS["audit-group"]:
        wrong.append(("group", _("This choice is not in the list.")))
    before = _text(values, "before")
    numbered = before.isascii() and before.isdigit() and len(before) <= _MOST_DIGITS
    if before and not numbered:
        wrong.append(("before", _("This is not a number of a page.")))
    since, until = (_day(values, name, wrong) for name in ("since", "until"))
    asked = Question(
        since,
        until,
        _text(values, "actor"),
        group if group in GROUPS or group == "other" else "",
        _text(values, "subject"),
        int(before) if numbered else None,
    )
    return asked, wrong


def _text(values: Mapping[str, str], name: str) -> str:
    return values.get(name, "").strip()[:_LONGEST]


def _day(values: Mapping[str, str], name: str, wrong: list[tuple[str, str]]) -> date | None:
    text = _text(values, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append((name, _("This is not a date like 2026-01-30.")))
        return None
