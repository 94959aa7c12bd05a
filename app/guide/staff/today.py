"""What guidance brings to the page of the day."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flask import current_app, url_for
from flask_babel import ngettext

from app.accounts.queries import Staff
from app.accounts.rules import Action
from app.accounts.rules.today import Kind, Thing
from app.accounts.staff import bring
from app.core import clock
from app.guide.queries.shelves import SIGN
from app.guide.queries.to_sign import to_sign
from app.guide.queries.waiting import STALE, behind, waiting

if TYPE_CHECKING:
    from app.core.i18n import Languages


@bring(Action.GUIDE_EDIT, order=30)
def texts(staff: Staff) -> Iterator[Thing]:
    """Bring texts to look at again, texts that readers reported, and drafts of others to approve."""
    found = waiting(staff, clock.today())
    yield Thing(
        Kind.OVERDUE,
        found.overdue,
        ngettext(
            "%(num)s text should have been looked at again",
            "%(num)s texts should have been looked at again",
            found.overdue,
        ),
        url_for("guide_staff.texts", flag="overdue"),
    )
    yield Thing(
        Kind.REPORTED,
        found.reported,
        ngettext("Readers reported %(num)s text", "Readers reported %(num)s texts", found.reported),
        url_for("guide_staff.texts", flag="reported"),
    )
    yield Thing(
        Kind.WAITS,
        found.drafts,
        ngettext(
            "A draft of %(num)s text waits for a second person",
            "Drafts of %(num)s texts wait for a second person",
            found.drafts,
        ),
        url_for("guide_staff.texts", flag="waiting"),
    )


@bring(Action.GUIDE_EDIT, order=31)
def translations(staff: Staff) -> Iterator[Thing]:
    """Bring translations that a change of the Chinese text has left behind, by language."""
    languages: Languages = current_app.extensions["languages"]
    found = behind(staff, languages.codes, clock.today())
    for code in languages.codes:
        known = languages.get(code)
        name = f"\u2068{known.name if known else code}\u2069"
        away, older = (found[code, state] for state in STALE)
        yield Thing(
            Kind.STALE,
            away,
            ngettext(
                "%(language)s: %(num)s translation was taken away after a change of safety",
                "%(language)s: %(num)s translations were taken away after a change of safety",
                away,
                language=name,
            ),
            url_for("guide_staff.matrix", language=code, state=STALE[0]),
        )
        yield Thing(
            Kind.STALE,
            older,
            ngettext(
                "%(language)s: %(num)s translation is older than the Chinese text",
                "%(language)s: %(num)s translations are older than the Chinese text",
                older,
                language=name,
            ),
            url_for("guide_staff.matrix", language=code, state=STALE[1]),
        )


@bring(Action.GUIDE_REVIEW, order=29)
def signatures(staff: Staff) -> Iterator[Thing]:
    """Bring texts that wait for the name of somebody who signs."""
    found = to_sign(staff)
    address = url_for("guide_staff.texts", flag=SIGN)
    yield Thing(
        Kind.WAITS,
        len(found.drafts),
        ngettext(
            "%(num)s text waits for your signature before readers get it",
            "%(num)s texts wait for your signature before readers get them",
            len(found.drafts),
        ),
        address,
    )
    yield Thing(
        Kind.WAITS,
        len(found.live),
        ngettext(
            "%(num)s text that readers already get carries no name; you may sign it",
            "%(num)s texts that readers already get carry no name; you may sign them",
            len(found.live),
        ),
        address,
    )
