"""The form on which somebody takes a report down for a resident: everything on one page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from app.areas.forms import LABELS as AREA_LABELS
from app.cases.forms import counter_hints as hints
from app.cases.forms.choices import chosen, options
from app.cases.forms.counter_labels import LABELS as COUNTER_LABELS
from app.cases.forms.labels import LABELS
from app.cases.forms.sentences import TOO_LONG, problem_sentence
from app.cases.rules import typed, words
from app.cases.rules.categories import GRAVE, SUBJECTS
from app.cases.rules.report import Problem, Report

ELSEWHERE = "elsewhere"
_LINES = ("named", "address", "happened", "name", "phone", "other", "q")


class PhoneForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What a resident says, in the order one asks."""

    key = HiddenField()
    purpose = RadioField(
        _l("What do they want?"),
        choices=options((code, LABELS["purpose-short"][code]) for code in words.PURPOSES),
        validate_choice=False,
    )
    category = SelectField(_l("What is it about?"), validate_choice=False)
    child_safety = RadioField(
        _l("Is a child in danger?"),
        choices=options((code, LABELS["safety"][code]) for code in words.CHILD_SAFETY),
        validate_choice=False,
    )
    emergency_call = RadioField(
        _l("If so: has anybody called the police or an ambulance?"),
        choices=options((code, COUNTER_LABELS["help-called"][code]) for code in words.EMERGENCY_CALLS),
        validate_choice=False,
    )
    grave = RadioField(
        _l("The question about danger that belongs to the subject"),
        choices=options((code, LABELS["answer"][code]) for code in ("yes", "no")),
        validate_choice=False,
    )
    q = StringField(_l("Facility: a part of its name, street or estate"))
    facility = RadioField(_l("Which facility is it?"), choices=(), validate_choice=False)
    named = StringField(_l("If it is not listed: its name, if it has one"))
    address = StringField(_l("Address, or how to find it"))
    area = SelectField(_l("Township or street"), validate_choice=False)
    about = SelectField(_l("If it is about the conduct of an office: which one?"), validate_choice=False)
    story = TextAreaField(_l("What happened? In the caller’s words."), description=hints.STORY)
    happened = StringField(_l("When was it?"))
    name = StringField(_l("Name of the caller"))
    phone = StringField(_l("Telephone"))
    other = StringField(_l("Another way to reach them"))
    notice = BooleanField(
        _l("I have told the caller how their data is used, and that they may stay anonymous.")
    )

    def offer_subjects(self) -> None:
        """Put the subjects into the form."""
        subjects = ((code, AREA_LABELS["category"][code]) for code in SUBJECTS)
        self.category.choices = options([("", _l("Choose a subject")), *subjects])

    def report(self, lang: str, area: str = "") -> Report:
        """Return what was said as a report in the language it was said in.

        `area` is where the chosen facility is, if nothing was chosen.
        """
        line = {name: typed.line(self[name].data or "") for name in _LINES}
        facility = chosen(self.facility)
        category = chosen(self.category)
        return Report(
            purpose=chosen(self.purpose),
            facility="" if facility == ELSEWHERE else facility,
            named="" if facility and facility != ELSEWHERE else line["named"] or line["q"],
            area=chosen(self.area) or area,
            address=line["address"],
            category=category,
            about=chosen(self.about) if category == "conduct" else "",
            grave=chosen(self.grave) if category in GRAVE else "",
            child_safety=chosen(self.child_safety),
            emergency_call=chosen(self.emergency_call),
            story=typed.text(self.story.data or ""),
            happened=line["happened"],
            contact={name: line[name] for name in ("name", "phone", "other") if line[name]},
            notice=bool(self.notice.data),
            language=lang,
            channel="phone",
        )

    def judge(self, problems: list[Problem]) -> bool:
        """Put what is missing or wrong to its fields; returns whether there is nothing."""
        for problem in problems:
            self.say(problem.field, problem_sentence(problem))
        for name in _LINES:
            if len(typed.line(self[name].data or "")) > words.LONGEST_LINE:
                self.say(name, TOO_LONG)
        return not self.errors

    def say(self, field: str, sentence: Any) -> None:
        """Put a sentence to a field."""
        self[field].errors = [*self[field].errors, sentence]
