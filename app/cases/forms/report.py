"""The forms of a report, one a page. They keep what was typed, whatever is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from app.cases.forms.labels import LABELS, SECTIONS
from app.cases.forms.sentences import TOO_LONG, problem_sentence, sentence
from app.cases.rules import typed, words
from app.cases.rules.report import Problem

CHECK = "check"
"""Value of `back` when a page was opened from the check page, where it returns."""
ELSEWHERE, UNKNOWN = "elsewhere", "unknown"


def offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return choices from codes and their words."""
    return [SelectChoice(code, words) for code, words in pairs]


def radio(label: Any, group: str, codes: Iterable[str]) -> RadioField:
    """Return a choice of one among codes; one that was not offered counts as none."""
    choices = offered((code, LABELS[group][code]) for code in codes)
    return RadioField(label, choices=choices, validate_choice=False)


def chosen(field: Field) -> str:
    """Return what was chosen, if it was offered; empty text otherwise."""
    codes = {choice.value for choice in field.choices or ()}
    return str(field.data) if field.data is not None and str(field.data) in codes else ""


class StepForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A page of the report."""

    step: ClassVar[str] = ""
    lines: ClassVar[tuple[str, ...]] = ()
    """Fields of one line, which have a limit of their own."""
    back = HiddenField(filters=[typed.safe])

    def answers(self) -> dict[str, Any]:
        """Return what was answered, ready to be kept; an over-long line is shown again and not kept."""
        kept = {name: typed.line(self[name].data or "") for name in self.lines}
        return {name: value for name, value in kept.items() if len(value) <= words.LONGEST_LINE}

    def bad(self, field: str, code: str) -> None:
        """Note what is wrong with a field."""
        self.say(field, sentence(field, code))

    def say(self, field: str, text: str) -> None:
        """Put a sentence to a field."""
        self[field].errors = [*self[field].errors, text]

    def judge(self, problems: Iterable[Problem]) -> bool:
        """Put the problems of this page to their fields; returns whether there is none."""
        for problem in problems:
            if problem.step == self.step and problem.field in self:
                self.say(problem.field, problem_sentence(problem))
        for name in self.lines:
            if len(typed.line(self[name].data or "")) > words.LONGEST_LINE:
                self.say(name, str(TOO_LONG))
        return not self.errors


class PurposeForm(StepForm):
    """What the resident wants; consequences are told beside each choice."""

    step = "purpose"
    purpose = radio(_l("What do you want to do?"), "purpose", words.PURPOSES)
    facility = HiddenField(filters=[typed.safe])
    area = HiddenField(filters=[typed.safe])
    fresh = HiddenField(filters=[typed.safe])

    def answers(self) -> dict[str, Any]:
        """Return the purpose."""
        return {"purpose": chosen(self.purpose)}


class SearchForm(StepForm):
    """A facility of the list."""

    step = "where"
    place = SelectField(_l("County or district"), validate_choice=False)
    q = StringField(_l("Name, street or estate"), filters=[typed.safe])
    facility = RadioField(_l("Which one is it?"), choices=(), validate_choice=False)


class PlaceForm(StepForm):
    """A place that is not in the list."""

    step = "where"
    lines = ("named", "address")
    named = StringField(_l("Its name, if it has one"), filters=[typed.safe])
    address = StringField(_l("Address, or how to find it"), filters=[typed.safe])
    area = SelectField(_l("County or district"), validate_choice=False)
    township = SelectField(_l("Township or street"), validate_choice=False)


class SubjectForm(StepForm):
    """What it is about."""

    step = "what"
    category = radio(
        _l("What is it about?"), "subject", (code for _section, codes in SECTIONS for code in codes)
    )

    def answers(self) -> dict[str, Any]:
        """Return the subject."""
        return {"category": chosen(self.category)}


class StoryForm(StepForm):
    """What happened."""

    step = "what"
    lines = ("happened",)
    about = SelectField(_l("Which office is it about?"), validate_choice=False)
    child_safety = radio(_l("Is a child in danger?"), "safety", words.CHILD_SAFETY)
    grave = radio("", "answer", ("yes", "no"))
    story = TextAreaField(_l("What happened?"), filters=[typed.safe])
    happened = StringField(_l("When was it?"), filters=[typed.safe])
    kindergarten = radio(_l("Is it a class in a kindergarten?"), "answer", ("yes", "no", "unsure"))

    def drop(self, *names: str) -> None:
        """Leave out questions that this report is not asked."""
        for name in names:
            del self[name]

    def answers(self) -> dict[str, Any]:
        """Return the answers to the questions that were asked."""
        asked = {
            name: chosen(self[name])
            for name in ("about", "kindergarten", "grave", "child_safety")
            if name in self
        }
        return {**super().answers(), **asked, "story": typed.text(self.story.data or "")}


class UrgentForm(StepForm):
    """Whether somebody was called; an empty answer is fine."""

    step = "what"
    emergency_call = radio(_l("Have you called one of these numbers?"), "call", words.EMERGENCY_CALLS)

    def answers(self) -> dict[str, Any]:
        """Return what was said about calling."""
        return {"emergency_call": chosen(self.emergency_call)}


class FilesForm(StepForm):
    """Photos and papers; the files themselves are read by the door."""

    step = "files"
    children_shown = radio(_l("Do the photos show children?"), "answer", ("yes", "no"))
    children_consent = BooleanField(
        _l("I agree that the offices handling this report look at the photos of children to check it.")
    )

    def answers(self) -> dict[str, Any]:
        """Return the answers about children in the photos."""
        return {
            "children_shown": chosen(self.children_shown),
            "children_consent": bool(self.children_consent.data),
        }


class YouForm(StepForm):
    """Who reports: nobody by default."""

    step = "you"
    lines = ("name", "phone", "other")
    named = RadioField(
        _l("Do you want to be named?"),
        choices=offered(
            [("no", _l("No, I stay anonymous")), ("yes", _l("Yes, the office may know who I am"))]
        ),
        validate_choice=False,
    )
    name = StringField(_l("Your name"), filters=[typed.safe])
    phone = StringField(_l("Telephone"), filters=[typed.safe])
    other = StringField(_l("Another way to reach you, such as an e-mail address"), filters=[typed.safe])

    def answers(self) -> dict[str, Any]:
        """Return name and ways to reach the resident; none for who stays anonymous."""
        given = super().answers()
        return {
            "contact": {} if self.stays_anonymous else {name: text for name, text in given.items() if text}
        }

    @property
    def stays_anonymous(self) -> bool:
        """Tell whether no name is to be kept."""
        return "named" in self and chosen(self.named) != "yes"

    @property
    def contradicts(self) -> bool:
        """Tell whether somebody stays anonymous and yet typed a name or a number."""
        return self.stays_anonymous and any((self[name].data or "").strip() for name in self.lines)


class CheckForm(StepForm):
    """The last page: the notice, the question, the button."""

    step = CHECK
    notice = BooleanField(_l("I have read how my data is used."))
    answer = StringField(_l("Your answer"), filters=[typed.safe])
    proof = HiddenField(filters=[typed.safe])
    website = StringField(_l("Leave this field empty"), filters=[typed.safe])
    """Nobody sees it; what fills it in is a machine."""


class LastFourForm(FlaskForm):  # type: ignore[misc]
    """The sign that the access code was written down."""

    last_four = StringField(_l("The last four digits of the code"), filters=[typed.safe])


def held(report: Any, names: Iterable[str]) -> Mapping[str, Any]:
    """Return answers of a report under the names of a form's fields."""
    return {name: getattr(report, name) for name in names}
