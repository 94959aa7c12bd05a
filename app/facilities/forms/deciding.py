"""The form that decides about a proposal."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields import SelectChoice

from app.facilities.forms.labels import LABELS
from app.facilities.forms.proposing.base import NEEDED, SENTENCES
from app.facilities.forms.reading import printable
from app.facilities.rules.proposals import Why

LONGEST = 500


class DecisionForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Take it in, or decline it and say why."""

    do = HiddenField()
    why = SelectField(
        _l("Why is it declined?"),
        choices=[
            SelectChoice("", _l("Choose")),
            *(SelectChoice(why.value, LABELS["decline"][why]) for why in Why),
        ],
        validate_choice=False,
    )
    note = TextAreaField(_l("Your note for colleagues"))

    def words(self) -> str:
        """Return the note; one that is too long is noted as wrong."""
        text = "\n".join(printable(line).rstrip() for line in (self.note.data or "").splitlines()).strip()
        if len(text) > LONGEST:
            self.note.errors = [SENTENCES["long"]]
        return text

    def reason(self) -> bool:
        """Tell whether a reason was chosen, and note it if not."""
        if self.why.data in set(Why):
            return True
        self.why.errors = [NEEDED]
        return False
