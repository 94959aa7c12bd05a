"""Reading an event that a worker announces or changes."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.fields import DateTimeLocalField, SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import clock
from app.core.i18n import pick
from app.events.forms.labels import LABELS
from app.events.queries import EventCard
from app.events.rules.vocabulary import SPOKEN, TOPICS, Kind

LANGUAGES = ("zh-Hans", "ug", "en")
LONGEST_TITLE, LONGEST_TEXT = 80, 1000
_NEEDED = InputRequired(_l("This answer is needed."))
_SHORT = Length(max=LONGEST_TITLE, message=_l("This is too long. Shorten it a little."))
_LONG = Length(max=LONGEST_TEXT, message=_l("This is too long. Shorten it a little."))
_PHONE = re.compile(r"\+?[0-9][0-9 -]{1,18}[0-9]")
_MONTHS = (Optional(), NumberRange(0, 48, _l("Write months from 0 to 48.")))


def _choices(group: str, codes: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(str(code), LABELS[group][code]) for code in codes]


class EventForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Everything an announcement says. Texts in Chinese are needed, other languages follow when they can."""

    sequence = HiddenField()
    kind = SelectField(_l("What it is"), choices=_choices("event-kind", Kind))
    topic = SelectField(_l("Topic"), choices=_choices("event-topic", TOPICS))
    township = SelectField(_l("Town or street"), choices=[], default="")
    title_zh = StringField(_l("Title in Chinese"), validators=[_NEEDED, _SHORT])
    title_ug = StringField(_l("Title in Uyghur"), validators=[_SHORT], render_kw={"dir": "rtl", "lang": "ug"})
    title_en = StringField(
        _l("Title in English"), validators=[_SHORT], render_kw={"dir": "ltr", "lang": "en"}
    )
    about_zh = TextAreaField(_l("Description in Chinese"), validators=[_LONG], render_kw={"rows": "4"})
    about_ug = TextAreaField(
        _l("Description in Uyghur"), validators=[_LONG], render_kw={"rows": "4", "dir": "rtl", "lang": "ug"}
    )
    about_en = TextAreaField(
        _l("Description in English"), validators=[_LONG], render_kw={"rows": "4", "dir": "ltr", "lang": "en"}
    )
    venue_zh = StringField(_l("Where, in Chinese"), validators=[_NEEDED, _SHORT])
    venue_ug = StringField(
        _l("Where, in Uyghur"), validators=[_SHORT], render_kw={"dir": "rtl", "lang": "ug"}
    )
    venue_en = StringField(
        _l("Where, in English"), validators=[_SHORT], render_kw={"dir": "ltr", "lang": "en"}
    )
    day = DateField(_l("Date"), validators=[_NEEDED])
    starts = TimeField(_l("From"), validators=[_NEEDED])
    ends = TimeField(_l("Until"), validators=[_NEEDED])
    places = IntegerField(
        _l("Places for families"),
        validators=[Optional(), NumberRange(1, 500, _l("Write a whole number from 1 to 500."))],
    )
    booking_until = DateTimeLocalField(_l("Booking ends"), validators=[Optional()])
    languages = SelectMultipleField(
        _l("Languages spoken"),
        choices=_choices("spoken", SPOKEN),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    from_months = IntegerField(_l("Children from (months)"), validators=_MONTHS)
    to_months = IntegerField(_l("Children up to (months)"), validators=_MONTHS)
    phone = StringField(_l("Telephone of the organiser"), render_kw={"dir": "ltr", "maxlength": "20"})
    expert = SelectField(_l("Expert"), choices=[], default="")

    def validate_ends(self, field: TimeField) -> None:
        """Refuse hours that end before they begin."""
        if field.data and self.starts.data and field.data <= self.starts.data:
            raise ValidationError(_l("It must end later than it begins."))

    def validate_booking_until(self, field: DateTimeLocalField) -> None:
        """Refuse an end of booking after the beginning."""
        starts = self.moment(self.starts.data)
        if field.data and starts and field.data.replace(tzinfo=clock.ZONE) > starts:
            raise ValidationError(_l("Booking must end before the event begins."))

    def validate_to_months(self, field: IntegerField) -> None:
        """Refuse ages that end before they begin."""
        if (
            field.data is not None
            and self.from_months.data is not None
            and field.data <= self.from_months.data
        ):
            raise ValidationError(_l("The end must be later than the beginning."))

    def validate_phone(self, field: StringField) -> None:
        """Take what can be dialled."""
        field.data = (field.data or "").strip()
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError(_l("Write a telephone number in digits, such as the one on its sign."))

    def moment(self, hour: time | None) -> datetime | None:
        """Return an hour of the day as a moment."""
        if hour is None or self.day.data is None:
            return None
        return datetime.combine(self.day.data, hour, tzinfo=clock.ZONE)

    def facts(self) -> dict[str, Any]:
        """Return the columns of `Event` that the form decides."""
        until = self.booking_until.data
        return {
            "kind": self.kind.data,
            "topic": self.topic.data,
            "township": self.township.data or None,
            "titles": self._texts("title"),
            "about": self._texts("about"),
            "venues": self._texts("venue"),
            "languages": list(self.languages.data or ()),
            "from_months": self.from_months.data,
            "to_months": self.to_months.data,
            "starts_at": self.moment(self.starts.data),
            "ends_at": self.moment(self.ends.data),
            "places": self.places.data,
            "booking_until": until.replace(tzinfo=clock.ZONE) if until else None,
            "phone": self.phone.data or "",
            "expert": self.expert.data or None,
        }

    def present(self, card: EventCard) -> None:
        """Show an event as it is."""
        starts, ends = card.starts_at.astimezone(clock.ZONE), card.ends_at.astimezone(clock.ZONE)
        self.day.data, self.starts.data, self.ends.data = starts.date(), starts.time(), ends.time()
        for name in ("kind", "topic", "places", "from_months", "to_months", "phone", "expert"):
            self[name].data = getattr(card, name)
        self.township.data = card.township_code
        self.languages.data = list(card.languages)
        until = card.booking_until
        self.booking_until.data = until.astimezone(clock.ZONE).replace(tzinfo=None) if until else None
        for name, texts in (("title", card.titles), ("about", card.about), ("venue", card.venues)):
            for code in LANGUAGES:
                self[f"{name}_{code[:2]}"].data = texts.get(code, "")

    def _texts(self, name: str) -> dict[str, str]:
        texts = {code: (self[f"{name}_{code[:2]}"].data or "").strip() for code in LANGUAGES}
        return {code: text for code, text in texts.items() if text}


class CancelForm(FlaskForm):  # type: ignore[misc]
    """Calling an event off."""

    sequence = HiddenField()
    reason_zh = StringField(_l("Why, in Chinese"), validators=[_NEEDED, _SHORT])
    reason_ug = StringField(_l("Why, in Uyghur"), validators=[_SHORT], render_kw={"dir": "rtl", "lang": "ug"})
    reason_en = StringField(
        _l("Why, in English"), validators=[_SHORT], render_kw={"dir": "ltr", "lang": "en"}
    )

    def reasons(self) -> Mapping[str, str]:
        """Return the reason by language."""
        found = {
            "zh-Hans": self.reason_zh.data or "",
            "ug": self.reason_ug.data or "",
            "en": self.reason_en.data or "",
        }
        return {code: text.strip() for code, text in found.items() if text.strip()}


class CountForm(FlaskForm):  # type: ignore[misc]
    """Who came."""

    sequence = HiddenField()
    families = IntegerField(
        _l("Families that came"),
        validators=[_NEEDED, NumberRange(0, 5000, _l("Write a whole number from 0 to 5,000."))],
    )
    children = IntegerField(
        _l("Children that came"),
        validators=[_NEEDED, NumberRange(0, 5000, _l("Write a whole number from 0 to 5,000."))],
    )


def expert_choices(experts: Iterable[Any], language: str) -> list[SelectChoice]:
    """Return experts to choose from, none first."""
    return [
        SelectChoice("", "—"),
        *(option(each.id, each.names, language) for each in experts),
    ]


def option(code: str, names: Mapping[str, str], language: str) -> SelectChoice:
    """Return a choice named by content, which says its language where that is not the page's."""
    said = pick(names, language)
    return SelectChoice(code, said.text, {"lang": said.lang} if said.lang != language else {})
