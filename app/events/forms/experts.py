"""Reading what is said of an expert."""

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from app.core import clock
from app.core.codes import is_id
from app.events.forms.labels import LABELS
from app.events.queries import ExpertCard
from app.events.rules.vocabulary import FIELDS, SPOKEN, TOPICS

if TYPE_CHECKING:
    from datetime import date

LANGUAGES = ("zh-Hans", "ug", "en")
_NEEDED = InputRequired(_l("This answer is needed."))
_SHORT = Length(max=80, message=_l("This is too long. Shorten it a little."))
_LONG = Length(max=1000, message=_l("This is too long. Shorten it a little."))
_UG, _EN = {"dir": "rtl", "lang": "ug"}, {"dir": "ltr", "lang": "en"}
_TEXTS = {"names": "name", "titles": "title", "organisations": "organisation", "about": "about"}


def _boxes(label: object, group: str, codes: tuple[str, ...]) -> SelectMultipleField:
    choices = [SelectChoice(code, LABELS[group][code]) for code in codes]
    return SelectMultipleField(
        label, choices=choices, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class ExpertForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Everything the page of an expert says. Only who agreed in writing is named."""

    id = HiddenField()
    sequence = HiddenField()
    name_zh = StringField(_l("Name in Chinese"), validators=[_NEEDED, _SHORT])
    name_ug = StringField(_l("Name in Uyghur"), validators=[_SHORT], render_kw=_UG)
    name_en = StringField(_l("Name in English"), validators=[_SHORT], render_kw=_EN)
    title_zh = StringField(_l("Professional title in Chinese"), validators=[_NEEDED, _SHORT])
    title_ug = StringField(_l("Professional title in Uyghur"), validators=[_SHORT], render_kw=_UG)
    title_en = StringField(_l("Professional title in English"), validators=[_SHORT], render_kw=_EN)
    organisation_zh = StringField(_l("Organisation in Chinese"), validators=[_NEEDED, _SHORT])
    organisation_ug = StringField(_l("Organisation in Uyghur"), validators=[_SHORT], render_kw=_UG)
    organisation_en = StringField(_l("Organisation in English"), validators=[_SHORT], render_kw=_EN)
    field = SelectField(
        _l("Field"), choices=[SelectChoice(code, LABELS["expert-field"][code]) for code in FIELDS]
    )
    topics = _boxes(_l("Topics"), "event-topic", TOPICS)
    languages = _boxes(_l("Languages spoken"), "spoken", SPOKEN)
    about_zh = TextAreaField(_l("Description in Chinese"), validators=[_LONG])
    about_ug = TextAreaField(_l("Description in Uyghur"), validators=[_LONG], render_kw=_UG)
    about_en = TextAreaField(_l("Description in English"), validators=[_LONG], render_kw=_EN)
    agreed_on = DateField(_l("Day on which the person agreed to be named here"), validators=[_NEEDED])

    def validate_agreed_on(self, field: DateField) -> None:
        """Refuse a day that has not come yet."""
        day: date | None = field.data
        if day and day > clock.today():
            raise ValidationError(_l("This day has not come yet."))

    def validate_id(self, field: HiddenField) -> None:
        """Take the id that the form brought."""
        if not is_id(field.data or ""):
            raise ValidationError(_l("This answer is needed."))

    def facts(self) -> dict[str, Any]:
        """Return the columns of `Expert` that the form decides."""
        return {
            **{column: self._texts(stem) for column, stem in _TEXTS.items()},
            "field": self.field.data,
            "topics": list(self.topics.data or ()),
            "languages": list(self.languages.data or ()),
            "agreed_on": self.agreed_on.data,
        }

    def present(self, card: ExpertCard) -> None:
        """Show an expert as the page does now."""
        for column, stem in _TEXTS.items():
            for code in LANGUAGES:
                self[f"{stem}_{code[:2]}"].data = getattr(card, column).get(code, "")
        self.field.data, self.agreed_on.data = card.field, card.agreed_on
        self.topics.data, self.languages.data = list(card.topics), list(card.languages)

    def _texts(self, stem: str) -> dict[str, str]:
        texts = {code: (self[f"{stem}_{code[:2]}"].data or "").strip() for code in LANGUAGES}
        return {code: text for code, text in texts.items() if text}
