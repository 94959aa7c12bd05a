"""What cases bring to the page of the day."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.cases.queries.waiting import waiting


@bring(Action.CASE_LIST, order=10)
def cases(staff: Staff) -> Iterator[Thing]:
    """Bring cases that are late, that cannot wait, to sign, to answer, to approve."""
    found = waiting(staff)
    yield Thing(
        Kind.OVERDUE,
        found.alarms,
        ngettext(
            "%(num)s case cannot wait, and nobody has taken note of it",
            "%(num)s cases cannot wait, and nobody has taken note of them",
            found.alarms,
        ),
        url_for("cases_staff.inbox"),
    )
    yield Thing(
        Kind.OVERDUE,
        found.overdue,
        ngettext("%(num)s case is overdue", "%(num)s cases are overdue", found.overdue),
        url_for("cases_staff.inbox", tab="due"),
    )
    yield Thing(
        Kind.WAITS,
        found.sign,
        ngettext("%(num)s case to sign for", "%(num)s cases to sign for", found.sign),
        url_for("cases_staff.inbox", tab="sign"),
    )
    yield Thing(
        Kind.WAITS,
        found.tasks,
        ngettext(
            "%(num)s case needs a contribution of your office",
            "%(num)s cases need a contribution of your office",
            found.tasks,
        ),
        url_for("cases_staff.inbox", tab="tasks"),
    )
    if staff.may(Action.CASE_APPROVE):
        yield Thing(
            Kind.WAITS,
            found.approve,
            ngettext(
                "%(num)s case waits for a second person",
                "%(num)s cases wait for a second person",
                found.approve,
            ),
            url_for("cases_staff.inbox", tab="approve"),
        )
    yield Thing(
        Kind.WAITS,
        found.desk,
        ngettext("%(num)s case to assign or review", "%(num)s cases to assign or review", found.desk),
        url_for("cases_staff.inbox", tab="desk"),
    )
    if staff.may(Action.CASE_REVEAL_APPROVE):
        yield Thing(
            Kind.WAITS,
            found.reveals,
            ngettext(
                "%(num)s request to open something sealed",
                "%(num)s requests to open something sealed",
                found.reveals,
            ),
            url_for("cases_staff.requests"),
        )
