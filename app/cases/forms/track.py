"""The forms of a resident's own case."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.widgets import HiddenInput

from app.cases.forms.labels import LABELS
from app.cases.forms.report import chosen, radio
from app.cases.forms.sentences import TOO_LONG, sentence
from app.cases.rules import typed, words
from app.cases.rules.guards import SHORTEST_REASON

REFUSED: Mapping[str, str] = {
    "public-interest": _l(
        "This cannot be withdrawn: other children may be in danger, so the office must look into it. "
        "You do not have to do anything more."
    ),
    "others-wait": _l(
        "This cannot be withdrawn: other people reported the same, and their reports were joined to yours. "
        "The office still has to answer them. You do not have to do anything more."
    ),
    "reopened-before": _l("It was opened again once already. After it is closed you can ask for a review."),
    "reopen-first": _l("A review is possible after the case was opened again and answered a second time."),
    "too-late": _l("The time for this is over."),
    "reason-too-short": _l("Write at least 20 characters, so that the office understands why."),
    "wrong-state": _l("This is not possible any more: the case has moved on."),
    "wrong-actor": _l("This is not possible any more: the case has moved on."),
    "not-conversing": _l("The case is over; nothing more can be written."),
    "disposed": _l("Everything in this case has been erased."),
}
"""Why a step of the resident is not possible."""


class OwnForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A form of a case; `seen` is the version of the case that the page showed."""

    seen = IntegerField(widget=HiddenInput())

    def bad(self, field: str, code: str) -> None:
        """Note what is wrong with a field."""
        self.say(field, sentence(field, code))

    def say(self, field: str, text: str) -> None:
        """Put a sentence to a field."""
        self[field].errors = [*self[field].errors, text]

    @property
    def version(self) -> int:
        """Return the version that the page showed; one that never was if it is unreadable."""
        return self.seen.data if isinstance(self.seen.data, int) else -1


class CodeForm(FlaskForm):  # type: ignore[misc]
    """The access code."""

    code = StringField(_l("Access code: 20 digits"), filters=[typed.safe])
    text = HiddenField(filters=[typed.safe])
    """A message whose time ran out while it was typed; it is waiting in the form again afterwards."""


class SayForm(OwnForm):
    """Words to the office, with files."""

    text = TextAreaField(_l("Your message"), filters=[typed.safe])

    def taken(self, *, files: bool) -> str | None:
        """Return the text, or None where something is wrong; files may come without words."""
        text = typed.text(self.text.data or "")
        if len(text) > words.LONGEST_MESSAGE:
            self.bad("text", "too-long")
        elif len(text) < 2 and not files:  # noqa: PLR2004 - what the sentence says
            self.bad("text", "too-short")
        return None if self.errors else text


class RateForm(OwnForm):
    """How satisfied somebody is; a word is welcome and never asked for."""

    rating = radio(_l("How satisfied are you?"), "rating", LABELS["rating"])
    solved = radio(_l("Is the matter solved?"), "solved", LABELS["solved"])
    words = TextAreaField(_l("Anything you want to add"), filters=[typed.safe])

    def taken(self) -> tuple[int, str, str] | None:
        """Return rating, whether it is solved, and words; None where something is missing."""
        rating, solved, said = chosen(self.rating), chosen(self.solved), typed.text(self.words.data or "")
        if not rating:
            self.bad("rating", "choose")
        if not solved:
            self.bad("solved", "choose")
        if len(said) > words.LONGEST_MESSAGE:
            self.say("words", sentence("reason", "too-long"))
        return None if self.errors else (int(rating), solved, said)


class ReasonForm(OwnForm):
    """A reason: for opening a case again, for a review."""

    reason = TextAreaField(_l("Your reason"), filters=[typed.safe])

    def taken(self) -> str | None:
        """Return the reason, or None where it is too short or too long."""
        text = typed.text(self.reason.data or "")
        if len(text) < SHORTEST_REASON:
            self.bad("reason", "too-short")
        if len(text) > words.LONGEST_MESSAGE:
            self.bad("reason", "too-long")
        return None if self.errors else text


class SureForm(OwnForm):
    """A step that cannot be taken back."""

    sure = BooleanField(_l("Yes, I am sure"))

    def taken(self) -> bool:
        """Return whether the box is ticked."""
        if not self.sure.data:
            self.bad("sure", "agree")
        return not self.errors


class ContactForm(OwnForm):
    """Name and ways to reach the resident, new or none."""

    name = StringField(_l("Your name"), filters=[typed.safe])
    phone = StringField(_l("Telephone"), filters=[typed.safe])
    other = StringField(_l("Another way to reach you, such as an e-mail address"), filters=[typed.safe])

    def taken(self) -> dict[str, str] | None:
        """Return what was given; None where a line is too long."""
        given = {name: typed.line(self[name].data or "") for name in ("name", "phone", "other")}
        for name, text in given.items():
            if len(text) > words.LONGEST_LINE:
                self.say(name, str(TOO_LONG))
        return None if self.errors else given
