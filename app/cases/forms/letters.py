"""Letters to offices: which case, why, and by when. Never what it is about, and no word of a resident."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import LazyString, force_locale, format_datetime, gettext
from flask_babel import lazy_gettext as _l

from app.areas import queries as areas
from app.core import clock
from app.core.i18n import SOURCE, pick
from app.core.mail import Letter
from app.core.outbox import Notice

WHY: Mapping[str, LazyString] = {
    "at-once": _l("This case cannot wait. Open it at the counter now."),
    "soon": _l("A date of this case is due within two working days."),
    "due": _l("A date of this case is over."),
    "office": _l("A date of this case has been over for a working day. The coordinating office is told."),
    "supervised": _l(
        "A date of this case has been over for three working days. This is a supervision order; the resident "
        "sees that the case is late."
    ),
    "deputy": _l("A date of this case has been over for five working days. The office above is told."),
}
"""Why a letter is sent, by kind of notice."""
CLOCKS: Mapping[str, LazyString] = {
    "triage": _l("finding the responsible office"),
    "sign": _l("signing for the case"),
    "dispute": _l("deciding which office is responsible"),
    "decide": _l("deciding whether it is accepted"),
    "first-report": _l("first word to the resident"),
    "reply": _l("reply to the resident"),
    "co": _l("contribution to a joint case"),
    "review": _l("review"),
    "mediation": _l("mediation"),
    "breach-check": _l("check of a reported breach"),
    "mandatory-report": _l("mandatory report to police, civil affairs or education"),
}
"""What is due, by name of the clock, within a sentence."""


def letter(notice: Notice) -> Letter | None:
    """Write the letter of a notice, in Chinese; None where the office has no address.

    Raises `LookupError` for a kind of notice nobody has words for.
    """
    address = areas.mail_of(notice.to_unit)
    if not address:
        return None
    names = areas.office_names([notice.to_unit]).get(notice.to_unit, {})
    with force_locale(SOURCE.replace("-", "_")):
        due = datetime.fromisoformat(notice.data["due"]).astimezone(clock.ZONE)
        name = notice.data["clock"]
        lines = [
            str(pick(names, SOURCE)),
            "",
            gettext("Case %(number)s", number=notice.subject),
            str(WHY[notice.kind]),
            gettext(
                "Due: %(what)s, %(when)s",
                what=str(CLOCKS.get(name, name)),
                when=format_datetime(due, "medium", rebase=False),
            ),
            "",
            gettext("Sign in at the counter to read the case. Do not answer this letter."),
        ]
        return Letter(
            to=address,
            title=gettext("Case %(number)s: %(why)s", number=notice.subject, why=str(WHY[notice.kind])),
            text="\n".join(lines) + "\n",
            id=notice.letter,
        )
