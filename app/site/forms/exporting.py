"""The form that asks for a file."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from app.core.i18n import pick
from app.core.pages import language
from app.site.forms.export_words import LABELS
from app.site.rules.exporting import LONGEST_REASON, PURPOSES, Form, Kind

_NEEDED = InputRequired(_l("This answer is needed."))


class ExportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What somebody wants as a file; why, where it holds ways to reach residents."""

    kind = RadioField(_l("What the file holds"), [_NEEDED])
    area = SelectField(_l("Area"))
    form = RadioField(
        _l("How it is written"),
        [_NEEDED],
        choices=[SelectChoice(each.value, LABELS["export-form"][each]) for each in (Form.XLSX, Form.CSV)],
        default=Form.XLSX.value,
    )
    purpose = SelectField(
        _l("Why you need ways to reach residents"),
        choices=[
            SelectChoice("", "—"),
            *(SelectChoice(each, LABELS["export-purpose"][each]) for each in PURPOSES),
        ],
        default="",
    )
    reason = TextAreaField(
        _l("The reason in your own words"),
        [Length(max=LONGEST_REASON, message=LABELS["export-refusal"]["reason-long"])],
        description=_l("For files with contacts or telephone numbers only. Write no names of residents."),
    )

    def offer(self, kinds: Iterable[Kind], areas: Iterable[tuple[str, Mapping[str, str]]]) -> None:
        """Offer what is within somebody's reach."""
        self.kind.choices = [SelectChoice(each.value, LABELS["export"][each]) for each in kinds]
        self.area.choices = [
            SelectChoice(code, pick(names, language()).text if names else code) for code, names in areas
        ]
