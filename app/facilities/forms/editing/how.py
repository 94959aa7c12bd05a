"""What every edit carries: how a worker knows, the day, what the form was made from."""

import secrets
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields import SelectChoice

from app.core import clock
from app.facilities.rules.editing import Effect, How, day_fits

NEEDED = _l("This answer is needed.")
KNOWN = {
    How.VISIT: _l("I was there and saw it"),
    How.PHONE: _l("The facility told me by telephone"),
    How.DOCUMENT: _l("A paper of the facility, such as its price list"),
    How.NOTICE: _l("A notice of an office"),
}
NOT_WORTH = {
    Effect.SAME: _l("The record says so already, of that day or a later one. Change what is wrong."),
    Effect.NEWER: _l("What stands is of a later day, so this would not be shown. Choose a later day."),
}
"""Why an edit was not made."""


class HowForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """How somebody knows, and when it was so. `once` and `seen` travel with the form."""

    how = RadioField(
        _l("How do you know?"),
        choices=[SelectChoice(how.value, words) for how, words in KNOWN.items()],
        validate_choice=False,
    )
    day = StringField(_l("On which day was it so?"), render_kw={"type": "date", "dir": "ltr"})
    once = HiddenField()
    seen = HiddenField()

    def begin(self, version: str = "") -> None:
        """Fill in today and a number of its own."""
        self.day.data = clock.today().isoformat()
        self.once.data, self.seen.data = secrets.token_hex(8), version

    def said(self) -> How | None:
        """Return how they know; noted if it is missing."""
        if self.how.data in set(How):
            return How(self.how.data)
        self.how.errors = [NEEDED]
        return None

    def on(self) -> date | None:
        """Return the day; one that does not fit is noted."""
        found = read_day(self.day.data)
        if found is None or not day_fits(found, clock.today()):
            self.day.errors = [_l("Choose a day within the last year, today at the latest.")]
            return None
        return found

    def number(self) -> str:
        """Return the number of the form, harmless whatever was sent."""
        text = str(self.once.data or "")[:32]
        return text if text.isascii() and text.isalnum() else secrets.token_hex(8)


def read_day(text: Any) -> date | None:
    """Return a day as a field of days sends it."""
    try:
        return date.fromisoformat(str(text or "").strip())
    except ValueError:
        return None
