"""Reading a booking and a code."""

import re
import secrets

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from app.events.rules.codes import read
from app.events.rules.vocabulary import MOST_PEOPLE

HASTY: LazyString = _l("That was faster than anybody reads. Look at the form once more and send it again.")
STALE: LazyString = _l("The form was open for too long. Send it once more.")
_NEEDED = InputRequired(_l("This answer is needed."))
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")


class BookingForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """How many come, and a number to call where somebody must call."""

    token = HiddenField()
    shown = HiddenField()
    website = StringField(_l("Leave this empty"), render_kw={"tabindex": "-1", "autocomplete": "off"})
    adults = IntegerField(
        _l("Adults"),
        default=1,
        validators=[_NEEDED, NumberRange(1, MOST_PEOPLE, _l("Write a whole number from 1 to 10."))],
        render_kw={"inputmode": "numeric", "size": "3"},
    )
    children = IntegerField(
        _l("Children"),
        default=1,
        validators=[_NEEDED, NumberRange(0, MOST_PEOPLE, _l("Write a whole number from 0 to 10."))],
        render_kw={"inputmode": "numeric", "size": "3"},
    )
    telephone = StringField(
        _l("Telephone number"),
        render_kw={"inputmode": "tel", "dir": "ltr", "autocomplete": "tel", "maxlength": "20"},
    )
    needs_telephone = False

    def present(self) -> None:
        """Give a form that is shown for the first time its token."""
        self.token.data = secrets.token_urlsafe(24)

    def validate_token(self, field: HiddenField) -> None:
        """Give a form that lost its token, or never had one, a new one; nothing typed is lost."""
        if not _TOKEN.fullmatch(field.data or ""):
            field.data = secrets.token_urlsafe(24)
            raise ValidationError(STALE)

    def validate_telephone(self, field: StringField) -> None:
        """Ask for a number that can be called, where one is needed; elsewhere it may be left out."""
        field.data = (field.data or "").strip()
        if not field.data:
            if self.needs_telephone:
                raise ValidationError(_l("We call before we come: write a telephone number."))
        elif not _TELEPHONE.fullmatch(field.data):
            raise ValidationError(_l("Write a telephone number in digits, such as your own."))


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The code of a booking."""

    code = StringField(
        _l("Booking code"),
        render_kw={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off", "maxlength": "40"},
    )

    def digits(self) -> str | None:
        """Return the code's digits, None for what cannot be one."""
        return read(self.code.data or "")


class ActForm(FlaskForm):  # type: ignore[misc]
    """A button: nothing but its token."""
