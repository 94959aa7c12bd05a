"""What facilities bring to the page of the day, and how accounts look up the facility they report for."""

from collections.abc import Iterator

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.queries.reporting import know_facilities
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.core import clock
from app.facilities.queries import brought
from app.facilities.queries.waiting import find, old_of_own, waiting

know_facilities(find)
_LIST = "facilities_staff.desk"
"""The list of one's area, where what is old can be asked for."""


@bring(Action.FACILITY_EDIT, order=20)
def facilities(staff: Staff) -> Iterator[Thing]:
    """Bring proposals, and facilities whose facts or places free have become old."""
    found = waiting(staff, clock.today())
    proposals = url_for("facilities_staff.proposals_list")
    yield Thing(
        Kind.REPORTED,
        found.reported,
        ngettext(
            "%(num)s correction by the public to decide",
            "%(num)s corrections by the public to decide",
            found.reported,
        ),
        proposals,
    )
    yield Thing(
        Kind.WAITS,
        found.proposed,
        ngettext(
            "%(num)s proposal of a facility or a colleague to decide",
            "%(num)s proposals of facilities or colleagues to decide",
            found.proposed,
        ),
        proposals,
    )
    yield Thing(
        Kind.STALE,
        found.vacancies,
        ngettext(
            "The places free of %(num)s facility were said more than 180 days ago",
            "The places free of %(num)s facilities were said more than 180 days ago",
            found.vacancies,
        ),
        _old_list(),
    )
    yield Thing(
        Kind.STALE,
        found.facts,
        ngettext(
            "Prices, hours or other facts of %(num)s facility are older than 180 days",
            "Prices, hours or other facts of %(num)s facilities are older than 180 days",
            found.facts,
        ),
        _old_list(),
    )
    yield Thing(
        Kind.STALE,
        found.silent,
        ngettext(
            "%(num)s facility that reports for itself has not done so for 180 days",
            "%(num)s facilities that report for themselves have not done so for 180 days",
            found.silent,
        ),
        _old_list(),
    )


@bring(Action.FACILITY_OWN, order=20)
def own(staff: Staff) -> Iterator[Thing]:
    """Remind somebody who reports for a facility of what has become old."""
    count = sum(len(each.facts) for each in old_of_own(staff, clock.today()))
    yield Thing(
        Kind.STALE,
        count,
        ngettext(
            "%(num)s fact of your facility is older than 180 days",
            "%(num)s facts of your facility are older than 180 days",
            count,
        ),
        url_for("facilities_staff.own"),
    )


@bring(Action.FACILITY_EDIT, order=21)
def ledgers(staff: Staff) -> Iterator[Thing]:
    """Bring ledgers that somebody has to look at, that are erased soon, and that are old."""
    found = brought.ledgers(staff, clock.now())
    address = url_for("imports.ledgers")
    yield Thing(
        Kind.WAITS,
        found.waiting,
        ngettext(
            "%(num)s ledger was brought and is not applied yet",
            "%(num)s ledgers were brought and are not applied yet",
            found.waiting,
        ),
        address,
    )
    yield Thing(
        Kind.EXPIRES,
        found.ending,
        ngettext(
            "%(num)s ledger that was not applied is erased within two days",
            "%(num)s ledgers that were not applied are erased within two days",
            found.ending,
        ),
        address,
    )
    yield Thing(
        Kind.STALE,
        found.old,
        ngettext(
            "The newest ledger of %(num)s area is older than 180 days",
            "The newest ledgers of %(num)s areas are older than 180 days",
            found.old,
        ),
        address,
    )


@bring(Action.FACILITY_IMPORT, order=22)
def snapshots(staff: Staff) -> Iterator[Thing]:
    """Bring register snapshots as ledgers are brought, and tell if the register itself is old."""
    found = brought.snapshots(staff, clock.now())
    address = url_for("imports.snapshots")
    yield Thing(
        Kind.WAITS,
        found.waiting,
        ngettext(
            "%(num)s register snapshot was brought and is not applied yet",
            "%(num)s register snapshots were brought and are not applied yet",
            found.waiting,
        ),
        address,
    )
    yield Thing(
        Kind.EXPIRES,
        found.ending,
        ngettext(
            "%(num)s register snapshot that was not applied is erased within two days",
            "%(num)s register snapshots that were not applied are erased within two days",
            found.ending,
        ),
        address,
    )
    yield Thing(
        Kind.STALE, found.old, _("The newest snapshot of the register is older than 180 days."), address
    )


def _old_list() -> str:
    if _LIST in current_app.view_functions:
        return url_for(_LIST, old=1)
    return url_for("facilities_staff.slots_list")
