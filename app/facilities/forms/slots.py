"""Reading what is said on the counter's page of free places: an offer for a day, a number of a class."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from app.facilities.forms.labels import LABELS
from app.facilities.rules.opening import parse_clock
from app.facilities.rules.slots import ANY_AGE, MOST, Said
from app.facilities.rules.vocabulary import Band
from app.facilities.service.slots import No

TODAY, TOMORROW, BACK = "today", "tomorrow", "back"
_DIGITS = 9
REFUSALS: dict[No, LazyString] = {
    No.OVER: _l("These hours are over. Offer a place for tomorrow instead."),
    No.CLOSED: _l("This facility may not take children now, so no place can be offered."),
    No.MORE: _l("The class does not have so many places. Correct the places first."),
}
_FEW = NumberRange(1, MOST, _l("Write a whole number from 1 to 99."))
_SOME = NumberRange(0, 999, _l("Write a whole number from 0 to 999."))
_NEEDED = InputRequired(_l("This answer is needed."))


def _clock(_form: FlaskForm, field: StringField) -> None:
    if field.data and parse_clock(field.data) is None:
        raise ValidationError(_l("Write a time like 08:30."))


def _choices(group: str, codes: Iterator[str]) -> list[SelectChoice]:
    return [SelectChoice(code, LABELS[group][code]) for code in codes]


def day_of(code: str, today: date) -> date:
    """Return the day that a code means."""
    return today + timedelta(days=1) if code == TOMORROW else today


class SaidForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Who says so, for those who are not the facility themselves."""

    said = SelectField(
        _l("Who says so?"),
        choices=_choices("said", iter((Said.PHONE, Said.WORKER))),
        default=Said.PHONE.value,
    )

    def who(self, *, own: bool) -> Said:
        """Return who says so; the facility itself needs not be asked."""
        return Said.PROVIDER if own else Said(self.said.data or Said.PHONE)


class TapForm(SaidForm):
    """One tap: what its button says is the whole answer."""

    do = StringField()

    def meant(self) -> tuple[str, int]:
        """Return a day, a class or `back`, and a number; ("", 0) for what no button says."""
        what, _, number = (self.do.data or "").partition(":")
        right = what in {TODAY, TOMORROW, BACK, *Band} and number.isascii() and number.isdigit()
        return (what, int(number)) if right and len(number) <= _DIGITS else ("", 0)


class OfferForm(SaidForm):
    """Places free today or tomorrow."""

    day = SelectField(
        _l("Date"), choices=[SelectChoice(TODAY, _l("Today")), SelectChoice(TOMORROW, _l("Tomorrow"))]
    )
    places = IntegerField(_l("Places free"), validators=[_NEEDED, _FEW])
    band = SelectField(
        _l("Class"),
        choices=[SelectChoice(ANY_AGE, _l("Any age it takes")), *_choices("band", iter(Band))],
        default=ANY_AGE,
    )
    opens = StringField(_l("From"), validators=[_clock])
    closes = StringField(_l("Until"), validators=[_clock])

    def validate_closes(self, field: StringField) -> None:
        """Refuse hours that end before they begin."""
        start, end = parse_clock(self.opens.data or ""), parse_clock(field.data or "")
        if start is not None and end is not None and end <= start:
            raise ValidationError(_l("It must end later than it begins."))

    def hours(self) -> tuple[int | None, int | None]:
        """Return the hours in minutes after midnight, None where nothing was written."""
        return parse_clock(self.opens.data or ""), parse_clock(self.closes.data or "")


class VacanciesForm(SaidForm):
    """Places free in a class."""

    band = SelectField(_l("Class"), choices=_choices("band", iter(Band)))
    vacancies = IntegerField(_l("Places free"), validators=[_NEEDED, _SOME])
