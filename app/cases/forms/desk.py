"""The other forms of the counter: words, reports to others, replies, notices, what is sealed."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.cases.forms import counter_hints as hints
from app.cases.forms.counter import CounterForm, InsideReasonForm, coded, radio
from app.cases.forms.labels import LABELS as RESIDENT_LABELS
from app.cases.rules import typed, words
from app.cases.rules.notices import DEMANDS

_CHINESE = "zh-Hans"
"""The language that an outcome for the public cannot lack."""


class SayForm(CounterForm):
    """Words for the resident."""

    reads = "resident"
    kind = radio(_l("What is it?"), "spoke", ("message", "question", "update"))
    text = TextAreaField(_l("Your words to the resident"), description=hints.WORDS)


class NoteForm(CounterForm):
    """Words for colleagues."""

    text = TextAreaField(_l("Your note for colleagues"), description=hints.WORDS)


class SeenForm(CounterForm):
    """Taking note of an emergency by name."""

    how = radio(_l("What has been done?"), "alarm", ("reached", "police-told"))


class DecideForm(CounterForm):
    """Taking or declining what somebody proposed: two buttons named `agree`."""

    agree = HiddenField()


class GateForm(CounterForm):
    """Whom the mandatory report went to."""

    told = radio(_l("Who was told?"), "told", words.GATE_TOLD)
    day = DateField(_l("On which day?"))
    time = TimeField(_l("At what time?"))
    receipt = StringField(_l("Receipt or file number, if there is one"))
    words = TextAreaField(
        _l("If nobody was told: why not? You sign this with your name."), description=hints.UNTOLD
    )

    def moment(self, zone: tzinfo) -> datetime | None:
        """Return when it was told, if both day and time can be read."""
        if self.day.data is None or self.time.data is None:
            return None
        return datetime.combine(self.day.data, self.time.data, zone)


class ReplyForm(CounterForm):
    """A reply in its five parts."""

    reads = "later"
    template = SelectField(_l("Begin with a template"), validate_choice=False)
    facts = TextAreaField(RESIDENT_LABELS["reply-part"]["facts"])
    grounds = TextAreaField(RESIDENT_LABELS["reply-part"]["grounds"])
    basis = TextAreaField(RESIDENT_LABELS["reply-part"]["basis"])
    decision = TextAreaField(RESIDENT_LABELS["reply-part"]["decision"])
    remedies = TextAreaField(RESIDENT_LABELS["reply-part"]["remedies"])

    def parts(self) -> dict[str, str]:
        """Return the five parts as typed."""
        return {name: typed.text(self[name].data or "") for name in words.REPLY_PARTS}


class NoticeForm(CounterForm):
    """A notice to the facility."""

    facility = StringField(_l("To which facility?"))
    demands = SelectMultipleField(
        _l("What is it to do?"),
        choices=coded("demand", DEMANDS),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    due_on = DateField(_l("By which day?"), description=hints.DAY)
    extra = TextAreaField(_l("Further words, if needed"), description=hints.WORDS)


class HoldForm(InsideReasonForm):
    """Keeping a case from disposal, or letting it go."""

    reason = TextAreaField(_l("Why?"), description=hints.HOLD)


class RevealForm(CounterForm):
    """Asking to read something sealed."""

    what = RadioField(_l("What do you need to read?"), choices=(), validate_choice=False)
    reason = TextAreaField(_l("What do you need it for?"), description=hints.NEED)
    urgent = BooleanField(
        _l("A child may be in danger now: I read at once, and somebody else looks at it afterwards")
    )


def outcome_form(languages: Iterable[tuple[str, str]]) -> CounterForm:
    """Return a form with one text for each language: (code, name of the language in itself)."""
    fields = {
        f"text_{code}": TextAreaField(
            name, name=f"text_{code}", description=hints.CHINESE if code == _CHINESE else hints.WORDS
        )
        for code, name in languages
    }
    made: CounterForm = type("OutcomeForm", (CounterForm,), fields)()
    return made
