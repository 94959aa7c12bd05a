"""The forms behind the counter, one a step. They keep what was typed, whatever is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice

from app.cases.forms import counter_hints as hints
from app.cases.forms.choices import offered, options
from app.cases.forms.counter_labels import LABELS
from app.cases.forms.labels import LABELS as RESIDENT_LABELS
from app.cases.forms.refusals import FIELD, sentence
from app.cases.rules import typed, words
from app.cases.rules.acts import Event
from app.cases.rules.guards import LONGEST_PAUSE, SHORTEST_REASON

_REASON = _l("Why?")


def coded(group: str, codes: Iterable[str], labels: Any = LABELS) -> list[SelectChoice]:
    """Return a choice for each code, in the words of a group of labels."""
    return options((code, labels[group][code]) for code in codes)


def radio(label: Any, group: str, codes: Iterable[str], labels: Any = LABELS) -> RadioField:
    """Return a field with one button a code."""
    return RadioField(label, choices=coded(group, codes, labels), validate_choice=False)


def _value(field: Any) -> Any:
    """Return what was typed or chosen; what was not offered counts as not chosen."""
    if isinstance(field, SelectMultipleField):
        return [value for value in field.data or () if value in offered(field)]
    if isinstance(field, SelectField | RadioField):
        return field.data if str(field.data) in offered(field) else type(field.data)()
    return typed.text(field.data or "") if isinstance(field, TextAreaField) else field.data


class CounterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A step. `seen` is the version of the case that the page showed."""

    reads: ClassVar[str] = "colleagues"
    """Who reads what is typed: a code of the labels `reads`."""
    whole: tuple[Any, ...] = ()
    """Sentences about the form as a whole."""
    seen = HiddenField()

    @property
    def version(self) -> int:
        """Return the version that the page showed; none is like an old one."""
        text = str(self.seen.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004

    def given(self) -> dict[str, Any]:
        """Return what the step is given, under the names that the state machine knows."""
        return {
            name: _value(field)
            for name, field in self._fields.items()
            if name not in {"seen", "csrf_token"} and field.data is not None
        }

    def refuse(self, code: str) -> None:
        """Put the sentence of a refusal to its field, or to the form as a whole."""
        name = next((name for name in FIELD.get(code, ()) if name in self), None)
        if name is None:
            self.whole = (*self.whole, sentence(code))
        else:
            self[name].errors = [*self[name].errors, sentence(code)]


class PlainForm(CounterForm):
    """A step that needs no words."""

    reads = "resident"


class InsideForm(CounterForm):
    """A step inside the offices that needs no words."""


class SignForm(CounterForm):
    """Signing, with the declaration that nothing ties one to the matter."""

    reads = "resident"
    declared_free = BooleanField(
        _l("Neither I nor my office has ties to the facility or the people concerned.")
    )


class ReasonForm(CounterForm):
    """A step with a reason that the resident reads."""

    reads = "resident"
    reason = TextAreaField(_REASON, description=hints.REASON)


class InsideReasonForm(CounterForm):
    """A step with a reason for colleagues."""

    reason = TextAreaField(_REASON, description=hints.REASON)


class ObjectForm(CounterForm):
    """An objection: its ground, the clause that is contested, the office that should lead."""

    reads = "both"
    code = radio(_l("On which ground?"), "objection", words.OBJECTIONS)
    clause = SelectField(_l("Which clause do you contest?"), validate_choice=False)
    target = SelectField(_l("Which office should lead?"), validate_choice=False)
    reason = TextAreaField(_REASON, description=hints.REASON)

    def given(self) -> dict[str, Any]:
        """Return the objection; the contested clause stands before its reason."""
        held = super().given()
        clause = str(held.pop("clause", ""))
        contested = offered(self.clause).get(clause, "") if clause else ""
        if contested and len(held["reason"]) >= SHORTEST_REASON:
            held["reason"] = f"{contested}\n{held['reason']}"
        return held


class SendForm(CounterForm):
    """Sending a case to an office, for a reason that the resident reads."""

    reads = "resident"
    target = SelectField(_l("To which office?"), validate_choice=False)
    reason = TextAreaField(_REASON, description=hints.REASON)


class AskOfficeForm(CounterForm):
    """Asking another office for a contribution."""

    target = SelectField(_l("Which office?"), validate_choice=False)
    reason = TextAreaField(_l("What is it asked to find out or to do?"), description=hints.TASK)


class NotAcceptForm(CounterForm):
    """Not accepting, with a coded ground."""

    reads = "later"
    code = RadioField(_l("On which ground?"), choices=(), validate_choice=False)
    reason = TextAreaField(_l("Explain it to the resident"), description=hints.REASON)


class ReferForm(CounterForm):
    """Referring to another lawful way."""

    reads = "resident"
    code = radio(_l("Where does the matter belong?"), "referral", words.CHANNELS, RESIDENT_LABELS)
    reason = TextAreaField(_l("Explain it to the resident"), description=hints.REASON)


class PauseForm(CounterForm):
    """Letting the clock rest."""

    reads = "later"
    code = radio(_l("What is awaited?"), "awaited", words.PAUSES)
    days = IntegerField(
        _l("For how many days?"), description=hints.PAUSE, render_kw={"min": 1, "max": LONGEST_PAUSE}
    )
    reason = TextAreaField(_l("Explain it to the resident"), description=hints.REASON)


class ExtendForm(CounterForm):
    """Moving the date once."""

    reads = "later"
    days = IntegerField(
        _l("By how many working days?"), description=hints.extension(None), render_kw={"min": 1}
    )
    reason = TextAreaField(_l("Explain it to the resident"), description=hints.REASON)

    def limit(self, most: int | None) -> None:
        """Say by how many working days the rule of the case lets its date move; None names no limit."""
        self.days.description = hints.extension(most)
        if most is not None:
            self.days.render_kw = {"min": 1, "max": most}


class TaskReplyForm(CounterForm):
    """What a co-handler found out."""

    task = SelectField(_l("Which question?"), coerce=int, validate_choice=False)
    answer = TextAreaField(_l("What did your office find out or do?"), description=hints.WORDS)


class TaskOverrideForm(CounterForm):
    """Going on although an office has not answered."""

    task = SelectField(_l("Without whose contribution?"), coerce=int, validate_choice=False)
    reason = TextAreaField(_REASON, description=hints.REASON)


class MergeForm(CounterForm):
    """Merging with another case, which goes on."""

    reads = "resident"
    target = StringField(_l("Number of the case that goes on"))


STEPS: Mapping[Event, type[CounterForm]] = {
    Event.ASSIGN: SendForm,
    Event.SIGN: SignForm,
    Event.OBJECT: ObjectForm,
    Event.UPHOLD: SendForm,
    Event.INSIST: InsideReasonForm,
    Event.DISPUTE: PlainForm,
    Event.DESIGNATE: SendForm,
    Event.TRANSFER: SendForm,
    Event.NOT_ACCEPT: NotAcceptForm,
    Event.REFER: ReferForm,
    Event.START: PlainForm,
    Event.ADD_CO: AskOfficeForm,
    Event.TASK_REPLY: TaskReplyForm,
    Event.TASK_OVERRIDE: TaskOverrideForm,
    Event.PAUSE: PauseForm,
    Event.RESUME: PlainForm,
    Event.EXTEND: ExtendForm,
    Event.FINALISE: ReasonForm,
    Event.SEND_BACK: ReasonForm,
    Event.MERGE: MergeForm,
}
"""Steps with a page of their own; the reply has its own pages."""
